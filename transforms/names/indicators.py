"""Indicator names to canonical names: the county's terms, the list, the rules, careful fuzzy matching, or by itself."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from transforms.names.concepts import in_one_wording
from transforms.names.levels import find_group
from transforms.names.terms import NO_TERMS, Terms
from transforms.names.wording import NameForm, as_written, name_words, read_name_form
from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

FUZZY_THRESHOLD = 80
"""rapidfuzz ratio (0–100) from which a likeness that the guards allow counts (tests/benchmarks/measure_names.py)."""
SATISFACTION = "服务对象满意度"
_DIMENSIONS = ("", "percent", "money", "count", "length", "area", "weight", "volume", "time", "date")
_SURE, _RULE, _WORDING, _OTHER_GROUP, _GLUED, _ALONE = (Decimal(n) for n in ("1", "0.95", "0.9", "0.85", "0.6", "0.5"))


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """What an indicator is called in comparisons.

    ``method``: ``county_term`` (decided by the county), ``alias`` (spelt as in the list), ``rule`` (as in the list once
    marks, units and wording are settled), ``fuzzy`` (like one name of the list only; to be confirmed) or ``unmapped``
    (not in the list: its own settled name). ``confidence`` (0–1) is how sure it is that equal names mean the same.
    ``subject`` is who is satisfied ("群众", "职工") where the name is about that and says it.
    """

    indicator: str
    level2_group: str | None
    method: str
    confidence: Decimal
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class _KnownName:
    """One spelling of the list: ``key`` is its settled form, ``dimension`` the kind of target it goes with ("" any)."""

    canonical: str
    group: str
    dimension: str
    key: str


@dataclass(frozen=True, slots=True)
class _NameList:
    by_key: dict[str, tuple[_KnownName, ...]]
    by_group: dict[str, tuple[_KnownName, ...]]
    by_wording: dict[str, tuple[_KnownName, ...]]
    spellings: frozenset[tuple[str, str]]


@cache
def _name_list() -> _NameList:
    name = "indicator_aliases.csv"
    rows = read_word_list(name, ("level2_group", "dimension", "canonical", "aliases"))
    entries: dict[_KnownName, int] = {}
    spelt: list[tuple[int, tuple[str, str, str]]] = []
    for line, row in rows:
        group, dimension, canonical = row["level2_group"], row["dimension"], row["canonical"]
        if find_group(None, group) != group or dimension not in _DIMENSIONS:
            raise WordListError(f"{name}, line {line}: unknown level2_group or dimension")
        for spelling in [canonical, *row["aliases"].split()]:
            entries.setdefault(_KnownName(canonical, group, dimension, read_name_form(spelling, group).key), line)
            spelt.append((line, (group, dimension, squash(spelling))))
    refuse_overlaps(name, spelt)
    refuse_overlaps(name, ((line, (entry.group, entry.dimension, entry.key)) for entry, line in entries.items()))
    by_key: dict[str, list[_KnownName]] = {}
    by_group: dict[str, list[_KnownName]] = {}
    by_wording: dict[str, list[_KnownName]] = {}
    for entry in entries:
        by_wording.setdefault(in_one_wording(entry.key, entry.group), []).append(entry)
        by_key.setdefault(entry.key, []).append(entry)
        by_group.setdefault(entry.group, []).append(entry)
    return _NameList(
        by_key={key: tuple(found) for key, found in by_key.items()},
        by_group={group: tuple(found) for group, found in by_group.items()},
        by_wording={wording: tuple(found) for wording, found in by_wording.items()},
        spellings=frozenset((group, spelling) for _, (group, _, spelling) in spelt),
    )


def name_indicator(
    level1: str | None,
    level2: str | None,
    indicator_raw: str,
    unit_family: str | None = None,
    description: str | None = None,
    terms: Terms = NO_TERMS,
) -> IndicatorName:
    """Give an indicator its canonical name within its level-2 group.

    ``unit_family`` is that of ``transforms.numbers.units`` (percent, money/村, count:次 …): one name with two meanings
    (购买办公用品 as a count and as a cost) is told apart by group and unit. ``description`` is not used to name.
    """
    group = find_group(level1, level2)
    term = terms.find(indicator_raw, group, unit_family)
    named = _name(indicator_raw, group, _dimension(unit_family)) if term is None else None
    if named is not None:
        # A decision about a name holds for every wording that comes to that name.
        spelt = (named.indicator, read_name_form(named.indicator, group).key) if terms.terms else ()
        term = next((found for name in spelt if (found := terms.find(name, group, unit_family))), None)
        if term is None or term.decision == "reject":
            return named
    assert term is not None
    name = term.canonical if term.decision != "reject" else squash(indicator_raw)
    return IndicatorName(name, group, "county_term", _SURE)


def name_at_threshold(raw: str, level2: str, unit_family: str, threshold: float) -> IndicatorName:
    """Name an indicator with another threshold for fuzzy matching; for measuring it."""
    return _name(raw, find_group(None, level2), _dimension(unit_family), threshold)


def is_listed(canonical: str) -> bool:
    """Tell whether a name is one of the list's canonical names."""
    return any(entry.canonical == canonical for found in _name_list().by_group.values() for entry in found)


@lru_cache(maxsize=16384)
def _name(raw: str, group: str | None, dimension: str, threshold: float = FUZZY_THRESHOLD) -> IndicatorName:
    form = read_name_form(raw, group)
    subject = form.subject or None
    if form.subject is not None and (not form.subject or form.subject in name_words().subjects):
        method, confidence = ("alias", _SURE) if squash(raw) == SATISFACTION else ("rule", _RULE)
        return IndicatorName(SATISFACTION, group, method, confidence, subject)
    if glued := _look_up_part(form, group, dimension):
        return IndicatorName(glued, group, "fuzzy", _GLUED, subject)
    if found := _look_up(form.key, group, dimension):
        canonical, in_group = found
        if in_group and (group, squash(raw)) in _name_list().spellings:
            return IndicatorName(canonical, group, "alias", _SURE, subject)
        return IndicatorName(canonical, group, "rule", _RULE if in_group else _OTHER_GROUP, subject)
    wording = in_one_wording(form.key, group)
    if listed := _look_up_wording(wording, group, dimension):
        return IndicatorName(listed, group, "rule", _WORDING, subject)
    if alike := find_alike(form.key, group, dimension, threshold):
        return IndicatorName(alike[0], group, "fuzzy", alike[1], subject)
    return IndicatorName(as_written(wording, group), group, "unmapped", _ALONE, subject)


def _look_up_wording(wording: str, group: str | None, dimension: str) -> str | None:
    """Find the one canonical name of the group that says the same in other words; None where two would do."""
    entries = _name_list().by_wording.get(wording, ())
    names = {one.canonical for one in entries if one.group == group and _go_together(one.dimension, dimension)}
    return names.pop() if len(names) == 1 else None


def _look_up(key: str, group: str | None, dimension: str) -> tuple[str, bool] | None:
    """Find the one canonical name of a key, in its own group or else in any other; None where two would do."""
    entries = [entry for entry in _name_list().by_key.get(key, ()) if _go_together(entry.dimension, dimension)]
    for in_group in (True, False):
        names = {entry.canonical for entry in entries if (entry.group == group) is in_group}
        if len(names) == 1:
            return names.pop(), in_group
    return None


def _look_up_part(form: NameForm, group: str | None, dimension: str) -> str | None:
    """Of names glued together, find the one that belongs to the row's group."""
    found = {name[0] for part in form.parts if (name := _look_up(part, group, dimension)) and name[1]}
    return found.pop() if len(found) == 1 else None


def _dimension(unit_family: str | None) -> str:
    """Give percent, money, quantity, date, or "" where the target says nothing about what is measured."""
    kind = (unit_family or "").split("/")[0].split(":")[0]
    if kind in ("percent", "money", "date"):
        return kind
    return "quantity" if kind in _QUANTITIES else ""


def _go_together(listed: str, dimension: str) -> bool:
    kind = "quantity" if listed in _QUANTITIES else listed
    return not kind or not dimension or kind == dimension


def find_alike(
    key: str, group: str | None, dimension: str = "", threshold: float = FUZZY_THRESHOLD
) -> tuple[str, Decimal] | None:
    """Find the one canonical name that a settled name is like, with the likeness (0–1); None where two would do.

    Only names of the same group that differ by words without meaning of their own, or by word order, are alike.
    """
    if group is None:
        return None
    found: dict[str, float] = {}
    for entry in _name_list().by_group.get(group, ()):
        if not _go_together(entry.dimension, dimension):
            continue
        score = 95.0 if Counter(key) == Counter(entry.key) else fuzz.ratio(key, entry.key, score_cutoff=threshold)
        if score >= threshold and _may_be_same(key, entry.key):
            found[entry.canonical] = max(score, found.get(entry.canonical, 0))
    if len(found) != 1:
        return None
    canonical, score = found.popitem()
    return canonical, Decimal(round(min(score, 95.0))) / 100


def _may_be_same(one: str, other: str) -> bool:
    """Guard likeness: same measure, same numbers, no opposites, and only empty words or word order between the two."""
    words = name_words()
    if _measure(one) != _measure(other) or [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    for pair in words.opposites:
        first, second = sorted(pair)
        if (first in one and second in other) or (second in one and first in other):
            return False
    if Counter(one) == Counter(other):
        return True
    gone, come = _differences(one, other)
    if gone and come:
        return False
    return all(_is_empty(segment) for segment in gone or come)


def likeness(one: str, other: str) -> float:
    """Give how alike two names are written (0–100)."""
    return fuzz.ratio(one, other)


def are_told_apart(one: str, other: str) -> bool:
    """Tell whether two names differ by an opposite, a negation, a number, what they measure, or a stage or level.

    Such names (合格率 and 不合格率, 开工 and 完工, 上半年 and 全年) are never one thing, however alike they are.
    """
    words = name_words()
    if _measure(one) != _measure(other) or [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return True
    gone, come = _differences(one, other)
    if any(segment in words.negations for segment in (*gone, *come)):
        return True
    return any(
        (first in one and second in other and second not in one)
        or (second in one and first in other and first not in one)
        for first, second in (sorted(pair) for pair in words.opposites)
    )


def _measure(key: str) -> str:
    return next((word for word in name_words().measures if key.endswith(word)), "")


def _differences(one: str, other: str) -> tuple[list[str], list[str]]:
    gone, come = [], []
    for step in Indel.opcodes(one, other):
        if step.tag == "delete":
            gone.append(one[step.src_start : step.src_end])
        elif step.tag == "insert":
            come.append(other[step.dest_start : step.dest_end])
    return gone, come


def _is_empty(segment: str) -> bool:
    """Tell whether a segment is made of words without meaning of their own (项目, 工作, 相关 …)."""
    if not segment:
        return True
    return any(segment.startswith(word) and _is_empty(segment[len(word) :]) for word in name_words().fillers)


_QUANTITIES = frozenset(("count", "length", "area", "weight", "volume", "time", "quantity"))
