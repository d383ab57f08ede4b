"""The main job through the real command: the formats agree, bad input costs only itself, the accuracy holds."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from tests.pipelines.test_cli import jixiao
from tests.places import ROOT, SAMPLES

SHARED = ROOT.parent / "shared"
REAL_STEM = "李钊庄镇2023年部门预算绩效文本"
PLACE = {"filing_id", "page", "table_no", "row_no", "col_no"}
TABLES = ("projects", "spending_plan", "objectives", "indicators", "narrative_goals", "findings", "unread_cells")

has_shared = pytest.mark.skipif(not (SHARED / "filings").exists(), reason="the shared folder is not beside this one")


class Ran(NamedTuple):
    """A run's exit code, summary and home."""

    code: int
    summary: dict[str, object]
    home: Path

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.home / "county.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()


def run_on(home: Path, inbox: Path) -> Ran:
    answer = jixiao("--home", str(home), "run", "--inbox", str(inbox), "--json")
    assert answer.stdout, answer.stderr
    return Ran(answer.returncode, json.loads(answer.stdout), home)


def files_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Give each file's time of change and size, links as what they are; the run's own record and log are left out."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in folder.rglob("*")
        if not path.is_dir() and path.name != ".run.lock" and path.parent.name not in ("nights", "log")
    }


def score(database: Path, truth: Path, bar: float) -> None:
    result = subprocess.run(
        [sys.executable, SHARED / "accuracy" / "score.py", database, truth, "--bar", str(bar)],
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The real filing in all formats at hand, in one home."""
    folder = tmp_path_factory.mktemp("real")
    inbox = folder / "inbox"
    inbox.mkdir()
    source = SHARED / "filings" if (SHARED / "filings").exists() else SAMPLES
    for path in source.glob(f"{REAL_STEM}.*"):
        if path.suffix != ".doc" or shutil.which("soffice"):
            shutil.copy2(path, inbox)
    return run_on(folder / "home", inbox)


def test_the_real_filing_loads(real: Ran) -> None:
    assert real.code == 0
    assert real.rows("select count(*) from core.filings where is_current") == [(1,)]
    found = real.rows("""
        select
            count(distinct project_no), count(*)
        from core.indicators semi join (select * from core.filings where is_current) using (filing_id)
    """)
    assert found == [(8, 58)]


@has_shared
def test_its_formats_give_the_same_records_apart_from_place(real: Ran) -> None:
    formats = dict(real.rows("select format, filing_id from core.filings"))
    assert {"docx", "pdf", "txt"} <= set(formats)
    for table in TABLES:
        columns = [
            str(name)
            for (name,) in real.rows(
                f"select column_name from duckdb_columns() where schema_name = 'core' and table_name = '{table}'"
            )
            if name not in PLACE
        ]
        chosen = ", ".join(columns)
        by_format = {
            name: real.rows(f"select {chosen} from core.{table} where filing_id = '{filing_id}' order by all")
            for name, filing_id in formats.items()
        }
        for name, rows in by_format.items():
            assert rows == by_format["docx"], f"{table} of {name} differs"


@has_shared
def test_the_real_filings_accuracy(real: Ran, tmp_path: Path) -> None:
    truth = json.loads((SHARED / "filings" / "truth.json").read_text(encoding="utf-8"))
    read = {str(name) for (name,) in real.rows("select format from core.filings")}
    for filing in truth.values():
        filing["formats"] = sorted(read)
    (tmp_path / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    score(real.home / "county.duckdb", tmp_path / "truth.json", 0.999)


@has_shared
def test_the_development_filings_accuracy(tmp_path: Path) -> None:
    ran = run_on(tmp_path / "home", SHARED / "accuracy" / "dev" / "inbox")
    assert ran.code == 0
    score(ran.home / "county.duckdb", SHARED / "accuracy" / "dev" / "truth.json", 0.998)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Two good filings among everything that can be wrong with a file."""
    folder = tmp_path_factory.mktemp("bad")
    inbox = folder / "inbox"
    (inbox / "乙").mkdir(parents=True)
    docx = next(path for path in sorted(SAMPLES.glob("*.docx")) if REAL_STEM not in path.name)
    pdf = min(SAMPLES.glob("*.pdf"), key=lambda path: path.stat().st_size)
    shutil.copy2(docx, inbox / "好.docx")
    shutil.copy2(pdf, inbox / "乙" / "好.pdf")
    (inbox / "空.docx").touch()
    (inbox / "同样空.pdf").touch()
    (inbox / "文字.docx").write_text("这是改了后缀的文本文件。\n", encoding="utf-8")
    (inbox / "截断.docx").write_bytes(docx.read_bytes()[:3000])
    (inbox / "截断.pdf").write_bytes(pdf.read_bytes()[:2000])
    (inbox / "加密.pdf").write_bytes(encrypted_pdf())
    (inbox / "无表.docx").write_bytes(docx_of("关于召开会议的通知", [["时间", "地点"], ["周一", "会议室"]]))
    (inbox / "新表.docx").write_bytes(
        docx_of(
            "石盘镇2025年项目支出绩效目标表",
            [
                ["项目名称", "道路养护", "", "", "", ""],
                ["一级指标", "二级指标", "三级指标", "指标值", "碳排放影响系数", "智慧监管等次"],
                ["产出指标", "数量指标", "养护里程", "≥12公里", "0.37", "蓝"],
                ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "0.11", "绿"],
            ],
        )
    )
    (inbox / "~$好.docx").write_bytes(b"lock")
    (inbox / ".DS_Store").write_bytes(b"system")
    with zipfile.ZipFile(inbox / "包.zip", "w") as archive:
        archive.write(next(SAMPLES.glob(f"{REAL_STEM}.docx")), "里面/真.docx")
        archive.writestr("里面/坏.pdf", b"%PDF-1.7 broken")
    (folder / "before.json").write_text(json.dumps(files_of(inbox)), encoding="utf-8")
    return run_on(folder / "home", inbox)


def docx_of(title: str, rows: list[list[str]]) -> bytes:
    import io

    import docx

    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    import io

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(100, 700, "closed")
    canvas.save()
    return buffer.getvalue()


def test_bad_files_are_named_with_reason_and_advice(bad: Ran) -> None:
    assert bad.code == 3
    rejected = bad.summary["rejected"]
    assert isinstance(rejected, list)
    assert {one["file_name"]: one["reason"] for one in rejected} == {
        "空.docx": "empty_file",
        "同样空.pdf": "empty_file",
        "文字.docx": "no_performance_table",
        "截断.docx": "damaged",
        "截断.pdf": "damaged",
        "加密.pdf": "encrypted",
        "无表.docx": "no_performance_table",
        "包.zip/里面/坏.pdf": "damaged",
    }
    assert all(one["detail"] and one["advice"] for one in rejected)
    stored = bad.rows("select file_name, reason from core.rejected_files")
    assert len(stored) == len(rejected)


def test_the_others_load_all_the_same(bad: Ran) -> None:
    assert bad.summary["new"] == 4
    names = {name for (name,) in bad.rows("select file_name from core.filings")}
    assert names == {"好.docx", "好.pdf", "真.docx", "新表.docx"}


def test_unknown_columns_are_reported_cell_by_cell(bad: Ran) -> None:
    unread = bad.rows("""
        select text from core.unread_cells
        semi join (select * from core.filings where file_name = '新表.docx') using (filing_id)
    """)
    assert {"0.37", "蓝", "0.11", "绿"} <= {text for (text,) in unread}
    read = bad.rows("""
        select indicator_raw, target_raw from core.indicators
        semi join (select * from core.filings where file_name = '新表.docx') using (filing_id)
        order by indicator_no
    """)
    assert read == [("养护里程", "≥12公里"), ("群众满意度", "≥90%")]


def test_a_second_run_changes_no_byte_and_names_the_rejected_again(bad: Ran) -> None:
    before = files_of(bad.home)
    again = run_on(bad.home, bad.home.parent / "inbox")
    assert again.code == 3
    assert (again.summary["new"], again.summary["changed"], again.summary["unchanged"]) == (0, 0, 4)
    assert again.summary["rejected"] == bad.summary["rejected"]
    assert again.summary["rebuilt"] is False
    assert files_of(bad.home) == before


def test_the_inbox_is_never_changed(bad: Ran) -> None:
    before = json.loads((bad.home.parent / "before.json").read_text(encoding="utf-8"))
    assert {name: list(facts) for name, facts in files_of(bad.home.parent / "inbox").items()} == before


def test_queries_only_read_and_see_the_latest_build(bad: Ran, tmp_path: Path) -> None:
    home = ("--home", str(bad.home))
    table = jixiao(*home, "sql", "select count(*) as 件数 from core.filings")
    assert table.returncode == 0
    assert "件数" in table.stdout
    as_json = jixiao(*home, "sql", "--format", "json", "select sum(budget_yuan) as yuan from core.projects")
    assert json.loads(as_json.stdout)[0]["yuan"] > 0
    piped = jixiao(*home, "sql", "--format", "csv", stdin="select 1 as a, '二' as b")
    assert piped.stdout == "a,b\n1,二\n"
    out = tmp_path / "项目.csv"
    written = jixiao(*home, "sql", "--format", "csv", "--out", str(out), "select project_name from core.projects")
    assert written.returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    for forbidden in ("drop table core.filings", f"copy core.filings to '{tmp_path}/x.csv'", "select * from nowhere"):
        refused = jixiao(*home, "sql", forbidden)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
    assert not (tmp_path / "x.csv").exists()


def test_terms_are_listed_decided_and_applied_without_reading_again(bad: Ran, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(bad.home, home, symlinks=True)
    listed = jixiao("--home", str(home), "terms", "list", "--format", "json")
    assert listed.returncode == 0
    assert all({"名称", "现状", "乡镇数"} <= set(row) for row in json.loads(listed.stdout))
    decided = jixiao("--home", str(home), "terms", "rename", "养护里程", "公路养护里程")
    assert decided.returncode == 0
    assert (home / "config" / "terms.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    again = run_on(home, bad.home.parent / "inbox")
    assert (again.summary["new"], again.summary["changed"]) == (0, 0)
    assert again.rows("select distinct indicator from core.indicators where indicator_raw = '养护里程'") == [
        ("公路养护里程",)
    ]


def test_publish_writes_the_tables_again(bad: Ran, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(bad.home, home, symlinks=True)
    shutil.rmtree(home / "published")
    answer = jixiao("--home", str(home), "publish")
    assert answer.returncode == 0
    assert list((home / "published" / "latest").glob("*.xlsx"))
    assert list((home / "published" / "latest").glob("*.html"))


def test_a_corrected_file_is_read_again(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    first, second = sorted(path for path in SAMPLES.glob("*.docx") if REAL_STEM not in path.name)[:2]
    shutil.copyfile(first, inbox / "报送.docx")
    run_on(tmp_path / "home", inbox)
    shutil.copyfile(second, inbox / "报送.docx")
    os.utime(inbox / "报送.docx", (1_900_000_000, 1_900_000_000))
    ran = run_on(tmp_path / "home", inbox)
    assert (ran.summary["new"], ran.summary["changed"], ran.summary["unchanged"]) == (0, 1, 0)
