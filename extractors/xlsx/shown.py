"""A spreadsheet's value and number format → the text that the cell shows.

The format codes are those of ECMA-376 part 1, 18.8.31. What is rendered are the codes of everyday sheets (decimals,
thousands, percent, units in quotes, dates); of fractions, powers and conditions it is said that they are not.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

Value = str | bool | int | float | Decimal | datetime | date | time | timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|AM/PM|am/pm|上午/下午|[eE](?![+-]))"
    r"|(?P<digit>[0#?])|(?P<mark>[.,%@/]|E[+-])|(?P<plain>.)",
    re.DOTALL,
)
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_IGNORED_BRACKET = re.compile(
    r"(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|DBNum\d|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色|颜色 ?\d+)",
    re.IGNORECASE,
)
_SIGNIFICANT = 11
"""Excel shows so many significant digits of a number without format."""

_WEEKDAYS = "一二三四五六日"


class Token(NamedTuple):
    """A piece of a format: ``kind`` is literal, digit, date, mark, general or unknown."""

    kind: str
    text: str


def shown_text(value: Value, code: str) -> str | None:
    """Give what a cell shows; None where the format is not understood (``plain_text`` then is the value itself)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _sections(code)
    if isinstance(value, str):
        return _text(value, sections[3]) if len(sections) > 3 else _text(value, sections[-1])
    if isinstance(value, timedelta):
        return None
    if isinstance(value, datetime | date | time):
        return _moment(value, sections[0])
    return _number(Decimal(str(value)), sections)


def plain_text(value: Value) -> str:
    """Give a value without format, as Excel's General shows it; long whole numbers (codes) stay whole."""
    if value is None:
        return ""
    if isinstance(value, float):
        if value == int(value) and abs(value) < 1e16:
            return str(int(value))
        return format(Decimal(f"{value:.{_SIGNIFICANT}g}"), "f")
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code or "General"):
        if match["plain"] == ";":
            sections.append([])
        else:
            sections[-1] += _tokens(match)
    return tuple(map(tuple, sections))


def _tokens(match: re.Match[str]) -> list[Token]:
    for kind in ("quoted", "escaped", "plain"):
        if match[kind] is not None:
            return [Token("literal", match[kind])]
    if match["bracket"] is not None:
        currency = _CURRENCY.fullmatch(match["bracket"])
        if currency is not None:
            return [Token("literal", currency[1])] if currency[1] else []
        return [] if _IGNORED_BRACKET.fullmatch(match["bracket"]) else [Token("unknown", match["bracket"])]
    for kind in ("general", "date", "digit", "mark"):
        if match[kind] is not None:
            return [Token(kind, match[kind])]
    return []


def _text(value: str, section: Sequence[Token]) -> str:
    """Give a text in its section: one without ``@`` shows texts as they are."""
    if not any(token == Token("mark", "@") for token in section):
        return value
    return "".join(value if token.text == "@" and token.kind == "mark" else token.text for token in section)


def _number(value: Decimal, sections: Sequence[Sequence[Token]]) -> str | None:
    numeric = list(sections[:3])
    sign = ""
    if value < 0 and len(numeric) > 1:
        section, value = numeric[1], -value
    elif value == 0 and len(numeric) > 2:
        section = numeric[2]
    else:
        section = numeric[0]
        sign = "-" if value < 0 else ""
    if any(token.kind in ("unknown", "date") or token.text in ("E+", "E-", "/") for token in section):
        return None
    if any(token.kind == "general" or token == Token("mark", "@") for token in section):
        return "".join(
            plain_text(float(value)) if token.kind == "general" or token.text == "@" else token.text
            for token in section
        )
    text = _digits(abs(value), section)
    return sign + text if text.strip("0.,%") or not sign else text


def _digits(value: Decimal, section: Sequence[Token]) -> str:
    """Fill a number into the places of a section; literals between the places stay where they are."""
    places = [k for k, token in enumerate(section) if token.kind == "digit"]
    if not places:
        return "".join("%" if token.text == "%" else token.text for token in section if token.text not in ",")
    point = next((k for k, token in enumerate(section) if token == Token("mark", ".")), len(section))
    whole, decimals = [k for k in places if k < point], [k for k in places if k > point]
    last = (decimals or whole)[-1]
    commas = [k for k, token in enumerate(section) if token == Token("mark", ",")]
    value = value * 100 ** sum(token == Token("mark", "%") for token in section)
    value = value / 1000 ** sum(k > last or (bool(whole) and whole[-1] < k < point) for k in commas)
    grouped = any(whole[0] < k < whole[-1] for k in commas) if whole else False
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    left, _, right = format(rounded, "f").partition(".")
    needed = sum(section[k].text == "0" for k in whole)
    left = left.lstrip("0").rjust(needed, "0") if whole else left.lstrip("0")
    shown = _fill_whole(section, whole, left, grouped) | _fill_decimals(section, decimals, right)
    return "".join(
        shown.get(k, "") if token.kind == "digit" else "" if k in commas else token.text
        for k, token in enumerate(section)
        if k != point or any(shown.get(d) for d in decimals) or any(section[d].text == "0" for d in decimals)
    )


def _fill_whole(section: Sequence[Token], places: Sequence[int], digits: str, grouped: bool) -> dict[int, str]:
    """Fill the digits before the point from the right; the first place takes all that are left."""
    shown: dict[int, str] = {}
    count = len(digits)
    for number, k in enumerate(reversed(places)):
        end = count - number
        part = digits[: max(0, end)] if number == len(places) - 1 else digits[max(0, end - 1) : max(0, end)]
        if grouped and part:
            first = end - len(part)
            part = "".join(
                digit + ("," if (count - first - at - 1) % 3 == 0 and count - first - at - 1 else "")
                for at, digit in enumerate(part)
            )
        shown[k] = part
    return shown


def _fill_decimals(section: Sequence[Token], places: Sequence[int], digits: str) -> dict[int, str]:
    """Fill the digits after the point; zeros at the end are shown only in places that ask for them."""
    end = len(digits.rstrip("0"))
    for number, k in enumerate(places, start=1):
        if section[k].text == "0":
            end = max(end, number)
    return {k: digits[number] if number < end else "" for number, k in enumerate(places)}


def _moment(value: datetime | date | time, section: Sequence[Token]) -> str | None:
    if any(token.kind in ("unknown", "digit") for token in section) or not any(t.kind == "date" for t in section):
        return None
    pieces: list[str] = []
    for k, token in enumerate(section):
        if token.kind != "date":
            pieces.append("" if token.text == "@" else token.text)
            continue
        piece = _date_part(value, token.text.lower(), _is_minute(section, k), _has_half(section))
        if piece is None:
            return None
        pieces.append(piece)
    return "".join(pieces)


def _is_minute(section: Sequence[Token], k: int) -> bool:
    """Tell whether an m means minutes: it follows hours or stands before seconds."""
    dates = [(at, token.text.lower()) for at, token in enumerate(section) if token.kind == "date"]
    at = next(number for number, (place, _) in enumerate(dates) if place == k)
    before = dates[at - 1][1] if at else ""
    after = dates[at + 1][1] if at + 1 < len(dates) else ""
    return before.startswith("h") or after.startswith("s")


def _has_half(section: Sequence[Token]) -> bool:
    return any(token.kind == "date" and "/" in token.text for token in section)


def _date_part(value: datetime | date | time, code: str, is_minute: bool, has_half: bool) -> str | None:
    if "/" in code:
        return ("AM" if code == "am/pm" else "上午") if _hour(value) < 12 else ("PM" if code == "am/pm" else "下午")
    if code[0] in "hs" or (code[0] == "m" and is_minute):
        if not isinstance(value, datetime | time):
            number = 0
        else:
            hour = (value.hour + 11) % 12 + 1 if has_half else value.hour
            number = {"h": hour, "m": value.minute, "s": value.second}[code[0]]
        return f"{number:02d}" if len(code) > 1 else str(number)
    if isinstance(value, time):
        return None
    match code[0]:
        case "y" | "e":
            return f"{value.year % 100:02d}" if code in ("y", "yy") else str(value.year)
        case "a":
            return ("星期" if len(code) == 4 else "") + _WEEKDAYS[value.weekday()]
        case "d":
            return None if len(code) > 2 else f"{value.day:02d}" if len(code) == 2 else str(value.day)
        case _:
            return None if len(code) > 2 else f"{value.month:02d}" if len(code) == 2 else str(value.month)


def _hour(value: datetime | date | time) -> int:
    return value.hour if isinstance(value, datetime | time) else 0
