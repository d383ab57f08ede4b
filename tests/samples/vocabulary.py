"""The word lists that invented filings are drawn from."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "vocabulary"

LEVELS = {
    2015: {
        "产出指标": ("数量", "质量", "时效", "成本"),
        "效益指标": ("经济效益", "社会效益", "生态效益", "可持续影响"),
        "满意度指标": ("满意度",),
    },
    2021: {
        "成本指标": ("经济成本", "社会成本", "生态环境成本"),
        "产出指标": ("数量", "质量", "时效"),
        "效益指标": ("经济效益", "社会效益", "生态效益", "可持续影响"),
        "满意度指标": ("满意度",),
    },
}
"""The two taxonomies in force: level 1 to the groups of level 2 (财预〔2015〕88号, 财预〔2021〕101号)."""


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """One indicator that may be drawn: its group of level 2, what it measures and in which range."""

    group: str
    name: str
    description: str
    measure: str
    units: tuple[str, ...]
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Writing:
    """One way to write a target; ``comparator`` of a date is the kind of its pattern (day, month, year …)."""

    measure: str
    comparator: str
    pattern: str
    weight: int


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one word list (UTF-8 CSV with a heading) from the vocabulary folder."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def places() -> tuple[str, ...]:
    """Give the invented townships' names."""
    return tuple(line["name"] + line["kind"] for line in read_rows("places"))


@cache
def projects() -> tuple[tuple[str, str], ...]:
    """Give project names, each with its purpose."""
    return tuple((line["name"], line["purpose"]) for line in read_rows("projects"))


@cache
def indicators() -> dict[str, tuple[IndicatorWords, ...]]:
    """Give the indicators by group of level 2; a name may stand once only."""
    words = [
        IndicatorWords(
            line["group"],
            line["name"],
            line["description"],
            line["measure"],
            tuple(line["units"].split("|")),
            Decimal(line["low"] or 0),
            Decimal(line["high"] or 0),
        )
        for line in read_rows("indicators")
    ]
    refuse_repeats(word.name for word in words)
    return {group: tuple(w for w in words if w.group == group) for group in {w.group for w in words}}


@cache
def writings() -> dict[str, tuple[Writing, ...]]:
    """Give the ways to write a target by measure."""
    found: dict[str, list[Writing]] = {}
    for line in read_rows("writings"):
        writing = Writing(line["measure"], line["comparator"], line["pattern"], int(line["weight"]))
        found.setdefault(writing.measure, []).append(writing)
    return {measure: tuple(ways) for measure, ways in found.items()}


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """Give the sentences of one kind (goal, long_goal, basis, reason, narrative_title …)."""
    found = tuple(line["text"] for line in read_rows("phrases") if line["kind"] == kind)
    if not found:
        raise KeyError(f"no phrase of the kind {kind}")
    return found


def refuse_repeats(names: Iterable[str]) -> None:
    """Raise ValueError where a name stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} stands twice in a word list")
        seen.add(name)
