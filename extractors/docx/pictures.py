"""Pictures in a Word document that may hold what should have been written: in cells, or as large as a table."""

import re

from extractors.docx.package import Element
from extractors.docx.story import PICTURES
from extractors.docx.styles import whole
from extractors.docx.xml_names import REMOVED, TC, w

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_EMU = 12700
_SMALLEST = 5.0
"""A picture lower or narrower than this (points) is a bullet or a line."""

_WIDE, _HIGH = 200.0, 50.0
"""A picture outside tables of this size (points; half of a page's text width) may show a table; seals are smaller."""

_LENGTH = re.compile(r"(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


def holds_picture(cell: Element) -> bool:
    """Tell whether a cell holds a picture that is large enough to be read."""
    return any(min(size) >= _SMALLEST for size in map(_size, cell.iter(*PICTURES)))


def count_table_pictures(main: Element) -> int:
    """Count the pictures outside tables that are as large as a table."""
    return sum(
        1
        for picture in main.iter(*PICTURES)
        if not any(parent.tag == TC or parent.tag in REMOVED for parent in picture.iterancestors())
        and _is_large(picture)
    )


def _is_large(picture: Element) -> bool:
    width, height = _size(picture)
    return width >= _WIDE and height >= _HIGH


def _size(picture: Element) -> tuple[float, float]:
    """Give a picture's width and height in points, as its frame says; a picture without frame counts as large."""
    for parent in picture.iterancestors():
        extent = next(parent.iterchildren(_EXTENT), None)
        if extent is not None:
            return whole(extent.get("cx"), 0) / _EMU, whole(extent.get("cy"), 0) / _EMU
        lengths = {name: float(size) * _POINTS[unit] for name, size, unit in _LENGTH.findall(parent.get("style", ""))}
        if len(lengths) == 2:
            return lengths["width"], lengths["height"]
        if parent.tag == w("p"):
            break
    return _WIDE, _HIGH
