"""The closed word lists of targets: grades, blanks, and words around a number that add nothing to its meaning."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.numbers.units import find_unit
from transforms.targets.comparators import comparing_words
from transforms.words.folding import squash
from transforms.words.lexicon import Lexicon
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_SIGNS = re.compile(r"[≥≤<>=±≈≮≯]+")
_KINDS = ("blank", "lead", "tail", "sign", "increase", "decrease", "compared", "event")


@dataclass(frozen=True, slots=True)
class TargetWords:
    """``grades``, ``blanks``, ``signs`` (of a sign column, no comparison), ``leads`` (before a number), ``tails`` (after it), ``around`` (either),
    ``changes`` (下降: increase or decrease), ``compared`` (较上年) and ``events`` (what a zero counts), in folded spelling."""

    grades: Lexicon[str]
    blanks: frozenset[str]
    signs: frozenset[str]
    leads: Lexicon[str]
    tails: Lexicon[str]
    around: Lexicon[str]
    changes: Lexicon[str]
    compared: Lexicon[str]
    events: frozenset[str]


@cache
def target_words() -> TargetWords:
    """Give the lists ``words/grades.csv`` and ``words/target_fillers.csv``."""
    grades = read_word_list("grades.csv", ("grade",))
    refuse_overlaps("grades.csv", ((line, squash(row["grade"])) for line, row in grades))
    name = "target_fillers.csv"
    fillers = read_word_list(name, ("word", "kind"))
    refuse_overlaps(name, ((line, (squash(row["word"]), row["kind"])) for line, row in fillers))
    for line, row in fillers:
        if row["kind"] not in _KINDS:
            raise WordListError(f"{name}, line {line}: unknown kind {row['kind']!r}")

    def words(kind: str) -> list[str]:
        return [squash(row["word"]) for _, row in fillers if row["kind"] == kind]

    leads = Lexicon((word, word) for word in words("lead"))
    tails = Lexicon((word, word) for word in words("tail"))
    return TargetWords(
        Lexicon((squash(row["grade"]), row["grade"]) for _, row in grades),
        frozenset(words("blank")),
        frozenset(words("sign")),
        leads,
        tails,
        leads.joined_with(tails),
        Lexicon((word, change) for change in ("increase", "decrease") for word in words(change)),
        Lexicon((word, word) for word in words("compared")),
        frozenset(words("event")),
    )


def is_unit_only(text: str) -> bool:
    """Tell whether a folded text is a comparing sign or a unit, or both, and no number: ≥%, 公里, 元/人·月."""
    if _SIGNS.fullmatch(text):
        return True
    at = 0
    while (sign := comparing_words("prefix").match(text, at)) is not None and sign[0].firm:
        at = sign[1]
    return find_unit(text[at:]) is not None
