"""A page's characters from PDFium, as words: what was drawn in one run without a gap."""

import ctypes
import math
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import sub
from typing import Any

from extractors.pdf.page import ASCENT, DESCENT, WORD_GAP, GlyphStyle, Word, char_box, share_box
from extractors.pdf.pdfium import calls as calls
from extractors.pdf.pdfium.frame import Matrix, angle_of
from extractors.pdf.pdfium.singles import join_singles
from extractors.pdf.radicals import without_radicals
from extractors.pdf.tables.lines import is_wide

_INVISIBLE = 3
_LINE_END_HYPHEN = "\x02\ufffe"
_UNMAPPED = "\ufffd"
_BREAKS = frozenset("\t\n\r")
_TIGHT = 0.02
"""A box that begins farther (in ems) from its character's origin is that of the drawn shape."""
_LARGE = 16.0
"""Letters from this size on (points) may be a watermark's."""
_MARGIN = 0.12
"""The share of the page height at its top and bottom where marks of running heads and feet are looked for."""


class TextReader:
    """Reads a page's words in the order of reading, as far as PDFium knows it.

    PDFium adds blanks where it sees gaps: those are left out, since a gap is not a blank in Chinese. Of several blanks
    in a row it gives the first only. ``raw_text`` is the page's as PDFium gives it, ``runs`` are the stretches of it that one
    text object each gave (handle, first index, index after the last), ``upright_runs`` those that are neither turned nor slanted. ``unmapped`` counts characters that the font gives no Unicode for (PDFium then
    gives their number in the font), ``placeless`` those without a box.
    """

    def __init__(self, text_page: int, frame: Matrix, height: float) -> None:
        """Begin with nothing; ``text_page`` is PDFium's handle, ``frame`` and ``height`` are the page's."""
        self.text_page = text_page
        self.frame = frame
        self.words: list[Word] = []
        self.unmapped = 0
        self.placeless = 0
        self.raw_text = ""
        self._text = ""
        self.runs: list[tuple[int, int, int]] = []
        self.upright_runs: list[tuple[int, int, int]] = []
        self._lefts: list[float] = []
        self._tops: list[float] = []
        self._rights: list[float] = []
        self._bottoms: list[float] = []
        self._gaps: list[float] = []
        self._boxless: set[int] = set()
        self._items: set[int] = set()
        self._styles: dict[tuple[float, ...], GlyphStyle] = {}
        self._is_upright = frame[:4] == (1.0, 0.0, 0.0, -1.0)
        self._is_plain = self._is_upright and frame[4] == 0.0
        self._shift_y = frame[5]
        self._margin, self._margin_below = _MARGIN * height, (1 - _MARGIN) * height

    def runs_read(self) -> set[int]:
        """Give the handles of the text objects that gave characters."""
        return self._items

    def read(self, drawn_runs: Iterable[int]) -> None:
        """Read all words; what PDFium knows of characters and runs is asked for in few loops over all of them.

        ``drawn_runs`` are the handles of the text objects in the order of drawing: PDFium gives those of one line from
        left to right, and vertical writing runs the other way.
        """
        page, count = self.text_page, calls.count_chars(self.text_page)
        if count <= 0:
            return
        self.raw_text = self._read_text(count)
        self._text = without_radicals(self.raw_text)
        objects = list(map(calls.get_text_object, repeat(page), range(count)))
        drawn = [k for k, item in enumerate(objects) if item]
        self._mark_unmapped(drawn)
        has_box, boxes = _read_all(calls.get_loose_box, page, drawn, 4, count)
        self._boxless = {k for k, has in zip(drawn, has_box, strict=True) if not has}
        self._lefts, self._tops, self._rights, self._bottoms = (boxes[side::4] for side in range(4))
        self._gaps = list(map(sub, self._lefts[1:], self._rights))
        self._is_plain = self._is_plain and not self._boxless
        runs = self.runs = _find_runs(objects)
        items, firsts = [run[0] for run in runs], [run[1] for run in runs]
        self._items = set(items)
        _, matrices = _read_all(calls.get_char_matrix, page, firsts, 6, None)
        sizes = list(map(calls.get_font_size, repeat(page), firsts))
        modes = list(map(calls.render_mode, items))
        places = zip(runs, sizes, modes, zip(*(matrices[k::6] for k in range(6)), strict=True), strict=True)
        self.upright_runs = [
            run for run, b, c in zip(runs, matrices[1::6], matrices[2::6], strict=True) if not b and not c
        ]
        number = {item: k for k, item in enumerate(drawn_runs, start=1)}
        for (item, first, end), size, mode, matrix in places:
            run = number.get(item, 0)
            head = self._read_head(item, matrix, size, mode)
            if not (self._is_plain and self._add_word(head, first, end, run)):
                self._read_singly(first, end, head, run)

    def _mark_unmapped(self, drawn: Sequence[int]) -> None:
        """Put the sign for an unknown character where the font gives no Unicode; PDFium gives the glyph's number there."""
        errors = list(map(calls.has_map_error, repeat(self.text_page), drawn))
        if 1 in errors:
            letters = list(self._text)
            for k, error in zip(drawn, errors, strict=True):
                if error == 1:
                    letters[k] = _UNMAPPED
            self._text = "".join(letters)

    def _read_text(self, count: int) -> str:
        """Give all characters by index; one call, unless some are outside the basic plane."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = calls.get_text(self.text_page, 0, count, ctypes.addressof(buffer))
        text = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
        if written == count + 1 and len(text) == count:
            return text
        codes = map(calls.get_unicode, repeat(self.text_page), range(count))
        return "".join(chr(code) if code <= 0x10FFFF else _UNMAPPED for code in codes)

    def _add_word(self, head: tuple[GlyphStyle, float, float], first: int, end: int, run: int) -> bool:
        """Add a run as one word, where it is one: level, without blanks and gaps, on its baseline. Most runs are."""
        style, origin, baseline = head
        text = self._text[first:end]
        if style.angle or not text.isprintable() or " " in text or _UNMAPPED in text:
            return False
        if not self._shift_y - self._tops[first] <= baseline <= self._shift_y - self._bottoms[first]:
            return False
        size = style.size
        if abs(self._lefts[first] - origin) > _TIGHT * size:
            return False
        starts: tuple[float, ...] = ()
        if end - first > 1:
            gaps = self._gaps[first : end - 1]
            if max(gaps) > WORD_GAP * size or min(gaps) < -0.5 * size:
                return False
            starts = tuple(self._lefts[first:end])
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
        self.words.append(Word(text, self._lefts[first], top, self._rights[end - 1], bottom, style, run, starts))
        return True

    def _read_singly(self, first: int, end: int, head: tuple[GlyphStyle, float, float], run: int) -> None:
        """Read the characters of a run one by one, and join those that adjoin."""
        style, *origin = head
        a, b, c, d, e, f = self.frame
        singles: list[Word] = []
        shares = self._find_shares(first, end)
        for k in range(first, end):
            letter = self._text[k]
            if letter in _BREAKS or (letter == " " and calls.is_generated(self.text_page, k)):
                continue
            if k in self._boxless:
                self.placeless += 1
                continue
            left, top, right, bottom = self._lefts[k], self._tops[k], self._rights[k], self._bottoms[k]
            if style.angle == 0 and self._is_upright:
                left, right = self._advance_box(k, end, style.size)
            x0, x1 = left * a + top * c + e, right * a + bottom * c + e
            y0, y1 = left * b + top * d + f, right * b + bottom * d + f
            extent = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if k in shares:
                extent = share_box(extent, style.angle, *shares[k])
            box = char_box(style.angle, style.size, (origin[0], origin[1]), extent)
            singles.append(Word(self._printable(letter), *box, style, run))
        self.words += join_singles(singles)

    def _find_shares(self, first: int, end: int) -> dict[int, tuple[int, int]]:
        """Give those characters of a run that share a glyph with others: which part of it, of how many.

        PDFium gives the glyph's box for each of them.
        """
        shares: dict[int, tuple[int, int]] = {}
        start = first
        for k in range(first + 1, end + 1):
            if k == end or not self._is_same_box(start, k):
                if k - start > 1:
                    shares |= {place: (place - start, k - start) for place in range(start, k)}
                start = k
        return shares

    def _is_same_box(self, one: int, other: int) -> bool:
        return (
            self._lefts[one] == self._lefts[other]
            and self._rights[one] == self._rights[other]
            and self._tops[one] == self._tops[other]
            and self._bottoms[one] == self._bottoms[other]
        )

    def _advance_box(self, index: int, end: int, size: float) -> tuple[float, float]:
        """Give where a character begins and ends with the blank space beside it.

        Of fonts without height (Chromium's among them) PDFium's loose box holds the drawn shape only.
        """
        left, right = self._lefts[index], self._rights[index]
        origin = self._origin(index)
        if abs(left - origin) <= _TIGHT * size:
            return left, right
        if is_wide(self._text[index]):
            return origin, max(right, origin + size)
        following = self._origin(index + 1) if index + 1 < end else right
        return origin, max(right, min(following, right + 0.35 * size))

    def _origin(self, index: int) -> float:
        point = (ctypes.c_double * 2)()
        at = ctypes.addressof(point)
        calls.get_char_origin(self.text_page, index, at, at + 8)
        return float(point[0])

    def _printable(self, letter: str) -> str:
        """Give a character, a hyphen that PDFium marked as a line's last, or the sign for one without Unicode."""
        if letter in _LINE_END_HYPHEN:
            return "-"
        if letter < " " or "\ud800" <= letter <= "\udfff" or letter in "\uffff\ufffd":
            self.unmapped += 1
            return _UNMAPPED
        return letter

    def _read_head(
        self, item: int, matrix: tuple[float, ...], size: float, mode: int
    ) -> tuple[GlyphStyle, float, float]:
        """Give what all characters of a text object share, and the start of its baseline as shown.

        What only large letters (watermarks) or only margins (running heads) need is not asked for elsewhere.
        """
        a, b, c, d, e, f = matrix
        p, q, r, s, t, u = self.frame
        style = self._styles.get((a, b, c, d, size, mode))
        if style is None:
            style = GlyphStyle(size * math.hypot(c, d), angle_of(a * p + b * r, a * q + b * s), mode == _INVISIBLE)
            self._styles[a, b, c, d, size, mode] = style
        y = e * q + f * s + u
        if style.size >= _LARGE:
            style = style._replace(colour=self._read_colour(item))
        if not self._margin < y < self._margin_below and _is_artifact(item):
            style = style._replace(artifact=True)
        return style, e * p + f * r + t, y

    def _read_colour(self, item: int) -> tuple[int, int, int, int] | None:
        parts = (ctypes.c_uint * 4)()
        at = ctypes.addressof(parts)
        if not calls.fill_colour(item, at, at + 4, at + 8, at + 12):
            return None
        red, green, blue, alpha = parts
        return red, green, blue, alpha


def _read_all(
    call: Any, page: int, indexes: Sequence[int], width: int, places: int | None
) -> tuple[list[int], list[float]]:
    """Call for many indexes what writes ``width`` floats each; give whether each call did, and all floats.

    With ``places``, the floats of each index stand at its own place among so many; else one after the other.
    """
    floats = (ctypes.c_float * (width * (places or len(indexes))))()
    start, step = ctypes.addressof(floats), 4 * width
    targets: Iterable[int] = range(start, start + step * len(indexes), step)
    if places is not None:
        targets = [start + step * index for index in indexes]
    done = list(map(call, repeat(page), indexes, targets))
    values: Any = memoryview(floats).cast("B").cast("f").tolist()
    return done, values


def _find_runs(objects: Sequence[int | None]) -> list[tuple[int, int, int]]:
    """Give the stretches of characters of one text object each: its handle, the first index and the one after the last.

    What PDFium added itself (blanks and line ends between runs) has no text object.
    """
    runs = []
    first, last = 0, objects[0]
    for k, item in enumerate(objects):
        if item != last:
            if last:
                runs.append((last, first, k))
            first, last = k, item
    if last:
        runs.append((last, first, len(objects)))
    return runs


def _is_artifact(item: int) -> bool:
    """Tell whether a tagged file marks an object as decoration: running heads and feet, watermarks."""
    name = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong(0)
    for k in range(calls.count_marks(item)):
        known = calls.mark_name(
            calls.get_mark(item, k), ctypes.addressof(name), ctypes.sizeof(name), ctypes.addressof(length)
        )
        if known and bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
            return True
    return False
