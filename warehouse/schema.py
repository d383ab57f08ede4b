"""The stored tables, each column written down once: its name, its type, and the record's field that fills it.

Rows, Parquet parts, staging views and core tables are all made from this.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import pyarrow as pa

from transforms.numbers.units import unit_family

TEXT = pa.string()
WHOLE = pa.int32()
MONEY = pa.decimal128(18, 2)
VALUE = pa.decimal128(24, 6)
POINTS = pa.decimal128(9, 4)
DAY = pa.date32()
MOMENT = pa.timestamp("us")
"""A moment in UTC, without a zone, so that it reads the same on every machine."""
FLAG = pa.bool_()

STORE = ""
"""The source of a column that the store itself fills."""


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """One column; ``source`` is the path of attributes that leads from the record to its value ("place.page").

    ``derive`` makes the stored value of that, where the two are not the same.
    """

    name: str
    type: pa.DataType
    source: str
    derive: Callable[[str], str] | None = None


@dataclass(frozen=True)
class TableSpec:
    """One stored table. ``grain`` says what a row is; ``row_order`` sorts one filing's rows (after filing_id).

    ``numbered`` names the column that counts the records of a filing, "" where they bear numbers of their own.
    """

    name: str
    grain: str
    columns: tuple[StoredColumn, ...]
    row_order: tuple[str, ...]
    numbered: str = ""

    @cached_property
    def schema(self) -> pa.Schema:
        """Give the schema that every part of the table is written in."""
        return pa.schema([(column.name, column.type) for column in self.columns])


def _column(name: str, kind: pa.DataType, source: str | None = None) -> StoredColumn:
    return StoredColumn(name, kind, name if source is None else source)


_ID = _column("filing_id", TEXT, STORE)
_PROJECT = (_ID, _column("project_no", WHOLE))
_INDICATOR = (*_PROJECT, _column("indicator_no", WHOLE))
_PLACE = tuple(_column(name, WHOLE, f"place.{name}") for name in ("page", "table_no", "row_no"))


def _target(source: str, prefix: str = "") -> tuple[StoredColumn, ...]:
    """Give the columns of a parsed target (contract, section 4) under a prefix; the raw text comes first."""
    parsed = (
        ("comparator", TEXT),
        ("comparator_stated", FLAG),
        ("value_low", VALUE),
        ("value_high", VALUE),
        ("unit", TEXT),
        ("base_value_low", VALUE),
        ("base_value_high", VALUE),
        ("base_unit", TEXT),
        ("due_date", DAY),
        ("grade", TEXT),
    )
    return (
        _column(f"{prefix or 'target_'}raw", TEXT, f"{source}.raw"),
        _column(f"{prefix or 'target_'}kind", TEXT, f"{source}.target_kind"),
        *(_column(f"{prefix}{name}", kind, f"{source}.{name}") for name, kind in parsed),
    )


FILINGS = TableSpec(
    "filings",
    "One row per filing.",
    (
        _ID,
        _column("file_name", TEXT, "file.file_name"),
        _column("format", TEXT, "file.format"),
        *(_column(name, TEXT, f"filing.{name}") for name in ("county", "township", "division_code")),
        *(_column(name, TEXT, f"filing.{name}") for name in ("unit_code", "unit_name")),
        _column("fiscal_year", WHOLE, "filing.fiscal_year"),
        _column("doc_kind", TEXT, "filing.doc_kind"),
        _column("taxonomy", WHOLE, "filing.taxonomy"),
        _column("overall_goal", TEXT, "filing.overall_goal"),
        _column("page_count", WHOLE, "file.page_count"),
        _column("received_at", MOMENT, "received_at"),
        _column("is_current", FLAG, STORE),
        _column("supersedes", TEXT, STORE),
        _column("replaced_by", TEXT, STORE),
        _column("version_reason", TEXT, STORE),
        _column("fiscal_year_source", TEXT, "filing.fiscal_year_source"),
        _column("content_hash", TEXT),
        _column("filer", TEXT),
        _column("projects_replaced", TEXT, STORE),
        _column("replaced_in_part_by", TEXT, STORE),
        _column("stated_projects", WHOLE, "filing.stated_projects"),
        _column("stated_yuan", MONEY, "filing.stated_yuan"),
        _column("stated_raw", TEXT, "filing.stated_raw"),
        _column("stated_row_no", WHOLE, "filing.stated_row_no"),
    ),
    (),
)
_PROJECTS = TableSpec(
    "projects",
    "One row per project of a filing.",
    (
        *_PROJECT,
        *(_column(name, TEXT) for name in ("project_code", "project_name", "project_category")),
        *(_column(f"{name}_yuan", MONEY) for name in ("budget", "fiscal", "carryover", "other")),
        _column("purpose", TEXT),
        _column("project_year", WHOLE),
        _column("is_carryover", FLAG),
        _column("notice_number", TEXT),
        *(_column(f"{name}_yuan", MONEY) for name in ("adjusted", "executed")),
        *(_column(f"{name}_raw", TEXT) for name in ("budget", "fiscal", "carryover", "other", "adjusted", "executed")),
        *(_column(name, TEXT) for name in ("execution_rate_raw", "money_unit_raw", "unit_name")),
        *_PLACE,
        *(_column(f"execution_{name}", POINTS) for name in ("weight", "score")),
        *(_column(f"total_{name}", POINTS) for name in ("weight", "score")),
        *(_column(f"{name}_score_raw", TEXT) for name in ("execution", "total")),
    ),
    ("project_no",),
)
_SPENDING_PLAN = TableSpec(
    "spending_plan",
    "One row per point of a project's spending plan.",
    (*_PROJECT, _column("month", WHOLE), _column("cumulative_pct", VALUE), _column("pct_raw", TEXT), *_PLACE),
    ("project_no", "month"),
)
_OBJECTIVES = TableSpec(
    "objectives",
    "One row per objective of a project.",
    (*_PROJECT, _column("objective_no", WHOLE), _column("objective_text", TEXT), *_PLACE),
    ("project_no", "objective_no"),
)
_INDICATORS = TableSpec(
    "indicators",
    "One row per indicator of a project.",
    (
        *_INDICATOR,
        *(_column(name, TEXT) for name in ("level1", "level2", "level2_group", "indicator_raw", "indicator")),
        _column("description", TEXT),
        *_target("target"),
        _column("weight", POINTS),
        _column("basis", TEXT),
        *_target("actual", "actual_"),
        StoredColumn("unit_family", TEXT, "target.unit", unit_family),
        StoredColumn("actual_unit_family", TEXT, "actual.unit", unit_family),
        _column("target_notes", TEXT, "target.notes"),
        _column("actual_notes", TEXT, "actual.notes"),
        _column("name_method", TEXT),
        _column("name_confidence", POINTS),
        _column("weight_raw", TEXT),
        _column("score", POINTS),
        _column("score_raw", TEXT),
        _column("deviation_reason", TEXT),
        *_PLACE,
        _column("direction_raw", TEXT),
    ),
    ("project_no", "indicator_no"),
)
_STATEMENTS = TableSpec(
    "statements",
    "One row per thing that a form states of a project or an indicator beside the fields of their records.",
    (
        *_INDICATOR,
        _column("statement_no", WHOLE, STORE),
        *(_column(name, TEXT) for name in ("fact", "label", "column_label")),
        *_target("said", "said_"),
        StoredColumn("said_unit_family", TEXT, "said.unit", unit_family),
        _column("stated_yuan", MONEY, "yuan"),
        *(_column(name, DAY) for name in ("date_from", "date_to")),
        *_PLACE,
        _column("col_no", WHOLE),
    ),
    ("statement_no",),
    numbered="statement_no",
)
_NARRATIVE_GOALS = TableSpec(
    "narrative_goals",
    "One row per goal or safeguard of the text part.",
    (
        _ID,
        _column("section", TEXT),
        _column("goal_no", WHOLE),
        *(_column(name, TEXT) for name in ("title", "goal_text", "indicator_text")),
        *_target("target"),
        _column("target_notes", TEXT, "target.notes"),
        *_PLACE,
    ),
    ("section", "goal_no"),
)
_FINDINGS = TableSpec(
    "findings",
    "One row per finding of the reader.",
    (
        *_INDICATOR,
        *(_column(name, TEXT) for name in ("rule", "severity", "message", "evidence")),
        _column("finding_no", WHOLE, STORE),
        *_PLACE,
    ),
    ("finding_no",),
    numbered="finding_no",
)
_UNREAD_CELLS = TableSpec(
    "unread_cells",
    "One row per non-empty cell of a performance table that became part of nothing.",
    (
        _ID,
        *(_column(name, WHOLE) for name in ("page", "table_no", "row_no", "col_no")),
        _column("text", TEXT),
        _column("reason", TEXT),
    ),
    ("table_no", "row_no", "col_no"),
)
_USED_CELLS = TableSpec(
    "used_cells",
    "One row per cell and field of a record that was read from it.",
    (
        _ID,
        *(_column(name, WHOLE) for name in ("page", "table_no", "row_no", "col_no")),
        *(_column(name, WHOLE) for name in ("project_no", "indicator_no")),
        _column("field", TEXT),
    ),
    ("table_no", "row_no", "col_no", "project_no", "indicator_no", "field"),
)
_DOUBTS = TableSpec(
    "doubts",
    "One row per value that the reader is not sure of.",
    (
        *_INDICATOR,
        *(_column(name, TEXT) for name in ("field", "value_read", "reason")),
        _column("confidence", POINTS),
        *_PLACE,
        _column("col_no", WHOLE),
        _column("decision", TEXT),
        _column("value_decided", TEXT),
        _column("decided_at", MOMENT),
        _column("doubt_no", WHOLE, STORE),
    ),
    ("doubt_no",),
    numbered="doubt_no",
)
_REJECTED_FILES = TableSpec(
    "rejected_files",
    "One row per file of the inbox that could not be read.",
    (
        *(_column(name, TEXT, STORE) for name in ("file_name", "sha256", "reason", "detail")),
        _column("rejected_at", MOMENT, STORE),
    ),
    (),
)


@cache
def stored_tables() -> dict[str, TableSpec]:
    """Give the tables whose rows belong to a filing, in the order in which a journal file holds them."""
    specs = (
        *(FILINGS, _PROJECTS, _SPENDING_PLAN, _OBJECTIVES, _INDICATORS, _STATEMENTS, _NARRATIVE_GOALS),
        *(_FINDINGS, _UNREAD_CELLS, _USED_CELLS, _DOUBTS),
    )
    return {spec.name: spec for spec in specs}


def rejected_files() -> TableSpec:
    """Give the table of files that could not be read; its rows belong to no filing."""
    return _REJECTED_FILES


def conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give a table the columns of a schema: what an older version did not know is null, what it knew besides goes."""
    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
