"""Days and deadlines in Chinese texts: 2023年12月底前, 2023.07-2024.01, 第二季度末, 每年6月30日前, 春节前.

A deadline is the last day that the words name, also with 前 (contract, section 4): 2023年12月31日前, 12月底前 and 年底前 are
2023-12-31, 上半年 and 二季度末 are 06-30, a month or a year alone ends with its last day, a range ends with its end.

Decisions: words without a year take the fiscal year (今年 本年 当年 每年 too, 去年 the one before); without a fiscal year the
text is still a date, with no day. 上旬 中旬 下旬 end on the 10th, the 20th and the month's last day. 2023.07-12 is a range of months,
1994.01-19 a day. 12.31 and 12-31 are days only with 前 behind them. A day that does not exist (6月31日) is noted and not moved.
Words that count from today (下个月9号, 本月底, 近期) are not read: a filing has a fiscal year but no today.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from transforms.dates.calendar import FIRST_YEAR, LAST_YEAR, full_year, read_named_day
from transforms.numbers.numbers import parse_number

_DIGIT = "零〇一二三四五六七八九"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二两三四五六七八九])"
_YEAR = re.compile(rf"((?:19|20)\d\d|[一二][{_DIGIT}]{{3}}|二千|两千)(?:年度|财年|年)?")
_WORDED_YEAR = re.compile(rf"((?:19|20)\d\d|[一二][{_DIGIT}]{{3}}|二千|两千)(?:年度|财年|年)")
_SHORT_YEAR = re.compile(rf"'?(\d\d|[零〇一二][{_DIGIT}])年(?!内|中|初|度?$)")
_RELATIVE_YEAR = re.compile(r"(今|本|当|去|上|明|次|翌|下|每|历|各)年(?:度)?(?!均)|(本|当)(?:财政|预算|会计)?年度")
_YEAR_SHIFTS = {"去": -1, "上": -1, "明": 1, "次": 1, "翌": 1, "下": 1}
_NUMERIC = re.compile(
    r"((?:19|20)\d\d)(?:([-/.])(\d{1,2})(?:\2(\d{1,2})(?!\d|\2\d{1,2}(?!\d))|(?!\d))| (\d{1,2}) (\d{1,2})(?!\d)|(\d\d)(\d\d)(?!\d))"
)
_MONTH = re.compile(rf"({_SMALL}|正|首|元|末)个?月(?:份)?")
_BARE_MONTH = re.compile(rf"({_SMALL})(?=(?:-{{1,2}}|~|至|到|、){_SMALL}月)")
_DAY = re.compile(rf"({_SMALL}|三十一?)(?:日|号)")
_BARE_DAY = re.compile(rf"({_SMALL})(?=(?:-{{1,2}}|~|至|到){_SMALL}(?:日|号))")
_UNMARKED_DAY = re.compile(r"(\d{1,2})(?=前|之前|以前|底前|$|[,;。)])")
_TENTH = re.compile(r"(上|中|下)旬|(月?底|末|终)|(月?初)|(月?中)(?!旬)")
_QUARTER = re.compile(r"(?![一二三四1-4]个季)第?([一二三四1-4首末])个?季度?(末|底|初)?|Q([1-4])")
_BARE_QUARTER = re.compile(r"第?([一二三四1-4])(?:季度?)?(?=(?:-{1,2}|~|至|到|、)第?[一二三四1-4]季)")
_HALF_YEAR = re.compile(r"(上|下|前|后)半年(?:度)?(?:末|底)?")
_FIRST_PARTS = re.compile(rf"(前|后|头)({_SMALL})个?(季度|月)")
_SHORT_NUMERIC = re.compile(r"([1-5]\d)([./-])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_YEAR_PART = re.compile(r"年?(底|末|终|内|中|初)|全年")
_WORDLESS_YEAR_PART = re.compile(r"(?:全)?年度?(底|末|终|内|中)")
_MARK = re.compile(r"-{1,2}|~{1,2}|至|到|、(?=第?[一二三四1-4]季|\d{1,2}月)")
_MONTH_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})(?![\d./-])")
_BARE_NUMBER = re.compile(r"(\d{1,2})(?!\d)")
_TIME_OF_DAY = re.compile(r"T?(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}[时点](?:整|半|\d{1,2}分)?|零时)")


class Span(NamedTuple):
    """The days that words name, and where the words end.

    ``last`` is None where the year is unknown or the day does not exist (then ``problem`` says which).
    ``unit`` is what the words end with: year, month or day; it says what a following "-12" continues.
    """

    first: date | None
    last: date | None
    end: int
    unit: str
    year: int | None
    month: int | None = None
    problem: str | None = None


class Period(NamedTuple):
    """One point or a range of points; ``is_range`` tells which, ``last`` is the deadline."""

    first: date | None
    last: date | None
    end: int
    is_range: bool
    problem: str | None


def read_period(text: str, at: int, year: int | None) -> Period | None:
    """Read the days named at ``at`` of a folded text; ``year`` is the fiscal year for words without one."""
    start = at + 1 if text[at : at + 1] in ("从", "自", "于", "在") else at
    point = _read_range_start(text, start, year) or _read_point(text, start, year, None)
    if point is None:
        return None
    mark = _MARK.match(text, point.end)
    if mark is not None:
        second = _read_continuation(text, mark.end(), point, year)
        if second is not None:
            problem = point.problem or second.problem
            if second.unit == "day_of_month":
                return Period(second.first, second.last, second.end, False, problem)
            return Period(point.first, second.last, second.end, True, problem)
    if point.unit == "open":
        return None
    end = point.end
    time = _TIME_OF_DAY.match(text, end + (text[end : end + 1] == " ")) if point.unit == "day" else None
    return Period(point.first, point.last, time.end() if time else end, False, point.problem)


def _span(year: int | None, month: int, day: int | None, end: int) -> Span:
    """Build the span of a month or a day."""
    unit = "month" if day is None else "day"
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year or 2000, month)[1]):
        return Span(None, None, end, unit, year, month, "invalid_date")
    if year is None:
        return Span(None, None, end, unit, None, month, "year_unknown")
    first = date(year, month, day or 1)
    return Span(first, first if day else _month_end(year, month), end, unit, year, month)


def _months(year: int | None, first: int, last: int, end: int) -> Span:
    if year is None:
        return Span(None, None, end, "month", None, last, "year_unknown")
    if not 1 <= first <= last <= 12:
        return Span(None, None, end, "month", year, None, "invalid_date")
    return Span(date(year, first, 1), _month_end(year, last), end, "month", year, last)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _small(text: str) -> int:
    value = parse_number(text)
    return int(value) if value is not None else 0


def _year_value(text: str) -> int | None:
    value = parse_number(text)
    year = int(value) if value is not None else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _read_point(text: str, at: int, year: int | None, month: int | None) -> Span | None:
    """Read one day, month, quarter, half or year; ``month`` is set where a day alone may follow a range mark."""
    numeric = _read_numeric(text, at)
    if numeric is not None:
        return numeric
    stated = _read_year(text, at, year)
    if stated is None:
        if month is not None:
            day = _DAY.match(text, at)
            if day is not None:
                return _span(year, month, _small(day.group(1)), day.end())
        return _read_in_year(text, at, year, stated=False)
    found, end = stated
    inner = _read_in_year(text, end, found, stated=True)
    if inner is not None:
        return inner
    if text[at] in "每各历":
        return None  # 每年 alone is a rhythm, 每年12月底 a deadline
    if found is None:
        return Span(None, None, end, "year", None, None, "year_unknown")
    return Span(date(found, 1, 1), date(found, 12, 31), end, "year", found)


def _read_numeric(text: str, at: int) -> Span | None:
    found = _NUMERIC.match(text, at)
    if found is None:
        short = _SHORT_NUMERIC.match(text, at)
        span = _span(2000 + int(short[1]), int(short[3]), int(short[4]), short.end()) if short is not None else None
        return span if span is not None and span.problem is None else None
    year = int(found.group(1))
    month = int(found.group(3) or found.group(5) or found.group(7))
    day = found.group(4) or found.group(6) or found.group(8)
    if not 1 <= month <= 12:
        return None
    end = found.end()
    if day is None and text[end : end + 1] == "月":
        return _read_in_month(text, end + 1, year, month)
    if day is not None and text[end : end + 1] in ("日", "号"):
        end += 1
    return _span(year, month, int(day) if day else None, end)


def _read_year(text: str, at: int, year: int | None) -> tuple[int | None, int] | None:
    found = _WORDED_YEAR.match(text, at)
    if found is not None:
        value = _year_value(found.group(1))
        return None if value is None else (value, found.end())
    short = _SHORT_YEAR.match(text, at)
    if short is not None:
        value = _small(short.group(1))
        value = full_year(value)
        return (value, short.end()) if _read_in_year(text, short.end(), value, stated=True) is not None else None
    relative = _RELATIVE_YEAR.match(text, at)
    if relative is not None:
        shift = _YEAR_SHIFTS.get(relative.group(1) or "", 0)
        return (None if year is None else year + shift), relative.end()
    return None


def _read_in_year(text: str, at: int, year: int | None, *, stated: bool) -> Span | None:
    """Read what stands after the year: a month, quarter, half, year's end, season, traditional day."""
    if text[at : at + 1] in ("的", ","):
        at += 1
    part = _FIRST_PARTS.match(text, at)
    if part is not None and not stated and at > 0 and part.group(3) == "月":
        return None  # 资金到位后1个月
    if part is not None:
        length = _small(part.group(2)) * (3 if part.group(3) == "季度" else 1)
        return (
            _months(year, 13 - length, 12, part.end())
            if part.group(1) == "后"
            else _months(year, 1, length, part.end())
        )
    quarter = _QUARTER.match(text, at)
    if quarter is not None:
        number = {"首": 1, "末": 4}.get(quarter.group(1)) or _small(quarter.group(1) or quarter.group(3))
        first = number * 3 - 2
        if quarter.group(2) == "初":
            return _months(year, first, first, quarter.end())
        return _months(year, number * 3 if quarter.group(2) else first, number * 3, quarter.end())
    half = _HALF_YEAR.match(text, at)
    if half is not None:
        return _months(year, 1, 6, half.end()) if half.group(1) in "上前" else _months(year, 7, 12, half.end())
    month = _MONTH.match(text, at)
    if month is not None and "个" not in month.group():
        number = {"正": 1, "首": 1, "元": 1, "末": 12}.get(month.group(1)) or _small(month.group(1))
        return _read_in_month(text, month.end(), year, number)
    named = read_named_day(text, at, year, stated=stated)
    if named is not None:
        first_day, last_day, end = named
        problem = None if last_day is not None else "year_unknown" if year is None else "invalid_date"
        return Span(first_day, last_day, end, "day", year, None, problem)
    part = (_YEAR_PART if stated else _WORDLESS_YEAR_PART).match(text, at)
    if part is not None:
        last = {"中": 6, "初": 1}.get(part.group(1), 12)
        return _months(year, 12 if part.group(1) in ("底", "末", "终") else 1, last, part.end())
    return None


def _read_in_month(text: str, at: int, year: int | None, month: int) -> Span:
    day = _DAY.match(text, at) or _BARE_DAY.match(text, at) or _UNMARKED_DAY.match(text, at)
    if day is not None:
        return _span(year, month, _small(day.group(1)), day.end())
    whole = _span(year, month, None, at)
    tenth = _TENTH.match(text, at)
    if tenth is None or whole.last is None:
        return whole._replace(end=tenth.end()) if tenth is not None else whole
    if tenth.group(1) == "上" or tenth.group(3):
        return whole._replace(last=whole.last.replace(day=10), end=tenth.end())
    if tenth.group(1) == "中" or tenth.group(4):
        return whole._replace(last=whole.last.replace(day=20), end=tenth.end())
    return whole._replace(end=tenth.end())


def _read_range_start(text: str, at: int, year: int | None) -> Span | None:
    """Read the start of a range that lacks its own mark: 2019年1-五月, 3-5月, 2023-2025年, 1985到89年9月."""
    stated = _read_year(text, at, year)
    value, end = stated if stated is not None else (year, at)
    month = _BARE_MONTH.match(text, end)
    if month is not None:
        return _span(value, _small(month.group(1)), None, month.end())
    quarter = _BARE_QUARTER.match(text, end)
    if quarter is not None:
        number = _small(quarter.group(1)) * 3
        return _months(value, number - 2, number, quarter.end())
    if stated is None:
        bare = _YEAR.match(text, at)
        mark = _MARK.match(text, bare.end()) if bare is not None else None
        if bare is not None and mark is not None:
            found = _year_value(bare.group(1))
            rest = re.compile(r"(?:(?:19|20)\d\d|\d\d)年|(?:19|20)\d\d(?![\d.])").match(text, mark.end())
            if found is not None and rest is not None:
                return Span(date(found, 1, 1), date(found, 12, 31), bare.end(), "open", found)
    return None


def _read_continuation(text: str, at: int, first: Span, year: int | None) -> Span | None:
    """Read the end of a range; what it leaves out is as in the start."""
    known = first.year if first.year is not None else year
    month_day = _MONTH_DAY.match(text, at) if first.unit == "day" else None
    if month_day is not None and 1 <= int(month_day.group(1)) <= 12:
        return _span(known, int(month_day.group(1)), int(month_day.group(2)), month_day.end())
    century = re.compile(r"(\d\d)年").match(text, at)
    if century is not None and first.year is not None and first.unit in ("open", "year"):
        value = first.year - first.year % 100 + int(century.group(1))
        inner = _read_in_year(text, century.end(), value, stated=True)
        return inner or Span(date(value, 1, 1), date(value, 12, 31), century.end(), "year", value)
    point = _read_point(text, at, year if _RELATIVE_YEAR.match(text, at) else known, first.month)
    if point is not None:
        return point
    bare_year = re.compile(r"((?:19|20)\d\d)(?![\d.])").match(text, at)
    if bare_year is not None:
        value = int(bare_year.group(1))
        return Span(date(value, 1, 1), date(value, 12, 31), bare_year.end(), "year", value)
    bare = _BARE_NUMBER.match(text, at)
    if bare is not None and first.month is not None:
        number = int(bare.group(1))
        if first.unit == "month" and first.month < number <= 12:
            return _span(known, number, None, bare.end())
        return _span(known, first.month, number, bare.end())._replace(unit="day_of_month")
    return None


def read_month_day(text: str, at: int, year: int | None) -> Period | None:
    """Read "12.31" or "12/31" as a day of the fiscal year; the caller knows that a day is meant."""
    found = _MONTH_DAY.match(text, at)
    if found is None or not 1 <= int(found.group(1)) <= 12:
        return None
    span = _span(year, int(found.group(1)), int(found.group(2)), found.end())
    return Period(span.first, span.last, span.end, False, span.problem)
