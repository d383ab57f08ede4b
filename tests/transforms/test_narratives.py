from extractors.document import Paragraph
from transforms.narratives import LONGEST_NUMBERED_GOAL, read_narrative

TEXT = [
    "第一部分",
    "部门整体绩效目标",
    "[bookmark: _Toc_1]一、总体绩效目标",
    "服务群众。",
    "二、分项绩效目标",
    "（一）基层党建。",
    "绩效目标：加强建设。",
    "绩效指标：开展教育占工作任务的比例大于等于90%。",
    "（二）会议管理",
    "绩效目标：做好保障。",
    "绩效指标：全镇会议质量的优良率达到良。",
    "三、工作保障措施",
    "（一）完善制度建设。提高自觉性。",
    "第二部分",
    "预算项目绩效目标",
]


def test_goals_and_safeguards_are_read_without_their_labels() -> None:
    found = read_narrative([Paragraph(text) for text in TEXT], 2023)
    assert found.overall_goal == "服务群众。"
    assert [(g.section, g.goal_no, g.title, g.goal_text) for g in found.goals] == [
        ("goal", 1, "基层党建", "加强建设。"),
        ("goal", 2, "会议管理", "做好保障。"),
        ("safeguard", 1, "完善制度建设", "提高自觉性。"),
    ]
    target = found.goals[0].target
    assert target is not None
    assert (target.target_kind, target.comparator, target.value_low) == ("percent", ">=", 90)
    assert found.goals[1].target is not None
    assert found.goals[1].target.grade == "良"


def test_places_count_paragraphs() -> None:
    found = read_narrative([Paragraph(text, page=2) for text in TEXT], 2023)
    assert (found.goals[0].place.page, found.goals[0].place.table_no, found.goals[0].place.row_no) == (2, 0, 6)


def test_a_heading_behind_a_number_is_short_and_a_longer_line_is_text() -> None:
    heading = "党" * LONGEST_NUMBERED_GOAL
    lines = ["二、分项绩效目标", f"1.{heading}", "绩效目标：加强建设。", f"2.{heading}建", "三、其他"]
    found = read_narrative([Paragraph(line) for line in lines], 2023)
    assert [goal.title for goal in found.goals] == [heading]
    assert f"2.{heading}建" in (found.goals[0].goal_text or "")
