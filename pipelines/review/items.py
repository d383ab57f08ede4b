"""One thing that waits for a person's decision, and how database values get into it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One name of a cluster that may be the cluster's own name; ``reasons`` (Chinese) say why."""

    kind: str
    level2_group: str
    name: str
    canonical: str
    reasons: str
    filers: int
    stake_yuan: float | None
    decision: str = "open"
    value_decided: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to decide. Places are 1-based with 0 for none; ``stake_yuan`` is the budget that it would touch."""

    kind: str
    filing_id: str
    file_name: str
    filer: str | None = None
    fiscal_year: int | None = None
    project_name: str | None = None
    indicator_raw: str | None = None
    field: str
    field_name: str
    value_read: str | None
    reason: str
    sentence: str
    holds: bool
    confidence: float | None = None
    page: int | None = None
    table_no: int = 0
    row_no: int = 0
    col_no: int = 0
    project_no: int | None = None
    indicator_no: int | None = None
    decision: str = "open"
    value_decided: str | None = None
    stake_yuan: float | None = None
    members: tuple[Member, ...] = ()

    @property
    def key(self) -> str:
        """The item's address within a queue."""
        return f"{self.filing_id[:16]}-{self.table_no}-{self.row_no}-{self.col_no}-{self.field}"

    @property
    def anchor(self) -> str:
        """The place on the filing's source page."""
        if not self.table_no:
            return f"p{self.page}" if self.page else ""
        return f"t{self.table_no}r{self.row_no}" + (f"c{self.col_no}" if self.col_no else "")


def text(value: object) -> str | None:
    """Give a database value as text."""
    return None if value is None else str(value)


def whole(value: object) -> int | None:
    """Give a database value as a whole number."""
    return int(value) if isinstance(value, int | Decimal) else None


def number(value: object) -> float | None:
    """Give a database value as a number for JSON."""
    return float(value) if isinstance(value, int | float | Decimal) else None
