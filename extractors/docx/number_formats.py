"""Writes a list number the way Word shows it: 3, iii, 三, 叁, ③, 丙."""

from collections.abc import Callable
from functools import cache, partial

CHINESE_DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
CHINESE_UNITS = ("", "十", "百", "千")
LEGAL_UNITS = ("", "拾", "佰", "仟")
HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
ROMAN_LIMIT = 4000
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TAIWANESE = ("taiwaneseCounting", "taiwaneseCountingThousand")

Writer = Callable[[int], str]


def format_number(value: int, kind: str) -> str:
    """Write a whole number in one of Word's number formats (ST_NumberFormat); an unknown one gives digits."""
    return _writers().get(kind, str)(value)


@cache
def _writers() -> dict[str, Writer]:
    """Give what writes each format, by the names that Word's files use."""
    counted = partial(_counted, digits=CHINESE_DIGITS.replace("〇", "零"), units=CHINESE_UNITS, short_ten=True)
    legal = partial(_counted, digits=LEGAL_DIGITS, units=LEGAL_UNITS, short_ten=False)
    circled = partial(_enclosed, runs=(("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)))
    groups: dict[Writer, tuple[str, ...]] = {
        _silent: ("none", "bullet"),
        counted: ("chineseCounting", "chineseCountingThousand", "japaneseCounting", *_TAIWANESE),
        legal: ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        _digit_by_digit: ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        circled: ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        partial(_enclosed, runs=(("⑴", 1, 20),)): ("decimalEnclosedParen",),
        partial(_enclosed, runs=(("⒈", 1, 20),)): ("decimalEnclosedFullstop",),
        partial(_enclosed, runs=(("㊀", 1, 10),)): ("ideographEnclosedCircle",),
        partial(_in_turn, signs=HEAVENLY_STEMS): ("ideographTraditional",),
        partial(_in_turn, signs=EARTHLY_BRANCHES): ("ideographZodiac",),
        _full_width: ("decimalFullWidth", "decimalFullWidth2"),
        _two_digits: ("decimalZero",),
        partial(_lettered, first="a"): ("lowerLetter",),
        partial(_lettered, first="A"): ("upperLetter",),
        _roman: ("lowerRoman",),
        _upper_roman: ("upperRoman",),
    }
    return {name: writer for writer, names in groups.items() for name in names}


def _silent(value: int) -> str:
    return ""


def _digit_by_digit(value: int) -> str:
    return "".join(CHINESE_DIGITS[int(digit)] for digit in str(value)) if value >= 0 else str(value)


def _in_turn(value: int, signs: str) -> str:
    return signs[(value - 1) % len(signs)] if value > 0 else str(value)


def _full_width(value: int) -> str:
    return str(value).translate(FULL_WIDTH)


def _two_digits(value: int) -> str:
    return f"{value:02d}"


def _counted(value: int, digits: str, units: tuple[str, ...], *, short_ten: bool) -> str:
    """Write a number below 10,000 in Chinese (十二, 一百零五); larger ones do not occur in lists and stay digits."""
    if not 0 <= value < 10_000:
        return str(value)
    if value == 0:
        return digits[0]
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = False
    return text[1:] if short_ten and 10 <= value < 20 else text


def _enclosed(value: int, runs: tuple[tuple[str, int, int], ...]) -> str:
    for first, low, high in runs:
        if low <= value <= high:
            return chr(ord(first) + value - low)
    return str(value)


def _lettered(value: int, first: str) -> str:
    """Write a, b … z, aa, bb …, as Word does."""
    if not 1 <= value <= 26 * 30:
        return str(value)
    return chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 0 < value < ROMAN_LIMIT:
        return str(value)
    text = ""
    for worth, letters in ROMAN + ROMAN_LOW:
        text += letters * (value // worth)
        value %= worth
    return text


def _upper_roman(value: int) -> str:
    return _roman(value).upper()
