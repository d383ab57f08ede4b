"""A text that is written twice, as some programs print bold."""

from decimal import Decimal

import pytest

from transforms.names.levels import read_level2
from transforms.numbers.money import parse_amount
from transforms.words.folding import half_of


@pytest.mark.parametrize(
    ("text", "half"), [("合格率合格率", "合格率"), ("天天", "天"), ("合格率合格", None), ("天", None), ("", None)]
)
def test_a_half_is_of_a_text_that_is_written_twice(text: str, half: str | None) -> None:
    assert half_of(text) == half


@pytest.mark.parametrize(("text", "yuan"), [("5元5元", Decimal(5)), ("5万元5万元", Decimal(50000)), ("元元", None)])
def test_an_amount_written_twice_is_one(text: str, yuan: Decimal | None) -> None:
    assert parse_amount(text, ["万元"]).yuan == yuan


@pytest.mark.parametrize(("text", "group"), [("数量数量", "数量"), ("时时", None)])
def test_a_level_written_twice_is_one(text: str, group: str | None) -> None:
    level = read_level2(text)
    assert (level and level.group) == group
