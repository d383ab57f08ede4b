"""Families of the basis of a target."""

import pytest

from transforms.names.bases import read_basis


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("计划指标", ("计划标准",)),
        ("年初预算安排", ("预算支出标准",)),
        ("工作 标准", ("其他标准",)),
        ("文件标准", ("其他标准",)),
        ("调查问卷", ("其他标准",)),
        ("历史标准", ("历史标准",)),
        ("计划标准、历史标准", ("计划标准", "历史标准")),
        ("根据上年完成情况", ("历史标准",)),
        ("依据年度计划安排", ("计划标准",)),
        ("按村级运转补助标准执行", ("预算支出标准",)),
        ("某某文字", ()),
    ],
)
def test_families(text: str, families: tuple[str, ...]) -> None:
    basis = read_basis(text)
    assert basis is not None
    assert basis.raw == text
    assert basis.families == families


def test_one_family_only_where_the_text_names_one() -> None:
    one, two = read_basis("行业标准"), read_basis("行业标准/历史标准")
    assert one is not None and one.family == "行业标准"
    assert two is not None and two.family is None
    assert read_basis(" \n") is None
