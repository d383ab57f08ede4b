from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.night.publishing.run_page import run_markdown
from tests.pipelines.night.test_summary import SUMMARY


def publication(folder: Path, names: dict[str, str], previous: str | None) -> Path:
    """Write what the artifact looks at: filings (id → file name), a report, a letter, and which one came before."""
    (folder / "数据").mkdir(parents=True)
    rows = [{"filing_id": one, "file_name": name, "is_current": True} for one, name in names.items()]
    pq.write_table(pa.Table.from_pylist(rows), folder / "数据" / "filings.parquet")
    (folder / "manifest.json").write_text(f'{{"previous": "{previous}"}}' if previous else "{}", encoding="utf-8")
    (folder / "对比报告.html").write_bytes(b"")
    (folder / "反馈单").mkdir()
    (folder / "反馈单" / "甲镇.docx").write_bytes(b"")
    return folder


def test_the_page_of_a_run_leads_to_what_is_published_and_says_what_is_new(tmp_path: Path) -> None:
    publication(tmp_path / "2026-01-01", {"a": "甲.docx"}, None)
    latest = publication(tmp_path / "2026-01-02", {"a": "甲.docx", "b": "乙[1].docx"}, "2026-01-01")
    said = run_markdown(replace(SUMMARY, published=str(latest)))
    assert (latest / "对比报告.html").as_uri() in said
    assert "反馈单" in said and "：1 份" in said
    assert (
        "与上一次发布 2026-01-01 相比" in said
        and "新增：乙\\[1\\].docx" in said
        and "甲.docx" not in said.split("相比")[1]
    )
    assert "处理办法" in said, "what is rejected stands there with what to do"


def test_a_night_that_published_nothing_has_its_summary(tmp_path: Path) -> None:
    assert "比较表 " not in run_markdown(replace(SUMMARY, published=str(tmp_path / "latest")))
