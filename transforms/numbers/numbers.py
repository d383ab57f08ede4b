"""Numbers in Chinese texts, read exactly: Arabic, Chinese, formal (壹贰叁), mixed (2万5千), spoken (两千六, 三五百).

A run of numeral characters is read as a whole or not at all: ``10.1万零100`` is no number, not 101000 with a rest. Digits
are never joined over a blank (150 000 is two numbers); a point may begin a number (.75).

Decisions: a single digit after 百 千 万 亿 counts tenths of it (两千六 = 2600, 一百二十万三 = 1203000), unless 零 stands
between (两千零六 = 2006); digits without 十 百 千 are read one by one (一七二零 = 1720); two rising neighbours before a
scale are "about": 三五百 = 300 to 500, 十七八 = 17 to 18. 千 before 瓦 and 伏 belongs to the unit (四千瓦时 = 4 千瓦时), as 瓦时 is
never filed, but not where it may be a place (两万四千瓦时 is no number); before 米 and 克 it belongs to the number (两千米 =
2000 米), which is as long either way.
"""

import re
from decimal import Decimal
from typing import NamedTuple

_DIGITS = "零〇一二两三四五六七八九"
_SCALES = "十百千万亿"
_CHINESE = _DIGITS + "壹贰貳弍叁參叄肆伍陆陸柒捌玖兩弌弎"
_SCALE_MARKS = _SCALES + "拾佰仟萬億"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\d.])\.\d+)"
_ATOM = rf"(?:{_ARABIC}|[{_CHINESE}廿卅]|(?!千[瓦伏])[{_SCALE_MARKS}](?!分[比点之])|个(?=[万亿萬億]))"
_RUN = re.compile(rf"(?:[负\-+](?=[.\d{_CHINESE}拾十廿卅]))?{_ATOM}+(?:点[\d{_CHINESE}]+[{_SCALE_MARKS}]*)?")
_SIMPLE = re.compile(
    rf"((?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|(?<![\d.])\.\d+)([万亿]?)"
    rf"(?:(?=千[米克瓦伏])|(?![\d.,点{_CHINESE}廿卅{_SCALE_MARKS}个 ]|,\d))"
)
_ABOUT = re.compile(rf"([{_DIGITS}])([{_DIGITS}])([{_SCALES}]+)")
_ABOUT_TEEN = re.compile(rf"([{_DIGITS}]?十)([{_DIGITS}])([{_DIGITS}])")
_NEIGHBOURS = re.compile(rf"[{_DIGITS[2:]}]{{2}}")
_MIXED_DIGITS = re.compile(rf"\d[{_DIGITS}]|[{_DIGITS}]\d")
_FORMAL = frozenset("壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟")
_FORMAL_TO_PLAIN = str.maketrans(
    "壹贰貳弍叁參叄肆伍陆陸柒捌玖兩弌弎拾佰仟萬億", "一二二二三三三四五六六七八九两一三十百千万亿"
)
_TO_ARABIC = str.maketrans(_DIGITS, "001223456789")
_VALUES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LONGEST = 40
"""Characters of the longest run that is still taken for a number."""


class Number(NamedTuple):
    """A number and where it ends; ``low`` < ``high`` only for "about" forms (三五百).

    ``scale`` is the run of 百 千 万 亿 at its end (plain spelling); ``arabic``: its first digit is Arabic;
    ``formal``: written with 壹贰叁, as only money is; ``pair``: two neighbouring digits (五六), which before a
    measure word mean "five or six" and else 56.
    """

    low: Decimal
    high: Decimal
    end: int
    scale: str = ""
    arabic: bool = True
    formal: bool = False
    pair: tuple[int, int] | None = None


def read_number(text: str, at: int) -> Number | None:
    """Read the number that begins at ``at`` of a folded text; None where none begins or the run makes no sense."""
    simple = _SIMPLE.match(text, at)
    if simple is not None and simple.end() - at < _LONGEST:
        digits, scale = simple.groups()
        value = Decimal(digits.replace(",", ""))
        if scale:
            value *= _VALUES[scale]
        return Number(value, value, simple.end(), scale)
    run = _RUN.match(text, at)
    if run is None or run.end() - at >= _LONGEST or _is_cut_place(run.group(), text[run.end() : run.end() + 1]):
        return None
    return _read_run(run.group(), run.end())


def _is_cut_place(run: str, after: str) -> bool:
    """Tell whether a run ends before 千 in the middle of a number: 两万四 of 两万四千瓦时."""
    return after == "千" and len(run) > 1 and run[-1] not in _SCALE_MARKS and run[-2] in "万亿萬億"


def parse_number(text: str) -> Decimal | None:
    """Give the value of a folded text that is one number as a whole and nothing else, or None."""
    number = read_number(text, 0)
    if number is None or number.end != len(text) or number.low != number.high:
        return None
    return number.low


def _read_run(run: str, end: int) -> Number | None:
    sign = -1 if run[0] in "负-" else 1
    body = run[1:] if run[0] in "负-+" else run
    plain = body.translate(_FORMAL_TO_PLAIN).replace("个", "")
    if plain[0] in "万亿" or plain in ("百", "千"):
        return None
    scale = plain[len(plain.rstrip(_SCALES)) :]
    formal = any(char in _FORMAL for char in body)
    arabic = (body[0].isdigit() and body[0].isascii()) or body[0] == "."
    about = _read_about(plain)
    if about is not None:
        return Number(Decimal(about[0]), Decimal(about[1]), end, scale, arabic, formal)
    value = _evaluate(plain)
    if value is None:
        return None
    pair = None
    if len(plain) == 2 and _NEIGHBOURS.fullmatch(plain):
        first, second = _digit(plain[0]), _digit(plain[1])
        pair = (first, second) if _rises(first, second) else None
    value = value.copy_negate() if sign < 0 and value else value
    return Number(value, value, end, scale, arabic, formal, pair)


def _digit(char: str) -> int:
    return int(char.translate(_TO_ARABIC))


def _rises(first: int, second: int) -> bool:
    return (second == first + 1 and first > 0) or (first, second) == (3, 5)


def _read_about(plain: str) -> tuple[int, int] | None:
    """Read 三五百, 四五千, 八九亿, 十七八: two rising digits where one is expected."""
    found = _ABOUT.fullmatch(plain)
    if found is not None:
        first, second = _digit(found.group(1)), _digit(found.group(2))
        factor = 1
        for mark in found.group(3):
            factor *= _VALUES[mark]
        return (first * factor, second * factor) if _rises(first, second) else None
    found = _ABOUT_TEEN.fullmatch(plain)
    if found is not None:
        first, second = _digit(found.group(2)), _digit(found.group(3))
        tens = _whole(found.group(1).translate(_TO_ARABIC))
        return (tens + first, tens + second) if tens is not None and _rises(first, second) else None
    return None


def _evaluate(plain: str) -> Decimal | None:
    """Give the value of a run in plain spelling (一二三 十百千万亿, Arabic digits, 点), or None."""
    text = plain.replace("廿", "二十").replace("卅", "三十").replace(",", "")
    text = f"0{text}" if text.startswith(".") else text
    scaled = any(mark in text for mark in _SCALES)
    if scaled and _NEIGHBOURS.search(text.split("点")[0]):
        return None  # 一百二三: neither digits read one by one nor a place value
    if not scaled and _MIXED_DIGITS.search(text):
        return None  # 5两 is a weight
    text = text.translate(_TO_ARABIC).replace("点", ".")
    if "." not in text:
        value = _whole(text)
        return None if value is None else Decimal(value)
    whole, _, rest = text.partition(".")
    found = re.fullmatch(rf"(\d+)([{_SCALES}]*)", rest)
    whole_value = _whole(whole)
    if found is None or whole_value is None:
        return None
    value_of = Decimal(f"{whole_value}.{found.group(1)}")
    for mark in found.group(2):
        value_of *= _VALUES[mark]
    return value_of


def _whole(text: str) -> int | None:
    """Give the value of a whole number made of Arabic digits and 十百千万亿, or None."""
    if text.isdigit():
        return int(text)
    for mark in "亿万千百十":
        if mark not in text:
            continue
        left, _, right = text.rpartition(mark) if mark in "亿万" else text.partition(mark)
        count = _count_before(left, mark)
        rest = _rest_after(right, _VALUES[mark])
        return None if count is None or rest is None else count * _VALUES[mark] + rest
    return None


def _count_before(text: str, mark: str) -> int | None:
    """Give how many 亿 万 千 百 十 there are; a bare 十 is one 十, and so is 百 after 零 (一万零百一十)."""
    if mark in "亿万":
        return _whole(text)
    if text.strip("0") == "":
        return 1 if text or mark == "十" else None
    return int(text) if text.isdigit() and (len(text.lstrip("0")) == 1 or mark != "十") else None


def _rest_after(text: str, scale: int) -> int | None:
    """Give what follows a scale mark; it must be smaller than the mark, and one lone digit counts tenths of it."""
    if not text:
        return 0
    if len(text) == 1 and text.isdigit() and text != "0":
        return int(text) * scale // 10
    rest = _whole(text)
    return rest if rest is not None and rest < scale else None
