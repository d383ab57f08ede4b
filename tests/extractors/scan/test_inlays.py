"""A picture of a table, or of a cell's text, on a PDF page that is text otherwise, is read in its place."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.reading import read_filing
from tests.extractors.scan.test_scanned_pages import PLAN, TABLE
from tests.samples.scans import PagePlan, draw_plan


def picture(plan: PagePlan, box: tuple[int, int, int, int]) -> ImageReader:
    stored = io.BytesIO()
    Image.fromarray(draw_plan(plan)).crop(box).save(stored, "PNG")
    stored.seek(0)
    return ImageReader(stored)


@pytest.mark.needs_ocr
def test_picture_of_a_table_and_of_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica", 11)
    for k in range(8):
        canvas.drawString(60, 800 - 16 * k, f"Line {k} of a page that has text of its own, invented for a test.")
    canvas.drawImage(picture(PLAN, (140, 287, 1450, 640)), 50, 500, 1310 * 72 / 200, 353 * 72 / 200)
    canvas.grid([60, 200, 340], [300, 330, 360])
    canvas.drawString(70, 340, "Name")
    canvas.drawString(210, 340, "Value")
    canvas.drawString(70, 310, "Courses")
    canvas.drawImage(picture(PagePlan(("≥24期",), (), ()), (150, 150, 330, 225)), 210, 302, 60, 25)
    canvas.save()
    document = read_filing(path)
    drawn, typed = document.grids()
    assert drawn.rows() == TABLE
    assert typed.rows() == [["Name", "Value"], ["Courses", "≥24期"]]
    assert [typed.confidence_of(cell) is not None for cell in typed.cells] == [False, False, False, True]
    assert {"picture_cell", "picture_not_read"}.isdisjoint({note.code for note in document.notes})
