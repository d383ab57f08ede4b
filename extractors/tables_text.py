"""Characters → lines → the text of a cell: which line breaks were typed and which only the layout made."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.pdf_page import Char

SENTENCE_END = frozenset("。；;！!？?：:")
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉］｝％%,.;:?!)]}’”…·‰℃/／-—–～~々")
_NEVER_LAST = frozenset("（《「『【〔〈［｛([{‘“")
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
NUMBERING = re.compile(
    r"\s*(?:[（(]\s*(?P<a>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]|(?P<b>\d{1,2})(?:[)）、．]|\.(?!\d))"
    r"|(?P<c>[一二三四五六七八九十]{1,3})[、．.]|(?P<d>[\u2460-\u2473])|第(?P<e>[一二三四五六七八九十\d]{1,3})[章节条部])"
)


class TextLine(NamedTuple):
    """One line of text with the box around its visible characters."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    chars: tuple[Char, ...]


def _blanks_between(before: Char | None, blanks: list[Char], after: Char) -> str:
    """Give the blanks between two characters, or the one before a line's first character.

    Of several blanks in a row PDFium gives the first only; how many there were shows in the gap.
    """
    text = "".join(" " if blank.text in "\t\xa0" else blank.text for blank in blanks)
    width = blanks[0].x1 - blanks[0].x0
    if before is None or text.strip(" "):
        return text if text.strip(" ") else " "
    gap = after.x0 - before.x1
    return " " * round(gap / width) if width > 0 and gap > 2.6 * width and gap < 40 * width else " "


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
    for char in sorted(chars, key=lambda c: c.bottom):
        if rows and char.bottom - base <= 0.45 * max(size, char.style.size):
            rows[-1].append(char)
            if char.style.size > size:
                base, size = char.bottom, char.style.size
        else:
            rows.append([char])
            base, size = char.bottom, char.style.size
    lines = (_build_line(row, wide_gap) for row in rows)
    return [line for line in lines if line is not None]


def _build_line(row: list[Char], wide_gap: float | None) -> TextLine | None:
    row.sort(key=lambda c: c.x0)
    visible = [char for char in row if not char.text.isspace()]
    if not visible:
        return None
    parts: list[str] = []
    last: Char | None = None
    blanks: list[Char] = []
    for char in row:
        if char.text.isspace():
            blanks.append(char)
            continue
        if blanks:
            parts.append(_blanks_between(last, blanks, char))
            blanks = []
        elif last is not None:
            gap = char.x0 - last.x1
            size = min(char.style.size, last.style.size)
            narrow = is_narrow(last.text) and is_narrow(char.text)
            if gap > 0.2 * size and (narrow or (wide_gap is not None and gap > wide_gap * size)):
                parts.append(" ")
        parts.append(char.text)
        last = char
    return TextLine(
        "".join(parts),
        visible[0].x0,
        min(char.top for char in visible),
        max(char.x1 for char in visible),
        max(char.bottom for char in visible),
        max(char.style.size for char in visible),
        tuple(visible),
    )


def join_lines(lines: Sequence[TextLine], left: float, right: float) -> str:
    """Join the lines of one cell whose text area runs from ``left`` to ``right``: typed breaks stay as ``\\n``."""
    if not lines:
        return ""
    if len(lines) == 1:
        return lines[0].text
    if all(len(line.chars) == 1 and is_wide(line.chars[0].text) for line in lines):
        return "".join(line.text.strip() for line in lines)
    text = lines[0].text
    number = numbering(text)
    centred = _is_centred(lines)
    for above, line in pairwise(lines):
        found = numbering(line.text)
        if breaks_before(above, line, number, left, right, centred):
            text += "\n" + line.text
        else:
            text = glue(text, line.text, above, right)
        if found is not None:
            number = found
    return text


def breaks_before(
    above: TextLine, line: TextLine, number: int | None, left: float, right: float, centred: bool = False
) -> bool:
    """Tell whether a line break was typed: the next word would have fitted above, or a numbered item begins."""
    found = numbering(line.text)
    if found is not None:
        if number is not None and found == number + 1:
            return True
        if above.text.rstrip()[-1:] in SENTENCE_END:
            return True
    room = right - above.x1
    if centred:
        room += above.x0 - left
    return room > unit_width(line) + _script_gap(above.chars[-1], line.chars[0]) + 0.05 * line.size


def glue(text: str, following: str, above: TextLine, right: float) -> str:
    """Join a wrapped line to the text before it: a blank only between two Latin words, none inside a number."""
    if not text or not following or text[-1].isspace() or following[0].isspace():
        return text + following
    before, after = text[-1], following[0]
    latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    if latin and not (before.isdigit() and after.isdigit()) and not _fills_line(above):
        return f"{text} {following}"
    if before in ",;:" and after.isascii() and after.isalpha():
        return f"{text} {following}"
    return text + following


def _fills_line(above: TextLine) -> bool:
    """Tell whether a line is one unbroken word (a long code cut because the cell is too narrow for it)."""
    stripped = above.text.strip()
    return " " not in stripped and not any(is_wide(letter) for letter in stripped) and not _is_word(stripped)


def _is_word(text: str) -> bool:
    return text.isalpha()


def unit_width(line: TextLine) -> float:
    """Give the width of what must stay together at a line's start: one Chinese character and punctuation, or a word.

    A slash binds what stands on both sides of it (元/人). Where word processors differ, the longer unit is taken: a
    break is then rather thought to come from the layout.
    """
    chars = line.chars
    end = 0
    while end < len(chars) - 1 and _stay_together(chars[end], chars[end + 1]):
        end += 1
    return chars[end].x1 - chars[0].x0


def _stay_together(char: Char, following: Char) -> bool:
    if following.x0 - char.x1 > 0.5 * char.style.size:
        return False
    if char.text in _NEVER_LAST or char.text in "/／" or following.text in _NEVER_FIRST:
        return True
    if is_wide(char.text) or is_wide(following.text) or char.text == "-":
        return False
    return following.x0 - char.x1 <= 0.2 * char.style.size


def _script_gap(before: Char, after: Char) -> float:
    """Give the quarter em that word processors put between Chinese and Latin characters."""
    return 0.25 * after.style.size if is_wide(before.text) != is_wide(after.text) else 0.0


def _is_centred(lines: Sequence[TextLine]) -> bool:
    lefts = [line.x0 for line in lines]
    if max(lefts) - min(lefts) <= 1.0:
        return False
    middles = [line.x0 + line.x1 for line in lines]
    return max(middles) - min(middles) <= 3.0


def numbering(text: str) -> int | None:
    """Give the number that a line begins with (``1.``, ``2、``, ``（三）``, ``④``), or None."""
    match = NUMBERING.match(text)
    if match is None:
        return None
    token = next(group for group in match.groups() if group)
    if token.isascii():
        return int(token)
    if "\u2460" <= token <= "\u2473":
        return ord(token) - 0x245F
    return _chinese_number(token)


def _chinese_number(token: str) -> int:
    if "十" not in token:
        return _CHINESE_DIGITS.get(token[-1], 0)
    tens, _, ones = token.partition("十")
    return 10 * _CHINESE_DIGITS.get(tens, 1) + _CHINESE_DIGITS.get(ones, 0)


def find_padding(gaps: Sequence[float]) -> float:
    """Give a table's inner margin beside its cells' text from the gaps between cell edges and text (points)."""
    near = sorted(gap for gap in gaps if 0 <= gap <= 12)
    if not near:
        return 0.0
    needed = max(2, len(near) // 10)
    for k, gap in enumerate(near):
        if sum(1 for other in near[k : k + needed + 1] if other - gap <= 0.6) >= needed:
            return gap
    return min(near[0], 5.4)
