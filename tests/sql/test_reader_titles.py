"""Each finding of the reader's has a title in the catalogue: the bureau must never see a code."""

import csv

import pytest

from tests.places import ROOT
from tests.transforms.grids import grid
from transforms.reading_findings import _READ_NOTES, stranger_findings

with (ROOT / "sql" / "rules" / "catalogue.csv").open(encoding="utf-8") as file:
    TITLES = {row["rule"]: row["title"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", [*_READ_NOTES, *(finding.rule for finding in stranger_findings([grid(["甲"])]))])
def test_a_finding_of_the_reader_has_a_title(code: str) -> None:
    assert TITLES.get(code)
