"""A township's own Word file with comments: on the very cell, nothing else changed, whatever stands in the remark."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from extractors.docx.locate import locate_cells
from extractors.docx.read import read_docx
from warehouse.publication.returned.comments import ReturnJob, write_commented
from warehouse.publication.returned.remarks import Remark

REMARK = Remark(
    *(1, "f", "error", "须改正", "权重合计", "村级办公经费", "合格率", "表1 行2", (1, 2, 2), "≥110%"),
    *("不应超过100%", "", "指标值超过100%，请改正。"),
)


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    """A merged cell in the first row, a nested table in the third: both shift columns and numbers of tables."""
    document = Document()
    document.add_paragraph("绩效目标申报表")
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text, table.cell(0, 2).text = "项目名称", "村级办公经费"
    table.cell(1, 0).text, table.cell(1, 1).text = "合格率", "≥110%"
    inner = table.cell(2, 1).add_table(2, 2)
    for row in range(2):
        for column in range(2):
            inner.cell(row, column).text = f"内{row}{column}"
    table.cell(3, 2).text = "末格"
    path = tmp_path / "filing.docx"
    document.save(str(path))
    return path


def commented(filing: Path, *remarks: Remark, name: str = "out.docx") -> Path:
    job = ReturnJob(filing, filing.with_name(name), remarks, datetime(2024, 3, 1))
    write_commented(job)
    return job.target


def marked_text(path: Path, number: int) -> str:
    """Give the text of the cell in which a comment begins."""
    (start,) = (
        mark
        for mark in Document(str(path)).element.iter(qn("w:commentRangeStart"))
        if mark.get(qn("w:id")) == str(number)
    )
    cell = next(start.iterancestors(qn("w:tc")))
    return "".join(text.text or "" for text in cell.iter(qn("w:t")))


def test_every_cell_is_found_where_the_reader_read_it(filing: Path) -> None:
    cells = list(Document(str(filing)).element.iter(qn("w:tc")))
    places = locate_cells(filing)
    read = read_docx(filing, sha256="0" * 64, file_name=filing.name)
    for grid in read.grids():
        for cell in grid.cells:
            element = cells[places[grid.table_no, cell.row + 1, cell.col + 1]]
            own = list(element.iterchildren(qn("w:p")))
            assert "".join(t.text or "" for p in own for t in p.iter(qn("w:t"))) == cell.text.strip()
    assert {place[0] for place in places} == {1, 2}


def test_a_comment_stands_on_its_cell_and_the_text_is_as_filed(filing: Path) -> None:
    made = commented(
        filing, REMARK, replace(REMARK, number=2, cell=(2, 1, 2)), replace(REMARK, number=3, cell=(1, 4, None))
    )
    assert [marked_text(made, n) for n in range(3)] == ["≥110%", "内01", ""]
    comments = list(Document(str(made)).comments)
    assert "【须改正】指标值超过100%，请改正。" in comments[0].text and "问题清单第1条" in comments[0].text
    texts = [[t.text for t in Document(str(path)).element.iter(qn("w:t"))] for path in (filing, made)]
    assert texts[0] == texts[1]


def test_the_same_remarks_give_the_same_bytes(filing: Path) -> None:
    one, other = (commented(filing, REMARK, name=name) for name in ("one.docx", "other.docx"))
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (one, other)]
    assert sums[0] == sums[1]


def test_a_remark_without_a_cell_is_said_at_the_head(filing: Path) -> None:
    (comment,) = Document(str(commented(filing, replace(REMARK, cell=None)))).comments
    assert "不在某一个单元格" in comment.text and REMARK.message in comment.text


def test_hostile_text_stays_text(filing: Path) -> None:
    spiteful = '=HYPERLINK("x")<w:b/>&amp;{{乡镇}}\x07\u202e'
    (comment,) = Document(str(commented(filing, replace(REMARK, message=spiteful)))).comments
    assert '=HYPERLINK("x")<w:b/>&amp;{{乡镇}}' in comment.text


def test_what_is_no_word_file_gets_no_copy(tmp_path: Path) -> None:
    damaged = tmp_path / "filing.docx"
    damaged.write_bytes(b"no zip")
    assert not commented(damaged, REMARK).exists()


def test_a_copy_tells_nobody_who_wrote_it_and_how_to_reach_him(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.author = "某某人"
    split = document.add_paragraph("联系电话：138")
    split.add_run("0013")
    split.add_run("8000，请于工作时间来电")
    document.sections[0].header.paragraphs[0].text = "填报人：某某某"
    table = document.add_table(5, 4)
    rows = [
        *(("项目名称", "村级办公经费", "预算金额", "10万元"), ("一级指标", "二级指标", "三级指标", "指标值")),
        *(("产出指标", "数量指标", "保障村数", "≥5个"), ("效益指标", "社会效益指标", "服务人数", "≥13800138000元")),
        ("填报人", "某某某", "联系电话", "01012345678"),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    path = tmp_path / "filing.docx"
    document.save(str(path))
    written = Document(str(commented(path, replace(REMARK, cell=(1, 3, 4)))))
    cells = [cell.text for row in written.tables[0].rows for cell in row.cells]
    assert cells[-4:] == ["填报人", "［已隐去］", "联系电话", "［已隐去］"]
    assert cells[:-4] == [text for texts in rows[:-1] for text in texts], "amounts and all else stay as filed"
    assert written.paragraphs[0].text == "联系电话：［已隐去］，请于工作时间来电"
    assert written.sections[0].header.paragraphs[0].text == "填报人：［已隐去］"
    assert written.core_properties.author == ""
