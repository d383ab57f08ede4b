"""What became of a finding outlives a new reading, a corrected filing that leaves the fault, and a new publication."""

import shutil
from pathlib import Path

import docx
import duckdb
import pytest

from extractors.reading import read_filing
from pipelines.night.run import run_night
from pipelines.review.making import DecideError
from pipelines.review.queue import read_queue
from pipelines.review.record import Review
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


def write_filing(path: Path) -> None:
    """An invented filing whose weights add up to 30."""
    document = docx.Document()
    document.add_paragraph("青山县石桥镇2024年项目支出绩效目标表")
    document.add_paragraph("单位：万元")
    for texts in (
        [["项目名称", "村级道路维修", "预算数", "14.93"], ["单位名称", "石桥镇人民政府", "", ""]],
        [
            ["一级指标", "二级指标", "三级指标", "指标值", "分值"],
            ["产出指标", "数量指标", "修路里程", "≥5公里", "10"],
            ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "20"],
        ],
    ):
        table = document.add_table(len(texts), len(texts[0]))
        for row, line in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.text = text
        document.add_paragraph("")
    document.save(str(path))


def test_a_finding_is_answered_in_the_queue_and_taken_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.inbox.mkdir()
    write_filing(home.inbox / "石桥镇2024年绩效目标表.docx")
    run_night(home, None, 1)
    review = Review(home)
    found = [one for one in read_queue(home) if one.kind == "finding"]
    assert found
    with pytest.raises(DecideError, match="理由"):
        review.decide({"key": found[0].key, "decision": "waived"})
    review.decide({"key": found[0].key, "decision": "waived", "value": "县里另有规定", "by": "科员甲"})
    decided = {one.key: one for one in review.with_decisions(read_queue(home))}[found[0].key]
    assert (decided.decision, decided.value_decided) == ("waived", "县里另有规定")
    review.undo()
    assert {one.decision for one in review.with_decisions(read_queue(home)) if one.kind == "finding"} == {"open"}
    assert review.decide_all([{"key": one.key, "decision": "settled"} for one in found[:2]]) == len(found[:2])
