"""Walks a document's tables and sorts their rows into projects: a head, then indicator rows; or one flat table."""

from collections.abc import Sequence

from extractors.document import Document, Grid, Paragraph, own_cells
from transforms.forms.bounds import (
    SHORT_STRAY,
    band_title,
    begins_anew,
    goes_on_with_head,
    heading_words,
    is_head,
    looks_like_indicators,
    opens_head,
    restates_head,
    resumes,
    table_end,
)
from transforms.forms.cuts.heads import heal_head
from transforms.forms.cuts.rows import join_cut_rows
from transforms.forms.form import Form, FormRow, begin_form, row_period
from transforms.forms.heads.head import Head
from transforms.forms.heads.lines import read_lines, tell_project
from transforms.forms.heads.plan import is_plan_table
from transforms.forms.heads.projects import read_head
from transforms.forms.heads.titles import note_unit, project_title
from transforms.forms.labels import find_head_role
from transforms.forms.ledger import Ledger
from transforms.forms.rows.bands import Bands
from transforms.forms.rows.bare import find_bare_heading
from transforms.forms.rows.columns import ANSWERING_ROLES, PROJECT_ROLES
from transforms.forms.rows.flat import add_tails, begins_project, opened_by
from transforms.forms.rows.heading import Heading
from transforms.forms.rows.ignored import band_cells, filler_cells, ignored_row, is_filler_row, subtotal_rule
from transforms.forms.rows.indicators import IndicatorRow, carry_down, read_row
from transforms.forms.rows.items import part_rows
from transforms.forms.rows.paired import part_pairs
from transforms.forms.rows.recorded import RECORDED_ROLES
from transforms.forms.rows.totals import keep_totals
from transforms.forms.rows.wide import of_year
from transforms.forms.views import split_views
from transforms.names.levels import read_level1, read_level2


class FormReader:
    """Reads the blocks of one document in order; ``forms`` holds the projects found so far."""

    def __init__(self, document: Document, ledger: Ledger, year: int | None = None) -> None:
        """Begin before the first block; ``year`` is the filing's."""
        self.year = year
        self.document = document
        self.ledger = ledger
        self.forms: list[Form] = []
        self.strangers: list[Grid] = []
        self.others: list[Grid] = []
        self._lines: list[str] = []
        self._form: Form | None = None
        self._heading: Heading | None = None
        self._notes, self._other_notes = list[str](), list[str]()
        self._flat_unit: str | None = None

    def read(self) -> list[Form]:
        """Read the whole document: every cell of every table ends in the ledger."""
        blocks = self.document.blocks
        for number, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                self._lines.append(block.text)
            else:
                self._read_grid(block, [b for b in blocks[number + 1 : number + 40] if isinstance(b, Grid)])
                self._lines = []
        self._notes += self._units_noted() if not self._notes else []  # 注：本表金额以元为单位, below the last table
        for form in self.forms:
            read_lines(form.lines, form.head)
        return self.forms

    def document_unit(self) -> str | None:
        """Give the money unit that all notes above performance tables agree on, else all notes of the document."""
        for notes in (self._notes, self._other_notes):
            if notes:
                return notes[0] if len(set(notes)) == 1 else None
        return None

    def _read_grid(self, grid: Grid, after: Sequence[Grid]) -> None:
        grid = heal_head(grid)
        self.ledger.open(grid)
        views = split_views(grid, self.ledger)
        for number, (view, headings) in enumerate(views, start=1):
            headings = [of_year(heading, self.year) for heading in headings]
            self._read_view(view, headings, [*(later for later, _ in views[number:]), *after])

    def _read_view(self, grid: Grid, headings: list[Heading], after: Sequence[Grid]) -> None:
        continues = not headings and self._continues(grid)
        if not headings and not continues and (bare := find_bare_heading(grid)) is not None:
            headings = [bare]
        if not headings:
            if continues:
                self._read_rows(grid, range(grid.n_rows), self._row_before())
            elif self._form is not None and self._adds_to_form(grid, after):
                self._form.note_unit = self._form.note_unit or next(iter(self._units_noted()), None)
                self._read_head_rows(grid, range(grid.n_rows))
            elif is_head(grid, after):
                self._begin(grid, 0)
                self._read_head_rows(grid, range(grid.n_rows))
            elif looks_like_indicators(grid):
                self._heading = None
                self.strangers.append(grid)
                return
            else:
                if self._form is None or not self._form.waits_for_indicators:
                    self.ledger.ignore(grid, grid.cells, "other_table")
                    self.others.append(grid)
                self._heading = None
                self._other_notes += self._units_noted()
                return
        self._notes += self._units_noted()
        if headings:
            self._read_segments(grid, {heading.first: heading for heading in headings})

    def _adds_to_form(self, grid: Grid, after: Sequence[Grid]) -> bool:
        """Tell whether a table adds to the form under way: to its head, or its spending plan below the indicators."""
        assert self._form is not None
        if not self._form.headings:
            return goes_on_with_head(grid, after)
        titled = any(project_title(line) for line in self._lines) or tell_project(self._lines)
        return is_plan_table(grid) and not self._form.head.plan and not titled

    def _units_noted(self) -> list[str]:
        return [unit for line in self._lines if (unit := note_unit(line))]

    def _read_segments(self, grid: Grid, headings: dict[int, Heading]) -> None:
        row, heading = 0, None
        while row < grid.n_rows:
            if row in headings:
                heading = headings[row]
                self._use_heading(grid, heading)
                row = self._read_table(grid, headings, heading, heading.last + 1, int(heading.last < heading.first))
                continue
            end = next((r for r in range(row + 1, grid.n_rows) if r in headings), grid.n_rows)
            resumed = resumes(grid, heading, range(row, end)) if heading is not None else None
            end = end if resumed is None else resumed
            title = band_title(grid, row) if resumed is not None else None
            if end in headings and headings[end].is_flat and not opens_head(grid, range(row, end)):
                row = self._read_notes(grid, range(row, end))
                continue
            opens = title or opens_head(grid, range(row, end)) or restates_head(self._form, grid, row, end, headings)
            if self._form is None or (opens and not self._is_blank(grid)):
                self._begin(grid, row)
            if self._form is not None and title:
                self.ledger.ignore(grid, own_cells(grid, row), "project_title")
                self._form.take_title(title, grid, own_cells(grid, row)[0], self.ledger, len(self.forms))
            self._read_head_rows(grid, range(row + bool(title), end))
            row = end
            if heading is not None and resumed is not None:
                row = self._read_table(grid, headings, heading, resumed, sure=1)

    def _read_notes(self, grid: Grid, rows: range) -> int:
        """Read what stands above a list of projects in its table, its unit of money above all: no project begins there."""
        read_head(grid, rows, notes := Head(), self.ledger)
        self._flat_unit = notes.money_unit or self._flat_unit
        return rows.stop

    def _is_blank(self, grid: Grid) -> bool:
        """Tell whether the form was begun by the heading of this table and holds nothing yet."""
        return (form := self._form) is not None and form.grid is grid and not form.rows and not form.head.values

    def _read_table(self, grid: Grid, headings: dict[int, Heading], heading: Heading, first: int, sure: int = 0) -> int:
        """Read indicator rows from ``first`` on, of which ``sure`` are known; give the row after the last."""
        end = table_end(grid, headings, heading, first + sure)
        repeated = [headings[r] for r in range(first, end) if r in headings]
        printed_again = {r for again in repeated for r in range(again.first, again.last + 1)}
        for again in sorted(printed_again):
            self.ledger.ignore(grid, own_cells(grid, again), "repeated_heading")
        self._read_rows(grid, [r for r in range(first, end) if r not in printed_again])
        return end

    def _begin(self, grid: Grid, row: int) -> None:
        self._form = begin_form(grid, row, self._lines if row == 0 else [], self._form)
        self.forms.append(self._form)

    def _read_head_rows(self, grid: Grid, rows: range) -> None:
        assert self._form is not None
        with self.ledger.heading(len(self.forms)):
            read_head(grid, rows, self._form.head, self.ledger, self.year)

    def _use_heading(self, grid: Grid, heading: Heading) -> None:
        starts_form = self._form is None or (
            heading.first == 0 and (self._form.rows or self._form.headings) and not self._follows(grid, heading)
        )
        if heading.is_flat:
            if not self._follows(grid, heading):
                self._form = None
            if heading.first == 0 or self._flat_unit is None:
                self._flat_unit = next((u for line in reversed(self._lines) if (u := note_unit(line))), self._flat_unit)
        elif starts_form:
            self._begin(grid, heading.first)
        if self._form is not None:
            self._form.headings += 1
        self._heading = heading
        for row in range(heading.first, heading.last + 1):
            self.ledger.ignore(grid, own_cells(grid, row), "heading")

    def _follows(self, grid: Grid, heading: Heading) -> bool:
        """Tell whether a table with the same heading goes on from the one before (no title between them)."""
        before = self._heading
        same = before is not None and heading_words(before) == heading_words(heading)
        titled = tell_project(self._lines) or any(project_title(line) for line in self._lines)
        return same and not titled and not begins_anew(self._form, self._lines, grid, heading)

    def _row_before(self) -> IndicatorRow | None:
        rows = self.forms[-1].rows if self.forms else []
        return rows[-1].row if rows and rows[-1].heading is self._heading else None

    def _continues(self, grid: Grid) -> bool:
        """Tell whether a table without heading goes on with the rows, or holds all of them, of the heading before it."""
        between = [line for line in self._lines if len(line.strip()) > SHORT_STRAY]
        if self._heading is None or len(between) > 1:
            return False
        width = max(column.stop for column in (*self._heading.columns, *self._heading.ignored))
        if grid.n_cols != width:
            return False
        texts = [cell.text for cell in grid.cells if cell.text.strip()]
        has_levels = any(read_level1(t) or read_level2(t) for t in texts)
        return has_levels and all(find_head_role(t) != "project_name" for t in texts)

    def _read_rows(self, grid: Grid, rows: Sequence[int], before: IndicatorRow | None = None) -> None:
        """Read the indicator rows of a table; ``before`` is the last row of the table that this one goes on with."""
        heading = self._heading
        assert heading is not None
        found: list[IndicatorRow] = []
        bands = Bands(heading)
        fillers = 0
        for row in rows:
            texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
            if not texts:
                continue
            rule = ignored_row(texts[0].text) or subtotal_rule(heading, texts)
            if rule:
                if self._form is not None and not heading.is_flat:
                    with self.ledger.heading(len(self.forms)):
                        keep_totals(grid, row, heading, texts, self._form.head, self.ledger)
                self.ledger.ignore(grid, texts, rule)
                continue
            if (band := bands.take(grid, row)) is not None:
                self.ledger.use(grid, band[1], band[0])
                continue
            read = part_pairs(read_row(grid, row, heading, self.ledger), heading)
            bands.give(read.texts, read.cells)
            above = found[-1].row if found else row
            read.starts_page = any(above < start <= row for start in grid.page_starts) or (
                before is not None and not found
            )
            found.append(read)
        measure = next(filter(heading.column, ANSWERING_ROLES), "value")
        found = join_cut_rows(found, measure)
        carry_down(found, before)
        found = [part for whole in found for part in part_rows(whole, measure)]
        kept: list[IndicatorRow] = []
        opened: set[str] = set()
        banded = bands_unread = False
        for row_found in found:
            if is_filler_row(row_found, measure):
                opened = opened_by(row_found, opened)
                fillers += "name" in row_found.fresh or measure in row_found.fresh
                rule = "filler_row" if row_found.fresh & {"name", measure} else "empty_level_row"
                across = band_cells(row_found, grid.n_cols)
                self.ledger.ignore(grid, [c for c in filler_cells(row_found) if c not in across], rule)
                banded = bool(across and kept)
            else:
                if "project_name" in opened:
                    row_found.starts_page = False  # a whole project cell stands above: nothing is cut here
                row_found.fresh |= opened
                opened, bands_unread, banded = set(), bands_unread or banded, False
                kept.append(row_found)
                self._account(grid, row_found)
        if heading.is_flat:
            self._add_flat(grid, heading, kept)
        elif self._form is not None:
            self._form.rows += [
                FormRow(grid, heading, row, row_period(grid, heading, row.row), self.ledger) for row in kept
            ]
            self._form.fillers += fillers
            self._form.bands_unread = self._form.bands_unread or bands_unread

    def _account(self, grid: Grid, row: IndicatorRow) -> None:
        """Say what each cell of a kept row became: a field, or a column that no record has a place for."""
        for role, cells in row.cells.items():
            use = role if role in RECORDED_ROLES else f"ignored:column_{role}"
            for cell in cells:
                self.ledger.use(grid, cell, use)

    def _add_flat(self, grid: Grid, heading: Heading, rows: list[IndicatorRow]) -> None:
        for row in rows:
            if self._form is None or begins_project([r.row for r in self._form.rows], row):
                self._form = Form(grid, Head(), None, self._flat_unit, False, first_row=row.row)
                self._form.headings = 1
                self.forms.append(self._form)
            elif row.starts_page:
                row.tails = {role: row.text(role) for role in PROJECT_ROLES & row.fresh} | row.tails
            add_tails([r.row for r in self._form.rows], row)
            self._form.rows.append(FormRow(grid, heading, row, None, self.ledger))
