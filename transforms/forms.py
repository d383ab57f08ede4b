"""Walks a document's tables and sorts their rows into projects: a head, then indicator rows; or one flat table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Cell, Document, Grid, Paragraph
from transforms.codes import read_project_code
from transforms.columns import PROJECT_ROLES, Heading, find_heading, own_cells
from transforms.cut_rows import join_cut_rows
from transforms.indicator_rows import IndicatorRow, carry_down, join_texts, read_row
from transforms.labels import find_head_role, find_ignored_row, is_filler, label_key
from transforms.ledger import Ledger
from transforms.levels import read_level1, read_level2
from transforms.money import find_money_unit, is_amount
from transforms.page_breaks import heal_head, join_cut_text
from transforms.project_heads import Head, is_head_row, is_unit_row, read_head

_TITLE_NUMBER = re.compile(
    r"^\s*(?:\[bookmark:[^\]]*\]\s*)?(?:[（(]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s*[)）]?\s*[.、．:：]\s*)"
)
_CONTENTS_LINE = re.compile(r"[.．…·‥]{3,}\s*\d*$|\t\d+$")
_TITLE_END = re.compile(r"(?:项目)?(?:支出)?(?:部门预算)?绩效(?:目标)?(?:自评|申报|批复)?(?:情况)?表?$")


SHORT_STRAY = 2
"""Lines of so few characters (a letter of a seal, a line number) do not part a table from its continuation."""
RECORDED_ROLES = PROJECT_ROLES | {
    *("level1", "level2", "name", "value", "sign", "unit", "weight", "basis", "description"),
    *("actual", "score", "reason", "grade_excellent"),
}
"""Column roles whose text a record keeps; the other known columns (备注, 指标方向性, 计算公式 …) are left out by name."""


@dataclass(slots=True)
class FormRow:
    """One indicator row with its table and heading."""

    grid: Grid
    heading: Heading
    row: IndicatorRow
    period: str | None


@dataclass(slots=True)
class Form:
    """One project's form: what its head says and its rows. ``title`` is the project name that a title line gives."""

    grid: Grid
    head: Head
    title: str | None
    note_unit: str | None
    whole_unit: bool
    rows: list[FormRow] = field(default_factory=list)
    headings: int = 0
    fillers: int = 0
    first_row: int = 0


class FormReader:
    """Reads the blocks of one document in order; ``forms`` holds the projects found so far."""

    def __init__(self, document: Document, ledger: Ledger) -> None:
        """Begin before the first block."""
        self.document = document
        self.ledger = ledger
        self.forms: list[Form] = []
        self.strangers: list[Grid] = []
        self._lines: list[str] = []
        self._form: Form | None = None
        self._heading: Heading | None = None
        self._notes: list[str] = []
        self._other_notes: list[str] = []
        self._flat_unit: str | None = None

    def read(self) -> list[Form]:
        """Read the whole document: every cell of every table ends in the ledger."""
        blocks = self.document.blocks
        for number, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                self._lines.append(block.text)
            else:
                following = next((b for b in blocks[number + 1 :] if isinstance(b, Grid)), None)
                self._read_grid(block, following)
                self._lines = []
        return self.forms

    def document_unit(self) -> str | None:
        """Give the money unit that all notes above performance tables agree on, else all notes of the document."""
        for notes in (self._notes, self._other_notes):
            if notes:
                return notes[0] if len(set(notes)) == 1 else None
        return None

    def _read_grid(self, grid: Grid, following: Grid | None) -> None:
        grid = heal_head(grid)
        self.ledger.open(grid)
        headings = [heading for row in range(grid.n_rows) if (heading := find_heading(grid, row))]
        if not headings:
            if self._continues(grid):
                self._read_rows(grid, range(grid.n_rows), self.forms[-1].rows[-1].row)
            elif _is_head(grid, following):
                self._begin(grid, 0)
                self._read_head_rows(grid, range(grid.n_rows))
            elif _looks_like_indicators(grid):
                self._heading = None
                self.strangers.append(grid)
                return
            else:
                self.ledger.ignore(grid, grid.cells, "other_table")
                self._heading = None
                self._other_notes += self._units_noted()
                return
            self._keep_notes()
            return
        self._keep_notes()
        self._read_segments(grid, {heading.first: heading for heading in headings})

    def _keep_notes(self) -> None:
        self._notes += self._units_noted()

    def _units_noted(self) -> list[str]:
        return [unit for line in self._lines if (unit := _note_unit(line))]

    def _read_segments(self, grid: Grid, headings: dict[int, Heading]) -> None:
        row = 0
        while row < grid.n_rows:
            if row in headings:
                self._use_heading(grid, headings[row])
                end = _table_end(grid, headings, row)
                repeated = [headings[r] for r in range(row + 1, end) if r in headings]
                printed_again = {r for heading in repeated for r in range(heading.first, heading.last + 1)}
                for again in sorted(printed_again):
                    self.ledger.ignore(grid, own_cells(grid, again), "repeated_heading")
                self._read_rows(grid, [r for r in range(headings[row].last + 1, end) if r not in printed_again])
                row = end
                continue
            end = next((r for r in range(row + 1, grid.n_rows) if r in headings), grid.n_rows)
            if self._form is None or _opens_head(grid, range(row, end)):
                self._begin(grid, row)
            self._read_head_rows(grid, range(row, end))
            row = end

    def _begin(self, grid: Grid, row: int) -> None:
        lines = self._lines if row == 0 else []
        title = next((t for line in reversed(lines) if (t := _project_title(line))), None)
        unit = next((u for line in reversed(lines) if (u := _note_unit(line))), None)
        whole = any("整体" in line and "绩效" in line and len(line) <= 40 for line in lines)
        head = Head(unit_line=next((u for line in reversed(lines) if (u := _unit_line(line))), None))
        self._form = Form(grid, head, title, unit, whole, first_row=row)
        self.forms.append(self._form)

    def _read_head_rows(self, grid: Grid, rows: range) -> None:
        assert self._form is not None
        read_head(grid, rows, self._form.head, self.ledger)

    def _use_heading(self, grid: Grid, heading: Heading) -> None:
        starts_form = self._form is None or (
            heading.first == 0 and (self._form.rows or self._form.headings) and not self._follows(grid, heading)
        )
        if heading.is_flat:
            if not self._follows(grid, heading):
                self._form = None
            self._flat_unit = next((u for line in reversed(self._lines) if (u := _note_unit(line))), self._flat_unit)
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
        same = before is not None and _words(before) == _words(heading)
        return same and not any(_project_title(line) for line in self._lines)

    def _continues(self, grid: Grid) -> bool:
        """Tell whether a table without heading goes on with the indicator rows of the table before it."""
        between = [line for line in self._lines if len(line.strip()) > SHORT_STRAY]
        if self._heading is None or not self.forms or not self.forms[-1].rows or len(between) > 1:
            return False
        width = max(column.stop for column in (*self._heading.columns, *self._heading.ignored))
        if grid.n_cols != width:
            return False
        texts = [cell.text for cell in grid.cells if cell.text.strip()]
        return any(read_level1(t) or read_level2(t) for t in texts) and not any(
            find_head_role(t) == "project_name" for t in texts
        )

    def _read_rows(self, grid: Grid, rows: Sequence[int], before: IndicatorRow | None = None) -> None:
        """Read the indicator rows of a table; ``before`` is the last row of the table that this one goes on with."""
        heading = self._heading
        assert heading is not None
        found: list[IndicatorRow] = []
        fillers = 0
        for row in rows:
            texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
            if not texts:
                continue
            rule = _ignored_row(texts[0].text) or _subtotal_rule(grid, row, heading, texts)
            if rule:
                self.ledger.ignore(grid, texts, rule)
                continue
            read = read_row(grid, row, heading, self.ledger)
            above = found[-1].row if found else row
            read.starts_page = any(above < start <= row for start in grid.page_starts) or (
                before is not None and not found
            )
            found.append(read)
        measure = "value" if heading.column("value") else "actual" if heading.column("actual") else "grade_excellent"
        found = join_cut_rows(found, measure)
        carry_down(found, before)
        kept = []
        for row_found in found:
            if _is_filler_row(row_found, measure):
                fillers += "name" in row_found.fresh or measure in row_found.fresh
                rule = "filler_row" if row_found.fresh & {"name", measure} else "empty_level_row"
                for cells in row_found.cells.values():
                    self.ledger.ignore(grid, cells, rule)
            else:
                kept.append(row_found)
                self._account(grid, row_found)
        if heading.is_flat:
            self._add_flat(grid, heading, kept)
        elif self._form is not None:
            self._form.rows += [FormRow(grid, heading, row, _row_period(grid, heading, row.row)) for row in kept]
            self._form.fillers += fillers

    def _account(self, grid: Grid, row: IndicatorRow) -> None:
        """Say what each cell of a kept row became: a field, or a column that no record has a place for."""
        for role, cells in row.cells.items():
            use = role if role in RECORDED_ROLES else f"ignored:column_{role}"
            for cell in cells:
                self.ledger.use(grid, cell, use)

    def _add_flat(self, grid: Grid, heading: Heading, rows: list[IndicatorRow]) -> None:
        for row in rows:
            if self._form is None or _begins_project(self._form, row):
                self._form = Form(grid, Head(), None, self._flat_unit, False, first_row=row.row)
                self._form.headings = 1
                self.forms.append(self._form)
            elif row.starts_page:
                row.tails = {role: row.text(role) for role in PROJECT_ROLES & row.fresh} | row.tails
            _add_tails(self._form, row)
            self._form.rows.append(FormRow(grid, heading, row, None))


def _begins_project(form: Form, row: IndicatorRow) -> bool:
    """Tell whether a flat table's row begins another project; a name cut by a page break is not a new one."""
    if "project_name" not in row.fresh:
        return False
    before = form.rows[-1].row
    roles = ("project_code", "budget", "unit_name")
    same = label_key(row.text("project_name")) == label_key(before.text("project_name"))
    if same and all(label_key(row.text(role)) in ("", label_key(before.text(role))) for role in roles):
        return False
    if not row.starts_page:
        return True
    code, first_code = row.text("project_code"), form.rows[0].row.text("project_code")
    if "project_code" in row.fresh and first_code:
        return _is_whole_code(code) or not _is_whole_code(first_code + code)
    return "budget" in row.fresh and is_amount(row.text("budget"))


def _is_whole_code(text: str) -> bool:
    code = read_project_code(text)
    return code is not None and not {"length", "form"} & set(code.faults)


def _add_tails(form: Form, row: IndicatorRow) -> None:
    """Join the rest of project cells that a page break cut to the project's first row; a cell printed again adds nothing."""
    if not form.rows:
        return
    first = form.rows[0].row
    for role, tail in row.tails.items():
        if tail and tail != first.text(role) and not (role == "goal" and first.text(role).endswith(tail)):
            join = join_cut_text if role in ("goal", "purpose") else join_texts
            first.texts[role] = join(first.text(role), tail)
    for role in PROJECT_ROLES:
        row.texts[role] = first.text(role)


def _unit_line(line: str) -> str | None:
    """Give the coded unit of a line above a table ("482001…人民政府本级 单位：万元"), where the form has no cell for it."""
    text = re.split(r"(?:金额)?单位\s*[:：]", line.strip())[0].strip()
    return text if re.match(r"^[(（\[]?\d{3,9}[)）\]]?-?[\u4e00-\u9fff]", text) and len(text) <= 40 else None


def _ignored_row(text: str) -> str | None:
    """Name the ignore rule of a row; the rest of a cell that a page break cut may stand before its first words."""
    return next((rule for line in text.split("\n")[:2] if (rule := find_ignored_row(line))), None)


def _note_unit(line: str) -> str | None:
    return find_money_unit(line) if "单位" in line and len(line.strip()) <= 60 else None


def _project_title(line: str) -> str | None:
    """Give the project name in a title line ("3.财政所经费绩效目标表"); None for other lines."""
    text = line.strip()
    if _CONTENTS_LINE.search(text):
        return None
    numbered = _TITLE_NUMBER.match(text)
    bare = _TITLE_NUMBER.sub("", text).strip()
    name = _TITLE_END.sub("", bare).strip()
    if not name or len(name) > 60 or name.endswith(("。", "；", "，")):
        return None
    return name if numbered and re.search(r"[\u4e00-\u9fff]", name) else None


def _looks_like_indicators(grid: Grid) -> bool:
    """Tell whether a table without heading or head holds indicators all the same: two different level names or more."""
    found = {
        level.name for cell in grid.cells if (level := read_level2(cell.text)) and cell.text.strip()[-2:] == "指标"
    }
    return len(found) >= 2


def _is_head(grid: Grid, following: Grid | None) -> bool:
    """Tell whether a table without indicators is a project's head: it names a project and its goal or plan."""
    roles = {role for cell in grid.cells if (role := find_head_role(cell.text))}
    named = bool(roles & {"project_name", "project_code"})
    if named and roles & {"goal", "goal_long", "plan", "budget_group"}:
        return True
    follows = following is not None and (heading := find_heading(following, 0)) is not None and not heading.is_flat
    side_by_side = any(_label_run(grid, row) >= 3 for row in range(grid.n_rows))
    return follows and (named or "goal" in roles) and not side_by_side


def _label_run(grid: Grid, row: int) -> int:
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return len(texts) if all(find_head_role(cell.text) for cell in texts) else 0


def _opens_head(grid: Grid, rows: range) -> bool:
    return any(
        find_head_role(cell.text) in ("project_name", "project_code") or "项目名称" in label_key(cell.text)[:6]
        for row in rows
        for cell in own_cells(grid, row)
    )


def _table_end(grid: Grid, headings: dict[int, Heading], row: int) -> int:
    """Give the row after a table's last: the next heading, or the next form's head (a flat table has no other heads)."""
    heading = headings[row]
    for other in range(heading.last + 1, grid.n_rows):
        if other in headings and _is_repeated(grid, heading, headings[other]):
            continue
        texts = [cell for cell in own_cells(grid, other) if cell.text.strip()]
        if other in headings or (_is_title_row(grid, texts) if heading.is_flat else _ends_table(grid, other)):
            return other
    return grid.n_rows


def _is_repeated(grid: Grid, heading: Heading, other: Heading) -> bool:
    """Tell whether a heading is the table's own, printed again at the top of a page."""
    at_top = any(row in grid.page_starts for row in range(other.first, other.last + 1))
    return at_top and _words(heading) == _words(other)


def _words(heading: Heading) -> list[str]:
    columns = sorted((*heading.columns, *heading.ignored), key=lambda column: column.start)
    return [label_key(column.heading) for column in columns if column.role != "side"]


def _ends_table(grid: Grid, row: int) -> bool:
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return (
        bool(texts)
        and find_ignored_row(texts[0].text) is None
        and (is_head_row(grid, row) or _is_title_row(grid, texts))
    )


def _is_title_row(grid: Grid, texts: list[Cell]) -> bool:
    return (
        len(texts) == 1
        and texts[0].col_span >= grid.n_cols - 1
        and bool(re.search(r"绩效(?:目标|自评).{0,6}表$", label_key(texts[0].text)))
    )


def _subtotal_rule(grid: Grid, row: int, heading: Heading, texts: list[Cell]) -> str | None:
    """Name a flat table's subtotal row: a unit and an amount, but neither project, level, indicator nor value."""
    if not heading.is_flat:
        return "unit_row" if is_unit_row(texts) and len(texts) == 1 else None
    roles = set()
    for cell in texts:
        roles |= {column.role for column in heading.columns if column.start <= cell.col < column.stop}
    if "budget" in roles and not roles & {"name", "value", "level1", "level2", "project_code"}:
        return "subtotal_row" if len(texts) <= 4 and "goal" not in roles else None
    return None


def _is_filler_row(row: IndicatorRow, measure: str) -> bool:
    name, value = row.text("name"), row.text(measure)
    if not is_filler(name):
        return False
    if measure in row.fresh and not is_filler(value):
        return not (row.text("level2") or row.text("description"))
    return True


def _row_period(grid: Grid, heading: Heading, row: int) -> str | None:
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
