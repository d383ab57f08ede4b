"""Named days and seasons as deadlines: 春节前, 国庆节前, 2024年冬至, 2021年春季.

Decisions: a traditional day belongs to the traditional year of that number, which begins with 春节 (lunar days) or 立春
(solar terms): 2023年大年三十 is 2024-02-09, 2017年大寒 is 2018-01-20. Seasons run from 立春 立夏 立秋 立冬 to the day before the
next. The lists cover 1990 to 2060; a day outside them has no date. Names that are also common words (雨水, 春, 十一, 五一) count
only after a year or right before 前 or 后.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from transforms.words.lexicon import Lexicon
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

FIRST_YEAR, LAST_YEAR = 1900, 2100
_FIRST_OF_LAST_CENTURY = 60
"""Years of two digits: no township looks on beyond 2059 or back before 1960."""
_LUNAR = ("春节", "元宵", "端午", "七夕", "中秋", "重阳", "腊八", "小年", "除夕")
_TERMS = (
    *("立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑"),
    *("立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒"),
)
_COMMON_WORDS = frozenset(
    ("雨水", "白露", "小满", "大雪", "小雪", "十一", "五一", "七一", "八一", "春", "夏", "秋", "冬", "小年")
)


def full_year(two_digits: int) -> int:
    """Give the year that two digits stand for: 23 is 2023, 98 is 1998."""
    return two_digits + (2000 if two_digits < _FIRST_OF_LAST_CENTURY else 1900)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A name's day: ``kind`` is fixed, lunar, term or season, ``key`` says which."""

    name: str
    kind: str
    key: str


@cache
def _names() -> Lexicon[NamedDay]:
    file = "day_names.csv"
    rows = read_word_list(file, ("name", "kind", "key"))
    refuse_overlaps(file, ((line, row["name"]) for line, row in rows))
    known = {"lunar": set(_LUNAR), "term": set(_TERMS)}
    for line, row in rows:
        if row["kind"] in known and row["key"] not in known[row["kind"]]:
            raise WordListError(f"{file}, line {line}: no such day: {row['key']}")
        if row["kind"] not in (*known, "fixed", "season"):
            raise WordListError(f"{file}, line {line}: unknown kind {row['kind']!r}")
    return Lexicon((row["name"], NamedDay(row["name"], row["kind"], row["key"])) for _, row in rows)


@cache
def _days(file: str, names: tuple[str, ...]) -> dict[tuple[int, str], date]:
    rows = read_word_list(file, ("year", *names))
    refuse_overlaps(file, ((line, row["year"]) for line, row in rows))
    return {(int(row["year"]), name): date.fromisoformat(row[name]) for _, row in rows for name in names}


def read_named_day(
    text: str, at: int, year: int | None, *, stated: bool
) -> tuple[date | None, date | None, int] | None:
    """Read a named day or season at ``at`` of a folded text: its first and last day (None: not known) and its end.

    ``stated``: a year stands right before it, so that a common word (春, 雨水) is a day here.
    """
    found = _names().match(text, at)
    if found is None:
        return None
    named, end = found
    if not stated and named.name in _COMMON_WORDS and text[end : end + 1] not in ("前", "后"):
        return None
    if year is None:
        return None, None, end
    first, last = _dates(named, year)
    return first, last, end


def _dates(named: NamedDay, year: int) -> tuple[date | None, date | None]:
    if named.kind == "fixed":
        fixed = date.fromisoformat(f"{year}-{named.key}")
        return fixed, fixed
    if named.kind == "season":
        start, stop = named.key.split("/")
        terms = _days("solar_terms.csv", _TERMS)
        first = terms.get((year, start))
        following = terms.get((year + 1 if _TERMS.index(stop) < _TERMS.index(start) else year, stop))
        return (first, following - timedelta(days=1)) if following is not None else (None, None)
    days = _days("lunar_days.csv", _LUNAR) if named.kind == "lunar" else _days("solar_terms.csv", _TERMS)
    day = days.get((year, named.key))
    return day, day
