"""Writes a list number the way Word shows it: 3, iii, 三, 叁, ③, 丙."""

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

COUNTING = frozenset(
    ["chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"]
)
LEGAL = frozenset(["chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"])
DIGITAL = frozenset(["ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"])
CIRCLED = frozenset(["decimalEnclosedCircle", "decimalEnclosedCircleChinese"])
SILENT = frozenset(["none", "bullet"])


def format_number(value: int, kind: str) -> str:
    """Write a whole number in one of Word's number formats (ST_NumberFormat); an unknown one gives digits."""
    if kind in SILENT:
        return ""
    if kind in COUNTING:
        return _counted(value, CHINESE_DIGITS.replace("〇", "零"), CHINESE_UNITS, short_ten=True)
    if kind in LEGAL:
        return _counted(value, LEGAL_DIGITS, LEGAL_UNITS, short_ten=False)
    if kind in DIGITAL:
        return "".join(CHINESE_DIGITS[int(digit)] for digit in str(value)) if value >= 0 else str(value)
    if kind in CIRCLED:
        return _enclosed(value, (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)))
    if kind == "decimalEnclosedParen":
        return _enclosed(value, (("⑴", 1, 20),))
    if kind == "decimalEnclosedFullstop":
        return _enclosed(value, (("⒈", 1, 20),))
    if kind == "ideographEnclosedCircle":
        return _enclosed(value, (("㊀", 1, 10),))
    if kind == "ideographTraditional":
        return HEAVENLY_STEMS[(value - 1) % 10] if value > 0 else str(value)
    if kind == "ideographZodiac":
        return EARTHLY_BRANCHES[(value - 1) % 12] if value > 0 else str(value)
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return str(value).translate(FULL_WIDTH)
    if kind == "decimalZero":
        return f"{value:02d}"
    if kind in ("lowerLetter", "upperLetter"):
        return _lettered(value, "a" if kind == "lowerLetter" else "A")
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(value) if kind == "lowerRoman" else _roman(value).upper()
    return str(value)


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
