"""Tables of single pages → Grids: a table that a page break cut is put together again."""

from bisect import bisect_left
from collections.abc import Sequence

from extractors.document import Cell, Grid
from extractors.pdf_layout import FoundTable

_TOLERANCE = 4.0
_MERGE = 3.0
_SPARE = 12.0


def continues(above: FoundTable, below: FoundTable, room: float) -> bool:
    """Tell whether a page's first table is the rest of the last table of the page before.

    Both must be equally wide, and most column edges of the one with fewer must be edges of the other. ``room`` is what
    was left below the upper part (points): where both begin alike and a whole row would have fitted there, somebody
    began a new form on the new page.
    """
    if above.page == below.page:
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


def build_grid(table_no: int, parts: Sequence[FoundTable]) -> Grid:
    """Make one Grid of a table's parts on successive pages; its columns are all column edges that any part has."""
    edges = _union_edges([part.xs for part in parts])
    cells: list[Cell] = []
    row_pages: list[int | None] = []
    page_starts: list[int] = []
    for part in parts:
        first_row = len(row_pages)
        if first_row:
            page_starts.append(first_row)
        columns = [_nearest(edges, x) for x in part.xs]
        for cell in part.cells:
            col = columns[cell.col]
            cells.append(
                Cell(
                    row=first_row + cell.row,
                    col=col,
                    text=cell.text,
                    row_span=cell.row_span,
                    col_span=columns[cell.col + cell.col_span] - col,
                    page=part.page,
                    box=cell.box,
                )
            )
        row_pages += [part.page] * (len(part.ys) - 1)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(table_no, len(row_pages), len(edges) - 1, tuple(cells), tuple(row_pages), tuple(page_starts))


def _union_edges(lists: Sequence[tuple[float, ...]]) -> list[float]:
    """Give all distinct edges; edges of one part are always distinct."""
    edges = list(lists[0])
    for xs in lists[1:]:
        for x in xs:
            if min(abs(x - edge) for edge in edges) > _MERGE:
                edges.insert(bisect_left(edges, x), x)
    return edges


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda k: abs(edges[k] - x))
