"""What stands before a number and says what it is per: 每村, 每人每年补助, 人均, 年人均, 一年 of 一年两次.

Decisions: the words between (补助, 开展) say nothing about the number; they end before a comparison or the number itself
(每村超过7500元 is more than 7500元/村). 一年, 半年 and the like before a number of times are what it is per; 一月 and 一季度
without 个 are days of the calendar and not.
"""

import re

from transforms.numbers.units import read_part
from transforms.targets.comparators import comparing_words

_STARTS = frozenset("每人户村亩年月日次镇乡组校生")
_EACH_STARTS = frozenset("一1半")
_NAMES = {"日": "天", "星期": "周"}
_AVERAGE = re.compile(r"([年月日])?([人户村亩年月日次镇乡组校生])([年月日])?均")
_EACH = re.compile(
    r"(?:[一1](?:(年|周|天|日)|个(月|星期|季度|学期))|(半年))(?=[^\d一二两三四五六七八九十,;。]{0,8}[\d一二两三四五六七八九十]+(?:次|场|期|轮|遍|趟|回|批))"
)
_NUMBER = re.compile(r"[\d一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾¥$]|千(?!方百计)|万分之")
_HAN = re.compile(r"[一-鿿]")
_LONGEST_VERB = 8


def read_per(text: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """Read what the number after ``at`` is per, with the words before the number; give the parts and where they end."""
    start = text[at : at + 1]
    if start in _EACH_STARTS:
        each = _EACH.match(text, at)
        if each is None:
            return None
        name = each[each.lastindex or 0]
        return (_NAMES.get(name, name),), _skip_words(text, each.end())
    if start not in _STARTS:
        return None
    names, end = read_leading_parts(text, at)
    return (names, _skip_words(text, end)) if names else None


def read_leading_parts(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read 每村, 每人每年, 每人/月, 人均, 人均每年; no parts where there are none."""
    names: list[str] = []
    pos = at
    average = _AVERAGE.match(text, at)
    if average is not None:
        names.extend(_NAMES.get(name, name) for name in average.groups() if name)
        pos = average.end()
    while text[pos : pos + 1] == "每" or (names and text[pos : pos + 1] == "/"):
        start = pos + 2 if text.startswith("/每", pos) else pos + 1
        part = ("半年", start + 2) if text.startswith("半年", start) else read_part(text, start)
        if part is None:
            break
        names.append(part[0])
        pos = part[1]
    return tuple(names), pos


def _skip_words(text: str, at: int) -> int:
    """Give where the comparison or number begins before which a few words stand; ``at`` where there is none."""
    prefixes, hiding = comparing_words("prefix"), comparing_words("hides")
    pos = at
    while pos <= at + _LONGEST_VERB and pos < len(text):
        if (hidden := hiding.match(text, pos)) is not None:
            pos = hidden[1]
            continue
        if _NUMBER.match(text, pos) is not None or prefixes.match(text, pos) is not None:
            return pos
        if _HAN.match(text, pos) is None:
            break
        pos += 1
    return at
