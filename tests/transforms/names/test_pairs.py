"""Pairs of names that are the same thing, or only look so; written before the rules were, half of them kept out of tuning.

``pairs.csv``: kind, set (tuned, or held_out: never looked at while the rules were written), level 2, two names, expected.
"""

import csv
from pathlib import Path

import pytest

from transforms.names.categories import name_project
from transforms.names.concepts import category_in_one_wording, in_one_wording
from transforms.names.indicators import name_indicator

_ROWS = list(csv.DictReader((Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="")))


def _meet(row: dict[str, str]) -> bool:
    if row["kind"] == "project":
        one, other = (name_project(row[side], None, None) for side in ("a", "b"))
    else:
        one, other = (name_indicator(None, row["level2"] + "指标", row[side]).indicator for side in ("a", "b"))
    return one == other


def _of(kind: str, part: str, expected: str) -> list[dict[str, str]]:
    found = [row for row in _ROWS if (row["kind"], row["set"], row["expected"]) == (kind, part, expected)]
    assert len(found) >= 12
    return found


@pytest.mark.parametrize("part", ["tuned", "held_out"])
@pytest.mark.parametrize("kind", ["indicator", "project"])
def test_at_least_four_fifths_of_the_same_meet(kind: str, part: str) -> None:
    rows = _of(kind, part, "same")
    apart = [(row["a"], row["b"]) for row in rows if not _meet(row)]
    assert len(apart) <= 0.2 * len(rows), apart


@pytest.mark.parametrize("part", ["tuned", "held_out"])
@pytest.mark.parametrize("kind", ["indicator", "project"])
def test_different_things_never_meet(kind: str, part: str) -> None:
    assert [(row["a"], row["b"]) for row in _of(kind, part, "different") if _meet(row)] == []


def test_one_wording_is_settled_at_once() -> None:
    for row in _ROWS:
        for name in (row["a"], row["b"]):
            if row["kind"] == "project":
                once = category_in_one_wording(name)
                assert category_in_one_wording(once) == once
            else:
                once = in_one_wording(name, row["level2"])
                assert in_one_wording(once, row["level2"]) == once
