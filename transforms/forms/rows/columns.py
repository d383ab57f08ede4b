"""Finds an indicator table's heading and says what each column means, by words first and cell contents second."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.document import Cell, Grid, own_cells
from transforms.forms.heads.inline import names_project
from transforms.forms.labels import find_header_role, find_ignored_row, label_key
from transforms.forms.rows.contents import MOSTLY, holds_bases, holds_signs, is_measure, level_held, share
from transforms.forms.rows.heading import Column, Heading
from transforms.forms.rows.periods import choose_period
from transforms.forms.rows.ragged import align_bands
from transforms.forms.rows.wide import as_item, names_indicators, part_levels, past_years
from transforms.names.levels import read_level1, read_level2

LEVEL_ROLES = frozenset({"level1", "level2", "name", "name_value", "items"})
GRADE_ROLES = frozenset({"grade_excellent", "grade_good", "grade_medium", "grade_poor"})
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
_YEARLY = re.compile(r"年度|当年|本年|计划指标值|全年|20\d\d年$|20\d\d年指标|预期")
_SUM_WORDS = frozenset({"合计", "小计", "总额", "总计", "金额", "合计数", "预算数"})
_PERIOD_ONLY = re.compile(r"^(?:20\d\d年?度?|年度|当年|本年|本年度|全年|长期|中期|实施期|中长期|年初|总体)$")
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
    wide = _names_level2_across(grid, row)
    if wide:
        first = min([first, *(cell.row for cell in grid.row_cells(row))])
    while last + 1 < grid.n_rows and not wide and _is_sub_heading(grid, last + 1):
        last += 1
    last += wide and names_indicators(grid, row)
    columns = list(_columns(grid, first, last, bands))
    first -= bool(bands)
    if wide:
        columns = [as_item(grid, row, column, last > row) for column in columns]
    else:
        columns = part_levels(grid, last, columns, _texts_below)
        columns = past_years(_settle(grid, last, _by_contents(grid, last, columns)))
    roles = {column.role for column in columns}
    if not roles & LEVEL_ROLES or not roles & MEASURE_ROLES:
        return None
    kept, ignored = choose_period(columns, REPEATED_ROLES)
    return Heading(first, last, tuple(kept), tuple(ignored))


def _roles_in(grid: Grid, row: int) -> list[str]:
    return [role for cell in own_cells(grid, row) if (role := find_header_role(cell.text))]


def _names_level2_across(grid: Grid, row: int) -> bool:
    """Tell whether a row heads a table whose columns are a project and three level-2 names or more."""
    names = {
        level.name for c in own_cells(grid, row) if (level := read_level2(c.text)) and label_key(c.text)[-2:] == "指标"
    }
    return len(names) >= 3 and any(find_header_role(cell.text) == "project_name" for cell in grid.row_cells(row))


def _looks_like_heading(grid: Grid, row: int) -> bool:
    if _names_level2_across(grid, row) or _names_all_levels(grid, row):
        return True
    roles = _roles_in(grid, row)
    if grid.n_rows > row + 1 and any(cell.row_span > 1 for cell in own_cells(grid, row)):
        below = _roles_in(grid, row + 1) if _is_sub_heading(grid, row + 1) else []
        roles = roles + below
    found = set(roles)
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return (
        len(found & LEVEL_ROLES) >= 1
        and len(found & MEASURE_ROLES) >= 1
        and len(found & (LEVEL_ROLES | MEASURE_ROLES)) >= (2 if {"level1", "level2"} & found else 3)
        and len(roles) * 3 >= len(texts) * 2 - 1
    )


def _names_all_levels(grid: Grid, row: int) -> bool:
    """Tell whether a row heads both levels and names, whatever its other columns are called."""
    return {"level1", "level2", "name"} <= set(_roles_in(grid, row))


def _is_group_row(grid: Grid, row: int) -> bool:
    """Tell whether a row above a heading only groups its columns by period (长期 | 年度)."""
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    return (
        bool(texts)
        and all(
            find_header_role(cell.text) is not None
            or (len(label_key(cell.text)) <= 14 and (_YEARLY.search(cell.text) or _LONG.search(cell.text)))
            for cell in texts
        )
        and any(cell.col_span > 1 for cell in texts)
        and len(texts) <= 4
        and not _has_values(texts)
    )


def _has_values(cells: Sequence[Cell]) -> bool:
    return any(read_level1(cell.text) or (re.search(r"\d", cell.text) and len(cell.text) < 4) for cell in cells)


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
    if roles & (LEVEL_ROLES | {"value", "weight"}) and all(cell.row == row - 1 or cell.row_span <= 3 for cell in above):
        return True
    known = {label_key(cell.text) for cell in cells if _is_heading(grid, cell)} - {"指标"}
    return len(known) == len(cells) and (len(cells) >= 2 or bool(above))


def _is_heading(grid: Grid, cell: Cell) -> bool:
    """Tell whether a text is a column's heading: by its words, or as 合计 below a band of sums (预算金额)."""
    if find_header_role(cell.text) is not None:
        return True
    band = grid.cell_at(cell.row - 1, cell.col) if cell.row else None
    return (
        label_key(cell.text) in _SUM_WORDS
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
            yield Column(role, cell.col, cell.col + cell.col_span, stack[-1].text, period)


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
    if key in _SUM_WORDS or _PERIOD_ONLY.match(key):
        return _role_of(stack[:-1])
    return _role_of(stack[:-1]) if stack[-2].col_span == lowest.col_span else None


def _period(headings: Sequence[str]) -> str | None:
    text = " ".join(label_key(heading) for heading in headings)
    if _LONG.search(text):
        return "long"
    return "year" if _YEARLY.search(text) else None


def _settle(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Decide by cell contents what words leave open: 绩效标准, 指标性质, 单位, 绩效指标 beside 三级指标, 说明."""
    columns = _settle_by_names(grid, last, columns)
    roles = [column.role for column in columns]
    has_name = any(column.role == "name" and label_key(column.heading) not in _SIDE_WORDS for column in columns)
    settled = []
    for column in columns:
        role = column.role
        texts = _texts_below(grid, last, column)
        if role == "name" and label_key(column.heading) in _SIDE_WORDS and (has_name or roles.count("name") > 1):
            role = "side" if has_name and not _is_inner_name(column, columns) else role
        elif role == "standard":
            role = "basis" if holds_bases(texts) else "description"
            if "value" not in roles and role != "basis":
                role = "value"
        elif role == "property":
            role = "sign" if holds_signs(texts) else "attribute"
        elif role == "direction" and "sign" not in roles and holds_signs(texts):
            role = "sign"
        elif (role == "scoring" or _is_lone_standard(column, columns)) and "basis" not in roles and holds_bases(texts):
            role = "basis"
        elif role in ("unknown", "purpose") and share(texts, names_project) >= 0.5:
            role = "project_name"
        elif role == "unknown" and _is_cut_side_label(column.heading, texts):
            role = "side"
        elif (
            role == "unit" and label_key(column.heading) == "单位" and share(texts, lambda t: len(t.strip()) > 6) > 0.5
        ):
            role = "unit_name"
        settled.append(Column(role, column.start, column.stop, column.heading, column.period))
    return _settle_levels(grid, last, _settle_contents(settled))


def _by_contents(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Make columns the value's, where no heading is: the changed value, or unknown ones whose cells are measures.

    Several of them are one value for each place (石臼镇 | 泉头乡): ``places``.
    """
    if {column.role for column in columns} & (GRADE_ROLES | {"value", "actual", "name_value", "standard"}):
        return columns
    if any(column.role == "value_adjusted" for column in columns):
        return [replace(c, role="value") if c.role == "value_adjusted" else c for c in columns]
    names = [column.start for column in columns if column.role == "name"]
    unknown = [column for column in columns if column.role == "unknown" and names and column.start > names[-1]]
    held = [column for column in unknown if share(_texts_below(grid, last, column), is_measure) >= MOSTLY]
    role = "value" if len(held) == 1 else "places"
    return [replace(column, role=role) if column in held else column for column in columns]


def _settle_contents(columns: list[Column]) -> list[Column]:
    """Make 指标内容 the description where 三级指标 names the indicators of the same block."""
    settled: list[Column] = []
    named = False
    for column in columns:
        key = label_key(column.heading)
        if column.role in ("level1", "level2"):
            named = False
        if column.role == "name" and named and key.endswith("内容"):
            column = replace(column, role="description")
        named = named or (column.role == "name" and key.startswith(("三级", "指标名称")))
        settled.append(column)
    return settled


def _is_lone_standard(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether 评价标准 is a column of its own and not the group heading above 优 良 中 差."""
    return label_key(column.heading) == "评价标准" and not any(other.role in GRADE_ROLES for other in columns)


_MAYBE_LEVEL = frozenset({"level1", "level2", "unknown", "goal", "property", "attribute"})


def _settle_by_names(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Make columns levels whose cells say so, whatever their heading: 指标类型 above 数量指标, 质量指标 … is level 2.

    A column that a heading names rightly stays; its level is then taken.
    """
    held = [level_held(_texts_below(grid, last, c)) if c.role in _MAYBE_LEVEL else None for c in columns]
    roles = {1: "level1", 2: "level2"}
    if any(c.role == "level1" and _texts_below(grid, last, c) for c in columns):
        # 二级指标 above 产出指标 stays level 2 where another column's cells are level 1's, whatever they say
        held = [None if c.role == "level2" and level == 1 else level for c, level in zip(columns, held, strict=True)]
    right = {c.role for c, level in zip(columns, held, strict=True) if level is not None and c.role == roles[level]}
    settled = []
    for column, level in zip(columns, held, strict=True):
        role = roles[level] if level is not None else column.role
        taken = role in right or (column.role not in ("level1", "level2") and role in (c.role for c in columns))
        settled.append(column if taken else replace(column, role=role))
    return settled


def _is_cut_side_label(heading: str, texts: Sequence[str]) -> bool:
    """Tell whether a heading is the upper part of a side label that a page break cut ("绩" | "效指标")."""
    wholes = (heading + "".join(texts[:count]) for count in (1, 2))
    return any(find_header_role(whole) in ("name", "side") for whole in wholes)


_SIDE_WORDS = frozenset({"绩效指标", "年度绩效指标", "指标", "项目绩效指标"})


def _is_inner_name(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether 绩效指标 stands to the right of the levels, where it is the name and not a side label."""
    return any(other.role in ("level1", "level2") and other.start < column.start for other in columns)


def _settle_levels(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Re-read level columns by what stands below: a 二级指标 column full of free names is the name column."""
    if any(column.role == "name" for column in columns):
        return columns
    candidates = [column for column in columns if column.role in ("level2", "unknown", "description")]
    for column in reversed(candidates):
        texts = _texts_below(grid, last, column)
        if texts and share(texts, lambda t: read_level2(t) is not None or read_level1(t) is not None) < 0.5:
            return [Column("name", c.start, c.stop, c.heading, c.period) if c is column else c for c in columns]
    return columns


def _texts_below(grid: Grid, last: int, column: Column, most: int = 40) -> list[str]:
    """Give the texts of a column in indicator rows: cells that reach into other columns (a total, a remark) are none."""
    texts = []
    for row in range(last + 1, min(grid.n_rows, last + 1 + most)):
        cell = grid.cell_at(row, column.start)
        if cell is None or cell.row != row or not cell.text.strip():
            continue
        if cell.col == column.start and cell.col + cell.col_span <= column.stop and not _is_other_row(grid, row):
            texts.append(cell.text)
    return texts


def _is_other_row(grid: Grid, row: int) -> bool:
    """Tell whether a row is no indicator's: a total, a note, a signature."""
    first = next((cell for cell in own_cells(grid, row) if cell.text.strip()), None)
    return first is not None and find_ignored_row(first.text) is not None
