"""Word tables as grids: merged cells once, rows of any shape, nested tables as tables of their own."""

from collections.abc import Callable, Iterator

from extractors.document import Cell, Grid
from extractors.docx_names import (
    DEL,
    FALSE_VALUES,
    REMOVED,
    SDT,
    SDT_CONTENT,
    TBL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    WRAPPERS,
    w,
)
from extractors.docx_package import Element
from extractors.docx_story import Story
from extractors.docx_styles import switch, whole
from extractors.rejection import Reason, RejectedFile

GRID_SPAN, V_MERGE, H_MERGE = w("gridSpan"), w("vMerge"), w("hMerge")
GRID_BEFORE, HIDDEN, CELL_DELETED = w("gridBefore"), w("hidden"), w("cellDel")

Flow = Callable[[Element, Story], "Iterator[str | Element]"]
"""Reads a container's paragraphs and tables in order."""


class _Draft:
    """A cell while its table is read: its spans still grow."""

    __slots__ = ("col", "col_span", "row", "row_span", "text")

    def __init__(self, row: int, col: int, col_span: int, text: str) -> None:
        self.row, self.col, self.row_span, self.col_span, self.text = row, col, 1, col_span, text


def read_table(table: Element, story: Story, flow: Flow) -> list[Grid]:
    """Read one w:tbl as a Grid, followed by the grids of the tables nested in it."""
    story.depth += 1
    if story.depth > story.limits.nesting:
        raise RejectedFile(Reason.TOO_DEEP, f"表格嵌套超过 {story.limits.nesting} 层")
    table_no = story.next_table_no()
    drafts: list[_Draft] = []
    nested: list[Element] = []
    above: dict[int, _Draft] = {}
    n_rows = n_cols = 0
    for row in _rows(table, story):
        above, width = _read_row(row, n_rows, above, drafts, nested, story, flow)
        n_rows, n_cols = n_rows + 1, max(n_cols, width)
    cells = tuple(Cell(d.row, d.col, d.text, d.row_span, d.col_span) for d in drafts)
    grids = [Grid(table_no, n_rows, n_cols, cells)]
    for inner in nested:
        story.note("nested_table")
        grids.extend(read_table(inner, story, flow))
    story.depth -= 1
    return grids


def _read_row(
    row: Element,
    row_no: int,
    above: dict[int, _Draft],
    drafts: list[_Draft],
    nested: list[Element],
    story: Story,
    flow: Flow,
) -> tuple[dict[int, _Draft], int]:
    """Read one w:tr; give the cells that a vertical merge may go on from, by column, and the row's width."""
    col = _columns_before(row)
    merging: dict[int, _Draft] = {}
    left: _Draft | None = None
    for cell in _children(row, TC):
        span, v_merge, h_merge, deleted = _cell_shape(cell)
        if deleted:
            story.note("tracked_deletion_dropped")
            continue
        if h_merge == "continue" and left is not None:
            left.col_span += span
            col += span
            continue
        upper = above.get(col) if v_merge == "continue" else None
        if upper is not None and (upper.col_span == span or h_merge == "restart"):
            upper.row_span += 1
            merging[col] = upper
            left = None if h_merge == "restart" else left
            if any(text.strip() for text in flow(cell, story) if isinstance(text, str)):
                story.note("hidden_text_dropped")
        else:
            left = _Draft(row_no, col, span, _cell_text(cell, nested, story, flow))
            drafts.append(left)
            if v_merge is not None:
                merging[col] = left
        col += span
        if col > story.limits.grid_columns:
            raise RejectedFile(Reason.TOO_LARGE, f"表格列数超过 {story.limits.grid_columns} 列")
    return merging, col


def _cell_text(cell: Element, nested: list[Element], story: Story, flow: Flow) -> str:
    """Join a cell's paragraphs by line breaks; nested tables are set aside, except frames of a single row or column."""
    lines: list[str] = []
    for item in flow(cell, story):
        if isinstance(item, str):
            lines.append(item)
        elif _is_table(item):
            nested.append(item)
        else:
            lines.extend(_frame_lines(item, nested, story, flow))
    return lines[0] if len(lines) == 1 else "\n".join(lines).strip("\n")


def _is_table(table: Element) -> bool:
    """Tell a real nested table (two rows and two columns at least) from a frame drawn around text."""
    widths = [sum(1 for _ in _children(row, TC)) for row in _children(table, TR)]
    return len(widths) > 1 and max(widths) > 1


def _frame_lines(frame: Element, nested: list[Element], story: Story, flow: Flow) -> list[str]:
    story.depth += 1
    if story.depth > story.limits.nesting:
        raise RejectedFile(Reason.TOO_DEEP, f"表格嵌套超过 {story.limits.nesting} 层")
    lines = [_cell_text(cell, nested, story, flow) for row in _rows(frame, story) for cell in _children(row, TC)]
    story.depth -= 1
    return lines


def _rows(table: Element, story: Story) -> Iterator[Element]:
    """Yield the rows that are still part of the filing: neither deleted by a tracked change nor hidden."""
    for row in _children(table, TR):
        properties = next(row.iterchildren(TR_PR), None)
        if properties is not None:
            if properties.find(DEL) is not None:
                story.note("tracked_deletion_dropped")
                continue
            if switch(properties, HIDDEN):
                story.note("hidden_text_dropped")
                continue
        yield row


def _children(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield rows or cells, also those that stand inside content controls and other wrappers."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == SDT:
            for content in child.iterchildren(SDT_CONTENT):
                yield from _children(content, wanted)
        elif tag in WRAPPERS:
            yield from _children(child, wanted)


def _columns_before(row: Element) -> int:
    properties = next(row.iterchildren(TR_PR), None)
    before = None if properties is None else properties.find(GRID_BEFORE)
    return 0 if before is None else max(0, whole(before.get(VAL), 0))


def _cell_shape(cell: Element) -> tuple[int, str | None, str | None, bool]:
    """Give a cell's grid span, its vertical and horizontal merge (restart, continue, None), and if it is deleted."""
    properties = next(cell.iterchildren(TC_PR), None)
    if properties is None:
        return 1, None, None, False
    span, v_merge, h_merge, deleted = 1, None, None, False
    for prop in properties:
        tag = prop.tag
        if tag == GRID_SPAN:
            span = max(1, whole(prop.get(VAL), 1))
        elif tag == V_MERGE:
            v_merge = prop.get(VAL, "continue")
        elif tag == H_MERGE:
            h_merge = prop.get(VAL, "continue")
        elif tag == CELL_DELETED:
            deleted = True
    return span, v_merge, h_merge, deleted


__all__ = ["FALSE_VALUES", "REMOVED", "TBL", "read_table"]
