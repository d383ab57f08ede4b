"""Pictures of a PDF's pages, as they are seen, for marking what was read from them."""

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

DOTS_PER_POINT = 1.6
PAGES_DRAWN = 80
"""A page is about 100 kB of picture; beyond this many, the HTML file becomes too large to open with comfort."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page (1-based) with its size in points as displayed and its picture as a data address."""

    page: int
    width: float
    height: float
    address: str


def draw_pages(path: Path) -> tuple[PagePicture, ...]:
    """Draw the first ``PAGES_DRAWN`` pages of a PDF with PDFium; runs in a guarded worker."""
    document = pdfium.PdfDocument(path)
    try:
        return tuple(_draw(document[index], index + 1) for index in range(min(len(document), PAGES_DRAWN)))
    finally:
        document.close()


def _draw(page: pdfium.PdfPage, number: int) -> PagePicture:
    width, height = page.get_size()
    buffer = io.BytesIO()
    page.render(scale=DOTS_PER_POINT, may_draw_forms=True).to_pil().convert("L").save(buffer, "PNG", optimize=True)
    return PagePicture(
        number, width, height, "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
    )
