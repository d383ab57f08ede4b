"""The scorer itself, and the least accuracy on filings that were invented for no test."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.accuracy.flags import Flags
from tests.accuracy.measure import score_invented
from tests.accuracy.score import TOTAL, Filed, Tally, pair_rows
from tests.accuracy.truth import read_truth
from tests.samples.make_samples import make_samples

FILED = Filed("文件.docx", "docx", "mof")


def test_a_right_field_counts_once_wanted_and_once_found() -> None:
    tally = Tally()
    tally.add(
        FILED, "indicators", {"unit": "元/村", "value_high": 7500}, {"unit": "元 /村", "value_high": Decimal("7500.00")}
    )
    assert tally.f1() == 1.0
    assert tally.f1(("field", "indicators.unit")) == 1.0
    assert not tally.misses


@pytest.mark.parametrize(
    ("wanted", "found", "f1"),
    [
        ("≥95%", "≥96%", 0.0),
        ("≥95%", None, 0.0),  # missed: nothing of one
        (None, "≥95%", 0.0),  # invented
        (None, None, 1.0),
        ("2023-12-31", "2023-12-31", 1.0),
        ("10", Decimal("10.00"), 1.0),
        (10, Decimal("10.01"), 0.0),
    ],
)
def test_missing_and_inventing_are_wrong_alike(wanted: object, found: object, f1: float) -> None:
    tally = Tally()
    tally.add(FILED, "indicators", {"target_raw": wanted}, {"target_raw": found})
    assert tally.f1() == f1


@pytest.mark.parametrize(
    ("flags", "silent"),
    [
        (Flags(), 0),  # not loaded: named with its reason
        (Flags(True), 1),
        (Flags(True, projects=frozenset({1})), 0),
        (Flags(True, indicators=frozenset({(1, 2)})), 0),
        (Flags(True, indicators=frozenset({(1, 3)})), 1),
        (Flags(True, rows=frozenset({(4, 5)})), 0),
        (Flags(True, whole=True), 0),
    ],
)
def test_a_wrong_field_that_nothing_speaks_of_is_silent(flags: Flags, silent: int) -> None:
    tally = Tally()
    found: dict[str, object] = {"project_no": 1, "indicator_no": 2, "table_no": 4, "row_no": 5, "unit": "个"}
    tally.add(replace(FILED, flags=flags), "indicators", {"unit": "元"}, found)
    assert tally.silent[TOTAL] == silent


def test_an_amount_of_nothing_is_no_invented_amount() -> None:
    tally = Tally()
    tally.add(FILED, "projects", {"other_yuan": None}, {"other_yuan": Decimal("0.00")})
    assert not tally.misses
    tally.add(FILED, "projects", {"other_yuan": None}, {"other_yuan": Decimal("0.01")})
    assert len(tally.misses) == 1


def test_rows_are_paired_in_order_so_that_most_fields_are_right() -> None:
    wanted: list[dict[str, object]] = [
        {"name": "甲", "unit": "个"},
        {"name": "乙", "unit": "元"},
        {"name": "丙", "unit": "%"},
    ]
    found: list[dict[str, object]] = [{"name": "甲", "unit": "个"}, {"name": "丙丙", "unit": "%"}]
    assert pair_rows(wanted, found) == [(0, found[0]), (1, None), (2, found[1])]
    assert pair_rows(wanted[:1], found) == [(0, found[0]), (None, found[1])]
    assert pair_rows([], found) == [(None, found[0]), (None, found[1])]


def test_what_a_layout_does_not_print_is_not_scored(tmp_path: Path) -> None:
    make_samples(tmp_path, "printed", 1, pdf=False)
    filings = {filing.layout: filing for filing in read_truth(tmp_path / "truth.json")}
    columns = {name for project in filings["mof"].projects for row in project.rows["indicators"] for name in row}
    assert not {"basis", "description", "weight"} & columns
    assert filings["mof"].projects[0].rows["spending_plan"] == []
    assert filings["hebei"].projects[0].rows["spending_plan"]
    split = [row for project in filings["split"].projects for row in project.rows["indicators"]]
    assert all("target_raw" not in row for row in split if row["target_kind"] in ("percent", "quantity", "money"))


def test_filings_in_every_layout_are_read_rightly(tmp_path: Path) -> None:
    tally = score_invented(tmp_path, "least", each=1, pdf=False)
    assert tally.f1() >= 0.995, tally.misses[:20]
