"""Puts the labels and values of a project's head together again where a page break cut them."""

import re
from dataclasses import replace

from extractors.document import Cell, Grid
from transforms.columns import find_heading, own_cells
from transforms.indicator_rows import join_texts
from transforms.labels import find_head_role, find_header_role
from transforms.levels import read_level1, read_level2
from transforms.project_heads import find_month

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}\s*[.、．)）:：]|[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]|目标\s*\d|[①-⑳])")


def heal_head(grid: Grid) -> Grid:
    """Give the grid with the cells of each cut head row joined into the part above; the lower part is left blank.

    A row after a page break continues a head's row where its label completes the label above it ("年度总体目" | "标"),
    or where it has no label at all and the row above has one. Indicator rows are not touched.
    """
    changed: dict[tuple[int, int], Cell] = {}
    for row in grid.page_starts:
        if row == 0 or find_heading(grid, row) is not None or find_heading(grid, row - 1) is not None:
            continue
        for above, below in _continued(grid, row):
            text = join_cut_text(changed.get((above.row, above.col), above).text, below.text)
            changed[above.row, above.col] = replace(above, text=text)
            changed[below.row, below.col] = replace(below, text="")
    if not changed:
        return grid
    return replace(grid, cells=tuple(changed.get((cell.row, cell.col), cell) for cell in grid.cells))


def _continued(grid: Grid, row: int) -> list[tuple[Cell, Cell]]:
    """Pair the cells of a row with the cells above that they continue; nothing where the row stands for itself."""
    below = own_cells(grid, row)
    written = [cell for cell in below if cell.text.strip()]
    pairs = []
    for cell in written:
        above = grid.cell_at(row - 1, cell.col)
        if above is None or above.col != cell.col or above.col_span != cell.col_span:
            return []
        pairs.append((above, cell))
    labels = [pair for pair in pairs if _completes_label(*pair)]
    if any(find_head_role(cell.text) and (above, cell) not in labels for above, cell in pairs):
        return []
    if any(_is_level(cell) or _is_level(above) for above, cell in pairs):
        return []
    if labels:
        others = [pair for pair in pairs if pair not in labels]
        values_cut = all(above.text.strip() and not _is_label(above) for above, _ in others)
        return pairs if values_cut else labels
    first = below[0] if below else None
    blank_label = first is not None and not first.text.strip() and bool(written)
    label_above = grid.cell_at(row - 1, 0)
    role = find_head_role(label_above.text) if label_above is not None else None
    values = [above for above, _ in pairs if above.text.strip() and not find_head_role(above.text)]
    if blank_label and role in _LONG_TEXTS and len(values) == len(pairs) and len(written) <= 2:
        return pairs
    return []


_LONG_TEXTS = frozenset({"goal", "goal_long", "goal_actual", "purpose", "attribute", "budget_group", "project_name"})


def _completes_label(above: Cell, below: Cell) -> bool:
    whole = join_texts(above.text, below.text)
    known = find_head_role(whole) is not None or find_header_role(whole) is not None
    return known and find_head_role(below.text) is None and len(below.text.strip()) <= 8 and bool(above.text.strip())


def _is_label(cell: Cell) -> bool:
    return find_head_role(cell.text) is not None or find_month(cell.text) is not None


def _is_level(cell: Cell) -> bool:
    return read_level1(cell.text) is not None or read_level2(cell.text) is not None


def join_cut_text(first: str, second: str) -> str:
    """Join the two parts of a text that a page break cut; a numbered item begins a line of its own."""
    return f"{first}\n{second}" if _NUMBERED.match(second) else join_texts(first, second)
