"""Scores a database against what is known to stand in its filings: right, missed and invented fields.

``python -m tests.accuracy.score COUNTY.duckdb TRUTH.json [--by layout,field,format] [--wrong N] [--least F1]``. Each stated
field is wanted once, each field that the database holds is found once; F1 is twice the right ones by wanted and found
together, so that missing and inventing cost alike. White space does not count. Of the wrong fields those are silent that no
doubt, finding or unread cell speaks of (``flags``). Exit code 1 below ``--least``.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.accuracy.flags import Flags, Rows, read_flags
from tests.accuracy.truth import KnownFiling, Row, read_truth

TOTAL = ("total", "")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Group = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that was missed, invented or misread."""

    file: str
    field: str
    wanted: object
    found: object
    row: Row | None = None
    """The database's row, where there is one."""


@dataclass(slots=True)
class Tally:
    """Counts of fields by group, and the misses in the order in which they were met.

    ``silent`` are wrong ones that no doubt, no finding and no unread cell speaks of.
    """

    wanted: Counter[Group] = field(default_factory=Counter)
    found: Counter[Group] = field(default_factory=Counter)
    right: Counter[Group] = field(default_factory=Counter)
    silent: Counter[Group] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def f1(self, group: Group = TOTAL) -> float:
        """Give the group's F1; 1 where nothing was wanted or found."""
        together = self.wanted[group] + self.found[group]
        return 2 * self.right[group] / together if together else 1.0

    def add(self, filed: "Filed", table: str, wanted: Row, found: Row | None) -> None:
        """Count one row's fields: those that the truth names, nothing else that the row holds."""
        silent = not filed.flags.speaks_of(found)
        for name, value in wanted.items():
            got = None if found is None else found.get(name)
            is_wanted, is_found = _says_something(value), _says_something(got)
            if not is_wanted and (not is_found or (name.endswith("_yuan") and got == 0)):
                continue  # an empty amount and nothing at all are one thing
            right = is_wanted and is_found and _is_same(value, got)
            for group in (TOTAL, ("format", filed.format), ("layout", filed.layout), ("field", f"{table}.{name}")):
                self.wanted[group] += is_wanted
                self.found[group] += is_found
                self.right[group] += right
                self.silent[group] += silent and not right
            if not right:
                self.misses.append(Miss(filed.file_name, f"{table}.{name}", value, got, found))


@dataclass(frozen=True, slots=True)
class Filed:
    """One file of a filing."""

    file_name: str
    format: str
    layout: str
    flags: Flags = field(default_factory=Flags)


class Stored:
    """What the database holds of filings, by file name."""

    def __init__(self, database: Path) -> None:
        """Open the database for reading."""
        self.connection = duckdb.connect(str(database.resolve()), read_only=True)

    def rows(self, table: str, order: str, **where: object) -> list[Row]:
        """Give a core table's rows where the named columns have these values."""
        condition = " and ".join(["true", *(f"{name} = ?" for name in where)])
        cursor = self.connection.execute(
            f"select * from core.{table} where {condition} order by {order}", list(where.values())
        )
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def score(database: Path, filings: Sequence[KnownFiling]) -> Tally:
    """Score each file of each filing; a file that was not loaded has all its fields missed."""
    return score_rows(Stored(database), filings)


def score_rows(stored: Rows, filings: Sequence[KnownFiling]) -> Tally:
    """Do the same for rows from anywhere."""
    tally = Tally()
    for filing in filings:
        for ending in filing.formats:
            filed = Filed(f"{filing.stem}.{ending}", ending, filing.layout)
            _score_file(tally, stored, filing, filed)
    return tally


def _score_file(tally: Tally, stored: Rows, filing: KnownFiling, filed: Filed) -> None:
    loaded = next(iter(stored.rows("filings", "filing_id", file_name=filed.file_name)), None)
    key = loaded["filing_id"] if loaded else None
    filed = replace(filed, flags=read_flags(stored, key)) if key else filed
    tally.add(filed, "filings", filing.head, loaded)
    found = stored.rows("projects", "project_no", filing_id=key) if key else []
    known = [project.row for project in filing.projects]
    for at, project in pair_rows(known, found):
        _add_pair(tally, filed, "projects", known, at, project)
        if at is None:
            continue
        for table, rows in filing.projects[at].rows.items():
            order = {"indicators": "indicator_no", "spending_plan": "month", "objectives": "objective_no"}[table]
            here = stored.rows(table, order, filing_id=key, project_no=project["project_no"]) if project else []
            for row_at, row in pair_rows(rows, here):
                _add_pair(tally, filed, table, rows, row_at, row)
    goals = stored.rows("narrative_goals", "section, goal_no", filing_id=key) if key and filing.goals else []
    for at, goal in pair_rows(filing.goals, goals):
        _add_pair(tally, filed, "narrative_goals", filing.goals, at, goal)


def _add_pair(tally: Tally, filed: Filed, table: str, rows: Sequence[Row], at: int | None, found: Row | None) -> None:
    """Count a pair; a row that nobody wrote counts as invented with the fields that the others have."""
    if at is not None:
        tally.add(filed, table, rows[at], found)
    else:
        tally.add(filed, table, dict.fromkeys({name for row in rows for name in row} or {"extra"}), found)


def pair_rows(wanted: Sequence[Row], found: Sequence[Row]) -> list[tuple[int | None, Row | None]]:
    """Pair rows in their order so that as many fields as possible are right: (index of wanted, found row)."""
    best = [[(0, "")] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) + 1):
        for j in range(len(found) + 1):
            ways = [(0, "")] if not i and not j else []
            if i:
                ways.append((best[i - 1][j][0], "missed"))
            if j:
                ways.append((best[i][j - 1][0], "invented"))
            if i and j:  # a pair with nothing right is no pair, unless nothing better is left for both
                ways.append((best[i - 1][j - 1][0] + 1 + 4 * _alike(wanted[i - 1], found[j - 1]), "pair"))
            best[i][j] = max(ways)
    pairs: list[tuple[int | None, Row | None]] = []
    i, j = len(wanted), len(found)
    while i or j:
        way = best[i][j][1]
        i -= way != "invented"
        j -= way != "missed"
        pairs.append((None if way == "invented" else i, None if way == "missed" else found[j]))
    return pairs[::-1]


def _alike(wanted: Row, found: Row) -> int:
    return sum(_says_something(value) and _is_same(value, found.get(name)) for name, value in wanted.items())


def _says_something(value: object) -> bool:
    return value is not None and value != ""


def _is_same(wanted: object, found: object) -> bool:
    if isinstance(found, date):
        return found.isoformat()[:10] == str(wanted)
    if isinstance(found, int | float | Decimal) and _NUMBER.fullmatch(str(wanted)):
        return Decimal(str(wanted)) == Decimal(str(found))
    return "".join(str(wanted).split()) == "".join(str(found).split())


def show(tally: Tally, by: Sequence[str], wrong: int) -> None:
    """Print F1 by group, the first misses, and the total last."""
    for group in sorted(group for group in tally.wanted | tally.found if group[0] in by):
        counts = f"{tally.right[group]} right of {tally.wanted[group]} stated, {tally.found[group]} found"
        counts += f", {tally.silent[group]} wrong in silence" if tally.silent[group] else ""
        print(f"{group[0]:7} {group[1]:32} F1 {tally.f1(group):.4f}  {counts}")
    for miss in tally.misses[:wrong]:
        print(f"{miss.file} {miss.field}: {miss.wanted!r} was read as {miss.found!r}")
    silent = f"{tally.silent[TOTAL]} of them in silence"
    print(f"total F1 {tally.f1():.4f}  {len(tally.misses)} fields wrong, {silent}, {tally.wanted[TOTAL]} stated")


def main() -> None:
    """Read the arguments and score one database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--by", default="format,layout,field")
    parser.add_argument("--wrong", type=int, default=10)
    parser.add_argument("--least", type=float, default=0.0)
    arguments = parser.parse_args()
    tally = score(arguments.database, read_truth(arguments.truth))
    show(tally, arguments.by.split(","), arguments.wrong)
    sys.exit(tally.f1() < arguments.least)


if __name__ == "__main__":
    main()
