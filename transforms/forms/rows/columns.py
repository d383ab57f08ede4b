"""Finds an indicator table's heading and says what each column means, by words first and cell contents second."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import find_header_role, label_key
from transforms.forms.rows.bands import band_cell
from transforms.forms.rows.contents import HALF, is_measure, share
from transforms.forms.rows.heading import Column, Heading
from transforms.forms.rows.periods import choose_period
from transforms.forms.rows.ragged import align_bands
from transforms.forms.rows.settle import GRADE_ROLES, by_contents, filers_named, settle, texts_below
from transforms.forms.rows.sums import SUM_WORDS, name_sums
from transforms.forms.rows.told import heads_told_columns, name_told
from transforms.forms.rows.wide import as_item, names_indicators, part_levels, past_years
from transforms.names.levels import read_level1, read_level2

ANSWERING_ROLES = ("value", "actual", "grade_excellent", "places")
"""Columns that may say what an indicator promises or reached; the first that a heading has tells its rows apart."""
LEVEL_ROLES = frozenset({"level1", "level2", "name", "name_value", "items"})
MEASURE_ROLES = GRADE_ROLES | {
    "value",
    "sign",
    "property",
    "actual",
    "unit",
    "standard",
    "name_value",
    "items",
    "places",
}
PROJECT_ROLES = frozenset(
    {"project_name", "project_code", "unit_name", "department", "budget", "fiscal", "other", "goal", "purpose"}
)
REPEATED_ROLES = (LEVEL_ROLES | MEASURE_ROLES | {"weight", "description", "basis", "remark"}) - {"items"}
"""Roles that may stand once for each of two periods."""
_OF_INDICATORS = frozenset({"weight", "score", "scoring", "basis", "direction"})
"""Columns that no list but one of indicators has."""
LEAST_NAMES_ACROSS = 3
"""So many levels' names in one row head the columns of a table of projects; two may be an indicator's level and name."""

MOST_GROUPS = 4
"""So many cells at most has a row that groups columns by period: level, two periods, remark."""

LONGEST_PERIOD = 14
"""Characters of a heading that names a period (2021-2023年实施期指标值); a goal that speaks of one is longer."""

SHORTEST_TEXT = 4
"""Characters from which a text with a digit is no bare value: 2023年 names a period, 95% does not."""

DEEPEST_HEADING = 3
"""Rows that a heading's cell spans at most; what reaches further down stands beside the rows and not over them."""

_YEARLY = re.compile(r"年度|当年|本年|计划指标值|全年|20\d\d年$|20\d\d年指标|预期")
_MOST_ABOVE = 2
"""A heading has so many rows of bands above its lowest."""
_PERIOD_ONLY = re.compile(r"^(?:20\d\d年?度?|年度|当年|本年|本年度|全年|长期|中期|实施期|中长期|年初|总体)$")
_PERIOD_S = re.compile(r"(?:^|指标|目标|绩效|[值期年]|年度)$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LONG = re.compile(r"长期|中期|中长期|实施期|实施周期|总目标|项目期|20\d\d年?[-—~至]+20\d\d")


def find_heading(grid: Grid, row: int) -> Heading | None:
    """Read the heading that begins in ``row``; None where the row is no indicator table's heading.

    A heading names at least one level and one measure (value, sign, actual …); it may have a second row of
    sub-headings (two periods side by side; 优 良 中 差 below 评价标准).
    """
    if not _looks_like_heading(grid, row):
        return None
    first = row
    bands = align_bands(grid, row - 1, row) if row > 0 else {}
    while first > 0 and not bands and _is_group_row(grid, first - 1):
        first -= 1
    last = row
    wide = _names_levels_across(grid, row)
    if wide:
        first = min([first, *(cell.row for cell in grid.row_cells(row))])
    while last + 1 < grid.n_rows and not wide and _is_sub_heading(grid, last + 1):
        last += 1
    last += wide and names_indicators(grid, row)
    first = _highest(grid, first, last)
    columns = list(_columns(grid, first, last, bands))
    if not {column.role for column in columns} & MEASURE_ROLES:
        columns = sorted([*columns, *_bare_columns(grid, last)], key=lambda column: column.start)
    first -= bool(bands)
    if wide:
        columns = name_sums(grid, last, columns, texts_below)
        columns = filers_named(grid, last, [as_item(grid, row, column, last > row) for column in columns])
    else:
        columns = part_levels(grid, last, columns, texts_below)
        columns = name_told(grid, last, columns, texts_below)
        columns = past_years(settle(grid, last, by_contents(grid, last, name_sums(grid, last, columns, texts_below))))
    roles = {column.role for column in columns}
    if not roles & LEVEL_ROLES or not roles & MEASURE_ROLES:
        return None
    kept, ignored = choose_period(columns, REPEATED_ROLES)
    return Heading(first, last, tuple(kept), tuple(ignored))


def _roles_in(grid: Grid, row: int) -> list[str]:
    return [role for cell in own_cells(grid, row) if (role := find_header_role(cell.text))]


def _names_levels_across(grid: Grid, row: int) -> bool:
    """Tell whether a row heads a table whose columns are a project and three levels' names or more."""
    names = {
        level.name
        for c in own_cells(grid, row)
        if (level := read_level2(c.text) or read_level1(c.text)) and label_key(c.text)[-2:] == "指标"
    }
    return len(names) >= LEAST_NAMES_ACROSS and any(
        find_header_role(cell.text) == "project_name" for cell in grid.row_cells(row)
    )


def _looks_like_heading(grid: Grid, row: int) -> bool:
    if _names_levels_across(grid, row) or _names_all_levels(grid, row) or _stands_over_bands(grid, row):
        return True
    roles = _roles_in(grid, row)
    if grid.n_rows > row + 1 and any(cell.row_span > 1 for cell in own_cells(grid, row)):
        below = _roles_in(grid, row + 1) if _is_sub_heading(grid, row + 1) else []
        roles = roles + below
    found = set(roles)
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    telling = LEVEL_ROLES | MEASURE_ROLES | _OF_INDICATORS
    return (
        len(found & LEVEL_ROLES) >= 1
        and len(found & MEASURE_ROLES) >= 1
        and len(found & telling) >= (2 if {"level1", "level2"} & found else 3)
        and _mostly_known(len(roles), len(texts))
    ) or heads_told_columns(grid, row, texts_below)


def _mostly_known(known: int, all_texts: int) -> bool:
    """Tell whether two thirds of a row's texts are headings; in short rows one text more may be unknown."""
    return known * 3 >= all_texts * 2 - 1


def _stands_over_bands(grid: Grid, row: int) -> bool:
    """Tell whether a row heads names and values, and a level in a row of its own follows: 序号 | 指标名称 | 目标值.

    Without levels 绩效指标 | 目标值 heads indicators where measures stand below the values.
    """
    if row + 1 >= grid.n_rows or not {"name", "value"} <= set(_roles_in(grid, row)):
        return False
    return band_cell(grid, row + 1) is not None or _heads_bare_indicators(grid, row)


def _heads_bare_indicators(grid: Grid, row: int) -> bool:
    cells = own_cells(grid, row)
    named = any(find_header_role(c.text) == "name" and "绩效" in c.text for c in cells)
    values = [
        Column("value", c.col, c.col + c.col_span, c.text, None) for c in cells if find_header_role(c.text) == "value"
    ]
    return named and any(share(texts_below(grid, row, one), is_measure) >= HALF for one in values)


def _names_all_levels(grid: Grid, row: int) -> bool:
    """Tell whether a row heads both levels and names, whatever its other columns are called."""
    return {"level1", "level2", "name"} <= set(_roles_in(grid, row))


def _is_group_row(grid: Grid, row: int) -> bool:
    """Tell whether a row above a heading only groups its columns by period (长期 | 年度)."""
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return (
        bool(texts)
        and all(find_header_role(cell.text) is not None or _names_period(cell.text) for cell in texts)
        and any(cell.col_span > 1 for cell in texts)
        and len(texts) <= MOST_GROUPS
        and not _has_values(texts)
    )


def _highest(grid: Grid, first: int, last: int) -> int:
    """Give the row where a heading of several rows begins: cells of it reach down from there, bands stand beside them."""
    reaching = [
        cell.row
        for cell in grid.row_cells(first)
        if cell.row < first and cell.row + cell.row_span - 1 <= last and find_header_role(cell.text) is not None
    ]
    top = min(reaching, default=first)
    beside = [cell for row in range(top, first) for cell in own_cells(grid, row) if cell.text.strip()]
    is_head = all(cell.col_span > 1 or cell.row + cell.row_span > first for cell in beside)
    return top if first - top <= _MOST_ABOVE and is_head else first


def _names_period(text: str) -> bool:
    """Tell whether a short text names a period and what it is of, and is no goal that speaks of one (全年不发生火灾)."""
    key = label_key(text)
    plain = _IN_BRACKETS.sub("", key)
    return (
        len(key) <= LONGEST_PERIOD and bool(_YEARLY.search(key) or _LONG.search(key)) and bool(_PERIOD_S.search(plain))
    )


def _has_values(cells: Sequence[Cell]) -> bool:
    return any(
        read_level1(cell.text) or (re.search(r"\d", cell.text) and len(cell.text) < SHORTEST_TEXT) for cell in cells
    )


def _is_sub_heading(grid: Grid, row: int) -> bool:
    """Tell whether a row continues the heading above it: level or value headings reach down into it.

    Where no merged cell shows that, all its texts must be headings, and none a level-1 name.
    """
    cells = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    above = [cell for cell in grid.row_cells(row) if cell.row < row and cell.text.strip()]
    if not cells or any(read_level1(cell.text) for cell in cells):
        return False
    roles = (
        {find_header_role(cell.text) for cell in above} - {"name"}
        if len(above) == 1
        else {find_header_role(cell.text) for cell in above}
    )
    if roles & (LEVEL_ROLES | {"value", "weight"}) and all(
        cell.row == row - 1 or cell.row_span <= DEEPEST_HEADING for cell in above
    ):
        return True
    known = {label_key(cell.text) for cell in cells if _is_heading(grid, cell)} - {"指标"}
    return len(known) == len(cells) and (len(cells) >= 2 or bool(above))


def _is_heading(grid: Grid, cell: Cell) -> bool:
    """Tell whether a text is a column's heading: by its words, or as 合计 below a band of sums (预算金额)."""
    if find_header_role(cell.text) is not None:
        return True
    band = grid.cell_at(cell.row - 1, cell.col) if cell.row else None
    return (
        label_key(cell.text) in SUM_WORDS
        and band is not None
        and band.col_span > 1
        and find_header_role(band.text) in ("budget", "fiscal", "other")
    )


def _columns(grid: Grid, first: int, last: int, bands: Mapping[int, Cell]) -> Iterator[Column]:
    """Yield a column for each lowest heading cell, with the period that the heading above it states."""
    for cell in grid.row_cells(last):
        above = [bands.get(cell.col), *(grid.cell_at(row, cell.col) for row in range(first, last))]
        stack = [c for c in [*above, cell] if c is not None and c.text.strip()]
        if stack:
            role = "side" if _reaches_below(cell, last) else _role_of(stack) or "unknown"
            period = _period([c.text for c in stack])
            upper = tuple(c.text for c in reversed(stack[:-1]))
            yield Column(role, cell.col, cell.col + cell.col_span, stack[-1].text, period, bands=upper)


def _bare_columns(grid: Grid, last: int) -> Iterator[Column]:
    """Yield the columns whose heading is blank, where no other heading is that of values: their cells may tell."""
    for cell in grid.row_cells(last):
        if not cell.text.strip() and cell.row == last:
            yield Column("unknown", cell.col, cell.col + cell.col_span, "", None)


def _reaches_below(cell: Cell, last: int) -> bool:
    """Tell whether a heading's cell goes on beside the rows below it: a label at the side, whatever it says."""
    return cell.row + cell.row_span - 1 > last


def _role_of(stack: Sequence[Cell]) -> str | None:
    """Give the role of a column from its headings, upper first: the lowest says it.

    The band over several columns speaks for one of them only where that one's own heading is no more than a period
    or 合计 ("预算金额" over 合计 | 财政拨款); an unknown column never takes its band's role.
    """
    lowest = stack[-1]
    role = find_header_role(lowest.text)
    if role is not None or len(stack) == 1:
        return role
    key = label_key(lowest.text)
    if key in SUM_WORDS or _PERIOD_ONLY.match(key):
        return _role_of(stack[:-1])
    return _role_of(stack[:-1]) if stack[-2].col_span == lowest.col_span else None


def _period(headings: Sequence[str]) -> str | None:
    text = " ".join(label_key(heading) for heading in headings)
    if _LONG.search(text):
        return "long"
    return "year" if _YEARLY.search(text) else None
