"""Lines → the text of a cell: which line breaks were typed and which only the layout made."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pdf.tables.lines import TextLine, is_wide

SENTENCE_END = frozenset("。；;！!？?：:")
_WIDEST_PADDING = 12
"""Points; a gap as wide as a character is an indent or an empty place, not the margin that all cells keep."""
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_NUMBERING = re.compile(
    r"\s*(?:[（(]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]|(\d{1,2})(?:[)）、．]|\.(?!\d)|\.(?=(?:19|20)\d\d年))"
    r"|([一二三四五六七八九十]{1,3})[、．.]|([\u2460-\u2473])|第([一二三四五六七八九十\d]{1,3})[章节条部]"
    r"|[\u4e00-\u9fff]{1,4}(\d{1,2}|[一二三四五六七八九十]{1,3})[：:])"
)


def join_lines(lines: Sequence[TextLine], left: float, right: float) -> str:
    """Join the lines of one cell whose text area runs from ``left`` to ``right``: typed breaks stay as ``\\n``.

    Single Chinese characters one below the other (level cells written letter under letter) are one word.
    """
    if not lines:
        return ""
    if len(lines) == 1:
        return lines[0].text
    if is_letter_column(lines):
        return "".join(line.text.strip() for line in lines)
    text = lines[0].text
    number = numbering(text)
    centred = _is_centred(lines)
    for above, line in pairwise(lines):
        found = numbering(line.text)
        if begins_item(found, number, above) or would_have_fitted(above, line, left, right, centred):
            text += "\n" + line.text
        else:
            text = glue(text, line.text, above)
        if found is not None:
            number = found
    return text


def is_letter_column(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines are single Chinese characters, one below the other."""
    return all(line.visible == 1 and is_wide(line.first) for line in lines)


def begins_item(found: int | None, number: int | None, above: TextLine) -> bool:
    """Tell whether a line numbered ``found`` begins a new item, after item ``number`` or a sentence's end."""
    return found is not None and ((number is not None and found == number + 1) or above.last in SENTENCE_END)


def would_have_fitted(above: TextLine, line: TextLine, left: float, right: float, centred: bool = False) -> bool:
    """Tell whether a line's first word would have fitted on the line above, so that the break must have been typed.

    Word processors put a quarter em between Chinese and Latin characters.
    """
    room = right - above.x1
    if centred:
        room += above.x0 - left
    between_scripts = 0.25 * line.size if is_wide(above.last) != is_wide(line.first) else 0.0
    return room > line.unit + between_scripts + 0.05 * line.size


def glue(text: str, following: str, above: TextLine) -> str:
    """Join a wrapped line to the text before it (its last line is ``above``): a blank only between two Latin words.

    A number is joined without one, also where Chinese stands before it ("控制在227" | "00元以内").
    """
    if not text or not following or text[-1].isspace() or following[0].isspace():
        return text + following
    before, after = text[-1], following[0]
    if not before.isascii() or not after.isascii():
        return text + following
    if before.isalnum() and after.isalnum():
        cut = (before.isdigit() and after.isdigit()) or _is_cut_code(above.text)
        return text + following if cut else f"{text} {following}"
    if before in ",;:" and after.isalpha():
        return f"{text} {following}"
    return text + following


def _is_cut_code(line: str) -> bool:
    """Tell whether a line is one unbroken piece of a code or number, cut because the cell is too narrow for it."""
    word = line.strip()
    return " " not in word and any(letter.isdigit() for letter in word) and not any(is_wide(letter) for letter in word)


def _is_centred(lines: Sequence[TextLine]) -> bool:
    lefts = [line.x0 for line in lines]
    if max(lefts) - min(lefts) <= 1.0:
        return False
    middles = [line.x0 + line.x1 for line in lines]
    return max(middles) - min(middles) <= 3.0


def numbering(text: str) -> int | None:
    """Give the number that a line begins with (``1.``, ``2、``, ``（三）``, ``④``, ``目标3：``), or None."""
    match = _NUMBERING.match(text)
    if match is None:
        return None
    token = next(group for group in match.groups() if group)
    if token.isdigit() and token.isascii():
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
    near = sorted(gap for gap in gaps if 0 <= gap <= _WIDEST_PADDING)
    if not near:
        return 0.0
    needed = max(2, len(near) // 10)
    for k, gap in enumerate(near):
        if sum(1 for other in near[k : k + needed + 1] if other - gap <= 0.6) >= needed:
            return gap
    return min(near[0], 5.4)
