"""Pictures in Word files: in the place of a cell's text, or as large as a table."""

from pathlib import Path

from tests.extractors.docx.word_files import cell, paragraph, read, row, table, write_docx

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
    body = paragraph("第二个项目") + picture(400, 200) + picture(110, 110)
    document = read(write_docx(tmp_path / "a.docx", body))
    assert [note.code for note in document.notes] == ["picture_not_read"]
    assert read(write_docx(tmp_path / "b.docx", paragraph("盖章") + picture(110, 110))).notes == ()
