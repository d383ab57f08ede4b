"""One project's form as the walk over a document leaves it: its head, its rows, and which rows are this year's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Cell, Grid
from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.heads.titles import (
    LONGEST_TITLE,
    bare_title,
    note_unit,
    project_title,
    split_title_sum,
    unit_line,
)
from transforms.forms.labels import label_key
from transforms.forms.ledger import Ledger
from transforms.forms.rows.heading import Heading
from transforms.forms.rows.indicators import IndicatorRow
from transforms.records import Place


@dataclass(slots=True)
class FormRow:
    """One indicator row with its table (or view of one) and heading; the ledger leads back to the document's places."""

    grid: Grid
    heading: Heading
    row: IndicatorRow
    period: str | None
    ledger: Ledger | None = None

    @property
    def place(self) -> Place:
        """Where the row stands in the document."""
        column = self.heading.column("value") or self.heading.columns[-1]
        row, col, table = self.row.row, column.start, self.grid.table_no
        if self.ledger is not None:
            row, table = self.ledger.spot(self.grid, row, col)[0], self.ledger.table_no(self.grid, row, col)
        return Place(self.grid.page_of(self.row.row), table, row + 1)

    def col_no(self, cell: Cell | None) -> int | None:
        """Give the column (from 1) of one of the row's cells in the document."""
        if cell is None or self.ledger is None:
            return cell.col + 1 if cell is not None else None
        return self.ledger.place(self.grid, cell)[2] + 1


@dataclass(slots=True)
class Form:
    """One project's form: what its head says and its rows. ``title`` is the project name that a title line gives.

    ``lines`` are those above its table; ``bands_unread`` tells that a row across the table was not understood, and that
    indicators stand below it.
    """

    grid: Grid
    head: Head
    title: str | None
    note_unit: str | None
    whole_unit: bool
    rows: list[FormRow] = field(default_factory=list)
    headings: int = 0
    fillers: int = 0
    bands_unread: bool = False
    first_row: int = 0
    lines: Sequence[str] = ()

    def take_title(self, title: str, grid: Grid, cell: Cell, ledger: Ledger, project_no: int) -> None:
        """Take the name that a title in the table gives, and the sum in brackets at its end."""
        self.title, told = split_title_sum(title)
        if told is not None:
            self.head.add("amount_total", HeadValue(told, "", cell.row, [], (grid, cell)))
            with ledger.heading(project_no):
                ledger.use(grid, cell, "amount_total")

    @property
    def waits_for_indicators(self) -> bool:
        """Tell whether a project has been named and its indicators are to come: no table between is left out."""
        return not self.headings and bool(self.title or self.head.values)


def begin_form(grid: Grid, row: int, lines: Sequence[str], before: Form | None) -> Form:
    """Begin a form in a row of a table: title, filer and unit are told by the lines above, the nearest first.

    A unit of money that the table notes for the form before holds for this one too.
    """
    title = next((t for told in (project_title, bare_title) for line in reversed(lines) if (t := told(line))), None)
    unit = next((u for line in reversed(lines) if (u := note_unit(line))), None)
    whole = any("整体" in line and "绩效" in line and len(line) <= LONGEST_TITLE for line in lines)
    above = before.head.money_unit if before is not None and before.grid is grid else None
    head = Head(money_unit=above, unit_line=next((u for line in reversed(lines) if (u := unit_line(line))), None))
    return Form(grid, head, title, unit, whole, first_row=row, lines=lines)


def row_period(grid: Grid, heading: Heading, row: int) -> str | None:
    """Give the period that a side label states for a row (长期绩效指标 | 年度绩效指标, one below the other)."""
    for column in heading.columns:
        if column.role in ("side", "unknown") and column.start == 0:
            cell = grid.cell_at(row, column.start)
            for text in (label_key(cell.text) if cell is not None else "", label_key(column.heading)):
                if re.search(r"长期|中期|实施期", text):
                    return "long"
                if re.search(r"年度|当年|本年", text):
                    return "year"
    return None


def rows_of_year(form: Form) -> Iterator[FormRow]:
    """Yield the rows of this year's block; rows of a long-term block are left out where a year's block stands too."""
    has_year = any(row.period == "year" for row in form.rows)
    return (row for row in form.rows if not (has_year and row.period == "long"))
