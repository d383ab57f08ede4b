"""Level names as they are met in forms: blanks, breaks, scores, local words."""

from decimal import Decimal

import pytest

from transforms.names.levels import (
    clean_level,
    find_group,
    find_taxonomy,
    infer_level1,
    is_legal_pair,
    read_level1,
    read_level2,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("产出指标", "产出指标"),
        ("产\n出\n指\n标", "产出指标"),
        ("产 出 指 标 (50分)", "产出指标"),
        ("产出指标（50分）", "产出指标"),
        ("成本指标(0-20)分", "成本指标"),
        ("效益指标\n（20分）", "效益指标"),
        ("产出", "产出指标"),
        ("一、产出指标", "产出指标"),
        ("（二）效益指标：", "效益指标"),
        ("效果指标", "效益指标"),
        ("预期产出指标", "产出指标"),
        ("投入", "产出指标"),
        ("满意度指\n标", "满意度指标"),
        ("社会公众或服务对象满意度指标", "满意度指标"),
        ("满意度指标10分", "满意度指标"),
        ("运行成本", "成本指标"),
        ("产出指标（权重50%）", "产出指标"),
        ("产出指标(续)", "产出指标"),
        ("产出指标①", "产出指标"),
        ("产出指标产出指标", "产出指标"),
        ("\u3000产出\u00a0指标\u200b", "产出指标"),
        ("效益目标", "效益指标"),
    ],
)
def test_level1_is_read(text: str, name: str) -> None:
    level = read_level1(text)
    assert level is not None
    assert level.name == name


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("数量", "数量指标", "数量"),
        ("1.数量指标", "数量指标", "数量"),
        ("①数量指标", "数量指标", "数量"),
        ("产出数量指标", "数量指标", "数量"),
        ("社会效益\n指标", "社会效益指标", "社会效益"),
        ("可持续影\n响指标", "可持续影响指标", "可持续影响"),
        ("环境效益", "生态效益指标", "生态效益"),
        ("环境效益目标", "生态效益指标", "生态效益"),
        ("进度指标", "时效指标", "时效"),
        ("时效目标", "时效指标", "时效"),
        ("预算（或投资规模）控制指标", "成本指标", "成本"),
        ("经济成本", "经济成本指标", "成本"),
        ("生态环境成本指标", "生态环境成本指标", "成本"),
        ("服务对象\n满意度指标", "服务对象满意度指标", "满意度"),
        ("满意度指标", "服务对象满意度指标", "满意度"),
        ("质量指标（15分）", "质量指标", "质量"),
        ("成本指标2", "成本指标", "成本"),
    ],
)
def test_level2_is_read(text: str, name: str, group: str) -> None:
    level = read_level2(text)
    assert level is not None
    assert (level.name, level.group) == (name, group)


@pytest.mark.parametrize(
    "text",
    ["保障村级数", "≥95%", "优", "", "指标", "产品合格率", "一级指标", "二级指标", "指标值", "2023", "数量指标值≥5个"],
)
def test_other_texts_are_no_levels(text: str) -> None:
    assert read_level1(text) is None
    assert read_level2(text) is None


def test_a_level1_name_is_no_level2_name_and_the_other_way() -> None:
    assert read_level2("产出指标") is None
    assert read_level1("数量指标") is None


def test_text_stays_as_filed_and_the_score_is_kept() -> None:
    level = read_level1("效果\n指标（0-20）分")
    assert level is not None
    assert (level.text, level.name) == ("效果指标", "效益指标")
    assert (level.score_low, level.score_high) == (Decimal(0), Decimal(20))
    assert clean_level("产 出 指 标 (50分)") == "产出指标"
    assert clean_level(clean_level("1、质量指标（30分）")) == "质量指标"


def test_level1_is_inferred_from_level2() -> None:
    assert infer_level1("数量指标") == "产出指标"
    assert infer_level1("社会效益") == "效益指标"
    assert infer_level1("生态环境成本指标") == "成本指标"
    assert infer_level1("成本指标") == "产出指标"
    assert infer_level1("成本指标", taxonomy=2021) == "成本指标"
    assert infer_level1("采购次数") is None


def test_group_comes_from_level1_only_where_level2_is_missing() -> None:
    assert find_group("满意度指标", None) == "满意度"
    assert find_group("成本指标", "") == "成本"
    assert find_group("产出指标", None) is None
    assert find_group("效益指标", "生态效益指标") == "生态效益"


def test_pairs_are_legal_in_one_of_the_taxonomies() -> None:
    assert is_legal_pair("产出指标", "成本指标")
    assert is_legal_pair("成本指标", "经济成本指标")
    assert is_legal_pair("满意度指标", "满意度指标")
    assert not is_legal_pair("产出指标", "社会效益指标")
    assert not is_legal_pair("效益指标", None)


def test_taxonomy_is_told_by_where_cost_stands() -> None:
    assert find_taxonomy([("产出指标", "数量指标"), ("产出指标", "成本指标")]) == 2015
    assert find_taxonomy([("成本指标", "经济成本指标"), ("产出指标", "数量指标")]) == 2021
    assert find_taxonomy([(None, "生态环境成本指标")]) == 2021
    assert find_taxonomy([("产出指标", "数量指标"), ("效益指标", "社会效益指标")]) is None
    assert find_taxonomy([]) is None
