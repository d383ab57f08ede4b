"""Fractions as targets: 三分之二以上, 不少于1/3, ½.

Decisions: a fraction is a kind of its own, without a unit: of what it is a part is seldom said, and it is compared with
fractions only. The value is the part of one, to six places (most have no exact decimal). Only a whole text is one, and
only below one; ``2/3`` in digits needs a denominator of at most ten (1/12 may be a day, 3/24 a page).
"""

import re
from decimal import Decimal

from transforms.numbers.numbers import parse_number
from transforms.records import Target
from transforms.targets.changes import skip_leads
from transforms.targets.comparators import Comparing, combine, comparing_words

_NUMERAL = r"[零一二两三四五六七八九十\d]{1,3}"
_FRACTION = re.compile(rf"({_NUMERAL})分之({_NUMERAL})|(\d)/(\d|10)(?!\d)|([½⅓⅔¼¾⅕⅖⅗⅘])")
_GLYPHS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4)} | {
    glyph: (part, 5) for part, glyph in enumerate("⅕⅖⅗⅘", start=1)
}
_PLACES = Decimal("0.000001")


def read_fraction(raw: str, text: str) -> Target | None:
    """Read a whole folded text as a fraction with the words that compare it, or None."""
    at = skip_leads(text)
    words: tuple[Comparing, ...] = ()
    while (found := comparing_words("prefix").match(text, at)) is not None:
        words += (found[0],)
        at = found[1]
    fraction = _FRACTION.match(text, at)
    if fraction is None:
        return None
    at = fraction.end()
    while (found := comparing_words("suffix").match(text, at)) is not None:
        words += (found[0],)
        at = found[1]
    value, said = _value(fraction), combine(words)
    if value is None or said is None or at != len(text) or said[0] == "±":
        return None
    comparator, stated = ("=", False) if said[0] == "~" else said
    low, high = value if comparator not in ("<=", "<") else None, value if comparator not in (">=", ">") else None
    notes = ("approximate",) if said[0] == "~" else ()
    return Target(raw, "fraction", comparator, stated, low, high, notes=notes)


def _value(fraction: re.Match[str]) -> Decimal | None:
    whole, part, upper, lower, glyph = fraction.groups()
    if glyph:
        upper, lower = _GLYPHS[glyph]
    above = parse_number(part) if whole else Decimal(upper)
    below = parse_number(whole) if whole else Decimal(lower)
    if above is None or below is None:
        return None
    return (above / below).quantize(_PLACES).normalize() if 0 < above < below else None
