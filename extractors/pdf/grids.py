"""Tables of single pages → Grids: a table that a page break cut is put together again."""

from bisect import bisect_left
from collections.abc import Sequence

from extractors.document import Cell, Grid, ReadNote
from extractors.pdf.layout import FoundTable

_TOLERANCE = 4.0
_MERGE = 3.0
_SPARE = 12.0

_CELL_MESSAGES = {
    "picture_cell": "单元格的内容是图片，没有可读取的文字",
    "text_crowded": "单元格内文字重叠，可能混入了相邻单元格的文字",
    "text_clipped": "单元格的文字到边线为止，可能没有显示完整",
    "text_cut": "文字越过单元格边线，分不清属于哪一格",
    "twin_glyphs": "单元格内有两种字形对应同一个字符，可能有一个不是它",
    "rules_worn": "单元格旁的表格线残缺，分不清是一格还是两格",
    "cells_joined": "单元格内像有几行或几列的文字，其间的表格线可能没有认出来",
    "text_unread": "单元格内有像文字的笔迹没有认出来",
    "columns_guessed": "图片中没有竖线，各列按文字间的空白分开",
    "table_unruled": "表格没有画线，各行各列按文字的位置分开",
}


def continues(above: FoundTable, below: FoundTable, room: float) -> bool:
    """Tell whether a page's first table is the rest of the last table of the page before.

    Both must be equally wide, and most column edges of the one with fewer must be edges of the other. ``room`` is what
    was left below the upper part (points): where both begin alike and a whole row would have fitted there, somebody
    began a new form on the new page.
    """
    if (above.page, above.half) == (below.page, below.half):
        return False
    if abs(above.xs[0] - below.xs[0]) > _TOLERANCE or abs(above.xs[-1] - below.xs[-1]) > _TOLERANCE:
        return False
    fewer, more = sorted((above.xs, below.xs), key=len)
    met = sum(1 for x in fewer if any(abs(x - other) <= _TOLERANCE for other in more))
    if met < 0.8 * len(fewer):
        return False
    if above.cells[0].text != below.cells[0].text:
        return True
    row = _repeated_rows(above, below)
    row = row if row < len(below.ys) - 1 else 0
    return room <= 1.5 * (below.ys[row + 1] - below.ys[row]) + _SPARE


def _repeated_rows(above: FoundTable, below: FoundTable) -> int:
    """Count the rows at the top of the lower part that repeat the upper part's first rows."""
    count = 0
    for row in range(min(len(above.ys), len(below.ys)) - 1):
        texts = [[cell.text for cell in part.cells if cell.row == row] for part in (above, below)]
        if texts[0] != texts[1]:
            break
        count += 1
    return count


def build_grid(table_no: int, parts: Sequence[FoundTable]) -> tuple[Grid, list[ReadNote]]:
    """Make one Grid of a table's parts on successive pages; its columns are all column edges that any part has.

    Gives the notes on cells whose text is uncertain, too.
    """
    notes: list[ReadNote] = []
    edges = _union_edges([part.xs for part in parts])
    cells: list[tuple[Cell, float | None]] = []
    row_pages: list[int | None] = []
    page_starts: list[int] = []
    cut_rows: list[int] = []
    for part, above in zip(parts, (None, *parts), strict=False):
        first_row = len(row_pages)
        if above is not None:
            page_starts.append(first_row)
            repeated = _repeated_rows(parts[0], part)
            if repeated < len(part.ys) - 1 and _may_be_rest(above, part, repeated, edges):
                cut_rows.append(first_row + repeated)
        columns = [_nearest(edges, x) for x in part.xs]
        for row, col, row_span, col_span, text, _, _, sure, doubts, box in part.cells:
            start = columns[col]
            for code in doubts:
                place = (part.page, table_no, first_row + row + 1, start + 1)
                notes.append(ReadNote(code, _CELL_MESSAGES[code], *place, text))
            cell = Cell(first_row + row, start, text, row_span, columns[col + col_span] - start, part.page, box)
            cells.append((cell, sure))
        row_pages += [part.page] * (len(part.ys) - 1)
    cells.sort(key=lambda item: (item[0].row, item[0].col))
    grid = Grid(
        table_no,
        len(row_pages),
        len(edges) - 1,
        tuple(cell for cell, _ in cells),
        tuple(row_pages),
        tuple(page_starts),
        tuple(cut_rows),
        tuple(sure for _, sure in cells) if any(sure is not None for _, sure in cells) else (),
    )
    return grid, notes


def _may_be_rest(above: FoundTable, below: FoundTable, row: int, edges: Sequence[float]) -> bool:
    """Tell whether a row of the lower part may be the rest of the upper part's last row.

    It is not where the break has texts on both sides in most of that row's columns, and two of them at least stand for
    themselves: the lower one's first word would have fitted beside the upper one's last line, so the upper text ended
    there. (A single such text may be a list of items.)
    """
    uppers = {
        (_nearest(edges, above.xs[cell.col]), _nearest(edges, above.xs[cell.col + cell.col_span])): cell
        for cell in above.cells
        if cell.row == len(above.ys) - 2 and cell.text.strip()
    }
    ended = continued = 0
    for cell in below.cells:
        upper = uppers.get((_nearest(edges, below.xs[cell.col]), _nearest(edges, below.xs[cell.col + cell.col_span])))
        if cell.row == row and cell.text.strip() and upper is not None:
            ended += upper.room > cell.need
            continued += upper.room <= cell.need
    return ended < max(2, continued) or 2 * (ended + continued) <= len(uppers)


def _union_edges(lists: Sequence[tuple[float, ...]]) -> list[float]:
    """Give all distinct edges; edges of one part are always distinct."""
    edges = list(lists[0])
    for xs in lists[1:]:
        for x in xs:
            if min(abs(x - edge) for edge in edges) > _MERGE:
                edges.insert(bisect_left(edges, x), x)
    return edges


def _nearest(edges: Sequence[float], x: float) -> int:
    k = bisect_left(edges, x)  # edges are sorted
    return k - 1 if k == len(edges) or (k and x - edges[k - 1] <= edges[k] - x) else k
