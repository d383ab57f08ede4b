"""What ``jixiao inspect`` shows: every cell with its mark, one JSON document, a page with outlined cells."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from extractors.reading import read_filing
from pipelines.inspect.filing import Inspection, Lessons, inspect_filing, inspection_json
from pipelines.inspect.marks import Kind, mark_cells, mark_of, use_meanings
from pipelines.inspect.page import inspection_html
from pipelines.inspect.terminal import show_inspection
from tests.pipelines.test_cli import jixiao
from tests.places import ROOT, SAMPLES
from transforms.decisions import Decision
from transforms.forms.heads.head import USES
from warehouse.program import FORMAT_ROOMS, readers_version
from warehouse.store.documents import Documents, encode_document

REAL = next(SAMPLES.glob("李钊庄镇*.docx"))
PDF = min(SAMPLES.glob("*.pdf"), key=lambda path: path.name)
WORDS = ROOT / "transforms" / "words"
INTERNAL_ROLES = {"plan", "budget_group", "amount_part", "attribute", "goal_long", "person", "deviation", "formula"}


@pytest.fixture(scope="module")
def real() -> Inspection:
    return inspect_filing(REAL)


def test_json_is_one_document_with_the_contracts_fields() -> None:
    answer = jixiao("inspect", str(REAL), "--json")
    assert answer.returncode == 0
    whole = json.loads(answer.stdout)
    expected = {"file", "format", "sha256", "status", "tables", "projects", "findings", "unread_cells", "used_cells"}
    assert expected <= set(whole)
    assert (whole["file"], whole["format"], whole["status"]) == (REAL.name, "docx", "read")
    assert len(whole["sha256"]) == 64
    assert len(whole["projects"]) == 8
    assert len(whole["indicators"]) == 58
    assert whole["projects"][0]["budget_yuan"] == 149300
    rows = whole["tables"][1]["rows"]
    assert rows[0][:2] == ["一级指标", "二级指标"]
    assert rows[2][0] is None, "a place that a merged cell covers is null"
    assert any(cell == "" for table in whole["tables"] for row in table["rows"] for cell in row)


def kept_documents(folder: Path, readers: Callable[[str], str] = readers_version) -> Documents:
    documents = Documents(folder, FORMAT_ROOMS, readers)
    document = read_filing(REAL)
    documents.keep(document.sha256, document.format, encode_document(document))
    return documents


def test_a_document_that_a_run_kept_is_opened_instead_of_the_filing(tmp_path: Path, real: Inspection) -> None:
    again = inspect_filing(REAL, documents=kept_documents(tmp_path))
    assert again.is_kept and not real.is_kept
    assert (again.document, again.records) == (real.document, real.records)
    console = Console(width=200, record=True, file=io.StringIO())
    show_inspection(again, console)
    assert "没有重新打开文件" in console.export_text()
    assert "没有重新打开文件" in inspection_html(again)
    assert json.loads(inspection_json(again))["is_kept"] is True


def test_the_filing_is_opened_where_readers_or_bytes_changed_or_the_kept_document_is_damaged(
    tmp_path: Path, real: Inspection
) -> None:
    kept_documents(tmp_path / "older", lambda format: "earlier readers")
    assert not inspect_filing(REAL, documents=Documents(tmp_path / "older", FORMAT_ROOMS, readers_version)).is_kept
    documents = kept_documents(tmp_path / "kept")
    other = tmp_path / REAL.name
    other.write_bytes(REAL.read_bytes() + b" ")
    assert not inspect_filing(other, documents=documents).is_kept
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    again = inspect_filing(REAL, documents=documents)
    assert not again.is_kept and again.records == real.records


def test_decisions_of_the_county_count_as_in_a_run(real: Inspection) -> None:
    (grid, cell) = next((g, c) for g in real.document.grids() for c in g.cells if c.text == "≤7500元")
    place = (grid.table_no, cell.row + 1, cell.col + 1)
    decision = Decision(real.sha256, *place, "target_raw", cell.text, "corrected", "≤7600元")
    decided = inspect_filing(REAL, Lessons(decisions={real.sha256: (decision,)}))
    assert decided.records is not None and "≤7600元" in [
        one.target.raw for one in decided.records.indicators if one.target
    ]


def test_every_cell_of_the_real_filing_is_marked(real) -> None:  # type: ignore[no-untyped-def]
    marks = mark_cells(real.records)
    for grid in real.document.grids():
        for cell in grid.cells:
            if cell.text.strip():
                mark = mark_of(marks, grid, cell)
                assert mark.kind in (Kind.USED, Kind.IGNORED), cell.text
                assert not re.match(r"[a-z_]+$", mark.meaning), f"{mark.meaning} has no Chinese name"


def test_a_value_says_what_it_was_read_as(real) -> None:  # type: ignore[no-untyped-def]
    marks = mark_cells(real.records)
    found = [
        mark_of(marks, grid, cell).meaning
        for grid in real.document.grids()
        for cell in grid.cells
        if cell.text == "≤7500元"
    ]
    assert found == ["指标值 → 金额 <= 7500 元"]


def test_the_terminal_shows_tables_records_and_marks(real) -> None:  # type: ignore[no-untyped-def]
    console = Console(width=200, record=True, file=io.StringIO())
    show_inspection(real, console)
    text = console.export_text()
    for shown in ("✓ ≥24个", "· 一级指标", "李钊庄镇", "数量 >= 24 个", "149,300.00 元", "完善制度建设"):
        assert shown in text


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path) -> None:
    bad = tmp_path / "伪装.docx"
    bad.write_text("这不是 Word 文件，也没有表格。", encoding="utf-8")
    answer = jixiao("inspect", str(bad), "--json")
    whole = json.loads(answer.stdout)
    assert answer.returncode == 3
    assert whole["status"] == "rejected"
    assert whole["reason"]
    assert whole["advice"]
    shown = jixiao("inspect", str(bad))
    assert shown.returncode == 3
    assert "不能入库" in shown.stdout
    assert "处理办法" in shown.stdout


def test_a_reader_that_leaves_early_changes_no_exit_code() -> None:
    command = f"{sys.executable} -m pipelines.cli inspect '{REAL}' | head -1; exit ${{PIPESTATUS[0]}}"
    answer = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert answer.returncode == 0, answer.stderr
    assert REAL.name in answer.stdout


def test_html_of_a_pdf_outlines_its_cells_on_pictures_and_needs_no_network() -> None:
    page = inspection_html(inspect_filing(PDF))
    assert page.count('<img alt="第') >= 1
    assert page.count('class="outline used') > 20
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    for left, top, width, height in re.findall(r"left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%", page):
        assert float(left) + float(width) <= 100.5
        assert float(top) + float(height) <= 100.5


def test_html_escapes_what_the_filing_says(real) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    grid = next(real.document.grids())
    evil = grid.cells[0]._replace(text="<script>alert(1)</script>")
    document = replace(real.document, blocks=(replace(grid, cells=(evil, *grid.cells[1:])),))
    page = inspection_html(replace(real, document=document))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_whatever_becomes_of_a_heads_cell_has_a_chinese_name() -> None:
    assert {use.partition(":")[2] for use in USES.values()} <= set(use_meanings())


def test_each_role_and_rule_of_the_word_lists_has_a_chinese_name() -> None:
    named = set(use_meanings())
    for name, column in (("head_labels.csv", "role"), ("header_roles.csv", "role"), ("ignored_rows.csv", "rule")):
        with (WORDS / name).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            missing = {row[column] for row in rows} - named - INTERNAL_ROLES
        assert not {role for role in missing if f"column_{role}" not in named}, f"{name}: {missing}"
