"""Which way an indicator is good, as its name says: the program's list, and the county's own decisions over it."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from transforms.words.folding import squash
from warehouse.county.mistakes import Mistakes
from warehouse.schema import TEXT

POLARITIES = ("higher", "lower", "fixed", "size", "none", "unknown")
POLARITY_FILE = "polarity.csv"
POLARITY_COLUMNS = ("indicator", "polarity", "note")
LIST_COLUMNS = ("pattern", "kinds", "polarity", "certain", "reason")

IndicatorName = tuple[str, str | None]
"""The name as filed, and the kind of its target."""

_SCHEMA = pa.schema(
    [
        ("indicator_raw", TEXT),
        ("target_kind", TEXT),
        ("polarity", TEXT),
        ("polarity_source", TEXT),
        ("is_certain", pa.bool_()),
    ]
)
_SURROUNDINGS = re.compile(
    r"^(?:(?:二级|三级)?指标\d*[:：、.]|其中[:：]?|[★*·\-\d]+[.、)）]|[★*·]+)|[(（\[【][^()（）\[\]【】]*[)）\]】]?$|[%‰:：。；;、]+$"
)
"""What stands around a name and does not belong to it: 指标1：, ★, （%）."""


@dataclass(frozen=True, slots=True)
class PolarityPattern:
    """One line of the list: names that match it (of the given kinds of target; empty: of all) have this polarity."""

    pattern: re.Pattern[str]
    kinds: frozenset[str]
    polarity: str
    is_certain: bool


def read_polarities(folder: Path, config: Path, names: Iterable[IndicatorName], mistakes: Mistakes) -> pa.Table:
    """Give the polarity of each (name, kind of target): the county's own word, else the first line that matches.

    ``folder`` is ``sql/polarity``; names that nothing speaks of are left out.
    """
    patterns = load_patterns(folder)
    decided = _read_decisions(config / POLARITY_FILE, mistakes)
    rows = []
    for raw, kind in sorted(set(names), key=lambda pair: (pair[0], pair[1] or "")):
        if (own := decided.get(bare_name(raw))) is not None:
            rows.append((raw, kind, own, "county", True))
        elif (found := find_polarity(raw, kind, patterns)) is not None:
            rows.append((raw, kind, found.polarity, "list", found.is_certain))
    return pa.Table.from_pylist([dict(zip(_SCHEMA.names, row, strict=True)) for row in rows], schema=_SCHEMA)


def find_polarity(raw: str, kind: str | None, patterns: Iterable[PolarityPattern]) -> PolarityPattern | None:
    """Find the first line of the list that speaks of a name."""
    name = bare_name(raw)
    return next(
        (one for one in patterns if (not one.kinds or kind in one.kinds) and one.pattern.search(name)),
        None,
    )


@lru_cache(maxsize=4)
def load_patterns(folder: Path) -> tuple[PolarityPattern, ...]:
    """Load the list; ``<harm>`` and the like stand for the words of ``words.csv``, ``<4>`` for up to four characters."""
    with (folder / "words.csv").open(encoding="utf-8", newline="") as file:
        words = {row["word_class"]: row["words"] for row in csv.DictReader(file)}
    with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return tuple(
        PolarityPattern(
            re.compile(_expand(line["pattern"], words)),
            frozenset(line["kinds"].split()),
            line["polarity"],
            line["certain"] == "yes",
        )
        for line in lines
    )


def _expand(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<(\d+|[a-z]+)>", lambda mark: words.get(mark[1]) or f".{{0,{int(mark[1])}}}", pattern)


@lru_cache(maxsize=65536)
def bare_name(raw: str) -> str:
    """Give a name without blanks, numbering and bracketed units around it."""
    name, last = squash(raw), ""
    while name != last:
        last, name = name, _SURROUNDINGS.sub("", name)
    return name or squash(raw)


def _read_decisions(path: Path, mistakes: Mistakes) -> dict[str, str]:
    decided: dict[str, str] = {}
    for line, row in mistakes.rows(path, POLARITY_COLUMNS):
        name = bare_name(row["indicator"])
        if row["polarity"] not in POLARITIES:
            mistakes.add(path, line, "polarity", f"“{row['polarity']}”应为 {'、'.join(POLARITIES)}")
        elif decided.setdefault(name, row["polarity"]) != row["polarity"]:
            mistakes.add(path, line, "indicator", f"“{row['indicator']}”与前面的行不一致")
    return decided
