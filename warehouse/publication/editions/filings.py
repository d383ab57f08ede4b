"""Which filings count in one publication and did not in the one before, and which no longer do."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import pyarrow.parquet

FilingRow = dict[str, object]


@dataclass(frozen=True, slots=True)
class FilingChange:
    """A filing that began or ceased to count; ``replaced`` are the file names that it took the place of."""

    filing_id: str
    file_name: str
    kind: Literal["added", "replaces", "removed"]
    township: str | None
    fiscal_year: int | None
    doc_kind: str | None
    replaced: tuple[str, ...] = ()
    replaced_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilingChanges:
    """All filings that changed between two publications, replacements first, and how to find the one that counts."""

    changes: tuple[FilingChange, ...]

    @cached_property
    def by_id(self) -> dict[str, FilingChange]:
        """Find a change by the id of the filing, or of a filing that it replaced."""
        found = {replaced: change for change in self.changes for replaced in change.replaced_ids}
        return found | {change.filing_id: change for change in self.changes}

    def of_township(self, township: object, year: object = None) -> tuple[FilingChange, ...]:
        """Give the changed filings of a township, of one fiscal year unless ``year`` is None."""
        return tuple(
            one
            for one in self.changes
            if township is not None and one.township == township and year in (None, one.fiscal_year)
        )


def compare_filings(old: Path, new: Path) -> FilingChanges:
    """Compare the filings of two data folders (``filings.parquet``)."""
    before, after = _read_filings(old), _read_filings(new)
    counted = {name: row for name, row in before.items() if row["is_current"]}
    counts = {name: row for name, row in after.items() if row["is_current"]}
    gone = {name: row for name, row in counted.items() if name not in counts}
    replaced: dict[str, list[str]] = {}
    for name in gone:
        successor = _successor(name, after)
        if successor in counts:
            replaced.setdefault(successor, []).append(name)
    changes = []
    for name, row in counts.items():
        if name not in counted or name in replaced:
            ids = tuple(sorted(replaced.get(name, ()), key=lambda one: str(gone[one]["file_name"])))
            changes.append(
                _change(row, "replaces" if ids else "added", tuple(str(gone[i]["file_name"]) for i in ids), ids)
            )
    taken = {name for names in replaced.values() for name in names}
    changes += [_change(row, "removed") for name, row in gone.items() if name not in taken]
    order = ("replaces", "added", "removed")
    return FilingChanges(tuple(sorted(changes, key=lambda one: (order.index(one.kind), one.file_name, one.filing_id))))


def _successor(filing_id: str, filings: dict[str, FilingRow]) -> str | None:
    """Follow the replacements of a filing to the one that counts; None where there is none."""
    met: set[str] = set()
    name: object = filing_id
    while isinstance(name, str) and name in filings and name not in met:
        if filings[name]["is_current"]:
            return name
        met.add(name)
        name = filings[name].get("replaced_by")
    return None


def _change(
    row: FilingRow,
    kind: Literal["added", "replaces", "removed"],
    replaced: tuple[str, ...] = (),
    replaced_ids: tuple[str, ...] = (),
) -> FilingChange:
    township, year, doc_kind = row.get("township"), row.get("fiscal_year"), row.get("doc_kind")
    return FilingChange(
        filing_id=str(row["filing_id"]),
        file_name=str(row["file_name"]),
        kind=kind,
        township=township if isinstance(township, str) else None,
        fiscal_year=year if isinstance(year, int) else None,
        doc_kind=doc_kind if isinstance(doc_kind, str) else None,
        replaced=replaced,
        replaced_ids=replaced_ids,
    )


def _read_filings(folder: Path) -> dict[str, FilingRow]:
    path = folder / "filings.parquet"
    if not path.is_file():
        return {}
    rows: list[FilingRow] = pyarrow.parquet.read_table(path).to_pylist()
    return {str(row["filing_id"]): row for row in sorted(rows, key=lambda row: str(row["filing_id"]))}
