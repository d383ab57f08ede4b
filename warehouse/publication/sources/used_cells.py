"""Which cell a published figure was read from: a look-up in core.used_cells, never a search through texts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from warehouse.publication.marts.places import plain
from warehouse.publication.marts.tables import Mart, Row, Warehouse


class CellPlace(NamedTuple):
    """One cell, counted from 1 as in ``core.used_cells``."""

    table_no: int
    row_no: int
    col_no: int


class Figure(NamedTuple):
    """What a mart's row is about: the record's field that its figure was read from, and the columns that show it."""

    field: str
    shown: tuple[str, ...]


FIGURES = {
    "cost_comparison": Figure("target_raw", ("target_raw",)),
    "target_comparison": Figure("target_raw", ("target_raw",)),
    "deadline_comparison": Figure("target_raw", ("target_raw",)),
    "target_versus_actual": Figure("actual_raw", ("actual_raw",)),
    "schedule_comparison": Figure("pct_raw", ("cumulative_pct",)),
    "budget_comparison": Figure("budget_raw", ("total_yuan",)),
    "execution": Figure("executed_raw", ("executed_yuan",)),
    "target_against_actual": Figure("target_raw", ("target_raw",)),
    "cost_share": Figure("target_raw", ("target_raw",)),
    "standard_comparison": Figure("budget_raw", ("current_yuan",)),
    "filed_twice": Figure("budget_raw", ("budget_yuan",)),
    "score_comparison": Figure("total_score_raw", ("stated_score",)),
}
ITEMS = {
    "project": Figure("budget_raw", ("this_value",)),
    "prior": Figure("budget_raw", ("carried_yuan",)),
    "carried": Figure("carryover_raw", ("carried_yuan",)),
    "indicator": Figure("target_raw", ("this_raw",)),
    "budget": Figure("budget_raw", ("this_value",)),
    "schedule": Figure("pct_raw", ("this_value",)),
}
"""Rows of some marts are about different things."""
OF_ITEMS = ("year_over_year", "plan_against_evaluation")

FIELDS = tuple(sorted({figure.field for figure in (*FIGURES.values(), *ITEMS.values())}))

_HAS_CELLS = "select 1 from duckdb_tables() where schema_name = 'core' and table_name = 'used_cells'"
_CELLS = """
    select filing_id, project_no, indicator_no, field, table_no, row_no, col_no
    from core.used_cells
    semi join core.filings on used_cells.filing_id = filings.filing_id and filings.is_current
    where list_contains(?, field)
    order by all
"""
_Record = tuple[str | None, int | None, int | None, str]


@dataclass(frozen=True)
class UsedCells:
    """The cells that each field of each record of the current filings was read from."""

    by_field: Mapping[_Record, Sequence[CellPlace]] = field(default_factory=dict)

    def of(self, table: Mart, row: Row) -> tuple[CellPlace, ...]:
        """Give the cells that a row's figure was read from, in their order; sign, value and unit may be three."""
        figure = figure_of(table, row)
        if figure is None:
            return ()
        project_no, indicator_no = table.whole(row, "project_no"), table.whole(row, "indicator_no")
        return tuple(self.by_field.get((table.text(row, "filing_id"), project_no, indicator_no, figure.field), ()))


def read_used_cells(warehouse: Warehouse) -> UsedCells:
    """Read the cells of all figures of the current filings; a database of an older program has none."""
    if not warehouse.connection.execute(_HAS_CELLS).fetchall():
        return UsedCells()
    found: dict[_Record, list[CellPlace]] = defaultdict(list)
    for *record, table_no, row_no, col_no in warehouse.connection.execute(_CELLS, [list(FIELDS)]).fetchall():
        filing_id, project_no, indicator_no, name = record
        found[filing_id, project_no, indicator_no, name].append(CellPlace(table_no, row_no, col_no))
    return UsedCells(found)


def choose_cell(table: Mart, row: Row, cells: Sequence[tuple[CellPlace, str]]) -> CellPlace | None:
    """Of the cells that a figure was read from, give the one to point at: that which holds the figure, else the longest.

    ``cells`` come with their texts. Months of a plan, and the sign, value and unit of a target, are several cells.
    """
    if not cells:
        return None
    figure = figure_of(table, row)
    shown = [table.value(row, name) for name in figure.shown] if figure else []
    for value in shown:
        if isinstance(value, Decimal):
            fitting = [place for place, text in cells if _number(text) in (value, value / 10000)]
            if fitting:
                return fitting[0]
    quoted = plain(str(shown[0] or "")) if shown else ""
    return max(cells, key=lambda cell: (_has_digit(cell[1]), plain(cell[1]) in quoted, len(cell[1]), -cell[0].col_no))[
        0
    ]


def figure_of(table: Mart, row: Row) -> Figure | None:
    """Give the figure that a row of a mart is about; None where it is about none."""
    if table.name in OF_ITEMS:
        return ITEMS.get(table.text(row, "item") or "")
    if table.name == "carryover_ageing":  # a project of an earlier year is carried over as a whole
        whole = table.value(row, "carried_yuan") == table.value(row, "budget_yuan")
        return ITEMS["prior" if whole else "carried"]
    return FIGURES.get(table.name)


def _has_digit(text: str) -> bool:
    return any(mark.isdigit() for mark in text)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(plain(text).replace(",", "").rstrip("%元万"))
    except InvalidOperation:
        return None
