"""Grades as targets: 优, 良好, 达到良, 良及以上, 评定为优秀.

Decisions: a grade is a word of ``words/grades.csv``, which names a step of a rating scale. It has a comparator only where
the text has one that is not "=" (≥良, 良及以上). 等次 and the like behind it are no part of it (优秀等次). An explanation in
brackets is left out and noted (优（90分以上）).
"""

import re

from transforms.records import Target
from transforms.targets.comparators import Comparing, combine, comparing_words
from transforms.targets.fillers import target_words

_GRADE_LEAD = re.compile(r"(?:评价|评定|评|等级|等次|档次|为|:)*")
_GRADE_TAIL = re.compile(r"(?:等次|档次|等级|等|档)(?=$|[(及或以])")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def read_grade(raw: str, text: str) -> Target | None:
    """Read a grade with words around it: 达到良, ≥良, 良及以上, 评定为优秀, 优（90分以上）."""
    lead = _GRADE_LEAD.match(text)
    at = lead.end() if lead is not None else 0
    said: tuple[Comparing, ...] = ()
    grades = target_words().grades
    while (grade := grades.match(text, at)) is None:
        found = comparing_words("prefix").match(text, at)
        if found is None:
            return None
        said += (found[0],)
        at = found[1]
    tail = _GRADE_TAIL.match(text, grade[1])
    end = tail.end() if tail is not None else grade[1]
    while (found := comparing_words("suffix").match(text, end)) is not None:
        said += (found[0],)
        end = found[1]
    combined = combine(said)
    explained = _IN_BRACKETS.fullmatch(text, end) is not None
    if combined is None or not (end == len(text) or explained):
        return None
    comparator = combined[0] if combined[0] in (">=", "<=", ">", "<") else None
    notes = ("leftover",) if explained else ()
    return Target(raw, "grade", comparator, True if comparator else None, grade=grade[0], notes=notes)
