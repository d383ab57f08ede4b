from decimal import Decimal

import pytest

from transforms.numbers.units import find_unit, unit_family, unit_lexicon
from transforms.words.lists import WordListError, refuse_overlaps


@pytest.mark.parametrize(
    ("filed", "name", "base", "factor"),
    [
        ("㎡", "平方米", "平方米", "1"),
        ("m²", "平方米", "平方米", "1"),
        ("M2", "平方米", "平方米", "1"),
        ("km", "公里", "米", "1000"),
        ("M", "米", "米", "1"),
        ("千克", "公斤", "公斤", "1"),
        ("吨", "吨", "公斤", "1000"),
        ("亩", "亩", "平方米", "666.67"),
        ("％", "%", "%", "1"),
        ("(%)", "%", "%", "1"),
        ("个百分点", "%", "%", "1"),
        ("‰", "‰", "%", "0.1"),
        ("万人次", "万人次", "人次", "10000"),
        ("人／次", "人次", "人次", "1"),
        ("名", "名", "人", "1"),
        ("台（套）", "台套", "台套", "1"),
        ("人(次)", "人次", "人次", "1"),
        ("场（次）", "场次", "场次", "1"),
        ("项（次）", "项次", "项次", "1"),
        ("件[次]", "件次", "件次", "1"),
        ("个（处）", "个", "个", "1"),
        ("次（场）", "次", "次", "1"),
        ("场（次）/年", "场次/年", "场次/年", "1"),
        ("万人（次）", "万人次", "人次", "10000"),
        ("村（社区）", "村(社区)", "村(社区)", "1"),
        ("个工作日", "工作日", "工作日", "1"),
        ("日", "天", "天", "1"),
        ("元/人/年", "元/人·年", "元/人·年", "1"),
        ("元/年·人", "元/人·年", "元/人·年", "1"),
        ("元/人年", "元/人·年", "元/人·年", "1"),
        ("元／（人·月）", "元/人·月", "元/人·月", "1"),
        ("元每亩", "元/亩", "元/亩", "1"),
        ("元/低保户", "元/低保户", "元/低保户", "1"),
        ("美金", "美元", "美元", "1"),
        ("块", "块", "块", "1"),
    ],
)
def test_a_unit_has_one_spelling_and_one_base(filed: str, name: str, base: str, factor: str) -> None:
    unit = find_unit(filed)
    assert unit is not None
    assert (unit.name, unit.base_unit, unit.base_factor) == (name, base, Decimal(factor))


@pytest.mark.parametrize(("filed", "factor"), [("万元", 10000), ("万元/公里", 10000), ("亿元", 10**8), ("千元", 1000)])
def test_money_is_converted_to_yuan(filed: str, factor: int) -> None:
    unit = find_unit(filed)
    assert unit is not None
    assert (unit.name.partition("/")[0], unit.value_factor) == ("元", factor)


@pytest.mark.parametrize("text", ["", "5个", "个个", "优", "元元", "级", "人民", "元（次）", "个（年初）", "个（%）"])
def test_what_is_not_a_unit_is_none(text: str) -> None:
    assert find_unit(text) is None


@pytest.mark.parametrize(
    ("unit", "kind", "family"),
    [
        ("%", "percent", "percent"),
        ("‰", "percent", "percent"),
        ("元", "money", "money"),
        ("元/村", "money", "money/村"),
        ("港元", "money", "money:港元"),
        ("个", "quantity", "count:个"),
        ("万人次", "quantity", "count:人次"),
        ("人", "quantity", "count:人"),
        ("位", "quantity", "count:人"),
        ("亩", "quantity", "area"),
        ("平方公里", "quantity", "area"),
        ("次/年", "quantity", "count:次/年"),
        ("年", "quantity", "time:年"),
        (None, "quantity", "number"),
        (None, "date", "date"),
        (None, "text", "text"),
        ("奇怪单位", "quantity", "unknown:奇怪单位"),
    ],
)
def test_the_family_says_what_may_be_compared(unit: str | None, kind: str, family: str) -> None:
    assert unit_family(unit, kind) == family


def test_counts_are_never_merged() -> None:
    families = [unit_family(unit) for unit in ("人", "人次", "户", "个", "项", "次", "场次", "公里", "吨", "斤")]
    assert len(set(families)) == len(families) - 1  # only 吨 and 斤 share a dimension


def test_one_spelling_has_one_unit() -> None:
    assert unit_lexicon().get("平方米") is not None
    with pytest.raises(WordListError, match="line 2"):
        refuse_overlaps("units.csv", [(2, "亩"), (9, "亩")])
