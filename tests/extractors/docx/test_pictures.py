"""Pictures in Word files: in the place of a cell's text, or as large as a table."""

from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from PIL import Image

from extractors import reading
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import cell, paragraph, read, row, table, write_docx
from tests.extractors.scan.test_scanned_pages import PLAN, TABLE
from tests.samples.scans import PagePlan, draw_plan

DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def picture(width: float, height: float) -> str:
    """Give a paragraph with a picture of a size in points."""
    extent = f'<wp:extent cx="{round(width * 12700)}" cy="{round(height * 12700)}"/>'
    drawing = f'<wp:inline xmlns:wp="{DRAWN}">{extent}<a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic>'
    return f"<w:p><w:r><w:drawing>{drawing}</wp:inline></w:drawing></w:r></w:p>"


def old_picture(width: float, height: float) -> str:
    style = f"width:{width}pt;height:{height}pt"
    return f'<w:p><w:r><w:pict><v:shape style="{style}"><v:imagedata/></v:shape></w:pict></w:r></w:p>'


def test_a_picture_in_the_place_of_text_is_said(tmp_path: Path) -> None:
    for draw in (picture, old_picture):
        rows = [row("三级指标", "指标值"), row("培训期数", cell(draw(40, 12))), row("合格率", cell("<w:p/>"))]
        document = read(write_docx(tmp_path / "a.docx", table(*rows)))
        assert [(n.code, n.table_no, n.row_no, n.col_no) for n in document.notes] == [("picture_cell", 1, 2, 2)]


def test_a_line_or_a_logo_beside_text_is_nothing_to_say(tmp_path: Path) -> None:
    beside = cell(paragraph("≥24期") + picture(40, 12))
    document = read(
        write_docx(tmp_path / "a.docx", table(row("培训期数", beside), row("合格率", cell(picture(40, 1)))))
    )
    assert document.notes == ()


def test_a_picture_as_large_as_a_table_is_said(tmp_path: Path) -> None:
    body = paragraph("第二个项目") + table(row("培训期数", "≥24期")) + picture(400, 200) + picture(110, 110)
    document = read(write_docx(tmp_path / "a.docx", body))
    assert [note.code for note in document.notes] == ["picture_not_read"]
    assert read(write_docx(tmp_path / "b.docx", paragraph("盖章") + picture(110, 110))).notes == ()


@pytest.mark.needs_ocr
def test_pictures_of_tables_and_cells_are_read(tmp_path: Path) -> None:
    page = Image.fromarray(draw_plan(PLAN)).crop((140, 287, 1450, 640))
    value = Image.fromarray(draw_plan(PagePlan(("≥24期",), (), ()))).crop((150, 150, 330, 225))
    word = docx.Document()
    word.add_paragraph("道路养护绩效目标表")
    page.save(tmp_path / "page.png", dpi=(200, 200))
    value.save(tmp_path / "value.png", dpi=(200, 200))
    word.add_picture(str(tmp_path / "page.png"), width=Pt(page.width * 72 / 200))
    table = word.add_table(2, 2)
    for place, text in {(0, 0): "三级指标", (0, 1): "指标值", (1, 0): "培训期数"}.items():
        table.cell(*place).text = text
    table.cell(1, 1).paragraphs[0].add_run().add_picture(str(tmp_path / "value.png"), width=Pt(60))
    word.save(tmp_path / "a.docx")
    document = reading.read_filing(tmp_path / "a.docx")
    drawn, typed = document.grids()
    assert (drawn.table_no, typed.table_no) == (1, 2)
    assert drawn.rows() == TABLE
    assert typed.rows()[1] == ["培训期数", "≥24期"]
    assert [typed.confidence_of(cell) is not None for cell in typed.cells] == [False, False, False, True]
    assert "picture_cell" not in {note.code for note in document.notes}


def test_without_the_packages_a_table_in_a_picture_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_OCR_PACKAGES", ("no_such_package",))
    path = write_docx(tmp_path / "a.docx", paragraph("第二个项目") + picture(400, 200))
    with pytest.raises(RejectedFile) as refused:
        reading.read_filing(path)
    assert refused.value.reason is Reason.NEEDS_OCR
