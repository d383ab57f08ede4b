"""The Parquet schema of the core tables: one explicit pyarrow schema per table, used for every write."""

from dataclasses import dataclass
from functools import cache

import pyarrow as pa

TEXT = pa.string()
WHOLE = pa.int32()
MONEY = pa.decimal128(18, 2)
VALUE = pa.decimal128(24, 6)
POINTS = pa.decimal128(9, 4)
DAY = pa.date32()
MOMENT = pa.timestamp("us")
"""A moment in UTC, without a zone, so that it reads the same on every machine."""

_PLACE = (("page", WHOLE), ("table_no", WHOLE), ("row_no", WHOLE))


def _target(prefix: str = "") -> tuple[tuple[str, pa.DataType], ...]:
    """Give the columns of a parsed target (contract, section 4) under a prefix; the raw text comes first."""
    raw = f"{prefix}raw" if prefix else "target_raw"
    kind = f"{prefix}kind" if prefix else "target_kind"
    parsed = (
        ("comparator", TEXT),
        ("comparator_stated", pa.bool_()),
        ("value_low", VALUE),
        ("value_high", VALUE),
        ("unit", TEXT),
        ("base_value_low", VALUE),
        ("base_value_high", VALUE),
        ("base_unit", TEXT),
        ("due_date", DAY),
        ("grade", TEXT),
    )
    return ((raw, TEXT), (kind, TEXT), *((f"{prefix}{name}", kind_of) for name, kind_of in parsed))


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One stored table: its schema, and the columns (after filing_id) that order the rows of one filing."""

    name: str
    schema: pa.Schema
    row_order: tuple[str, ...]


_FILINGS = (
    ("filing_id", TEXT),
    ("file_name", TEXT),
    ("format", TEXT),
    ("county", TEXT),
    ("township", TEXT),
    ("division_code", TEXT),
    ("unit_code", TEXT),
    ("unit_name", TEXT),
    ("fiscal_year", WHOLE),
    ("doc_kind", TEXT),
    ("taxonomy", WHOLE),
    ("overall_goal", TEXT),
    ("page_count", WHOLE),
    ("received_at", MOMENT),
    ("is_current", pa.bool_()),
    ("supersedes", TEXT),
    ("replaced_by", TEXT),
    ("version_reason", TEXT),
    ("fiscal_year_source", TEXT),
    ("content_hash", TEXT),
)
_PROJECTS = (
    ("filing_id", TEXT),
    ("project_no", WHOLE),
    ("project_code", TEXT),
    ("project_name", TEXT),
    ("project_category", TEXT),
    ("budget_yuan", MONEY),
    ("fiscal_yuan", MONEY),
    ("carryover_yuan", MONEY),
    ("other_yuan", MONEY),
    ("purpose", TEXT),
    ("project_year", WHOLE),
    ("is_carryover", pa.bool_()),
    ("notice_number", TEXT),
    ("adjusted_yuan", MONEY),
    ("executed_yuan", MONEY),
    ("budget_raw", TEXT),
    ("fiscal_raw", TEXT),
    ("carryover_raw", TEXT),
    ("other_raw", TEXT),
    ("adjusted_raw", TEXT),
    ("executed_raw", TEXT),
    ("execution_rate_raw", TEXT),
    ("money_unit_raw", TEXT),
    ("unit_name", TEXT),
    *_PLACE,
)
_SPENDING_PLAN = (
    ("filing_id", TEXT),
    ("project_no", WHOLE),
    ("month", WHOLE),
    ("cumulative_pct", VALUE),
    ("pct_raw", TEXT),
    *_PLACE,
)
_OBJECTIVES = (
    ("filing_id", TEXT),
    ("project_no", WHOLE),
    ("objective_no", WHOLE),
    ("objective_text", TEXT),
    *_PLACE,
)
_INDICATORS = (
    ("filing_id", TEXT),
    ("project_no", WHOLE),
    ("indicator_no", WHOLE),
    ("level1", TEXT),
    ("level2", TEXT),
    ("level2_group", TEXT),
    ("indicator_raw", TEXT),
    ("indicator", TEXT),
    ("description", TEXT),
    *_target(),
    ("weight", POINTS),
    ("basis", TEXT),
    *_target("actual_"),
    ("unit_family", TEXT),
    ("actual_unit_family", TEXT),
    ("target_notes", TEXT),
    ("actual_notes", TEXT),
    ("name_method", TEXT),
    ("name_confidence", POINTS),
    ("weight_raw", TEXT),
    ("score", POINTS),
    ("score_raw", TEXT),
    ("deviation_reason", TEXT),
    *_PLACE,
)
_NARRATIVE_GOALS = (
    ("filing_id", TEXT),
    ("section", TEXT),
    ("goal_no", WHOLE),
    ("title", TEXT),
    ("goal_text", TEXT),
    ("indicator_text", TEXT),
    *_target(),
    ("target_notes", TEXT),
    *_PLACE,
)
_FINDINGS = (
    ("filing_id", TEXT),
    ("project_no", WHOLE),
    ("indicator_no", WHOLE),
    ("rule", TEXT),
    ("severity", TEXT),
    ("message", TEXT),
    ("evidence", TEXT),
    ("finding_no", WHOLE),
    *_PLACE,
)
_UNREAD_CELLS = (
    ("filing_id", TEXT),
    ("page", WHOLE),
    ("table_no", WHOLE),
    ("row_no", WHOLE),
    ("col_no", WHOLE),
    ("text", TEXT),
    ("reason", TEXT),
)
_REJECTED_FILES = (
    ("file_name", TEXT),
    ("sha256", TEXT),
    ("reason", TEXT),
    ("detail", TEXT),
    ("rejected_at", MOMENT),
)


@cache
def stored_tables() -> dict[str, TableSpec]:
    """Give the tables whose rows belong to a filing, in the order in which a journal file holds them."""
    specs = (
        ("filings", _FILINGS, ()),
        ("projects", _PROJECTS, ("project_no",)),
        ("spending_plan", _SPENDING_PLAN, ("project_no", "month")),
        ("objectives", _OBJECTIVES, ("project_no", "objective_no")),
        ("indicators", _INDICATORS, ("project_no", "indicator_no")),
        ("narrative_goals", _NARRATIVE_GOALS, ("section", "goal_no")),
        ("findings", _FINDINGS, ("finding_no",)),
        ("unread_cells", _UNREAD_CELLS, ("table_no", "row_no", "col_no")),
    )
    return {name: TableSpec(name, pa.schema(columns), order) for name, columns, order in specs}


@cache
def rejected_files() -> TableSpec:
    """Give the table of files that could not be read; its rows belong to no filing."""
    return TableSpec("rejected_files", pa.schema(_REJECTED_FILES), ())


def conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give a table the columns of a schema: what an older version did not know is null, what it knew besides goes."""
    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
