"""A heading that nobody knows: the queue shows it, one answer teaches it, and the next run reads what stood under it."""

from pathlib import Path

import docx
import pytest

from pipelines.review.making import DecideError
from pipelines.review.queue import read_queue
from pipelines.review.record import Review
from tests.pipelines.review.test_replay import rows, run
from warehouse.home import Home

HEAD = [["项目名称", "村级道路维修", "预算数", "14.93"], ["单位名称", "石桥镇人民政府", "", ""]]
INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "指标值", "年终成效", "得分"],
    ["产出指标", "数量指标", "修路里程", "≥5公里", "5.2公里", "10"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "93%", "10"],
]
"""Invented; no form in the word lists calls the actual value 年终成效."""


def write_filing(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("青山县石桥镇2024年项目支出绩效自评表")
    document.add_paragraph("单位：万元")
    for texts in (HEAD, INDICATORS):
        table = document.add_table(len(texts), len(texts[0]))
        for row, line in zip(table.rows, texts, strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.text = text
        document.add_paragraph("")
    document.save(str(path))


def test_one_answer_teaches_a_heading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    home.inbox.mkdir()
    write_filing(home.inbox / "石桥镇2024年自评表.docx")
    run(home)
    (item,) = [one for one in read_queue(home) if one.kind == "heading"]
    assert item.value_read == "年终成效"
    for wrong in ("年终成效", "", "不知道"):
        with pytest.raises(DecideError, match="已知的表头"):
            Review(home).decide({"key": item.key, "decision": "corrected", "value": wrong})
    Review(home).decide({"key": item.key, "decision": "corrected", "value": "实际完成值"})
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.night.reading.read_source", lambda source: pytest.fail("a filing was opened again"))
        run(home)
    assert rows(home, "select actual_raw from core.indicators order by indicator_no") == [("5.2公里",), ("93%",)]
    assert rows(home, "select count(*) from core.unread_cells") == [(0,)]
    assert [one for one in read_queue(home) if one.kind == "heading"] == []
