"""What a database itself says against its values: doubts, findings, unread cells. A wrong value without any is silent."""

from dataclasses import dataclass
from typing import Protocol

Row = dict[str, object]
_SPEAKING = ("error", "warning")
"""Severities that ask a person to look; a note for information counts only where it is about the very indicator."""


class Rows(Protocol):
    """Gives a core table's rows where the named columns have these values, in an order."""

    def rows(self, table: str, order: str, **where: object) -> list[Row]:
        """Give the rows."""
        ...


@dataclass(frozen=True, slots=True)
class Flags:
    """What is said of one filing: projects and indicators by number (None: of the filing itself), tables, rows."""

    loaded: bool = False
    projects: frozenset[object] = frozenset()
    indicators: frozenset[tuple[object, object]] = frozenset()
    tables: frozenset[object] = frozenset()
    rows: frozenset[tuple[object, object]] = frozenset()
    whole: bool = False

    def speaks_of(self, found: Row | None) -> bool:
        """Tell whether anything is said of a row of the database; of one that is not there, of anything around it.

        A file that was not loaded is named with its reason.
        """
        if not self.loaded or self.whole:
            return True
        if found is None:
            return bool(self.projects or self.indicators or self.tables)
        project, indicator = found.get("project_no"), found.get("indicator_no")
        place = (found.get("table_no"), found.get("row_no"))
        if indicator is not None:
            return (project, indicator) in self.indicators or project in self.projects or place in self.rows
        return project in self.projects or place[0] in self.tables


def read_flags(stored: Rows, filing_id: object) -> Flags:
    """Read what is said of one filing; ``stored`` gives the rows of the core tables."""
    doubts = stored.rows("doubts", "table_no, row_no", filing_id=filing_id)
    findings = stored.rows("findings", "table_no, row_no", filing_id=filing_id)
    cells = stored.rows("unread_cells", "table_no, row_no", filing_id=filing_id)
    speaking = [one for one in findings if one["indicator_no"] or one["severity"] in _SPEAKING]
    said = [(one["project_no"], one["indicator_no"]) for one in (*doubts, *speaking)]
    return Flags(
        True,
        frozenset(project for project, indicator in said if project is not None and indicator is None),
        frozenset((project, indicator) for project, indicator in said if indicator is not None),
        frozenset(cell["table_no"] for cell in cells),
        frozenset((cell["table_no"], cell["row_no"]) for cell in cells),
        any(project is None for project, _ in said),
    )
