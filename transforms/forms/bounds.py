"""Where a form begins and ends: which table is a head, where its indicator table ends, what is printed again."""

import re
from collections.abc import Container, Sequence

from extractors.document import Cell, Grid, own_cells
from transforms.forms.form import Form
from transforms.forms.heads.plan import is_plan_table
from transforms.forms.heads.plan_list import find_plan_list
from transforms.forms.heads.rows import is_head_row
from transforms.forms.heads.titles import note_unit, project_title
from transforms.forms.labels import find_head_role, find_ignored_row, label_key, split_inline
from transforms.forms.rows.columns import find_heading
from transforms.forms.rows.heading import Column, Heading
from transforms.names.levels import read_level1, read_level2
from transforms.numbers.money import is_amount

SHORT_STRAY = 2
"""Lines of so few characters (a letter of a seal, a line number) do not part a table from its continuation."""

LEAST_LEVELS = 2
"""So many different level-2 names make a table without heading one of indicators: one may be a heading's or a note's."""

LEAST_LABELS_ABREAST = 3
"""So many labels in a row head a list, one project below the other; two are a form's label beside its value's label."""

WIDEST_CELL = 3
"""Columns that a level's or value's own cell spans at most; a wider one is a band across the table."""

SUMS_ROWS = 2
"""A row of labels and a row of sums below it, of two sums at least."""
MOST_BETWEEN = 3
"""Between the table that names a project and its indicators stand so many others, understood or not."""
MOST_BANDS = 2
"""Below a part's title stand at most so many rows across the table (its goal, its sums) before its indicators."""
LEAST_LISTED = 3
"""A list of projects has so many columns, and one row less: two projects at least."""


def looks_like_indicators(grid: Grid) -> bool:
    """Tell whether a table without heading or head holds indicators all the same: two different level names or more."""
    found = {
        level.name for cell in grid.cells if (level := read_level2(cell.text)) and cell.text.strip()[-2:] == "指标"
    }
    return len(found) >= LEAST_LEVELS


def is_head(grid: Grid, after: Sequence[Grid]) -> bool:
    """Tell whether a table without indicators is a project's head: it names a project and its goal or plan.

    Where the facts of one project stand in several tables, ``after`` (the tables that follow) leads to indicators.
    """
    if any(_heads_list(grid, row) for row in range(grid.n_rows)):
        return False
    roles = {role for cell in grid.cells if (role := find_head_role(cell.text))}
    named = bool(roles & {"project_name", "project_code"})
    if named and roles & {"goal", "goal_long", "plan", "budget_group"}:
        return True
    side_by_side = any(_label_run(grid, row) >= LEAST_LABELS_ABREAST for row in range(grid.n_rows))
    return (named or "goal" in roles) and not side_by_side and _leads_to_indicators(after, MOST_BETWEEN if named else 0)


def goes_on_with_head(grid: Grid, after: Sequence[Grid]) -> bool:
    """Tell whether a table adds to the head of the project that the table before it names: sums or goals."""
    return _is_part_of_head(grid) and _leads_to_indicators(after, most=2)


def _leads_to_indicators(after: Sequence[Grid], most: int) -> bool:
    """Tell whether indicators follow, behind at most so many tables that only add to the head."""
    for grid in after[: most + 1]:
        heading = find_heading(grid, 0)
        if heading is not None:
            return not heading.is_flat
        if not _is_part_of_head(grid) and (most < MOST_BETWEEN or opens_head(grid, range(grid.n_rows))):
            return False
    return False


def _is_part_of_head(grid: Grid) -> bool:
    """Tell whether each row of a table begins with one of a head's labels, and none names another project."""
    if is_plan_table(grid) or find_plan_list(grid, range(grid.n_rows)) is not None or _is_row_of_sums(grid):
        return True
    firsts = [cell.text for row in range(grid.n_rows) for cell in own_cells(grid, row)[:1] if cell.text.strip()]
    roles = [find_head_role(text) for text in firsts]
    known = {role for role in roles if role is not None}
    return (
        bool(known & {"goal", "amount_total", "budget_group", "plan"}) and None not in roles and not known & {*_NAMING}
    )


def _is_row_of_sums(grid: Grid) -> bool:
    """Tell whether a table is a row of sums' labels over their sums: 总计 | 财政拨款 | 其他资金 over 30 | 28 | 2."""
    labels, sums = (own_cells(grid, row) for row in range(2)) if grid.n_rows == SUMS_ROWS else ([], [])
    named = [cell for cell in labels if (find_head_role(cell.text) or "").startswith("amount_")]
    return (
        len(named) >= SUMS_ROWS
        and len(named) * 2 > len(labels)
        and all(is_amount(c.text) for c in sums if c.text.strip())
    )


def _label_run(grid: Grid, row: int) -> int:
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return len(texts) if all(find_head_role(cell.text) for cell in texts) else 0


_NAMING = ("project_name", "project_code")


def _heads_list(grid: Grid, row: int) -> bool:
    """Tell whether a row heads a list of projects (序号 | 项目名称 | 安排资金): names and sums stand below it, not beside."""
    cells = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    named = next((cell for cell in cells if find_head_role(cell.text) in _NAMING), None)
    if named is None or len(cells) < LEAST_LISTED or any(is_amount(cell.text) for cell in cells):
        return False
    rows = range(named.row + named.row_span, grid.n_rows)
    listed = [r for r in rows if _own_at(grid, r, named.col) and any(is_amount(c.text) for c in own_cells(grid, r))]
    return len(listed) >= LEAST_LISTED - 1 and len(listed) * 2 > len(rows)


def _own_at(grid: Grid, row: int, col: int) -> bool:
    cell = grid.cell_at(row, col)
    return cell is not None and cell.row == row and bool(cell.text.strip()) and find_head_role(cell.text) is None


def opens_head(grid: Grid, rows: range) -> bool:
    """Tell whether one of the rows names a project."""
    return any(
        find_head_role(cell.text) in _NAMING
        or "项目名称" in label_key(cell.text)[:6]
        or ((pair := split_inline(cell.text)) is not None and pair[0] in _NAMING)
        for row in rows
        for cell in own_cells(grid, row)
    )


def restates_head(form: Form | None, grid: Grid, row: int, end: int, headings: Container[int]) -> bool:
    """Tell whether rows state again what the form's head has stated, its sum or filer and another fact: another form's head.

    They stand above a heading: what stands below the indicators ends a form. A form has one goal for each of two periods, so a goal alone is no second head.
    """
    if form is None or not form.rows or end not in headings:
        return False
    roles = {role for row in range(row, end) for cell in own_cells(grid, row) if (role := find_head_role(cell.text))}
    again = {role for role in roles & _RESTATED if form.head.first(role) is not None}
    return len(again) >= LEAST_RESTATED and again != {"goal"}


_RESTATED = frozenset({"amount_total", "amount_fiscal", "goal", "unit_name", "department", "purpose"})
LEAST_RESTATED = 2
"""One fact may stand twice in a form: in its head, and beside its sums by source."""


def table_end(grid: Grid, headings: dict[int, Heading], heading: Heading, first: int) -> int:
    """Give the row after a table's last, from ``first`` on: the next heading, or the next form's head or title.

    A flat table has no other heads.
    """
    for other in range(first, grid.n_rows):
        if other in headings and _is_repeated(grid, heading, headings[other]):
            continue
        texts = [cell for cell in own_cells(grid, other) if cell.text.strip()]
        if other in headings or (_is_title_row(grid, texts) if heading.is_flat else _ends_table(grid, other, heading)):
            return other
        if not heading.is_flat and band_title(grid, other) and _resumes_below(grid, heading, other):
            return other
    return grid.n_rows


def _is_repeated(grid: Grid, heading: Heading, other: Heading) -> bool:
    """Tell whether a heading is the table's own, printed again at the top of a page."""
    at_top = any(row in grid.page_starts for row in range(other.first, other.last + 1))
    return at_top and heading_words(heading) == heading_words(other)


def resumes(grid: Grid, heading: Heading, rows: range) -> int | None:
    """Give the first of the rows that goes on with indicators below a head or title inside the table; None for none.

    The row has a level's name in that level's column and a text in the column of values.
    """
    levels = [column for column in heading.columns if column.role in ("level1", "level2")]
    values = [column for column in heading.columns if column.role in ("value", "actual", "grade_excellent")]
    for row in rows:
        named = any(_is_level(_own_text(grid, row, column)) for column in levels)
        if named and any(_own_text(grid, row, column) for column in values):
            return row
    return None


def _own_text(grid: Grid, row: int, column: Column) -> str:
    cell = grid.cell_at(row, column.start)
    return cell.text.strip() if cell is not None and cell.row == row and cell.col_span <= WIDEST_CELL else ""


def _is_level(text: str) -> bool:
    return read_level1(text) is not None or read_level2(text) is not None


def heading_words(heading: Heading) -> list[str]:
    """Give a heading's words from left to right, without side labels: equal words are the same heading."""
    columns = sorted((*heading.columns, *heading.ignored), key=lambda column: column.start)
    return [label_key(column.heading) for column in columns if column.role != "side"]


def _ends_table(grid: Grid, row: int, heading: Heading) -> bool:
    """Tell whether a row is another head's or a title; one whose first text stands where names do is an indicator's."""
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return (
        bool(texts)
        and texts[0].col < _first_name(heading)
        and find_ignored_row(texts[0].text) is None
        and (is_head_row(grid, row) or _is_title_row(grid, texts))
    )


def _first_name(heading: Heading) -> int:
    """Give the grid column where names begin, if levels stand left of them; else one that no row begins behind."""
    names = [column.start for column in heading.columns if column.role in ("name", "name_value")]
    levels = [column.start for column in heading.columns if column.role in ("level1", "level2")]
    return names[0] if names and levels and min(levels) < names[0] else max(c.stop for c in heading.columns)


def band_title(grid: Grid, row: int) -> str | None:
    """Give the project that a band across the table names: "二、环卫清洁"; None for other rows."""
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    if len(texts) != 1 or texts[0].col_span < max(3, grid.n_cols - 1) or "\n" in texts[0].text.strip():
        return None
    title = project_title(texts[0].text)
    return None if title is None or _is_level(title) else title


def _resumes_below(grid: Grid, heading: Heading, row: int) -> bool:
    """Tell whether indicators go on below a band, with at most so many bands (the part's goal) between."""
    for below in range(row + 1, min(row + 2 + MOST_BANDS, grid.n_rows)):
        if resumes(grid, heading, range(below, below + 1)) is not None:
            return True
        texts = [cell for cell in own_cells(grid, below) if cell.text.strip()]
        if len(texts) > 1 or any(cell.col_span * 2 <= grid.n_cols for cell in texts):
            return False
    return False


def begins_anew(form: Form | None, between: Sequence[str], grid: Grid, heading: Heading) -> bool:
    """Tell whether a table with the heading of the form's last one is another form's: its first level is the form's first.

    Lines stand between the two tables that neither say that it goes on (续表), nor are the form's own printed again, nor
    note a unit of money. A line of another period (年度绩效指标) heads the same project's other block.
    """
    if form is None or heading.is_flat:
        return False
    between = [line for line in between if len(line.strip()) > SHORT_STRAY]
    said = [line for line in between if "续" not in line and line not in form.lines and note_unit(line) is None]
    if not said or not form.rows or any(_OF_PERIOD.search(label_key(line)) for line in said):
        return False
    columns = [column for column in heading.columns if column.role in ("level1", "level2")]
    first = form.rows[0].row
    below = [(column.role, _own_text(grid, heading.last + 1, column)) for column in columns]
    return bool(below) and all(label_key(text) == label_key(first.text(role)) for role, text in below)


_OF_PERIOD = re.compile(r"(?:长期|中期|中长期|实施期|年度|当年|全年)(?:绩效)?(?:总体)?(?:目标|指标)(?:表|值)?$")


def _is_title_row(grid: Grid, texts: list[Cell]) -> bool:
    return (
        len(texts) == 1
        and texts[0].col_span >= grid.n_cols - 1
        and bool(re.search(r"绩效(?:目标|自评).{0,6}表$", label_key(texts[0].text)))
    )
