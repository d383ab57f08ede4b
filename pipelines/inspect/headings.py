"""Which headings of a filing were not understood, and the line that teaches each of them."""

from collections.abc import Iterator

from extractors.document import Document, Grid
from transforms.forms.labels import find_head_role, find_header_role, label_key
from transforms.records import FilingRecords, UnreadCell

LEAST_KNOWN = 2
"""So many known headings make a row one of headings; one alone may be a label with its value."""

LONGEST = 16
"""A longer text is no heading but a sentence."""


def unknown_headings(document: Document, records: FilingRecords) -> Iterator[str]:
    """Yield the unread texts that stand where headings stand, each once: over unread cells, or left of one."""
    grids = {grid.table_no: grid for grid in document.grids()}
    unread = {(cell.table_no, cell.row_no, cell.col_no): cell for cell in records.unread_cells}
    headed = {(cell.table_no, cell.row_no, cell.col_no) for cell in records.used_cells if cell.use == "ignored:heading"}
    seen: set[str] = set()
    for grid in grids.values():
        fields = _row_of_headings(grid, unread) or _fields(unread, grid.table_no)
        for text in (*_columns(grid, unread, headed), *fields):
            if label_key(text) not in seen and _is_like_heading(text):
                seen.add(label_key(text))
                yield text.strip()


Unread = dict[tuple[int, int, int], UnreadCell]


def _columns(grid: Grid, unread: Unread, headed: set[tuple[int, int, int]]) -> Iterator[str]:
    """Yield the texts above unread cells in columns of a heading's row: the heading itself is used, its meaning unknown."""
    for table_no, row_no, col_no in unread:
        if table_no != grid.table_no:
            continue
        above = (grid.cell_at(row, col_no - 1) for row in range(row_no - 2, -1, -1))
        heading = next((c for c in above if c is not None and (table_no, c.row + 1, c.col + 1) in headed), None)
        if heading is not None and not _is_known(heading.text):
            yield heading.text


def _row_of_headings(grid: Grid, unread: Unread) -> list[str]:
    """Give the unknown texts of an unread row that holds known headings too: what keeps its table from being read."""
    for row in range(grid.n_rows):
        texts = [cell.text for cell in grid.row_cells(row) if (grid.table_no, cell.row + 1, cell.col + 1) in unread]
        known = sum(find_header_role(text) is not None for text in texts)
        if known >= LEAST_KNOWN:
            return [text for text in texts if not _is_known(text)]
    return []


def _is_known(text: str) -> bool:
    return find_header_role(text) is not None or find_head_role(text) is not None


def _fields(unread: Unread, table_no: int) -> Iterator[str]:
    """Yield the unread texts that have another unread text to their right: a field and its value."""
    for (number, row_no, col_no), cell in unread.items():
        right = (other for (n, r, c), other in unread.items() if n == number and r == row_no and c > col_no)
        if number == table_no and next(right, None) is not None:
            yield cell.text


def _is_like_heading(text: str) -> bool:
    key = label_key(text)
    return 2 <= len(key) <= LONGEST and not any(sign.isdigit() for sign in key) and "。" not in text
