"""What became of findings, ``<home>/config/finding_states.csv``: kept by ``jixiao review``, or by hand.

A finding is known by what it says about whom (``finding_key`` of mart.review_findings), not by its place in a file, so that
its state outlives a new reading and a new publication. A finding without a line here is new: nobody has looked at it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.county.files import CountyFileError, locked_file, read_county_rows, write_county_rows
from warehouse.county.mistakes import Mistakes
from warehouse.schema import TEXT

FINDING_STATES_FILE = "finding_states.csv"
NEW = "new"
STATES = ("open", "answered", "settled", "waived")
COLUMNS = (
    *("finding_key", "state", "reason", "decided_at", "decided_by"),
    *("fiscal_year", "township", "project_name", "indicator_raw", "rule_title"),
)
"""The last five are for the reader's eye only."""
_SCHEMA = pa.schema([("finding_key", TEXT), ("state", TEXT), ("reason", TEXT), ("decided_at", TEXT)])
FINDING_KEY = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class FindingState:
    """The state of one finding: open (seen), answered by the township, settled, or waived with a ``reason``; of what."""

    finding_key: str
    state: str
    reason: str = ""
    decided_at: str = ""
    decided_by: str = ""
    fiscal_year: str = ""
    township: str = ""
    project_name: str = ""
    indicator_raw: str = ""
    rule_title: str = ""


def load_finding_states(path: Path) -> tuple[FindingState, ...]:
    """Load and check the states; without the file there are none. A later line about the same finding counts.

    Raises CountyFileError (Chinese) that names every mistake with its line.
    """
    found: dict[str, FindingState] = {}
    mistakes: list[str] = []
    for line, row in read_county_rows(path, COLUMNS):
        problems = list(_problems(row))
        mistakes += [f"{path.name} 第{line}行：{problem}" for problem in problems]
        found[row["finding_key"]] = FindingState(**row)
    if mistakes:
        raise CountyFileError("；".join(mistakes))
    return tuple(found.values())


def read_finding_states(config: Path, mistakes: Mistakes) -> pa.Table:
    """Give the states as a table for the models; what is wrong with the file is added to ``mistakes``."""
    try:
        states = load_finding_states(config / FINDING_STATES_FILE)
    except CountyFileError as error:
        mistakes.note(error)
        states = ()
    rows = [
        {
            "finding_key": one.finding_key,
            "state": one.state,
            "reason": one.reason or None,
            "decided_at": one.decided_at or None,
        }
        for one in states
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def record_finding_states(path: Path, states: Iterable[FindingState]) -> None:
    """Add states to the file, each in the place of the earlier one of the same finding; ``new`` takes a line out."""
    with locked_file(path):
        known = {one.finding_key: one for one in load_finding_states(path)}
        known |= {one.finding_key: one for one in states}
        kept = [one for one in known.values() if one.state != NEW]
        write_county_rows(path, COLUMNS, ({name: getattr(one, name) for name in COLUMNS} for one in kept))


def _problems(row: dict[str, str]) -> Iterator[str]:
    if not FINDING_KEY.fullmatch(row["finding_key"]):
        yield f"finding_key“{row['finding_key'][:20]}”应为 16 位编号（可能被表格软件改成了数字），请从原记录恢复"
    if row["state"] not in STATES:
        yield f"state“{row['state']}”应为 {'、'.join(STATES)} 之一"
    if row["state"] == "waived" and not row["reason"]:
        yield "state 为 waived（不再追究）时 reason（理由）不能为空"
