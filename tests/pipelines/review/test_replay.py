"""Decisions over time: applied by the next run without a file being opened, kept over a new reading, void for other bytes."""

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.night.run import run_night
from tests.places import SAMPLES
from transforms.decisions import Decision
from warehouse.county.decisions import record_decisions
from warehouse.home import Home


def run(home: Home) -> None:
    run_night(home, None, 1)


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


TARGETS = """
select i.target_raw, i.is_held, u.table_no, u.row_no, u.col_no
from core.indicators as i
inner join core.used_cells as u
    on u.filing_id = i.filing_id and u.project_no = i.project_no and u.indicator_no = i.indicator_no
    and u.field = 'target_raw'
order by i.project_no, i.indicator_no
"""


DAY = datetime(2026, 11, 27, 9, 5)


def notes_of(home: Home) -> list[str]:
    books = [openpyxl.load_workbook(path) for path in (home.published / "latest").glob("*.xlsx")]
    cells = [cell for book in books for sheet in book for line in sheet.iter_rows() for cell in line]
    return [cell.comment.text for cell in cells if cell.comment is not None]


def test_decisions_are_replayed_and_concern_their_own_bytes_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    source = min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size)
    file = Path(shutil.copy2(source, home.inbox))
    run(home)
    before = rows(home, TARGETS)
    raw, _, table_no, row_no, col_no = before[0]
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    place = (int(str(table_no)), int(str(row_no)), int(str(col_no)))
    record_decisions(
        home.config / "decisions.csv", [Decision(sha256, *place, "target_raw", str(raw), "corrected", "≥77%", DAY)]
    )
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.night.reading.read_source", lambda source: pytest.fail("a filing was opened again"))
        run(home)
    after = rows(home, TARGETS)
    assert after[0][0] == "≥77%"
    assert after[1:] == before[1:], "a decision changes only what it concerns"
    assert rows(home, "select value_read, value_decided, decision from core.doubts where decision <> 'open'") == [
        (raw, "≥77%", "corrected")
    ]
    manifest = json.loads((home.published / "latest" / "manifest.json").read_text(encoding="utf-8"))
    assert "由人工确认 1 处（更正 1 处）。" in json.dumps(manifest, ensure_ascii=False)
    told = f"原读 {raw}，人工改为 ≥77%，2026-11-27"
    report = [path.read_text(encoding="utf-8") for path in (home.published / "latest").rglob("*.js")]
    assert any(told in text for text in report), "shown at the figure in the report"
    assert told in notes_of(home), "and in the workbook"
    for kept in home.documents.iterdir():  # as after a change of the readers: read anew, the decision holds
        kept.unlink()
    (home.path / "state" / "manifest.json").unlink()
    run(home)
    assert rows(home, TARGETS)[0][0] == "≥77%"

    corrected = file.read_bytes()
    file.write_bytes(corrected + b"\0")  # a zip with a comment's worth of other bytes: another filing
    run(home)
    current = rows(
        home,
        TARGETS.replace(
            "order by", "inner join core.filings as f on f.filing_id = i.filing_id and f.is_current order by"
        ),
    )
    assert current[0][0] == raw, "other bytes: the decision was about the file before"
