"""Numbers that say how much something changes (较上年下降5%, 增长5%以上), shares of something and zeros of events (零事故).

Decisions: a change has the value and comparator of its number; which way it goes is only a note, ``increase`` or
``decrease``. 零 or 0 right before a listed event, or after it, is the quantity 0 without a unit, "=" and not stated; 零增长, 零容忍 and
零距离 are text. A share of something (不超过总投资的3%) has the comparison that stands before the words; of what it is a share is
not read.
"""

import re
from functools import cache

from transforms.targets.comparators import comparing_words
from transforms.targets.fillers import target_words
from transforms.targets.measures import Measure, read_measure
from transforms.words.lexicon import Lexicon

_OF_WHAT = re.compile(r"[一-鿿]{2,12}?(?=\d)")
_EVENT_IS_ZERO = re.compile(r"([一-鿿]{2,12}?)(?:数|次数|起数)?[为是:]?[零0〇]")
_ZERO = re.compile(r"[零0〇]")


def read_change(before: str) -> tuple[str, bool] | None:
    """Read the words before a number as a change: its note, and whether all of them are known; None where it is none."""
    words = target_words()
    for at in range(len(before)):
        found = words.changes.match(before, at)
        if found is not None and found[1] == len(before):
            return found[0], _is_known(before[:at])
    return None


def _is_known(text: str) -> bool:
    return _words_before_a_change().skip(text) == len(text)


@cache
def _words_before_a_change() -> Lexicon[str]:
    return target_words().leads.joined_with(target_words().compared)


def skip_leads(text: str) -> int:
    """Give where the words end with which a folded text begins and that add nothing to its meaning (全年, 共计)."""
    return target_words().leads.skip(text)


def read_share_of(text: str) -> Measure | None:
    """Read a whole folded text that compares with a share of something: 不超过总投资的3%, ≤预算的100%."""
    prefix = comparing_words("prefix").match(text, 0)
    if prefix is None or not prefix[0].firm or prefix[0].comparator not in (">=", "<=", ">", "<"):
        return None
    words = _OF_WHAT.match(text, prefix[1])
    if words is None:
        return None
    measure = read_measure(text[: prefix[1]] + text[words.end() :], 0)
    if measure is None or measure.unit is None or measure.unit.dimension != "percent" or not measure.arabic:
        return None
    return measure._replace(end=len(text)) if measure.end == len(text) - len(words.group()) else None


def is_zero_of_events(text: str) -> bool:
    """Tell whether a whole folded text says that something never happens: 零事故, 0投诉, 实现零伤亡, 事故为零."""
    words, prefixes = target_words(), comparing_words("prefix")
    behind = _EVENT_IS_ZERO.fullmatch(text)
    if behind is not None and any(behind.group(1).endswith(event) for event in words.events):
        return True
    at = skip_leads(text)
    weak = prefixes.match(text, at)
    if weak is not None and not weak[0].firm and weak[0].comparator == "=":
        at = weak[1]
    return _ZERO.match(text, at) is not None and text[at + 1 :] in words.events
