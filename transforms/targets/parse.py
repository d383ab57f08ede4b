"""What a target text means (contract, section 4): percent, quantity, money, date, fraction, grade or text.

The text is folded on a copy, then tried as a blank, a grade, a deadline, a fraction and a measure, each with its own
grammar (grades and blanks are word lists, ``deadlines``, ``fractions``, ``measures``, ``two_sided``, ``changes``). What
none of them reads to its end is text: a number is never taken out of words that were not understood.

Decisions:

* A bare 95% is "=", not stated. A blank cell, a dash, "……", "/", an unfilled template (≥**个) and a sign or unit without
  a number (≥%, 公里) have no kind (note ``filler``); 无 is text.
* Words around one number with a comparator or a unit are allowed when they hold no digit and no unit; where the
  word list does not know them the note is ``leftover``. A text with another number in it, in brackets or behind 其中
  too, is text (``several_values`` where both are measures, else ``number_not_read``).
* A sign in the brackets of the indicator's name (≥**%) counts for a value without one (``sign_from_name``).
* A missing unit comes from the caller's ``unit_hint`` (the unit column, the table's note), then from brackets in the
  indicator's name (``unit_from_name``), then, for a 率 or 满意度 with 0 < value <= 100, is % (``unit_inferred``).
* A bare 万 (854万) is 万元 where the row's level-2 group is 成本 or the name speaks of money, and without any name where it
  is an upper limit (不超过40万); else it is a plain number. 1.2万人次 keeps its unit 万人次, see ``units``.
* A measure word that no list knows is kept as filed (``unit_unknown``).
* Suspicions are noted and nothing is repaired: ``doubled_text`` (854万854万), ``ge_read_as_2`` (292% of a 率),
  ``zero_may_be_placeholder`` (a bare 0), ``comparator_mistyped`` (》95%).
* A range includes its bounds; where the text leaves one out (＞90%且＜95%) the note is ``strict_low`` or ``strict_high``.
* A grade has a comparator only where the text has one (良及以上).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial

from transforms.numbers.units import Unit, unit_lexicon
from transforms.records import Target
from transforms.targets.build import build_target
from transforms.targets.changes import is_zero_of_events, read_change, read_share_of, skip_leads
from transforms.targets.choices import find_choices
from transforms.targets.deadlines import may_be_date, parse_deadline
from transforms.targets.fillers import is_unit_only, target_words
from transforms.targets.fractions import read_fraction
from transforms.targets.grades import read_grade
from transforms.targets.hints import NO_HINTS, NameHints, find_hint_unit, find_hints
from transforms.targets.measures import Measure, read_measure, read_whole_measure
from transforms.targets.search import Found, compares, find_measures, is_after_rate, is_filler_text, is_year
from transforms.targets.two_sided import is_interval, read_interval, read_two_sided
from transforms.words.folding import fold, half_of

_BLANK_AROUND = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_EMPTY_FRACTION = re.compile(r"(\d) ?\. ?(?=[%‰])|(?<=\d) (\.)(?=0+(?!\d))")
"""≥95.% and ≥ 95 .0% are 95 however they are joined; no other digits are joined over a blank."""
_NUMERAL = re.compile(r"[½⅓⅔¼¾⅕⅖⅗⅘\d零〇一二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟]")
_TEMPLATE = re.compile(r"[≥≤=<>]*[*_Xx×]{1,}(?:%|[一-鿿/]{0,6})?")
_ENDS = ",。;、:!.．"
_PAIRS = {"(": ")", "[": "]", "【": "】", '"': '"', "'": "'", "「": "」"}
_NUMBER_AND_MORE = re.compile(r"(?=.*\d)(?=.*[^\d.,]).+")
_DIGIT = re.compile(r"\d")
_COUNT = re.compile(r"[〇零一二两三四五六七八九十百千万]{2,}")
"""A number in words: with a word that compares (至少五十六担) it is one that was not read, not a 三农 or 一流."""
_VALUE = re.compile(r"[\d%‰¥$]|(?<!单)[百千万亿美欧]?元(?!旦|素|件|宵)")
_YEAR = re.compile(r"(?:19|20)\d\d年度?(?!\d)")
_DAY_OF_EVERY_MONTH = re.compile(
    r"每个?月的?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?!内|以内|之内)"
    r"|每(?:周|星期)[一二三四五六日天](?=$|[,;。()、至到前上下晚早全开集进组])"
)
_FROM_TO = re.compile(r"(?:由|从).{1,12}?(?=(?:提升|提高|增加|增长|上升|降低|下降|减少|降)(?:到|至))")
_HAN = re.compile(r"[一-鿿]")
_NEGATIONS = ("不", "未", "无", "非", "没")
_OF_WHICH = re.compile(r"[,;、]?其中|\([^()]*\)$")
_LIST_NUMBER = re.compile(r"(?:[①-⑳]|\(\d{1,2}\)|\d{1,2}[、)]|\d{1,2}\.|指标\d*:)(?=[^\d,;。、.(])")
_MOST_BEFORE, _MOST_AFTER = 12, 8
"""So many characters may stand around a number with a unit and no sign: what is counted (城乡居民基本养老保险人数) is named
in a dozen, and a remark follows in fewer; longer ones are sentences, whose number is often about something else."""
_MOST_BEFORE_A_TIME = 8
"""Before a time less may stand: a longer text says what is done in that time (发现问题后…3天)."""
_LONGEST_CACHED = 200
_ZERO = Decimal(0)
_COST = "成本"
_TIME = "时效"
_MONTH_OF_YEAR = re.compile(r"20\d\d\.(?:0?[1-9]|1[0-2])(?:\.\d{1,2})?")
"""Of an indicator of time 2024.12 is a month; of others it may be a number."""


def parse_target(
    raw: str,
    *,
    year: int | None = None,
    name: str | None = None,
    unit_hint: str | None = None,
    level2_group: str | None = None,
) -> Target:
    """Give the meaning of a target text; ``raw`` is kept as given.

    ``year``: the fiscal year, for deadlines without one. ``name``: the indicator's name, a hint only where the unit is
    missing, as is ``level2_group``, the group of its level 2 (成本). ``unit_hint``: a unit stated elsewhere for this cell.
    Never raises for any text.
    """
    parse = _parse_cached if len(raw) <= _LONGEST_CACHED else _parse_cached.__wrapped__
    return parse(raw, year, name, unit_hint, level2_group, False)


def parse_actual(
    raw: str, *, year: int | None = None, name: str | None = None, level2_group: str | None = None
) -> Target:
    """Give the meaning of what was reached, like a target's; the sign in the indicator's name is not the actual's."""
    parse = _parse_cached if len(raw) <= _LONGEST_CACHED else _parse_cached.__wrapped__
    return parse(raw, year, name, None, level2_group, True)


@lru_cache(maxsize=1 << 16)
def _parse_cached(
    raw: str, year: int | None, name: str | None, unit_hint: str | None, group: str | None, is_actual: bool
) -> Target:
    hints = find_hints(name) if name is not None else NO_HINTS
    if is_actual and hints.sign is not None:
        hints = replace(hints, sign=None)
    if group == _COST:
        hints = replace(hints, money=True)
    if group == _TIME and _MONTH_OF_YEAR.fullmatch(fold(raw).strip()):
        hints = replace(hints, date=True)
    unit = find_hint_unit(unit_hint) if unit_hint else None
    chosen = find_choices(raw)
    if chosen is None:
        return _parse(raw, clean(raw), year, hints, unit)
    if len(chosen) != 1:
        return Target(raw, "text", notes=("several_choices",)) if chosen else Target(raw, None, notes=("filler",))
    return replace(_parse(raw, clean(chosen[0]), year, hints, unit), raw=raw)


def clean(raw: str) -> str:
    """Give the folded copy that the grammar reads: no blanks but between digits, no quotes around, no full stop behind."""
    text = fold(raw)
    parts = text.split()
    text = parts[0] if len(parts) == 1 else " ".join(_BLANK_AROUND.sub("", text).split())
    text = _EMPTY_FRACTION.sub(r"\1", text)
    listed = _LIST_NUMBER.match(text)
    if listed is not None:
        text = text[listed.end() :]
    while len(text) > 1 and (text[-1] in _ENDS or _PAIRS.get(text[0]) == text[-1]):
        if is_interval(text):
            break
        if text[-1] not in _ENDS:
            text = text[1:-1]
        elif not text.strip(_ENDS):
            break
        else:
            text = text[:-1]
    return text


def _parse(raw: str, text: str, year: int | None, hints: NameHints, unit_hint: Unit | None) -> Target:
    words = target_words()
    if text in words.blanks or not text or _TEMPLATE.fullmatch(text) or is_unit_only(text):
        return Target(raw, None, notes=("filler",) if text else ("empty",))
    if words.grades.get(text) is not None:
        return Target(raw, "grade", grade=text)
    half = half_of(text)
    if half is not None and _NUMBER_AND_MORE.fullmatch(half):
        once = _parse(raw, half, year, hints, unit_hint)
        if once.target_kind not in (None, "text"):
            return replace(once, notes=(*once.notes, "doubled_text"))
    if hints.date or may_be_date(text):
        found = parse_deadline(text, year, wants_date=hints.date, has_name=hints.known)
        if found is not None:
            return Target(raw, "date", "<=", found.stated, due_date=found.due, notes=found.notes)
    if _NUMERAL.search(text) is None:
        return read_grade(raw, text) or Target(raw, "text")
    return _parse_measure(raw, text, year, hints, unit_hint)


def _parse_measure(raw: str, text: str, year: int | None, hints: NameHints, unit_hint: Unit | None) -> Target:
    """Give what a text with a numeral means: the first grammar that reads it rightly, from the strictest on."""
    if _DAY_OF_EVERY_MONTH.match(text) is not None:
        return Target(raw, "text", notes=("number_not_read",))
    build = partial(build_target, raw, hints=hints, unit_hint=unit_hint)
    target = read_fraction(raw, text) or _from_the_start(text, build) or read_grade(raw, text)
    if target is not None:
        return target
    from_to = _FROM_TO.match(text)
    if from_to is not None:
        text = text[from_to.end() :]
    measure = read_whole_measure(text) if from_to is not None else _read_after_leads(text)
    if measure is not None and _is_sure(measure):
        return build(measure)
    share = read_share_of(text)
    if share is not None:
        return _with_note(build(share), "leftover")
    return _among_words(raw, text, year, build)


def _from_the_start(text: str, build: Callable[[Measure], Target]) -> Target | None:
    """Give the target of a text that is one measure, or begins with one and goes on in a way that is known."""
    measure = (read_interval(text) if text[0] in "[(【" else None) or read_whole_measure(text)
    if measure is not None and _is_sure(measure):
        return build(measure)
    measure = read_measure(text, 0)
    if measure is None or not _is_sure(measure):
        return None
    if measure.arabic and is_filler_text(text[measure.end :]):
        return build(measure)
    pair = read_two_sided(text, measure)
    if pair is not None:
        return build(pair)
    tells = measure.firm or measure.unit is not None or measure.bare_scale
    if tells and _OF_WHICH.match(text, measure.end) is not None and not _holds_value(text[measure.end :]):
        return _with_note(build(measure), "leftover")
    return None


def _among_words(raw: str, text: str, year: int | None, build: Callable[[Measure], Target]) -> Target:
    """Give the target of the one measure that stands among words; a text where there are several, or it does not stand alone."""
    found = find_measures(text, year)
    after_rate = [one for one in found if is_after_rate(text, one)]
    if len(after_rate) == 1 and all(one.measure.unit is not None for one in found if one is not after_rate[0]):
        found = after_rate if len(found) == 1 or not _other_percent(found, after_rate[0]) else found
    if len(found) > 1:
        return Target(raw, "text", notes=("several_values",))
    if len(found) == 1 and _stands_alone(text, found[0]):
        target = build(found[0].measure)
        before, known = text[: found[0].start], is_filler_text(text[found[0].measure.end :])
        change = read_change(before)
        if change is not None:
            target, known = _with_note(target, change[0]), known and change[1]
        elif known:
            known = is_filler_text(before)
        return target if known else _with_note(target, "leftover")
    if is_zero_of_events(text):
        return Target(raw, "quantity", "=", False, _ZERO, _ZERO)
    counts = _DIGIT.search(text) or (_COUNT.search(text) and compares(text))
    return Target(raw, "text", notes=("number_not_read",) if counts else ())


def _read_after_leads(text: str) -> Measure | None:
    """Read a measure after words that add nothing to it (共计三十天); its unit must be known."""
    at = skip_leads(text)
    measure = read_measure(text, at) if at else None
    if measure is None or measure.unit is None or measure.unit.dimension == "unknown" or not _is_sure(measure):
        return None
    return measure if measure.end == len(text) else None


def _with_note(target: Target, note: str) -> Target:
    return replace(target, notes=(*target.notes, note))


def _other_percent(found: list[Found], chosen: Found) -> bool:
    """Tell whether another measure is a percentage or has a comparator of its own."""
    return any(
        one.measure.stated or (one.measure.unit is not None and one.measure.unit.dimension == "percent")
        for one in found
        if one is not chosen
    )


def _is_sure(measure: Measure) -> bool:
    """Tell whether a measure may be taken: not a year, and an unknown long measure word only with a comparator."""
    unit = measure.unit
    if unit is None:
        return True
    if unit.dimension == "unknown":
        return measure.firm or len(unit.name) == 1 or unit.name.startswith("/")
    return not is_year(measure)


def _holds_value(text: str) -> bool:
    """Tell whether a text that was not used holds a digit, a percentage or a word for money."""
    return _VALUE.search(text) is not None


def _goes_on(text: str, at: int) -> bool:
    """Tell whether the unit before ``at`` runs into another one, as 元 does in 500元件: then it was not that unit."""
    if is_filler_text(text[at:]):
        return False
    more = unit_lexicon().match(text, at)
    return more is not None and _HAN.match(text, more[1]) is None


def _stands_alone(text: str, found: Found) -> bool:
    """Tell whether the words around a cell's one measure let it be taken."""
    measure, unit = found.measure, found.measure.unit
    before, after = _YEAR.sub("", text[: found.start]), text[measure.end :]
    if not _is_sure(measure) or before.endswith(_NEGATIONS) or _holds_value(before) or _holds_value(after):
        return False
    if measure.unit is not None and _goes_on(text, measure.end):
        return False
    if compares(before) or compares(after):
        return False
    if is_after_rate(text, found):
        return True
    if unit is None and _HAN.match(after) and not is_filler_text(after):
        return False
    if is_filler_text(before) and is_filler_text(after):
        return True
    if _NUMERAL.search(before) or _NUMERAL.search(after):
        return False
    if measure.firm or (unit is not None and unit.dimension in ("percent", "money")):
        return True
    if unit is None or not measure.arabic or unit.dimension == "unknown":
        return False
    if unit.dimension == "time":
        return len(before) <= _MOST_BEFORE_A_TIME and is_filler_text(after)
    return len(before) <= _MOST_BEFORE and len(after) <= _MOST_AFTER
