"""What became of a finding outlives a new reading, a corrected filing that leaves the fault, and a new publication."""

import shutil
from pathlib import Path

import duckdb
import pytest

from extractors.reading import read_filing
from pipelines.night.run import run_night
from tests.places import SAMPLES
from warehouse.county.finding_states import FindingState, record_finding_states
from warehouse.home import Home

FINDINGS = """
select finding_key, state, state_reason, message, severity
from mart.review_findings
order by severity, finding_key
"""


def run(home: Home) -> list[tuple[object, ...]]:
    run_night(home, None, 1)
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(FINDINGS).fetchall()


def letters_of(home: Home) -> str:
    files = list((home.published / "latest" / "反馈单").glob("*.docx"))
    assert files
    paragraphs = [paragraph.text for file in files for paragraph in read_filing(file).paragraphs()]
    return "\n".join(paragraphs)


def test_states_are_replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    source = min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size)
    file = Path(shutil.copy2(source, home.inbox))
    before = run(home)
    assert before
    assert {row[1] for row in before} == {"new"}
    key, message = str(before[0][0]), str(before[0][3])
    assert message in letters_of(home)
    record_finding_states(home.config / "finding_states.csv", [FindingState(key, "waived", "县里另有规定")])
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.night.reading.read_source", lambda source: pytest.fail("a filing was opened again"))
        after = run(home)
    assert {row[:3] for row in after if row[0] == key} == {(key, "waived", "县里另有规定")}
    assert {row[1] for row in after if row[0] != key} <= {"new"}
    assert message not in letters_of(home)
    file.write_bytes(file.read_bytes() + b"\0")  # corrected elsewhere: other bytes, the same fault
    corrected = run(home)
    assert {row[1] for row in corrected if row[0] == key} == {"waived"}
