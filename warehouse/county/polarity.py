"""Which way an indicator is good, as its name says: the program's list, and the county's own decisions over it."""

import csv
import re
from collections.abc import Iterable, Sequence
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

IndicatorName = tuple[str, str | None, str | None]
"""The name as filed, the canonical name that it was mapped to (None: to none), and the kind of its target."""

_SCHEMA = pa.schema(
    [
        ("indicator_raw", TEXT),
        ("indicator", TEXT),
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
_COUNTED = re.compile(r"(?<=.)([起件次人户处项个])数量$")
"""事故起数量 counts what 事故起数 counts."""


@dataclass(frozen=True, slots=True)
class PolarityPattern:
    """One line of the list: names that match it (of the given kinds of target; empty: of all) have this polarity."""

    pattern: re.Pattern[str]
    kinds: frozenset[str]
    polarity: str
    is_certain: bool


def read_polarities(folder: Path, config: Path, names: Iterable[IndicatorName], mistakes: Mistakes) -> pa.Table:
    """Give the polarity of each name: the county's own word, else what the list says of its canonical name.

    So all names of one indicator have one polarity. Where the list certainly says the opposite of the name as filed,
    that name is ``unknown``. ``folder`` is ``sql/polarity``; names that nothing speaks of are left out.
    """
    patterns = load_patterns(folder)
    decided = _read_decisions(config / POLARITY_FILE, mistakes)
    ordered = sorted(set(names), key=lambda name: (name[0], name[1] or "", name[2] or ""))
    said = _said_of_canonical(ordered, patterns)
    rows = []
    for raw, canonical, kind in ordered:
        if (own := decided.get(bare_name(raw)) or decided.get(bare_name(canonical or raw))) is not None:
            rows.append((raw, canonical, kind, own, "county", True))
            continue
        filed = find_polarity(raw, kind, patterns)
        found = said.get((canonical or "", kind), filed)
        if found is not None:
            is_opposite = filed is not None and _are_opposite(found, filed)
            polarity = "unknown" if is_opposite else found.polarity
            rows.append((raw, canonical, kind, polarity, "list", found.is_certain and not is_opposite))
    return pa.Table.from_pylist([dict(zip(_SCHEMA.names, row, strict=True)) for row in rows], schema=_SCHEMA)


def _said_of_canonical(
    names: Iterable[IndicatorName], patterns: Sequence[PolarityPattern]
) -> dict[tuple[str, str | None], PolarityPattern]:
    """Give what the list says of each canonical name: what is certain of it or of a spelling comes before the rest.

    A canonical name may be worded so that nothing certain is left of it: 安全事故起数量 of 安全事故起数.
    """
    said: dict[tuple[str, str | None], PolarityPattern] = {}
    for raw, canonical, kind in names:
        for name in (canonical, raw) if canonical else ():
            found = find_polarity(name, kind, patterns) if name else None
            known = said.get((canonical or "", kind))
            if found is not None and (known is None or (found.is_certain and not known.is_certain)):
                said[canonical or "", kind] = found
    return said


def _are_opposite(one: PolarityPattern, other: PolarityPattern) -> bool:
    """Tell whether one says more is better and the other, certainly, less."""
    return {one.polarity, other.polarity} == {"higher", "lower"} and (one.is_certain or other.is_certain)


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
    return _COUNTED.sub(r"\1数", name) or squash(raw)


def _read_decisions(path: Path, mistakes: Mistakes) -> dict[str, str]:
    decided: dict[str, str] = {}
    for line, row in mistakes.rows(path, POLARITY_COLUMNS):
        name = bare_name(row["indicator"])
        if row["polarity"] not in POLARITIES:
            mistakes.add(path, line, "polarity", f"“{row['polarity']}”应为 {'、'.join(POLARITIES)}")
        elif decided.setdefault(name, row["polarity"]) != row["polarity"]:
            mistakes.add(path, line, "indicator", f"“{row['indicator']}”与前面的行不一致")
    return decided
