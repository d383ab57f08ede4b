"""The review rules on the one real filing: everything that fires is listed in a golden file, and nothing else fires."""

import csv
import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import pytest

from extractors.reading import read_filing
from tests.places import SAMPLES, SHARED
from tests.sql.core_tables import RULES, add_rows, run_rule
from transforms.filings import transform
from warehouse.store.rows import InboxFact, records_to_tables

NAME = "李钊庄镇2023年部门预算绩效文本"
SHIPPED = SAMPLES / f"{NAME}.docx"
GIVEN = SHARED / "filings"
GOLDEN = Path(__file__).parent / "rules_real_filing.csv"

KNOWN_FAULTS = {
    "satisfaction_outside_its_group",
    "topic_foreign",
    "indicator_copied",
    "objective_copied",
    "foreign_unit_words",
    "level_differs_between_projects",
    "benefit_only_in_words",
    "rate_at_its_limit",
    "unit_cost_exceeds_budget",
    "project_of_another_year",
    "name_misspelt",
}
"""The rules that the people who know the filing expect to fire."""


@cache
def _findings(path: Path) -> str:
    """Give what the rules find in a file, as CSV."""
    document = read_filing(path)
    file = InboxFact(
        document.sha256, document.file_name, document.format, document.page_count, datetime(2023, 1, 1, tzinfo=UTC)
    )
    core = duckdb.connect()
    core.execute("create schema staging")
    for name, rows in records_to_tables(file, transform(document)).items():
        add_rows(core, name, [rows])
    core.execute("update staging.stg_filings set is_current = true")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["rule", "project_no", "indicator_no", "figures", "difference", "evidence"])
    for rule in sorted(RULES.rglob("*.sql"), key=lambda path: path.stem):
        writer.writerows([rule.stem, *found] for found in run_rule(core, rule.stem))
    return text.getvalue()


def test_what_fires_is_the_golden_list() -> None:
    found = _findings(SHIPPED)
    if not GOLDEN.exists():
        GOLDEN.write_text(found, encoding="utf-8")
        pytest.fail(f"{GOLDEN.name} was missing and has been written: review it")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_the_known_faults_are_found() -> None:
    fired = {row["rule"] for row in csv.DictReader(io.StringIO(_findings(SHIPPED)))}
    assert fired >= KNOWN_FAULTS


@pytest.mark.parametrize("format", ["docx", "pdf", "txt", pytest.param("doc", marks=pytest.mark.needs_libreoffice)])
def test_the_formats_have_the_same_findings(format: str) -> None:
    path = GIVEN / f"{NAME}.{format}"
    if not path.exists():
        pytest.skip(f"the real filing as {format} is not beside this checkout (shared/filings)")
    assert _findings(path) == _findings(SHIPPED)
