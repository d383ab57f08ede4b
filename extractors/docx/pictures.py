"""Pictures in a Word document that may hold what should have been written: in cells, or as large as a table."""

import re
from collections.abc import Iterator

from extractors.document import Grid, Paragraph
from extractors.docx.package import Element
from extractors.docx.story import PICTURES, PictureText, Story
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


_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def holds_picture(cell: Element) -> bool:
    """Tell whether a cell holds a picture that is large enough to be read."""
    return any(min(size) >= _SMALLEST for size in map(_size, cell.iter(*PICTURES)))


def read_element(picture: Element, story: Story) -> PictureText | None:
    """Read one picture by recognition; None where nothing reads pictures, or nothing could be read."""
    packed = story.pictures.get(_relation(picture))
    if story.read_picture is None or packed is None or story.pictures_read >= story.limits.scanned_pages:
        return None
    story.pictures_read += 1
    text = story.read_picture(packed.unpack(), *_size(picture))
    return text if text is not None and text.blocks else None


def read_cell_picture(cell: Element, story: Story) -> tuple[str, float] | None:
    """Read the pictures that a cell holds instead of text: its text, and how surely it was read. A table is none."""
    texts: list[Paragraph] = []
    for picture in cell.iter(*PICTURES):
        if min(_size(picture)) < _SMALLEST:
            continue
        found = read_element(picture, story)
        if found is None or any(isinstance(block, Grid) for block in found.blocks):
            return None
        texts += [block for block in found.blocks if isinstance(block, Paragraph)]
    sure = min((text.confidence for text in texts if text.confidence is not None), default=None)
    return ("\n".join(text.text for text in texts), sure) if sure is not None else None


def table_pictures(block: Element) -> Iterator[Element]:
    """Yield a paragraph's pictures that are as large as a table, each file once."""
    seen: set[str] = set()
    for picture in block.iter(*PICTURES):
        hidden = any(parent.tag == TC or parent.tag in REMOVED for parent in picture.iterancestors())
        if not hidden and _is_large(picture) and _relation(picture) not in seen:
            seen.add(_relation(picture))
            yield picture


def _relation(picture: Element) -> str:
    return picture.get(f"{_RELATIONS}embed") or picture.get(f"{_RELATIONS}id") or ""


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
