"""Every text that a record keeps leads to the cells that it was read from."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.reading import read_filing
from tests.places import SAMPLES
from transforms.filings import transform
from transforms.records import FilingRecords

FILINGS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".docx", ".pdf"))
Record = tuple[int | None, int | None]


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def texts_by_record(document: Document, records: FilingRecords) -> dict[tuple[Record, str], str]:
    """Join the texts of all cells that a field of a record was read from."""
    grids = {grid.table_no: grid for grid in document.grids()}
    found: dict[tuple[Record, str], str] = defaultdict(str)
    for used in records.used_cells:
        cell = grids[used.table_no].cell_at(used.row_no - 1, used.col_no - 1)
        assert cell is not None and cell.text.strip()
        if used.field:
            found[(used.project_no, used.indicator_no), used.field] += squash(cell.text)
    return found


@pytest.mark.parametrize("path", FILINGS, ids=lambda path: path.name[-24:])
def test_what_a_record_keeps_stands_in_its_cells(path: Path) -> None:
    document = read_filing(path)
    records = transform(document)
    cells = texts_by_record(document, records)
    assert records.indicators
    for one in records.indicators:
        record = (one.project_no, one.indicator_no)
        assert squash(one.indicator_raw)[:6] in cells[record, "indicator_raw"]
        wanted = {"target_raw": one.target.raw, "basis": one.basis, "score_raw": one.score_raw}
        wanted |= {"actual_raw": one.actual.raw if one.actual else None, "direction_raw": one.direction_raw}
        for field, text in wanted.items():
            assert all(part in cells[record, field] for part in re.split(r"[\s]+", text or "")), (field, text)
    for project in records.projects:
        for field in ("project_name", "project_code", "budget_raw", "fiscal_raw", "executed_raw"):
            text = getattr(project, field)
            assert not text or squash(text) in cells[(project.project_no, None), field], (field, text)
    for goal in records.objectives:
        assert squash(goal.objective_text)[:10] in cells[(goal.project_no, None), "objective_text"]
