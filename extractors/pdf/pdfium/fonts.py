"""Whether runs of text that take no room are blanks, or letters whose font is damaged or missing.

PDFium leaves out a run whose shapes have no width. Of most runs that is right, since they hold nothing but a blank. Where
an embedded font is damaged, or one that is not embedded has no substitute with these letters, single letters go
the same way, without a word.
"""

import ctypes
import unicodedata
from collections.abc import Iterable, Sequence

from extractors.pdf.pdfium import calls as calls

_BLANKS = " \xa0\u3000"
_UNKNOWN = "\U0010fffd"
"""A character that no font has: what it is said to be wide is what unknown characters are."""
_SHAPELESS = frozenset(["Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Zl", "Zp", "Zs"])
"""Categories of characters that may well have no shape, or that may not be what the font calls them."""


def count_lost_runs(empty: Iterable[int], read: Sequence[tuple[int, int, int]], text: str) -> int:
    """Count the runs without extent (``empty``, handles of text objects) that may hold more than blanks.

    ``read`` are the runs that gave characters, each with the first index in ``text`` and the one after its last. A font
    is doubted where a letter that it writes elsewhere on the page has no shape, or where it knows no blank at all (of a substitute for a font that is not embedded that can't be told).
    """
    fonts: dict[int, int] = {}
    for item in empty:
        font = calls.text_font(item) or 0
        fonts[font] = fonts.get(font, 0) + 1
    if not fonts:
        return 0
    written: dict[int, list[str]] = {font: [] for font in fonts}
    for font, (_, first, end) in zip(map(calls.text_font, [run[0] for run in read]), read, strict=True):
        if font in written:
            written[font].append(text[first:end])
    letters = {font: sorted(set("".join(texts))) for font, texts in written.items()}
    return sum(count for font, count in fonts.items() if not _can_be_trusted(font, letters[font]))


def _can_be_trusted(font: int, letters: Sequence[str]) -> bool:
    if not font:
        return False
    if not _knows_blanks(font) and (not letters or calls.is_embedded(font)):
        return False
    return all(_has_shape(font, letter) for letter in letters if unicodedata.category(letter) not in _SHAPELESS)


def _knows_blanks(font: int) -> bool:
    unknown = _width(font, _UNKNOWN)
    return any(_width(font, blank) not in (0.0, unknown) for blank in _BLANKS)


def _width(font: int, letter: str) -> float:
    width = ctypes.c_float(0.0)
    known = calls.glyph_width(font, ord(letter), 1.0, ctypes.addressof(width))
    return width.value if known else 0.0


def _has_shape(font: int, letter: str) -> bool:
    path = calls.glyph_path(font, ord(letter), 10.0)
    return bool(path) and calls.count_glyph_segments(path) > 0
