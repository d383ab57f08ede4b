"""Word tables as grids: merged cells once, rows of any shape, nested tables as tables of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.document import Cell, Grid
from extractors.docx.alignment import align_rows
from extractors.docx.marks import CONTINUE
from extractors.docx.package import Element
from extractors.docx.pictures import holds_picture, read_cell_picture
from extractors.docx.story import Story
from extractors.docx.styles import switch, whole
from extractors.docx.xml_names import DEL, SDT, SDT_CONTENT, TC, TR, TR_PR, VAL, WRAPPERS, w
from extractors.rejection import Reason, RejectedFile

GRID_BEFORE, HIDDEN = w("gridBefore"), w("hidden")

Flow = Callable[[Element, Story], "Iterator[str | Element]"]
"""Reads a container's paragraphs and tables in order."""


@dataclass(slots=True)
class _Draft:
    """A table while it is read: its cells, as yet of one row each, the row spans of those that are merged, and how
    surely those were read that are pictures."""

    table_no: int
    cells: list[Cell] = field(default_factory=list)
    row_spans: dict[int, int] = field(default_factory=dict)
    nested: list[Element] = field(default_factory=list)
    sure: dict[int, float] = field(default_factory=dict)
    n_rows: int = 0
    n_cols: int = 0


def read_table(table: Element, story: Story, flow: Flow) -> list[Grid]:
    """Read one w:tbl as a Grid, followed by the grids of the tables nested in it."""
    _go_deeper(story)
    table_no = story.next_table_no()
    draft = _Draft(table_no)
    merging: dict[int, int] = {}
    for row, first_col in _rows(table, story):
        merging = _read_row(row, first_col, merging, draft, story, flow)
    for number, row_span in draft.row_spans.items():
        draft.cells[number] = draft.cells[number]._replace(row_span=row_span)
    sure = tuple(draft.sure.get(k) for k in range(len(draft.cells))) if draft.sure else ()
    grids = [align_rows(Grid(table_no, draft.n_rows, draft.n_cols, tuple(draft.cells), confidences=sure))]
    for inner in draft.nested:
        story.note("nested_table")
        grids.extend(read_table(inner, story, flow))
    story.depth -= 1
    return grids


def _read_row(
    row: Element, first_col: int, above: dict[int, int], draft: _Draft, story: Story, flow: Flow
) -> dict[int, int]:
    """Read one w:tr; ``above`` and the result are the cells that a vertical merge may go on from, by column.

    A cell goes on a merge only where the cell above has its very column and width; text that stands in such a cell is
    never shown by Word.
    """
    merging: dict[int, int] = {}
    col = first_col
    for cell, span, v_merge in _row_cells(row, story):
        upper = above.get(col) if v_merge == CONTINUE else None
        if upper is not None and draft.cells[upper].col_span == span:
            draft.row_spans[upper] = draft.row_spans.get(upper, 1) + 1
            merging[col] = upper
            if _has_text(cell, story, flow):
                story.note("hidden_text_dropped")
        else:
            if v_merge is not None:
                merging[col] = len(draft.cells)
            text = _cell_text(cell, draft.nested, story, flow)
            if story.has_picture and not text.strip() and holds_picture(cell):
                found = read_cell_picture(cell, story)
                if found is not None:
                    text, draft.sure[len(draft.cells)] = found
                else:
                    story.note_picture(draft.table_no, draft.n_rows, col)
            draft.cells.append(Cell(draft.n_rows, col, text, 1, span))
            if story.elements is not None:
                story.elements.setdefault(draft.table_no, []).append(cell)
        col += span
    if col > story.limits.grid_columns:
        raise RejectedFile(Reason.TOO_LARGE, f"表格列数超过 {story.limits.grid_columns} 列")
    draft.n_rows += 1
    draft.n_cols = max(draft.n_cols, col)
    return merging


def _row_cells(row: Element, story: Story) -> list[tuple[Element, int, str | None]]:
    """Give a row's cells with grid span and vertical merge; cells of an old-style horizontal merge are one."""
    outline = story.outline
    spans, v_merges = outline.spans, outline.v_merges
    cells = [(cell, spans.get(cell, 1), v_merges.get(cell)) for cell in _children(row, TC, story)]
    if not outline.deleted and not outline.h_merges:
        return cells
    merged: list[tuple[Element, int, str | None]] = []
    for cell, span, v_merge in cells:
        if cell in outline.deleted:
            story.note("tracked_deletion_dropped")
        elif merged and outline.h_merges.get(cell) == CONTINUE:
            first, first_span, first_v_merge = merged[-1]
            merged[-1] = first, first_span + span, first_v_merge
        else:
            merged.append((cell, span, v_merge))
    return merged


def _cell_text(cell: Element, nested: list[Element], story: Story, flow: Flow) -> str:
    """Join a cell's paragraphs by line breaks; nested tables are set aside, except frames of a single row or column."""
    plain = story.outline.cells.get(cell)
    if plain is not None:
        return "".join(plain[0]) if len(plain) == 1 else "\n".join(["".join(line) for line in plain]).strip("\n")
    lines: list[str] = []
    for item in flow(cell, story):
        if isinstance(item, str):
            lines.append(item)
        elif _is_table(item, story):
            nested.append(item)
        else:
            lines.extend(_frame_lines(item, nested, story, flow))
    return lines[0] if len(lines) == 1 else "\n".join(lines).strip("\n")


def _has_text(cell: Element, story: Story, flow: Flow) -> bool:
    plain = story.outline.cells.get(cell)
    if plain is not None:
        return any("".join(line).strip() for line in plain)
    return any(text.strip() for text in flow(cell, story) if isinstance(text, str))


def _is_table(table: Element, story: Story) -> bool:
    """Tell a real nested table (two rows and two columns at least) from a frame drawn around text."""
    widths = [len(_children(row, TC, story)) for row in _children(table, TR, story)]
    return len(widths) > 1 and max(widths) > 1


def _frame_lines(frame: Element, nested: list[Element], story: Story, flow: Flow) -> list[str]:
    _go_deeper(story)
    lines = [
        _cell_text(cell, nested, story, flow) for row, _ in _rows(frame, story) for cell in _children(row, TC, story)
    ]
    story.depth -= 1
    return lines


def _go_deeper(story: Story) -> None:
    story.depth += 1
    if story.depth > story.limits.nesting:
        raise RejectedFile(Reason.TOO_DEEP, f"表格嵌套超过 {story.limits.nesting} 层")


def _rows(table: Element, story: Story) -> Iterator[tuple[Element, int]]:
    """Yield the rows that are still part of the filing, neither deleted nor hidden, with their first grid column."""
    for row in _children(table, TR, story):
        properties = next(row.iterchildren(TR_PR), None)
        if properties is None:
            yield row, 0
        elif properties.find(DEL) is not None:
            story.note("tracked_deletion_dropped")
        elif switch(properties, HIDDEN):
            story.note("hidden_text_dropped")
        else:
            before = properties.find(GRID_BEFORE)
            yield row, 0 if before is None else max(0, whole(before.get(VAL), 0))


def _children(parent: Element, wanted: str, story: Story) -> list[Element]:
    """Give rows or cells, also those that stand inside content controls and other wrappers."""
    if parent not in story.outline.wrapped:
        return list(parent.iterchildren(wanted))
    found: list[Element] = []
    for child in parent:
        tag = child.tag
        if tag == wanted:
            found.append(child)
        elif tag == SDT:
            for content in child.iterchildren(SDT_CONTENT):
                found.extend(_children(content, wanted, story))
        elif tag in WRAPPERS:
            found.extend(_children(child, wanted, story))
    return found
