"""Pages that are pictures: which they are, and how such a page is drawn for recognition."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

from extractors.document import Box
from extractors.pdf.page import PageContent

Pixels = NDArray[np.uint8]
"""Rows × columns × blue, green, red."""

Recognise = Callable[[Pixels, float, float, int], tuple[PageContent, ...]]
"""Reads a page's picture of so many points in width and height, and its number (1-based), into what stands on it.

Two pages side by side give two contents. It is handed in from above: this room draws pictures and does not know OCR.
"""

DRAWN_LETTERS = 200
"""Where a page has no text, so many curved shapes on it are letters drawn as shapes."""

UNKNOWN = 0.3
"""Where the fonts do not say what more than this share of the characters is, the page is as good as a picture."""

_PICTURE = 0.02
"""A picture that covers less of a page than this share is a logo or a signature: the page is blank otherwise."""

_MOST_OF_PAGE, _FEW_CHARACTERS = 0.4, 30
"""A page with a picture over so much of it and no more characters than these (a running head, a number) is a scan."""

_TABLE_WIDTH, _TABLE_HEIGHT = 0.45, 0.06
"""A picture of so large a share of the page may show a table; seals, logos and signatures are narrower."""

_FINEST, _COARSEST = 300, 150
"""Pages are drawn at their picture's own resolution within these limits (dots an inch)."""

_MOST_PIXELS = 40_000_000
"""A page is drawn coarser where it would have more pixels than this (A2 at 200 dpi has 15 million)."""


def is_picture(content: PageContent) -> bool:
    """Tell whether a page can be seen but not read: a picture, letters drawn as shapes, fonts without Unicode."""
    if not content.images and not content.unmapped and content.curves < DRAWN_LETTERS:
        return False
    visible = sum(len(word.text) for word in content.words if not word.text.isspace() and not word.style.invisible)
    if visible > _FEW_CHARACTERS or (visible and _largest(content) < _MOST_OF_PAGE):
        return content.unmapped > UNKNOWN * visible
    if visible:
        return True
    if content.curves >= DRAWN_LETTERS:
        return True
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in content.images)
    return covered > _PICTURE * content.width * content.height


def _largest(content: PageContent) -> float:
    """Give the share of the page that its largest picture covers."""
    areas = ((x1 - x0) * (bottom - top) for x0, top, x1, bottom in content.images)
    return max(areas, default=0.0) / (content.width * content.height)


def may_hold_a_table(picture: Box, page: PageContent) -> bool:
    """Tell whether a picture is as large as a table's, and text does not stand on it (as on a background)."""
    x0, top, x1, bottom = picture
    if x1 - x0 < _TABLE_WIDTH * page.width or bottom - top < _TABLE_HEIGHT * page.height:
        return False
    return not any(x0 < word.x0 < x1 and top < word.top < bottom for word in page.words if not word.text.isspace())


def draw_page(document: pdfium.PdfDocument, index: int) -> Pixels:
    """Draw a page (0-based ``index``) as fine as its largest picture, if it has any."""
    page = document[index]
    try:
        width, height = page.get_size()
        dots = min(_FINEST, max(_COARSEST, _resolution(page)))
        dots = min(dots, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5 * 72)
        bitmap = page.render(scale=dots / 72, may_draw_forms=True)
        pixels: Any = bitmap.to_numpy()
        return np.ascontiguousarray(pixels[:, :, :3])
    finally:
        page.close()


def _resolution(page: Any) -> float:
    """Give the resolution (dots an inch) of the page's largest picture; 200 where it has none."""
    best, area = 200.0, 0.0
    for item in page.get_objects(filter=(pdfium.raw.FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = item.get_bounds()
        own = max(0.0, right - left) * max(0.0, top - bottom)
        if own > area:
            columns, rows = item.get_px_size()
            best, area = max(columns, rows) / max(right - left, top - bottom) * 72, own
    return best
