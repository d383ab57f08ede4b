"""Measures the findings on single faults and on unusual but correct forms: ``python -m tests.accuracy.cases FOLDER``.

``FOLDER/cases.json``: name → {fault, file, should, must, must_not}; names with F are faults, with C correct forms. A fault is
named where one finding to be corrected or checked matches all of ``must``; a form is blamed where one matches any of
``must_not``. Each case is a county of its own; all are read and judged in this process.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.reading import read_filing
from tests.warehouse.invented_county import Filed, build_home
from transforms.filings import transform


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: right or not, and what was said that matters."""

    name: str
    is_right: bool
    said: tuple[str, ...]


def judge(folders: Sequence[Path]) -> dict[str, list[tuple[str, str]]]:
    """Give rule and text (project, indicator, sentence, quotation, figures) of each finding, by folder name.

    Each folder's filings are a county of their own in one database, so that no case disturbs another.
    """
    with tempfile.TemporaryDirectory() as passing:
        filed: list[Filed] = []
        homes: list[str] = []
        for folder in folders:
            for path in sorted(folder.rglob("*.*")):
                records = transform(read_filing(path))
                own = replace(records.filing, county=folder.name, division_code=None)
                filed.append((path.name, len(filed) + 1, replace(records, filing=own)))
                homes.append(folder.name)
        county = build_home(Path(passing), filed)
        rows = county.connection.execute(
            "select county, rule, concat_ws(' | ', project_name, indicator_raw, message, evidence, figures)"
            " from mart.review_findings where severity in ('warning', 'error')"
        ).fetchall()
        county.connection.close()
    said: dict[str, list[tuple[str, str]]] = {folder.name: [] for folder in folders}
    for home, rule, text in rows:
        if rule != ACROSS or homes.count(home) > 1:
            said[home].append((rule, re.sub(r"\s+", "", text)))
    return said


ACROSS = "project_code_two_names"
"""The rule that compares with other filings wherever they are from; cases made of one basic form share its codes."""


def measure(folder: Path, names: frozenset[str] = frozenset()) -> list[Outcome]:
    """Judge every case of a folder (or those named), in the order of their names."""
    cases = json.loads((folder / "cases.json").read_text(encoding="utf8"))
    chosen = [name for name in sorted(cases) if not names or name in names]
    findings = judge([folder / name for name in chosen])
    found = []
    for name in chosen:
        case, said = cases[name], findings[name]
        blamed = [f"{rule}: {text}" for rule, text in said if any(re.search(p, text) for p in case["must_not"])]
        is_named = not case["must"] or any(all(re.search(p, text) for p in case["must"]) for _, text in said)
        what = blamed or ([] if is_named else ["not named; said: " + " ".join(sorted({rule for rule, _ in said}))])
        found.append(Outcome(name, is_named and not blamed, (case["should"], *what)))
    return found


def main() -> None:
    """Print each case that falls short, then how many faults were named and forms left alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="only these cases")
    arguments = parser.parse_args()
    outcomes = measure(arguments.folder, frozenset(arguments.names))
    for outcome in outcomes:
        if not outcome.is_right:
            print(outcome.name, *(text[:200] for text in outcome.said), sep="\n    ")
    for kind, words in (("F", "faults named"), ("C", "correct forms left alone")):
        own = [outcome.is_right for outcome in outcomes if outcome.name.startswith(kind)]
        print(f"{words}: {sum(own)} of {len(own)}")


if __name__ == "__main__":
    main()
