"""Puts the labels and values of a project's head together again where a page break cut them."""

from dataclasses import replace

from extractors.document import Cell, Grid, own_cells
from transforms.forms.cut_text import join_cut_text, join_texts
from transforms.forms.heads.plan import find_month
from transforms.forms.labels import find_head_role, find_header_role
from transforms.forms.rows.columns import find_heading
from transforms.names.levels import read_level1, read_level2

LONGEST_END = 8
"""Characters that a page break may cut off a label (总体目标设置情况); more is a value that stands for itself."""

LONGEST_START = 3
"""Characters of a label's first part where the second is a label too: "年度" over "总体目标", not 项目名称 over it."""

LONGEST_SHORT_VALUE = 6
"""Characters of a value that a page break does not cut: it stands in one line beside its label."""


def heal_head(grid: Grid) -> Grid:
    """Give the grid with the cells of each cut head row or heading joined into the part above; the lower part is blank.

    A row after a page break continues a heading where every cell completes a heading above it ("指标值确" | "定依据"),
    and a head's row where its label completes the label above it ("年度总体目" | "标"), or where its cells stand below
    values and its labels' places are blank. Indicator rows are not touched.
    """
    changed: dict[tuple[int, int], Cell] = {}
    for row in grid.page_starts:
        if row == 0 or find_heading(grid, row) is not None:
            continue
        pairs = _paired(grid, row)
        below_heading = find_heading(grid, row - 1) is not None
        heading = _cut_heading(pairs)
        if not heading and _names_levels(grid, row - 1):
            heading = _cut_heading(_paired(grid, row, below_groups=True))
        for above, below in heading or ([] if below_heading else _continued(grid, row, pairs)):
            text = join_cut_text(changed.get((above.row, above.col), above).text, below.text)
            changed[above.row, above.col] = above._replace(text=text)
            changed[below.row, below.col] = below._replace(text="")
    if not changed:
        return grid
    return replace(grid, cells=tuple(changed.get((cell.row, cell.col), cell) for cell in grid.cells))


Pairs = list[tuple[Cell, Cell]]


def _paired(grid: Grid, row: int, below_groups: bool = False) -> Pairs:
    """Pair the written cells of a row with the cells of the same columns above; nothing where one has none.

    ``below_groups`` leaves out sub-headings, which stand below a heading of several columns.
    """
    pairs = []
    for cell in own_cells(grid, row):
        above = grid.cell_at(row - 1, cell.col)
        if below_groups and above is not None and above.col_span > cell.col_span:
            continue
        if cell.text.strip():
            if above is None or above.col != cell.col or above.col_span != cell.col_span:
                return []
            pairs.append((above, cell))
    return pairs


def _names_levels(grid: Grid, row: int) -> bool:
    return any(find_header_role(cell.text) in ("level1", "level2") for cell in own_cells(grid, row))


def _cut_heading(pairs: Pairs) -> Pairs:
    """Give the pairs where every cell completes a column heading; two at least, or one whose upper part says nothing."""
    whole = [find_header_role(join_texts(above.text, below.text)) for above, below in pairs]
    if not pairs or None in whole or any(_is_level(below) for _, below in pairs):
        return []
    return pairs if len(pairs) > 1 or find_header_role(pairs[0][0].text) is None else []


def _continued(grid: Grid, row: int, pairs: Pairs) -> Pairs:
    """Give the pairs of a head's row that goes on; nothing where the row stands for itself."""
    labels = [pair for pair in pairs if _completes_label(grid, *pair)]
    others = [pair for pair in pairs if pair not in labels]
    if any(find_head_role(below.text) for _, below in others):
        return []
    if any(_is_level(below) or _is_level(above) for above, below in pairs):
        return []
    values_cut = all(above.text.strip() and not _is_label(above) for above, _ in others)
    if labels:
        return pairs if values_cut else labels
    first = next(iter(own_cells(grid, row)), None)
    blank_label = first is not None and first.col == 0 and not first.text.strip()
    return pairs if blank_label and values_cut and all(_has_label(grid, above) for above, _ in others) else []


def _has_label(grid: Grid, value: Cell) -> bool:
    """Tell whether a field's label stands left of a value or over it (months and shares of a plan are no such fields)."""
    left = grid.cell_at(value.row, value.col - 1) if value.col else None
    over = grid.cell_at(value.row - 1, value.col) if value.row else None
    labels = [cell for cell in (left, over) if cell is not None]
    return any(find_head_role(cell.text) not in (None, "plan") for cell in labels)


def _completes_label(grid: Grid, above: Cell, below: Cell) -> bool:
    whole = find_head_role(join_texts(above.text, below.text))
    if whole is None or not above.text.strip() or len(below.text.strip()) > LONGEST_END:
        return False
    if find_head_role(below.text) is None:
        return True
    beside = grid.cell_at(above.row, above.col + above.col_span)
    cut_value = beside is not None and len(beside.text.strip()) > LONGEST_SHORT_VALUE
    return len(above.text.strip()) <= LONGEST_START and cut_value  # "年度" | "总体目标", each of which could be a label


def _is_label(cell: Cell) -> bool:
    return find_head_role(cell.text) is not None or find_month(cell.text) is not None


def _is_level(cell: Cell) -> bool:
    return read_level1(cell.text) is not None or read_level2(cell.text) is not None
