"""Names in one wording: different words for one thing become the same text, words that say nothing are dropped.

The rules (``words/name_concepts.csv`` for indicators, ``words/project_concepts.csv`` for projects' categories) are patterns
over a settled name, tried in their order until nothing changes. They never look at other names: two filings that are read
apart come to the same text. What tells things apart (who, of what, opposites, numbers, what it is per, building or running)
is never dropped.
"""

import re
from functools import cache, lru_cache

from transforms.names.levels import find_group
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_LIST = "name_concepts.csv"
_PROJECT_LIST = "project_concepts.csv"
_BEHIND = re.compile(r"\(\?<=([^()]*\|[^()]*)\)")
_Rules = tuple[tuple[re.Pattern[str], str, str], ...]
_SHORTEST = 2
"""Characters that must be left: a rule that would leave less says nothing about that name."""
_MOST_ROUNDS = 4
"""Rounds of all rules; a list whose rules undo each other would never end."""


def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; what stands behind may be words of unlike lengths: (?<=老人|残疾人)."""

    def each(found: re.Match[str]) -> str:
        return "(?:" + "|".join(f"(?<={word})" for word in found.group(1).split("|")) + ")"

    return re.compile(_BEHIND.sub(each, pattern))


@cache
def _rules() -> _Rules:
    rows = read_word_list(_LIST, ("pattern", "becomes", "level2_group"))
    refuse_overlaps(_LIST, ((line, (row["pattern"], row["level2_group"])) for line, row in rows))
    for line, row in rows:
        if row["level2_group"] and find_group(None, row["level2_group"]) != row["level2_group"]:
            raise WordListError(f"{_LIST}, line {line}: unknown level2_group {row['level2_group']!r}")
    return tuple((_compile(row["pattern"]), row["becomes"], row["level2_group"]) for _, row in rows)


@cache
def _project_rules() -> _Rules:
    rows = read_word_list(_PROJECT_LIST, ("pattern", "becomes"))
    refuse_overlaps(_PROJECT_LIST, ((line, row["pattern"]) for line, row in rows))
    return tuple((_compile(row["pattern"]), row["becomes"], "") for _, row in rows)


@lru_cache(maxsize=16384)
def in_one_wording(key: str, group: str | None) -> str:
    """Give a settled name of a level-2 group in the wording in which names for the same thing are equal."""
    return _apply(_rules(), key, group)


@lru_cache(maxsize=16384)
def category_in_one_wording(category: str) -> str:
    """Give a project's category (its name without year and marks) in the wording in which the same projects are equal."""
    return _apply(_project_rules(), category, None)


def _apply(rules: _Rules, key: str, group: str | None) -> str:
    text = key
    for _ in range(_MOST_ROUNDS):
        before = text
        for pattern, becomes, only in rules:
            if only in ("", group):
                changed = pattern.sub(becomes, text)
                text = changed if len(changed) >= _SHORTEST else text
        if text == before:
            break
    return text
