"""Value expressions with what they mean, written from what real filings hold before the grammar was looked at.

``expressions.csv``: the text, the indicator's name where it matters, and the meaning: kind, comparator, low, high, unit
(``-`` for none), then the notes that must be there. At first sight 189 of 243 were read so; two dozen lines were changed
afterwards to a decision that the grammar's modules state (万 kept with its unit, 余 as ">"), none to a reading without one.
"""

import csv
from pathlib import Path

import pytest

from transforms.records import Target
from transforms.targets.parse import parse_target

_ROWS = list(csv.DictReader((Path(__file__).parent / "expressions.csv").open(encoding="utf-8", newline="")))


def _shown(target: Target) -> list[str]:
    if target.target_kind == "date":
        return ["date", str(target.due_date)]
    if target.target_kind == "grade":
        return ["grade", str(target.grade)]
    if target.target_kind in (None, "text"):
        return [target.target_kind or "unfilled"]
    low, high = (f"{v.normalize():f}" if v is not None else "-" for v in (target.value_low, target.value_high))
    return [str(target.target_kind), str(target.comparator), low, high, target.unit or "-"]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["raw"])
def test_means(row: dict[str, str]) -> None:
    target = parse_target(row["raw"], year=2023, name=row["name"] or None)
    shown = _shown(target)
    meaning = row["meaning"].split()
    assert shown == meaning[: len(shown)]
    assert set(meaning[len(shown) :]) <= set(target.notes)


def test_a_text_with_a_number_that_was_not_taken_says_so() -> None:
    for row in _ROWS:
        target = parse_target(row["raw"], year=2023, name=row["name"] or None)
        if target.target_kind == "text" and any(char.isdigit() for char in row["raw"]):
            assert target.notes, row["raw"]
