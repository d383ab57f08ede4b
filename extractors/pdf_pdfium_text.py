"""A page's characters from PDFium, as words: what was drawn in one run without a gap."""

import ctypes
import math
from collections.abc import Sequence
from itertools import repeat
from operator import sub

from extractors import pdf_calls as calls
from extractors.pdf_page import ASCENT, DESCENT, WORD_GAP, Style, Word, char_box
from extractors.pdf_pdfium_frame import Matrix, angle_of, chain

_INVISIBLE = 3
_LINE_END_HYPHEN = "\x02"
_UNMAPPED = "\ufffd"
_BREAKS = frozenset("\t\n\r")


class TextReader:
    """Reads a page's words in the order of drawing.

    PDFium adds blanks where it sees gaps: those are left out, since a gap is not a blank in Chinese. Of several blanks
    in a row it gives the first only. ``unmapped`` counts characters that the font gives no Unicode for, ``placeless``
    those without a box.
    """

    def __init__(self, text_page: int, frame: Matrix) -> None:
        """Begin with nothing; ``text_page`` is PDFium's handle, ``frame`` the page's."""
        self.text_page = text_page
        self.frame = frame
        self.words: list[Word] = []
        self.unmapped = 0
        self.placeless = 0
        self._text = ""
        self._boxes: list[float] = []
        self._has_box: list[int] = []
        self._heads: dict[int, tuple[Style, float, float]] = {}
        self._styles: dict[Style, Style] = {}
        self._scratch = (ctypes.c_uint * 4)()
        self._matrix = (ctypes.c_float * 6)()

    def runs_read(self) -> set[int]:
        """Give the handles of the text objects that gave characters."""
        return set(self._heads)

    def read(self) -> None:
        """Read all words."""
        page, count = self.text_page, calls.count_chars(self.text_page)
        if count <= 0:
            return
        boxes = (ctypes.c_float * (4 * count))()
        start = ctypes.addressof(boxes)
        self._text = self._read_text(count)
        self._has_box = list(map(calls.get_loose_box, repeat(page), range(count), range(start, start + 16 * count, 16)))
        self._boxes = list(boxes)
        objects = list(map(calls.get_text_object, repeat(page), range(count)))
        first = 0
        run = 0
        for k in range(1, count + 1):
            if k == count or objects[k] != objects[first]:
                if objects[first]:
                    run += 1
                    self._read_run(objects[first], first, k, run)
                first = k

    def _read_text(self, count: int) -> str:
        """Give all characters by index; one call, unless some are outside the basic plane."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = calls.get_text(self.text_page, 0, count, ctypes.addressof(buffer))
        text = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
        if written == count + 1 and len(text) == count:
            return text
        codes = map(calls.get_unicode, repeat(self.text_page), range(count))
        return "".join(chr(code) if code <= 0x10FFFF else _UNMAPPED for code in codes)

    def _read_run(self, item: int, first: int, end: int, run: int) -> None:
        """Read the characters of one text object; most are one word."""
        if item not in self._heads:
            self._heads[item] = self._read_head(item, first)
        style, origin_x, baseline = self._heads[item]
        a, _, c, d, e, f = self.frame
        boxes = self._boxes
        if not (a == 1.0 and d == -1.0 and style.angle == 0 and c == 0.0):
            self._read_singly(first, end, style, (origin_x, baseline), run)
            return
        lefts, rights = boxes[4 * first : 4 * end : 4], boxes[4 * first + 2 : 4 * end : 4]
        if e:
            lefts, rights = [x + e for x in lefts], [x + e for x in rights]
        text = self._text[first:end]
        top, bottom = f - boxes[4 * first + 1], f - boxes[4 * first + 3]
        if not top <= baseline <= bottom or not text.isprintable() or " " in text or not all(self._has_box[first:end]):
            self._read_singly(first, end, style, (origin_x, baseline), run)
            return
        top, bottom = baseline - ASCENT * style.size, baseline + DESCENT * style.size
        if end - first == 1:
            self.words.append(Word(text, lefts[0], top, rights[0], bottom, style, run))
            return
        gaps = list(map(sub, lefts[1:], rights))
        if max(gaps) <= WORD_GAP * style.size and min(gaps) >= -0.5 * style.size:
            self.words.append(Word(text, lefts[0], top, rights[-1], bottom, style, run, tuple(lefts)))
        else:
            self._read_singly(first, end, style, (origin_x, baseline), run)

    def _read_singly(self, first: int, end: int, style: Style, origin: tuple[float, float], run: int) -> None:
        """Read the characters of a run one by one, and join those that adjoin."""
        a, b, c, d, e, f = self.frame
        singles: list[Word] = []
        for k in range(first, end):
            letter = self._text[k]
            if letter in _BREAKS or (letter == " " and calls.is_generated(self.text_page, k)):
                continue
            if not self._has_box[k]:
                self.placeless += 1
                continue
            left, top, right, bottom = self._boxes[4 * k : 4 * k + 4]
            x0, x1 = left * a + top * c + e, right * a + bottom * c + e
            y0, y1 = left * b + top * d + f, right * b + bottom * d + f
            extent = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            box = char_box(style.angle, style.size, origin, extent)
            singles.append(Word(self._printable(letter), *box, style, run))
        self.words += join_singles(singles)

    def _printable(self, letter: str) -> str:
        """Give a character, a hyphen that PDFium marked as a line's last, or the sign for one without Unicode."""
        if letter == _LINE_END_HYPHEN:
            return "-"
        if letter < " " or "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff\ufffd":
            self.unmapped += 1
            return _UNMAPPED
        return letter

    def _read_head(self, item: int, index: int) -> tuple[Style, float, float]:
        """Give what all characters of a text object share, and the start of its baseline as shown."""
        matrix, scratch = self._matrix, self._scratch
        calls.get_char_matrix(self.text_page, index, ctypes.addressof(matrix))
        a, b, c, d, e, f = chain(tuple(matrix), self.frame)
        size = calls.get_font_size(self.text_page, index) * math.hypot(c, d)
        at = ctypes.addressof(scratch)
        colour: tuple[int, int, int, int] | None = None
        if calls.fill_colour(item, at, at + 4, at + 8, at + 12):
            colour = (scratch[0], scratch[1], scratch[2], scratch[3])
        artifact = calls.count_marks(item) > 0 and _is_artifact(item)
        style = Style(size, angle_of(a, b), calls.render_mode(item) == _INVISIBLE, colour, artifact)
        return self._styles.setdefault(style, style), e, f


def join_singles(singles: Sequence[Word]) -> list[Word]:
    """Join level characters of one run that adjoin into words; blanks and sideways characters stay single."""
    words: list[Word] = []
    group: list[Word] = []
    for single in singles:
        if group and not _adjoins(group[-1], single):
            words.append(_join_group(group))
            group = []
        group.append(single)
    if group:
        words.append(_join_group(group))
    return words


def _adjoins(before: Word, after: Word) -> bool:
    size = after.style.size
    return (
        after.style.angle == 0
        and not before.text.isspace()
        and not after.text.isspace()
        and abs(after.bottom - before.bottom) < 0.01 * size
        and before.x0 < after.x0
        and -0.5 * size <= after.x0 - before.x1 <= WORD_GAP * size
    )


def _join_group(group: Sequence[Word]) -> Word:
    if len(group) == 1:
        return group[0]
    first, last = group[0], group[-1]
    text = "".join(single.text for single in group)
    starts = tuple(single.x0 for single in group)
    return Word(text, first.x0, first.top, last.x1, first.bottom, first.style, first.run, starts)


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
