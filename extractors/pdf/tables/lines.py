"""Words → lines of text, with what later steps need to know about each line's ends."""

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.pdf.page import WORD_GAP, Word

_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉］｝％%,.;:?!)]}’”…·‰℃/／-—–～~々")
_NEVER_LAST = frozenset("（《「『【〔〈［｛([{‘“/／")

_WIDE_BLANK, _PHRASE, _LOOSE = 1.4, 3, 0.5
"""In a cell, a gap of so many ems stands for blanks that the file leaves out, if so many characters stand on each side.

The third is the gap, in ems, from which on characters do not stand side by side.
"""

_OVER = 0.4
"""Words that lie over each other by more than this (ems) were not written side by side; kerning moves them less."""

_TWO_BLANKS, _WIDEST_BLANKS = 2.6, 40
"""In widths of a blank: what is narrower may be one blank stretched by setting lines flush, what is wider a new column."""


class TextLine(NamedTuple):
    """One line of text with the box around its visible characters.

    ``unit`` is the width of what must stay together at its start (the space it would have needed in the line above),
    ``visible`` the number of its visible characters (those drawn twice to look bold counted twice, but read once),
    ``artifact`` tells that all are marked as running head or foot, ``crowded`` that some lie over others; ``confidence``
    is that of the least surely recognised word, None where none was recognised in a picture.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    unit: float
    visible: int
    artifact: bool = False
    confidence: float | None = None
    crowded: bool = False

    @property
    def first(self) -> str:
        """Give the first visible character."""
        return self.text.lstrip()[0]

    @property
    def last(self) -> str:
        """Give the last visible character."""
        return self.text[-1]


def is_wide(letter: str) -> bool:
    """Tell whether a character is set like a Chinese one: no blanks around it, a line may break beside it."""
    return letter > "\u2e7f" and unicodedata.east_asian_width(letter) in "WF"


def is_narrow(letter: str) -> bool:
    """Tell whether a character is of a script that parts words by blanks (quotation marks and ≥ are not)."""
    return unicodedata.east_asian_width(letter) not in "WFA"


def build_lines(words: Sequence[Word], wide_gap: float | None = None, narrow_gap: float = WORD_GAP) -> list[TextLine]:
    """Put level words into lines, top to bottom, and each line left to right.

    ``wide_gap`` (in ems): a gap beside a Chinese character as wide as this gives a blank; None (cells) only between two
    phrases, since spread-out labels have such gaps without any typed blank. ``narrow_gap`` is the same between two others.
    """
    if len(words) == 1:
        return [] if words[0].text.isspace() else [_single_line(words[0])]
    rows: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(words, key=_bottom):
        own = word.style.size
        if rows and word.bottom - base <= 0.45 * (size if size > own else own):
            rows[-1].append(word)
            if own > size and not word.text.isspace():
                base, size = word.bottom, own
        else:
            rows.append([word])
            base, size = word.bottom, own
    lines = (
        _build_line(row, wide_gap, narrow_gap) if len(row) > 1 or row[0].text.isspace() else _single_line(row[0])
        for row in rows
    )
    return [line for line in lines if line is not None]


def _bottom(word: Word) -> float:
    return word.bottom


def _left(word: Word) -> float:
    return word.x0


def _build_line(row: list[Word], wide_gap: float | None, narrow_gap: float) -> TextLine | None:
    row.sort(key=_left)
    parts: list[str] = []
    visible: list[Word] = []
    blanks: list[Word] = []
    count = 0
    x1 = bottom = size = -math.inf
    top = math.inf
    last: Word | None = None
    crowded = False
    for word in row:
        text, word_x0, word_top, word_x1, word_bottom, style, _, _ = word
        if text.isspace():
            blanks.append(word)
            continue
        count += len(text)
        if last is not None:
            if text == last.text and word_x0 - last.x0 < 0.12 * style.size:
                continue
            gap = word_x0 - last.x1
            if blanks:
                parts.append(_blanks_between(last, blanks, word))
            elif gap < -_OVER * style.size:
                crowded = True
            elif gap > WORD_GAP * min(style.size, last.style.size):
                if wide_gap is None and gap > _WIDE_BLANK * style.size:
                    wide_gap = _WIDE_BLANK if _holds_phrases(row) else math.inf
                if _gap_parts(last, word, gap, wide_gap, narrow_gap):
                    parts.append(" ")
        elif blanks:
            parts.append(_blanks_between(None, blanks, word))
        blanks = []
        parts.append(text)
        visible.append(word)
        last = word
        x1 = word_x1 if word_x1 > x1 else x1
        bottom = word_bottom if word_bottom > bottom else bottom
        size = style.size if style.size > size else size
        top = word_top if word_top < top else top
    if last is None:
        return None
    artifact = last.style.artifact and all(word.style.artifact for word in visible)
    return TextLine(
        "".join(parts),
        visible[0].x0,
        top,
        x1,
        bottom,
        size,
        _unit_width(visible),
        count,
        artifact,
        least_sure(visible),
        crowded,
    )


def least_sure(words: Sequence[Word]) -> float | None:
    """Give the confidence of the least surely recognised of some words, None where none was recognised in a picture."""
    if words[0].style.confidence is None and words[-1].style.confidence is None:
        return None
    return min((word.style.confidence for word in words if word.style.confidence is not None), default=None)


def _single_line(word: Word) -> TextLine:
    text, x0, top, x1, bottom, style, _, _ = word
    unit = _unit_width((word,))
    return TextLine(text, x0, top, x1, bottom, style.size, unit, len(text), style.artifact, style.confidence)


def _gap_parts(before: Word, after: Word, gap: float, wide_gap: float | None, narrow_gap: float) -> bool:
    """Tell whether a gap without any blank character stands for one."""
    size = min(before.style.size, after.style.size)
    if gap > narrow_gap * size and is_narrow(before.text[-1]) and is_narrow(after.text[0]):
        return True
    return wide_gap is not None and gap > wide_gap * size


def _holds_phrases(row: list[Word]) -> bool:
    """Tell whether all that stands between the gaps of a line is of several characters, as it is not in 预 算 数."""
    length, end = 0, row[0].x0
    for word in row:
        if word.x0 - end > _LOOSE * word.style.size:
            if length < _PHRASE:
                return False
            length = 0
        length, end = length + len(word.text.strip()), word.x1
    return length >= _PHRASE


def _blanks_between(before: Word | None, blanks: list[Word], after: Word) -> str:
    """Give the blanks between two words, or the one before a line's first word.

    Of several blanks in a row PDFium gives the first only; how many there were shows in the gap.
    """
    text = "".join(" " if blank.text in "\t\xa0" else blank.text for blank in blanks)
    if text.strip(" "):
        return text
    width = blanks[0].x1 - blanks[0].x0
    gap = after.x0 - before.x1 if before is not None else 0.0
    return " " * round(gap / width) if width > 0 and _TWO_BLANKS * width < gap < _WIDEST_BLANKS * width else " "


def _unit_width(visible: Sequence[Word]) -> float:
    """Give the width of what must stay together at a line's start: one Chinese character and punctuation, or a word.

    A slash binds what stands on both sides of it (元/人). Where word processors differ, the longer unit is taken: a
    break is then rather thought to come from the layout.
    """
    first = visible[0]
    length = _unit_length(first.text)
    if length < len(first.text):
        return first.starts[length] - first.x0
    if len(visible) == 1:
        return first.x1 - first.x0
    before: Word | None = None
    letter = ""
    end = visible[0].x0
    for word in visible:
        for k, following in enumerate(word.text):
            gap = word.x0 - before.x1 if before is not None and not k else 0.0
            if letter and not _stay_together(letter, following, gap / (word.style.size or 1.0)):
                return end - visible[0].x0
            end = word.starts[k + 1] if k + 1 < len(word.starts) else word.x1
            letter = following
        before = word
    return end - visible[0].x0


@lru_cache(maxsize=4096)
def _unit_length(text: str) -> int:
    """Count the characters at the start of a word without gaps that must stay together."""
    for k, (letter, following) in enumerate(pairwise(text), start=1):
        if not _stay_together(letter, following, 0.0):
            return k
    return len(text)


def _stay_together(letter: str, following: str, gap: float) -> bool:
    if gap > 0.5:
        return False
    if letter in _NEVER_LAST or following in _NEVER_FIRST:
        return True
    if is_wide(letter) or is_wide(following) or letter == "-":
        return False
    return gap <= WORD_GAP
