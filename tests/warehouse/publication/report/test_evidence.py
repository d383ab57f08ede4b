"""What the sheets of evidence say beside the rows: every rule has its words, every dimension its ground."""

import csv
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.warehouse.invented_county import County
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.report.evidence import COMPARISONS, needed_columns, sheet_words


def catalogue() -> list[dict[str, str]]:
    with (ROOT / "sql" / "rules" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def words(county: County) -> dict[str, dict[str, object]]:
    with open_warehouse((county.home / "county.duckdb").resolve()) as warehouse:
        for name, comparison in COMPARISONS.items():
            table = warehouse.mart(name)
            assert table is not None
            wanted = {*comparison.group, *comparison.columns, comparison.median, comparison.verdict}
            wanted |= {comparison.value} - {""}
            assert wanted <= table.positions.keys(), name
            assert set(comparison.group) <= set(needed_columns(table))
        return sheet_words(warehouse)  # type: ignore[return-value]


def test_every_rule_has_its_words_and_every_dimension_its_ground(words: dict[str, dict[str, object]]) -> None:
    for row in catalogue():
        assert words["grounds"][row["dimension"]], row["dimension"]
        if row["sentence"]:
            lines = words["rules"][row["title"]]
            assert isinstance(lines, list) and lines[0].startswith("检查"), row["rule"]


def test_the_rule_of_a_comparison_is_said_without_codes(words: dict[str, dict[str, object]]) -> None:
    for comparison in words["marts"].values():
        assert isinstance(comparison, dict)
        said = str(comparison["rule"])
        assert said and not any("a" <= sign <= "z" for sign in said), said


def test_grounds_name_their_documents_by_number() -> None:
    text = (Path(ROOT) / "warehouse/publication/report/grounds.csv").read_text(encoding="utf-8")
    assert text.count("财预〔2015〕88号") == 4 and "财预〔2020〕10号" in text
