"""The target that a sentence of running prose states: "…占工作任务的比例大于等于90%。", "…优良率达到良".

Decisions: a number is a target only where the words compare it. The last percentage with a comparator wins, since these
texts end with the ratio that is measured ("…不少于5件，…的比例大于等于100%"); then the last other number with a
firm comparator (不少于5件); then a percentage right after a rate's name (完成率95%); then a number after 达到; then a grade
after 达到 or 评为. Other numbers (24个村, 预算资金29.85万元) and days are not targets, and without any of these there is none.
Where the sentence states more than one, the note is ``several_values``.
"""

import re
from dataclasses import replace

from transforms.records import Target
from transforms.targets.build import build_target
from transforms.targets.comparators import comparing_words
from transforms.targets.fillers import target_words
from transforms.targets.hints import NO_HINTS
from transforms.targets.parse import clean
from transforms.targets.search import Found, find_measures, is_after_rate

_GRADE_VERB = re.compile(r"(?:达到|达|评定为|评为|保持|保持在|为|不低于)")
_GRADE_END = re.compile(r"(?:等次|等级|标准|水平|档次|级|档)?(?:[,。;、)!]|$)")


def find_target(sentence: str, *, year: int | None = None) -> Target | None:
    """Give the target that a sentence states, with the sentence as ``raw``, or None where it states none."""
    text = clean(sentence)
    found = find_measures(text, year)
    chosen = _choose(text, found)
    if chosen is None:
        return _find_grade(sentence, text)
    target = build_target(sentence, chosen.measure, NO_HINTS)
    others = sum(1 for other in found if other.measure.stated and other is not chosen)
    return replace(target, notes=(*target.notes, "several_values")) if others else target


def _choose(text: str, found: list[Found]) -> Found | None:
    """Give the measure that is the target; the order of the rules is that of the module's decisions."""
    percent = [one for one in found if one.measure.unit is not None and one.measure.unit.dimension == "percent"]
    firm = [one for one in found if one.measure.firm]
    for candidates in (
        [one for one in percent if one.measure.stated],
        [one for one in firm if one.measure.unit is not None],
        [one for one in percent if is_after_rate(text, one)],
        [one for one in found if one.measure.stated and one.measure.unit is not None],
        firm,
    ):
        if candidates:
            return candidates[-1]
    return None


def _find_grade(sentence: str, text: str) -> Target | None:
    for verb in reversed(list(_GRADE_VERB.finditer(text))):
        grade = target_words().grades.match(text, verb.end())
        if grade is None:
            continue
        suffix = comparing_words("suffix").match(text, grade[1])
        if _GRADE_END.match(text, suffix[1] if suffix is not None else grade[1]) is None:
            continue
        stated = verb.group() == "不低于" or (suffix is not None and suffix[0].comparator == ">=")
        return Target(sentence, "grade", ">=" if stated else None, True if stated else None, grade=grade[0])
    return None
