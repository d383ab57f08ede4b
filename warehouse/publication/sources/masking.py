"""Hides what is personal in a filing's source page: in its texts, and in the pictures of its pages."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from extractors.document import Box, Document, Grid, Paragraph
from extractors.rejection import RejectedFile
from transforms.filings import transform
from transforms.words.personal import find_personal, hide_contact, hide_personal

if TYPE_CHECKING:
    from PIL.Image import Image

PERSONAL_USES = frozenset({"ignored:personal_data", "ignored:signature_row"})
"""Cells that hold who filled in the form and how to reach him."""

MARGIN_POINTS = 1.0


@dataclass(frozen=True, slots=True)
class MaskedDocument:
    """A document with what is personal hidden; ``boxes`` are the cells on each page (1-based) that held it."""

    document: Document
    boxes: dict[int, list[Box]]


def mask_document(document: Document) -> MaskedDocument:
    """Hide numbers and names in a document's texts, and say which of its cells held them."""
    contacts = contact_cells(document)
    boxes: dict[int, list[Box]] = {}
    blocks: list[Paragraph | Grid] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(replace(block, text=hide_personal(block.text)))
            continue
        cells = []
        for cell in block.cells:
            is_contact = (block.table_no, cell.row + 1, cell.col + 1) in contacts
            text = hide_contact(cell.text) if is_contact else hide_personal(cell.text)
            if text != cell.text and cell.page is not None and cell.box is not None:
                boxes.setdefault(cell.page, []).append(cell.box)
            cells.append(cell if text == cell.text else cell._replace(text=text))
        blocks.append(replace(block, cells=tuple(cells)))
    return MaskedDocument(replace(document, blocks=tuple(blocks)), boxes)


def contact_cells(document: Document) -> set[tuple[int, int, int]]:
    """Give the (table, row, column), each from 1, of the cells that hold who filled in the form and how to reach him."""
    try:
        used = transform(document).used_cells
    except RejectedFile:
        return set()
    return {(cell.table_no, cell.row_no, cell.col_no) for cell in used if cell.use in PERSONAL_USES}


def blacken(picture: "Image", page: Any, boxes: list[Box], scale: float) -> None:
    """Paint over cells that held something personal, and over numbers and names in the page's own text (None: none)."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    for left, top, right, bottom in (*boxes, *(_text_boxes(page) if page is not None else ())):
        edges = (left - MARGIN_POINTS, top - MARGIN_POINTS, right + MARGIN_POINTS, bottom + MARGIN_POINTS)
        draw.rectangle([edge * scale for edge in edges], fill=0)


def _text_boxes(page: Any) -> Iterator[Box]:
    """Yield where something personal stands in a page's text, as displayed: points from the upper left corner."""
    text_page = page.get_textpage()
    try:
        text = "".join(_char(text_page, number) for number in range(text_page.count_chars()))
        for start, end in find_personal(text):
            for number in range(start, end):
                if not text[number].isspace():
                    yield _displayed(page, text_page.get_charbox(number))
    finally:
        text_page.close()


def _char(text_page: Any, number: int) -> str:
    """Give one character; those outside the basic plane count as one here, as PDFium counts them."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    code = pdfium.FPDFText_GetUnicode(text_page, number)
    return chr(code) if 0 < code < 0x110000 else " "


def _displayed(page: Any, box: tuple[float, float, float, float]) -> Box:
    from ctypes import byref, c_int

    import pypdfium2.raw as pdfium

    fine = 100  # device coordinates are whole numbers
    width, height = page.get_size()
    left, bottom, right, top = box
    points = []
    for x, y in ((left, bottom), (right, top)):
        across, down = c_int(), c_int()
        size = (math.ceil(width * fine), math.ceil(height * fine))
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, byref(across), byref(down))
        points.append((across.value / fine, down.value / fine))
    (x1, y1), (x2, y2) = points
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
