"""Characters → lines of text, with what later steps need to know about each line's ends."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.pdf_page import Char

_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉］｝％%,.;:?!)]}’”…·‰℃/／-—–～~々")
_NEVER_LAST = frozenset("（《「『【〔〈［｛([{‘“/／")


class TextLine(NamedTuple):
    """One line of text with the box around its visible characters.

    ``unit`` is the width of what must stay together at its start (the space it would have needed in the line above),
    ``visible`` the number of its visible characters (those drawn twice to look bold counted twice, but read once),
    ``artifact`` tells that all are marked as running head or foot.
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


def build_lines(chars: Iterable[Char], wide_gap: float | None = None) -> list[TextLine]:
    """Put upright characters into lines, top to bottom, and each line left to right.

    ``wide_gap`` (in ems): a gap beside a Chinese character as wide as this gives a blank; None never does
    (cells: spread-out labels have such gaps without any typed blank).
    """
    rows: list[list[Char]] = []
    base = size = 0.0
    for char in sorted(chars, key=_bottom):
        own = char.style.size
        if rows and char.bottom - base <= 0.45 * (size if size > own else own):
            rows[-1].append(char)
            if own > size and not char.text.isspace():
                base, size = char.bottom, own
        else:
            rows.append([char])
            base, size = char.bottom, own
    lines = (_build_line(row, wide_gap) for row in rows)
    return [line for line in lines if line is not None]


def _bottom(char: Char) -> float:
    return char.bottom


def _left(char: Char) -> float:
    return char.x0


def _build_line(row: list[Char], wide_gap: float | None) -> TextLine | None:
    row.sort(key=_left)
    parts: list[str] = []
    visible: list[Char] = []
    blanks: list[Char] = []
    doubled = 0
    for char in row:
        if char.text.isspace():
            blanks.append(char)
            continue
        last = visible[-1] if visible else None
        if last is not None and char.text == last.text and char.x0 - last.x0 < 0.12 * char.style.size:
            doubled += 1
            continue
        if blanks:
            parts.append(_blanks_between(last, blanks, char))
            blanks = []
        elif last is not None:
            gap = char.x0 - last.x1
            if gap > 0.2 * min(char.style.size, last.style.size) and _gap_parts(last, char, gap, wide_gap):
                parts.append(" ")
        parts.append(char.text)
        visible.append(char)
    if not visible:
        return None
    return TextLine(
        text="".join(parts),
        x0=visible[0].x0,
        top=min(char.top for char in visible),
        x1=max(char.x1 for char in visible),
        bottom=max(char.bottom for char in visible),
        size=max(char.style.size for char in visible),
        unit=_unit_width(visible),
        visible=len(visible) + doubled,
        artifact=all(char.style.artifact for char in visible),
    )


def _gap_parts(before: Char, after: Char, gap: float, wide_gap: float | None) -> bool:
    """Tell whether a gap without any blank character stands for one."""
    if is_narrow(before.text) and is_narrow(after.text):
        return True
    return wide_gap is not None and gap > wide_gap * min(before.style.size, after.style.size)


def _blanks_between(before: Char | None, blanks: list[Char], after: Char) -> str:
    """Give the blanks between two characters, or the one before a line's first character.

    Of several blanks in a row PDFium gives the first only; how many there were shows in the gap.
    """
    text = "".join(" " if blank.text in "\t\xa0" else blank.text for blank in blanks)
    if text.strip(" "):
        return text
    width = blanks[0].x1 - blanks[0].x0
    gap = after.x0 - before.x1 if before is not None else 0.0
    return " " * round(gap / width) if width > 0 and 2.6 * width < gap < 40 * width else " "


def _unit_width(visible: Sequence[Char]) -> float:
    """Give the width of what must stay together at a line's start: one Chinese character and punctuation, or a word.

    A slash binds what stands on both sides of it (元/人). Where word processors differ, the longer unit is taken: a
    break is then rather thought to come from the layout.
    """
    end = 0
    while end < len(visible) - 1 and _stay_together(visible[end], visible[end + 1]):
        end += 1
    return visible[end].x1 - visible[0].x0


def _stay_together(char: Char, following: Char) -> bool:
    gap = following.x0 - char.x1
    if gap > 0.5 * char.style.size:
        return False
    if char.text in _NEVER_LAST or following.text in _NEVER_FIRST:
        return True
    if is_wide(char.text) or is_wide(following.text) or char.text == "-":
        return False
    return gap <= 0.2 * char.style.size


def is_stacked(chars: Sequence[Char]) -> bool:
    """Tell whether upright characters were drawn one below the other (vertical writing), from their drawing order."""
    down = across = 0
    last: Char | None = None
    for char in chars:
        if char.text.isspace():
            continue
        if last is not None:
            size = char.style.size
            if abs(char.x0 - last.x0) < 0.3 * size and 0.7 * size < char.top - last.top < 1.6 * size:
                down += 1
            elif abs(char.bottom - last.bottom) < 0.3 * size:
                across += 1
        last = char
    return down >= 2 and down > across
