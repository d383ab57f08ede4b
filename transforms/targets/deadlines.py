"""A whole cell that names a deadline: 2023年12月31日前完成, 截至2023年底, ≤2023-12-31, 项目于2023年6月竣工.

Decisions: a date as a target is a deadline, so its comparator is <= whatever sign a form's drop-down put before it
(another sign is noted). It is stated where the words say so (前, 底前, 内, 截至, ≤), else inferred. ``≤3月`` and ``≥6月`` are
durations, 3月 and 3月前 are March. A bare year (2018) is a deadline only where the indicator's name asks for a time, or
where there is no name to ask. Words around the date that the list does not know are noted ``leftover``, and are only
accepted where a deadline word stands by the date.
"""

import re
from datetime import date
from typing import NamedTuple

from transforms.dates.days import Period, read_month_day, read_period
from transforms.targets.fillers import target_words

_DATE_MARKS = frozenset("年月季旬前节春夏秋冬夕午阳清立暑寒霜露Q")
_NUMERIC_DATE = re.compile(r"(?:19|20)\d\d(?:[-/. ]\d|\d{4}(?!\d)|$)|(?<!\d)[1-5]\d([./-])\d{1,2}\1\d{1,2}(?!\d)")
_COMPARED_YEAR = re.compile(r"(?:上|去|前)一?年度?")
_SIGN = re.compile(r"[≤≥<>=《》〈〉]+")
_LEAD = re.compile(
    r"(?:不?(?:晚|迟|早)于|最晚|最迟|截止(?:时间)?(?:到|至|于|为)?|截至(?:到)?|(?:完成|完工|竣工)?时间(?:为|是)?|拟|已|实际|于|在|至|到|为|是|:|\()+"
)
_DEADLINE_LEAD = re.compile(r"(?:不(?:晚|迟)于|最晚|最迟|截止|截至|早于)")
_MARK = re.compile(r"(?:之前|以前|前|底前|止|为止|截止|以内|之内|内|左右|前后|\(含\)|当天|当日|期间)+")
_BARE_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_BARE_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_LONE_MONTH = re.compile(r"[\d一二三四五六七八九十]{1,3}月")
_FREE_LEAD = re.compile(r"[^\d第上下前后今本当去明每年一二三四五六七八九十]{1,20}")


class Deadline(NamedTuple):
    """A deadline: its day (None where ``problem`` says why not), whether it is stated as one, and notes."""

    due: date | None
    stated: bool
    notes: tuple[str, ...]


def may_be_date(text: str) -> bool:
    """Tell quickly whether a folded text could name a day at all."""
    return not _DATE_MARKS.isdisjoint(text) or _NUMERIC_DATE.search(text) is not None


def parse_deadline(text: str, year: int | None, *, wants_date: bool, has_name: bool) -> Deadline | None:
    """Read a whole folded text as a deadline, or None; ``wants_date``: the indicator's name asks for a time."""
    sign = _SIGN.match(text)
    start = sign.end() if sign is not None else 0
    if sign is not None and (_LONE_MONTH.fullmatch(text, start) or _COMPARED_YEAR.fullmatch(text, start)):
        return None
    lead = _LEAD.match(text, start)
    at = lead.end() if lead is not None else start
    period = _read(text, at, year, wants_date=wants_date, has_name=has_name)
    free_lead = False
    if period is None:
        free = _FREE_LEAD.match(text, at)
        period = read_period(text, free.end(), year) if free is not None else None
        free_lead = period is not None and not _is_lead(text[at : free.end()] if free is not None else "")
    if period is None:
        return None
    return _deadline(text, period, sign.group() if sign else "", bool(_DEADLINE_LEAD.match(text, start)), free_lead)


def _deadline(text: str, period: Period, sign: str, stated_lead: bool, free_lead: bool) -> Deadline | None:
    """Give the deadline that a period is with the words around it, or None where those are not understood."""
    mark = _MARK.match(text, period.end)
    rest = text[mark.end() if mark is not None else period.end :].strip(",。;、)")
    known_rest = _is_tail(rest)
    may_have_words = mark is not None or stated_lead or (rest.startswith("(") and not free_lead)
    if any(char.isdigit() for char in rest) or ((free_lead or not known_rest) and not may_have_words):
        return None
    stated = stated_lead or mark is not None or "≤" in sign or "<" in sign
    about = mark is not None and ("左右" in mark.group() or "前后" in mark.group())
    notes = {
        "leftover": free_lead or not known_rest,
        period.problem or "": period.problem is not None,
        f"starts:{period.first}": period.is_range and period.first is not None,
        "date_comparator_ignored": bool(sign) and not stated and sign != "=",
        "approximate": about,
    }
    return Deadline(period.last, stated, tuple(note for note, holds in notes.items() if holds))


def _read(text: str, at: int, year: int | None, *, wants_date: bool, has_name: bool) -> Period | None:
    period = read_period(text, at, year)
    if period is not None:
        whole = period.end == len(text)
        if whole and re.fullmatch(r"\d{4}\.\d{1,2}", text[at:]) and has_name and not wants_date:
            return None  # 2023.5 of something that is not a time
        return period
    day = read_month_day(text, at, year)
    if day is not None and (wants_date or _MARK.match(text, day.end) is not None):
        return day
    if wants_date and _BARE_MONTH.fullmatch(text, at) is not None:
        month = read_period(f"{text[at : at + 4]}.{text[at + 4 :]}", 0, year)
        return month._replace(end=len(text)) if month is not None else None
    bare = _BARE_YEAR.fullmatch(text, at)
    if bare is not None and (wants_date or (not has_name and at == 0 and not text.endswith("00"))):
        value = int(bare.group())
        return Period(date(value, 1, 1), date(value, 12, 31), bare.end(), False, None)
    return None


def _is_lead(text: str) -> bool:
    """Tell whether a text is made of words only that say nothing before or after a day."""
    return target_words().around.skip(text) == len(text)


def _is_tail(text: str) -> bool:
    return target_words().tails.skip(text) == len(text)
