from tests.transforms.grids import grid
from transforms.forms.cut_text import join_cut_text
from transforms.forms.cuts.heads import heal_head
from transforms.forms.rows.columns import find_heading


def texts(rows: list[str], start: int) -> list[list[str | None]]:
    return heal_head(grid(rows, page_starts=(start,))).rows()


def test_a_value_that_goes_on_on_the_next_page_is_joined() -> None:
    rows = ["项目名称|道路维修", "年度总体目标|1.修路，方便", "|群众出行", "预算数|5"]
    assert texts(rows, 2)[1] == ["年度总体目标", "1.修路，方便群众出行"]
    assert texts(rows, 2)[2] == ["", ""]


def test_goals_under_their_labels_go_on_on_the_next_page() -> None:
    rows = ["绩效目标|实施期目标|年度目标", "^|持续改善|1.修路", "||2.养路", "一级指标|二级指标|指标值"]
    assert texts(rows, 2)[1] == [None, "持续改善", "1.修路\n2.养路"]
    assert texts(rows, 2)[2] == ["", "", ""]


def test_a_label_that_the_break_cut_is_joined_with_its_value() -> None:
    assert texts(["项目名称|道路维修", "年度总体目|1.修路", "标|2.养路"], 2)[1] == ["年度总体目标", "1.修路\n2.养路"]


def test_a_cut_label_leaves_the_rows_beside_it_apart() -> None:
    rows = ["资金支出计划|3月底|6月底", "（%）|25%|100%"]
    assert texts(rows, 1) == [["资金支出计划（%）", "3月底", "6月底"], ["", "25%", "100%"]]


def test_rows_of_their_own_are_left_alone() -> None:
    rows = ["项目名称|道路维修", "年度总体目标|修路", "预算数|5"]
    assert heal_head(grid(rows, page_starts=(2,))) == grid(rows, page_starts=(2,))


def test_numbered_items_stay_on_their_own_line() -> None:
    assert join_cut_text("1.修路", "2.养路") == "1.修路\n2.养路"
    assert join_cut_text("1.修", "路") == "1.修路"


def test_a_heading_of_two_rows_that_the_break_cut_is_joined_around_its_sub_headings() -> None:
    rows = [
        "绩|一级指标|三级指标|年度指标值|1—7月|偏差原因分析|<|完成目标",
        "效指标||||执行情况|经费保障|制度保障|可能性",
        "^|产出指标|修路里程|≥5公里|2公里|||能",
    ]
    healed = heal_head(grid(rows, page_starts=(1,)))
    assert healed.rows()[0][4:] == ["1—7月执行情况", "偏差原因分析", None, "完成目标可能性"]
    heading = find_heading(healed, 0)
    assert heading is not None and heading.last == 1
    assert [c.role for c in heading.columns][:5] == ["side", "level1", "name", "value", "monitor"]
