from decimal import Decimal

import pytest

from transforms.targets.prose import find_target


@pytest.mark.parametrize(
    ("sentence", "kind", "comparator", "value"),
    [
        ("创建特色品牌占工作任务的比例大于等于90%。", "percent", ">=", "90"),
        ("包联化解事项全年不少于5件，力争化解占任务的比例大于等于100%。", "percent", ">=", "100"),
        ("指导24个村完成选举，村务公开占工作任务的比例不低于95％", "percent", ">=", "95"),
        ("全年走访不少于120户，撰写信息12篇。", "quantity", ">=", "120"),
        ("2023年底前完成15件实事，综合业务完成率95%。", "percent", "=", "95"),
        ("会议费支出控制在3万元以内。", "money", "<=", "30000"),
        ("新闻稿件数量达到60篇。", "quantity", "=", "60"),
    ],
)
def test_the_compared_number_is_the_target(sentence: str, kind: str, comparator: str, value: str) -> None:
    target = find_target(sentence, year=2023)
    assert target is not None
    found = target.value_low if target.value_low is not None else target.value_high
    assert (target.target_kind, target.comparator, found, target.raw) == (kind, comparator, Decimal(value), sentence)


@pytest.mark.parametrize(("sentence", "grade"), [("会议质量的优良率达到良。", "良"), ("年度考核评为优秀等次", "优秀")])
def test_a_grade_after_its_verb(sentence: str, grade: str) -> None:
    target = find_target(sentence)
    assert target is not None
    assert (target.target_kind, target.grade) == ("grade", grade)


@pytest.mark.parametrize(
    "sentence",
    [
        "充分利用预算资金29.85万元，建立健全自治组织。",
        "围绕农村改造15件实事，突出重点。",
        "6月底前细化代编预算，确保支出进度达标。",
        "加强基层党组织建设和党员管理。",
        "一批重点村实施改造，召开代表大会1次。",
        "使业务水平达到良性循环。",
        "",
    ],
)
def test_other_numbers_are_no_targets(sentence: str) -> None:
    assert find_target(sentence, year=2023) is None


def test_other_compared_numbers_are_noted() -> None:
    target = find_target("不少于5件，比例大于等于100%")
    assert target is not None
    assert target.notes == ("several_values",)
