"""Text over rules, text over text, pictures instead of text, two shapes for one character: kept whole, or said."""

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.document import Document
from extractors.pdf.read import read_pdf
from tests.extractors.pdf.test_fallback import NAMED, write_pdf

FONT, SIZE, HEIGHT = "STSong-Light", 10.0, 842.0
XS = (60.0, 130.0, 220.0, 300.0, 360.0)


class Table:
    """A ruled table into whose cells text is put piece by piece, as programs that know nothing of its rules do."""

    def __init__(self, path: Path, rows: int = 3, height: float = 20.0) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.path, self.canvas, self.height = path, Canvas(str(path), pagesize=(595, HEIGHT), invariant=1), height
        self.canvas.setFont(FONT, SIZE)
        self.ys = [100 + height * k for k in range(rows + 1)]
        for y in self.ys:
            self.canvas.line(XS[0], HEIGHT - y, XS[-1], HEIGHT - y)
        for x in XS:
            self.canvas.line(x, HEIGHT - self.ys[0], x, HEIGHT - self.ys[-1])

    def put(self, row: int, x: float, *pieces: str, down: float = 0.0) -> float:
        """Write pieces one after the other from ``x``, each as a run of its own; give where they end."""
        y = HEIGHT - self.ys[row] - self.height / 2 - 3.5 - down
        for piece in pieces:
            self.canvas.drawString(x, y, piece)
            x += pdfmetrics.stringWidth(piece, FONT, SIZE)
        return x

    def picture(self, x0: float, top: float, x1: float, bottom: float) -> None:
        image = ImageReader(Image.new("RGB", (8, 8), "red"))
        self.canvas.drawImage(image, x0, HEIGHT - bottom, x1 - x0, bottom - top)

    def read(self) -> Document:
        self.canvas.save()
        return read_pdf(self.path, sha256="")


def rows_of(document: Document) -> list[list[str | None]]:
    (grid,) = document.grids()
    return grid.rows()


def said(document: Document) -> list[tuple[str, int | None, int | None]]:
    return [(note.code, note.row_no, note.col_no) for note in document.notes]


def test_text_that_runs_out_of_the_table_stays_in_its_cell(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf")
    table.put(0, XS[0] + 3, "时效指标")
    table.put(0, XS[3] + 3, "2024", "年", "12", "月", "31", "日前完成")
    document = table.read()
    assert rows_of(document)[0] == ["时效指标", "", "", "2024年12月31日前完成"]
    assert not list(document.paragraphs())


@pytest.mark.parametrize("shift", [0.0, 1.5, 3.0])
def test_pieces_over_a_rule_stay_with_the_text_they_go_on(tmp_path: Path, shift: float) -> None:
    """Wherever the edge falls among the pieces: a limit of 150,000 must not lose its 以内."""
    table = Table(tmp_path / "a.pdf")
    table.put(0, XS[2] - 4 + shift - pdfmetrics.stringWidth("控制在150,000", FONT, SIZE), "控制在", "150,000", "元以内")
    table.put(1, XS[1] + 3, "培训期数")
    texts = [text for row in rows_of(table.read()) for text in row if text]
    assert texts == ["控制在150,000元以内", "培训期数"]


def test_text_behind_its_neighbours_text_is_parted_from_it_and_said_to_be_cut_off(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf")
    table.put(0, XS[0] + 3, "质量指标")
    table.put(0, XS[3] + 3, "行业标准")
    table.put(0, XS[2] - 60, "完成时间")
    width = pdfmetrics.stringWidth("2024年12月31日前完成", FONT, SIZE)
    table.put(1, XS[0] + 3, "产出")
    table.put(0, XS[3] - 2 - width, "2024", "年", "12", "月", "31", "日前完成")
    document = table.read()
    assert rows_of(document)[0] == ["质量指标", "完成时间", "2024年12月31日前完成", "行业标准"]
    assert ("text_clipped", 1, 3) in said(document)


def test_lines_that_came_in_from_the_row_above_are_said(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf", height=14)
    table.put(0, XS[2] + 3, "控制在150,000", down=-6)
    table.put(0, XS[2] + 3, "元以内", down=8)
    table.put(1, XS[2] + 3, "≥90%")
    document = table.read()
    assert {(code, row) for code, row, col in said(document) if col == 3} >= {("text_crowded", 1), ("text_crowded", 2)}


def test_cells_filled_as_they_should_be_are_not_doubted(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf")
    for row in range(3):
        for left, right in pairwise(XS):
            table.put(row, left + 2, "指" * int((right - left - 4) / SIZE))
    document = table.read()
    assert said(document) == []


def test_a_picture_in_the_place_of_text_is_said_and_a_seal_is_not(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf")
    table.put(0, XS[0] + 3, "数量指标")
    table.put(1, XS[0] + 3, "质量指标")
    table.picture(XS[1] + 5, table.ys[0] + 4, XS[1] + 40, table.ys[0] + 16)
    table.picture(XS[1] - 30, table.ys[1] - 30, XS[3], table.ys[1] + 60)
    assert said(table.read()) == [("picture_cell", 1, 2)]


def test_a_picture_as_large_as_a_table_is_said(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf")
    table.put(0, XS[0] + 3, "数量指标")
    table.picture(60, 300, 500, 500)
    table.picture(60, 600, 180, 720)
    assert [note.code for note in table.read().notes] == ["picture_not_read"]


def test_a_scanned_page_among_pages_of_text_is_said(tmp_path: Path) -> None:
    table = Table(tmp_path / "a.pdf")
    table.put(0, XS[0] + 3, "数量指标")
    table.canvas.showPage()
    table.canvas.setFont(FONT, SIZE)
    table.picture(20, 60, 575, 800)
    table.canvas.drawString(280, 20, "第2页")
    table.canvas.showPage()
    document = table.read()
    assert [(note.code, note.page) for note in document.notes] == [("page_is_picture", 2)]


TWINS = (
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R"
    "/Encoding<</Type/Encoding/Differences[48/zero/one/two/three/four/five 65/m]>>>>"
)
MAP = (
    "begincmap 1 begincodespacerange <00><FF> endcodespacerange 1 beginbfrange <30><35><0030> endbfrange "
    "1 beginbfchar <41><0032> endbfchar endcmap"
)


def test_two_shapes_for_one_character_are_said(tmp_path: Path) -> None:
    """The code A draws another shape than 2 does, and says that it is a 2."""
    stream = f"<</Length {len(MAP)}>>stream\n{MAP}\nendstream"
    path = write_pdf(tmp_path / "a.pdf", "(A24 3) Tj 0 -20 Td (2023)", TWINS, stream)
    document = read_pdf(path, sha256="")
    assert [note.code for note in document.notes] == ["twin_glyphs"]
    plain = write_pdf(tmp_path / "b.pdf", "(224 3) Tj 0 -20 Td (2023)", TWINS, stream)
    assert not read_pdf(plain, sha256="").notes


def test_known_characters_need_no_second_look(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", "(AB)", NAMED.format("/uni91D1/uni4E07"))
    assert not read_pdf(path, sha256="").notes
