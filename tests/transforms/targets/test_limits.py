"""On each side of the lengths that decide whether the words around a number let it be taken."""

import pytest

from transforms.targets.parse import parse_target

WORDS = "宣传手册印刷发放入户到人手"
"""Thirteen characters that mean nothing to the grammar."""


@pytest.mark.parametrize(("length", "kind"), [(11, "quantity"), (12, "quantity"), (13, "text")])
def test_a_counted_thing_may_have_a_phrase_before_it_but_no_sentence(length: int, kind: str) -> None:
    assert parse_target(f"{WORDS[:length]}24个").target_kind == kind


@pytest.mark.parametrize(("length", "kind"), [(7, "quantity"), (8, "quantity"), (9, "text")])
def test_less_may_stand_behind_the_number_than_before_it(length: int, kind: str) -> None:
    assert parse_target(f"印发24个{WORDS[:length]}").target_kind == kind


@pytest.mark.parametrize(("length", "kind"), [(8, "quantity"), (9, "text")])
def test_a_time_bears_the_shortest_phrase(length: int, kind: str) -> None:
    assert parse_target(f"{WORDS[:length]}30天").target_kind == kind
