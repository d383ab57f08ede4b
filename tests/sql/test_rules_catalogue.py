"""The catalogue of rules: every rule file has its line and its page, and its sentence can be filled."""

import csv
import re

import pytest

from tests.sql.core_tables import RULES, open_steps

COLUMNS = [
    *("rule", "title", "severity", "sentence", "dimension", "guide", "holds", "waits_for", "yields_to"),
    *("counts_in", "told_to"),
]
PLACEHOLDERS = {"project", "indicator", "figures", "difference", "evidence"}


def _catalogue() -> list[dict[str, str]]:
    with (RULES / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_rule_has_one_line_and_one_page() -> None:
    rows = _catalogue()
    assert list(rows[0]) == COLUMNS
    names = [row["rule"] for row in rows]
    assert len(names) == len(set(names))
    files = {path.stem for path in RULES.rglob("*.sql")}
    assert {row["rule"] for row in rows if row["sentence"]} == files
    pages = re.findall(r"^### (\S+)$", (RULES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(pages) == sorted(files)


@pytest.mark.parametrize("row", _catalogue(), ids=lambda row: row["rule"])
def test_lines_are_whole(row: dict[str, str]) -> None:
    assert row["severity"] in ("error", "warning", "info")
    assert row["title"] and row["dimension"]
    assert row["told_to"] in ("township", "bureau") and row["counts_in"] in ("", "元")
    assert row["waits_for"] in ("project", "money", "all", "value", "nothing")
    assert (
        "missing" not in row["rule"]
        or row["waits_for"] in ("project", "money", "all", "value")
        or row["rule"] == "fiscal_year_missing"
    )
    assert set(row["yields_to"].split()) <= {other["rule"] for other in _catalogue()} - {row["rule"]}
    assert set(re.findall(r"\{(\w+)\}", row["sentence"])) <= PLACEHOLDERS
    assert not row["sentence"] or row["sentence"].endswith("。")


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.sql"), key=lambda path: path.stem), ids=lambda path: path.stem)
def test_a_rule_begins_with_its_sentence_and_gives_the_columns(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    assert re.match(r"-- [A-Z].*\.\nwith\n", text) or re.match(r"-- [A-Z].*(\)\.|%\)\.|%\.|\.)\nwith\n", text)
    columns = [column[0] for column in open_steps().execute(f"select * from (\n{text}\n)").description or []]
    assert columns == ["filing_id", "project_no", "indicator_no", "figures", "difference", "evidence"]


def test_all_rules_of_the_field_guide_that_the_data_allows_are_there() -> None:
    numbers = {row["guide"] for row in _catalogue()}
    read_elsewhere = {"7"}
    """Blanks around a text are cut before anything is stored."""
    assert {str(number) for number in range(1, 34)} - numbers == read_elsewhere
