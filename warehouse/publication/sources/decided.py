"""What people decided about the values that a published row shows: said at the row, with the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from warehouse.publication.marts.tables import Mart, Row, Warehouse
from warehouse.publication.sources.used_cells import figure_of

LONGEST = 40
"""Characters of a decided text that are quoted."""

_HAS_DOUBTS = "select 1 from duckdb_tables() where schema_name = 'core' and table_name = 'doubts'"
_DECIDED = """
    select filing_id, project_no, indicator_no, field, decision, value_read, value_decided, cast(decided_at as date)
    from core.doubts
    semi join core.filings on doubts.filing_id = filings.filing_id and filings.is_current
    where decision <> 'open'
    qualify row_number() over (
        partition by filing_id, project_no, indicator_no, field, table_no, row_no, col_no order by decided_at, reason
    ) = 1
    order by filing_id, project_no, indicator_no, table_no, row_no, col_no, field
"""

_Record = tuple[str | None, int | None, int | None]


class DecidedField(NamedTuple):
    """One decision about one field of a record: the sentence, and the field's Chinese name."""

    field: str
    heading: str
    sentence: str


@dataclass(frozen=True)
class DecidedValues:
    """The decisions about the records of the current filings."""

    by_record: Mapping[_Record, Sequence[DecidedField]] = field(default_factory=dict)

    def of(self, table: Mart, row: Row) -> str:
        """Say what was decided about the record that a row shows, its own figure first; empty where nothing was."""
        if not self.by_record:
            return ""
        record = table.text(row, "filing_id"), table.whole(row, "project_no"), table.whole(row, "indicator_no")
        said, figure = self.by_record.get(record, ()), figure_of(table, row)
        own = [one.sentence for one in said if figure is not None and one.field == figure.field]
        others = [f"{one.heading}：{one.sentence}" for one in said if figure is None or one.field != figure.field]
        return "；".join((*own, *others))


def read_decided(warehouse: Warehouse) -> DecidedValues:
    """Read what was decided about the records of the current filings; a database of an older program has nothing."""
    if not warehouse.connection.execute(_HAS_DOUBTS).fetchall():
        return DecidedValues()
    headings = {column.name: column.heading for table in warehouse.records for column in table.columns}
    found: dict[_Record, list[DecidedField]] = {}
    for filing_id, project_no, indicator_no, name, *decided in warehouse.connection.execute(_DECIDED).fetchall():
        said = DecidedField(name, headings.get(name, name).removesuffix("（原文）"), _sentence(*decided))
        found.setdefault((filing_id, project_no, indicator_no), []).append(said)
    return DecidedValues(found)


def _sentence(decision: str, read: str | None, value: str | None, day: object) -> str:
    when = f"，{day}" if day is not None else ""
    match decision:
        case "corrected":
            return f"原读 {_clip(read)}，人工改为 {_clip(value)}{when}"
        case "accepted":
            return f"人工确认 {_clip(read)}{when}"
        case _:
            return f"人工决定不采用 {_clip(read)}{when}"


def _clip(text: str | None) -> str:
    plain = (text or "").strip() or "（空）"
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
