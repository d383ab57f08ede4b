"""Level-1 and level-2 names of indicators: which text is one, and what it is called in both taxonomies."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from transforms.words.folding import half_of, squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_SHORTEST_LEVEL = 2
"""Levels have two characters at least (数量数量); 时时 is a word."""
_NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:[.．-]\d{1,2}){1,3}[.．、]?|\((?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])\)|(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])[.、．:)]|[①-⑳]|[IVX]{1,4}[.、:]?(?=[\u4e00-\u9fff])|[★☆※*#·•●■◆○□▲-]+)+"
)
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_SPAN = rf"(?:满分|权重|分值)?[::]?({_NUMBER})(?:[-~—–至到]+({_NUMBER}))?(?:分|%)?"
_SCORE = re.compile(
    rf"[(\[【〔]{_SPAN}[)\]】〕]分?$|(?:权重|分值|满分)[::]?{_NUMBER}(?:分|%)?$|(?<!\d){_NUMBER}(?:[-~—–至]{_NUMBER})?分$"
)
_SCORE_NUMBERS = re.compile(_NUMBER)
_TAIL = re.compile(r"(?:\(续表?\)|[:;,、.。]|(?<=[指标目])\d{1,2}|(?<=[指标目])[①-⑳])+$")
_ADDITION = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""What may be added to a name in brackets: 数量指标（必填硬性指标）, 数量指标（或工作量）."""
_JOINS = re.compile(r"[、/及和与]|以及")
_SHARED_ENDS = ("效益", "效果", "影响", "成本")
_ENDING = re.compile(r"(?:类)?(?:绩效)?(?:指标|目标)$")


@dataclass(frozen=True, slots=True)
class Level:
    """A level name as read: ``text`` is as filed without blanks, numbering and score, ``name`` is canonical.

    ``group`` is the level-2 group to join on; a level-1 name has one only where it leaves no choice (满意度, 成本).
    ``taxonomy`` is 2015 or 2021 where the word alone tells. ``score_low``/``score_high`` are the points written
    into the cell: "(50分)" is 50 and 50, "(0-20)分" is 0 and 20.
    """

    level: int
    text: str
    name: str
    group: str | None
    taxonomy: int | None
    score_low: Decimal | None = None
    score_high: Decimal | None = None


@cache
def _levels() -> dict[tuple[int, str], tuple[str, str | None, int | None]]:
    rows = read_word_list("levels.csv", ("level", "word", "name", "group", "taxonomy", "note"))
    refuse_overlaps("levels.csv", ((line, (row["level"], row["word"])) for line, row in rows))
    known = {group for group, _ in _pairs()}
    for line, row in rows:
        if row["group"] and row["group"] not in known:
            raise WordListError(f"levels.csv, line {line}: group {row['group']!r} is not in level_parents.csv")
    return {
        (int(row["level"]), row["word"]): (row["name"], row["group"] or None, _year(row["taxonomy"])) for _, row in rows
    }


_PATH = re.compile(r"\s*(?:[—–―─]{1,2}|-{1,2}>?|[→＞>/／\\｜|])\s*")
"""What stands between the levels of a path."""


@cache
def _pairs() -> dict[tuple[str, str], int | None]:
    rows = read_word_list("level_parents.csv", ("group", "level1", "taxonomy", "note"))
    refuse_overlaps("level_parents.csv", ((line, (row["group"], row["level1"])) for line, row in rows))
    return {(row["group"], row["level1"]): _year(row["taxonomy"]) for _, row in rows}


def _year(text: str) -> int | None:
    return int(text) if text else None


def clean_level(text: str) -> str:
    """Take blanks, line breaks, numbering, marks and scores off a level name: "产\\n出 指标（50分）" is 产出指标."""
    return _as_filed(text, _split_score(text)[0])


def read_level1(text: str | None) -> Level | None:
    """Read a level-1 name with or without 指标; None where the text is not one."""
    return _read(1, text)


def read_level2(text: str | None) -> Level | None:
    """Read a level-2 name with or without 指标; None where the text is not one."""
    return _read(2, text)


def part_path(level1: str, level2: str) -> tuple[str, str]:
    """Part both levels where one cell holds the path to the second and none is left: 产出指标—数量指标."""
    path = level1.strip() or level2.strip()
    parts = [part.strip() for part in _PATH.split(path)] if not (level1.strip() and level2.strip()) else []
    if len(parts) == 2 and read_level1(parts[0]) is not None and read_level2(parts[1]) is not None:
        return parts[0], parts[1]
    return level1, level2


def find_group(level1: str | None, level2: str | None) -> str | None:
    """Give the level-2 group of a row; level 1 decides only where level 2 is missing or unknown."""
    second, first = read_level2(level2), read_level1(level1)
    if second is not None:
        return second.group
    return first.group if first is not None else None


def infer_level1(level2: str | None, taxonomy: int | None = None) -> str | None:
    """Give the canonical level 1 above a level-2 name; ``taxonomy`` decides where 成本 belongs, else the word."""
    second = read_level2(level2)
    if second is None:
        return None
    year = taxonomy or second.taxonomy
    parents = {level1: of for (group, level1), of in _pairs().items() if group == second.group}
    return next((level1 for level1, of in parents.items() if year is None or of in (None, year)), None)


def is_legal_pair(level1: str | None, level2: str | None) -> bool:
    """Tell whether level 2 may stand under level 1 in either taxonomy; a missing or unknown name is not legal."""
    first, group = read_level1(level1), find_group(None, level2)
    return first is not None and group is not None and (group, first.name) in _pairs()


def find_taxonomy(pairs: Iterable[tuple[str | None, str | None]]) -> int | None:
    """Tell which taxonomy the (level 1, level 2) pairs of a document follow; None where no pair tells.

    成本 under 产出 is 2015, 成本 as level 1 (or 经济成本, 社会成本, 生态环境成本) is 2021; where both are met, the
    one with more rows wins, and 2015 a draw, as townships mostly use it.
    """
    votes = Counter(year for pair in pairs if (year := _taxonomy_of(*pair)) is not None)
    if not votes:
        return None
    return 2021 if votes[2021] > votes[2015] else 2015


def _taxonomy_of(level1: str | None, level2: str | None) -> int | None:
    first, second = read_level1(level1), read_level2(level2)
    if first is not None and second is not None and second.group is not None:
        year = _pairs().get((second.group, first.name))
        return second.taxonomy if second.taxonomy == 2021 else year
    only = second or first
    return only.taxonomy if only is not None and only.taxonomy == 2021 else None


@lru_cache(maxsize=4096)
def _read(level: int, text: str | None) -> Level | None:
    if not text:
        return None
    name, low, high = _split_score(text)
    for word in (*_words(name), *(_joined(name) if level == 2 else ())):
        found = _levels().get((level, word))
        if found is not None:
            canonical, group, taxonomy = found
            return Level(level, _as_filed(text, name), canonical, group, taxonomy, low, high)
    return None


def _as_filed(text: str, name: str) -> str:
    """Give a cleaned name in the characters of its text: brackets stay as wide as they were filed."""
    filed, folded = "".join(text.split()), squash(text)
    at = folded.find(name)
    return filed[at : at + len(name)] if at >= 0 and len(filed) == len(folded) else name


def _words(name: str) -> list[str]:
    """Give what may stand in the list for a cleaned name: without its ending, doubled text once."""
    half = half_of(name)
    once = half if half is not None and len(half) >= _SHORTEST_LEVEL else name
    bare = _ADDITION.sub("", once)
    return list(dict.fromkeys([once, _ENDING.sub("", once), bare, _ENDING.sub("", bare)]))


def _joined(name: str) -> list[str]:
    """Give the names that a joined one holds, the first first: 社会、经济、生态效益 is 社会效益, 经济效益, 生态效益."""
    parts = [part for part in _JOINS.split(_ENDING.sub("", _ADDITION.sub("", name))) if part]
    if len(parts) < 2:
        return []
    end = next((end for end in _SHARED_ENDS if parts[-1].endswith(end)), "")
    return [part if part.endswith(end) else part + end for part in parts] + [_ENDING.sub("", part) for part in parts]


def _split_score(text: str) -> tuple[str, Decimal | None, Decimal | None]:
    bare = squash(text)
    low = high = None
    while True:
        shorter = _TAIL.sub("", bare)
        if score := _SCORE.search(shorter):
            numbers = [Decimal(number) for number in _SCORE_NUMBERS.findall(score.group())]
            low, high = (numbers[0], numbers[-1]) if low is None else (low, high)
            shorter = shorter[: score.start()]
        if shorter == bare:
            break
        bare = shorter
    return _NUMBERING.sub("", bare), low, high
