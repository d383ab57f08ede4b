"""Measures the naming of indicators on the project's own labelled names: pairwise precision and recall, mapping accuracy.

Run: python tests/benchmarks/measure_names.py [--thresholds] [--wrong]. The labelled names are invented or taken from the
field guide's vocabulary; an empty canonical name marks a hard negative, a name that must share its name with no other.
The set ``held_out`` was written apart from the word list: none of its names was added after it was first measured
(precision 1.00, recall 0.65); only rules for word order, classifiers and 每村/村均 were made in general since.
"""

import argparse
import csv
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from transforms.names.indicators import is_listed, name_at_threshold, name_indicator  # noqa: E402

LABELLED = ROOT / "tests" / "transforms" / "names" / "labelled.csv"


@dataclass(frozen=True)
class Measured:
    """How the names of one set were mapped; ``joined_wrongly`` and ``kept_apart`` are pairs of labelled names."""

    names: int
    joined_rightly: int
    joined_wrongly: tuple[tuple[str, str], ...]
    kept_apart: tuple[tuple[str, str], ...]
    mapped_rightly: int
    mappable: int
    methods: Counter[str]

    @property
    def precision(self) -> float:
        return self.joined_rightly / max(1, self.joined_rightly + len(self.joined_wrongly))

    @property
    def recall(self) -> float:
        return self.joined_rightly / max(1, self.joined_rightly + len(self.kept_apart))

    @property
    def accuracy(self) -> float:
        return self.mapped_rightly / max(1, self.mappable)


def read_labelled(only: str | None = None) -> list[dict[str, str]]:
    """Read the labelled names, of one set or of all."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if only in (None, row["set"])]


def measure(rows: list[dict[str, str]]) -> Measured:
    """Name every labelled name and compare every pair of them."""
    named = [name_indicator(None, row["level2"], row["raw"], row["unit_family"]) for row in rows]
    rightly, wrongly, apart = 0, [], []
    for (row, name), (other, other_name) in combinations(zip(rows, named, strict=True), 2):
        same = bool(row["canonical"]) and (row["level2"], row["canonical"]) == (other["level2"], other["canonical"])
        joined = (name.level2_group, name.indicator) == (other_name.level2_group, other_name.indicator)
        rightly += same and joined
        if joined and not same:
            wrongly.append((row["raw"], other["raw"]))
        if same and not joined:
            apart.append((row["raw"], other["raw"]))
    listed = [(row, name) for row, name in zip(rows, named, strict=True) if is_listed(row["canonical"])]
    right = sum(row["canonical"] == name.indicator for row, name in listed)
    methods = Counter(name.method for name in named)
    return Measured(len(rows), rightly, tuple(wrongly), tuple(apart), right, len(listed), methods)


def _fuzzy_at(rows: list[dict[str, str]], threshold: int) -> tuple[int, int]:
    """Count the names that fuzzy matching maps at a threshold: rightly, and wrongly."""
    right = wrong = 0
    for row in rows:
        name = name_at_threshold(row["raw"], row["level2"], row["unit_family"], threshold)
        if name.method == "fuzzy":
            right += name.indicator == row["canonical"]
            wrong += name.indicator != row["canonical"]
    return right, wrong


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thresholds", action="store_true", help="what fuzzy matching maps at each threshold")
    parser.add_argument("--wrong", action="store_true", help="list the pairs joined wrongly and kept apart")
    options = parser.parse_args()
    for only in ("tuned", "held_out"):
        found = measure(read_labelled(only))
        print(
            f"{only}: {found.names} names, pairs: precision {found.precision:.4f} ({len(found.joined_wrongly)} wrong), ",
            end="",
        )
        print(
            f"recall {found.recall:.4f} ({len(found.kept_apart)} apart); mapped rightly {found.mapped_rightly} of ",
            end="",
        )
        print(f"{found.mappable} ({found.accuracy:.4f}); {dict(found.methods)}")
        if options.wrong:
            print("joined wrongly:", *found.joined_wrongly, "kept apart:", *found.kept_apart, sep="\n  ")
    if options.thresholds:
        for threshold in range(50, 101, 5):
            right, wrong = _fuzzy_at(read_labelled(), threshold)
            print(f"threshold {threshold}: {right} names mapped rightly, {wrong} wrongly by fuzzy matching")


if __name__ == "__main__":
    main()
