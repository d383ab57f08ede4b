"""What is read from filings, as rows of the core tables, without running a whole night for it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from extractors.reading import read_filing
from extractors.rejection import RejectedFile
from tests.accuracy.truth import Row
from transforms.doubts import doubt_reasons
from transforms.filings import transform
from warehouse.store.rows import InboxFact, records_to_tables

_SEVERE = "error"


class ReadRows:
    """The rows of all files read so far; ``is_held`` as in core, for what the reading itself doubts or finds wrong."""

    def __init__(self, files: Iterable[Path]) -> None:
        """Read all files; those that cannot be loaded are in ``rejected``."""
        self.tables: dict[str, list[Row]] = {}
        self.rejected: dict[str, str] = {}
        for file in files:
            self._read(file)

    def _read(self, file: Path) -> None:
        try:
            document = read_filing(file)
            records = transform(document)
        except RejectedFile as rejected:
            self.rejected[file.name] = rejected.reason.value
            return
        fact = InboxFact(file.name, file.name, document.format, document.page_count, datetime(2024, 1, 1, tzinfo=UTC))
        tables = {name: table.to_pylist() for name, table in records_to_tables(fact, records).items()}
        held = {
            (one["project_no"], one["indicator_no"])
            for one in tables["doubts"]
            if doubt_reasons()[str(one["reason"])].holds
        }
        held |= {(one["project_no"], one["indicator_no"]) for one in tables["findings"] if one["severity"] == _SEVERE}
        for name, rows in tables.items():
            for row in rows:
                if name in ("projects", "indicators"):
                    row["is_held"] = (row["project_no"], row.get("indicator_no")) in held
            self.tables.setdefault(name, []).extend(rows)

    def rows(self, table: str, order: str, **where: object) -> list[Row]:
        """Give a table's rows where the named columns have these values."""
        found = [row for row in self.tables.get(table, ()) if all(row[name] == value for name, value in where.items())]
        keys = [key.strip() for key in order.split(",")]
        return sorted(found, key=lambda row: tuple((row[key] is None, row[key] or 0) for key in keys))
