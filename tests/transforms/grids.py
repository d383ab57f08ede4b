"""Builds small grids and documents from text: a row is a list of cells, "^" is covered from above, "<" from the left."""

from collections.abc import Sequence

from extractors.document import Cell, Document, Grid, Paragraph


def grid(rows: Sequence[str | Sequence[str]], *, table_no: int = 1, page_starts: tuple[int, ...] = ()) -> Grid:
    """Build a grid; a row may be one string with cells parted by "|"."""
    table = [[c.strip() for c in row.split("|")] if isinstance(row, str) else list(row) for row in rows]
    width = max(len(row) for row in table)
    table = [row + [""] * (width - len(row)) for row in table]
    cells = [
        Cell(r, c, text, _down(table, r, c), _across(table, r, c), page=1)
        for r, row in enumerate(table)
        for c, text in enumerate(row)
        if text not in ("^", "<")
    ]
    pages = tuple(1 + sum(start <= r for start in page_starts) for r in range(len(table)))
    return Grid(table_no, len(table), width, tuple(cells), pages, page_starts)


def _across(table: list[list[str]], row: int, col: int) -> int:
    end = col + 1
    while end < len(table[row]) and table[row][end] == "<":
        end += 1
    return end - col


def _down(table: list[list[str]], row: int, col: int) -> int:
    end = row + 1
    while end < len(table) and table[end][col] == "^":
        end += 1
    return end - row


def document(*blocks: Grid | str | Sequence[str], file_name: str = "文件.docx") -> Document:
    """Build a document: a string is a paragraph, a list of strings is a table."""
    built: list[Paragraph | Grid] = []
    tables = 0
    for block in blocks:
        if isinstance(block, str):
            built.append(Paragraph(block))
            continue
        tables += 1
        built.append(block if isinstance(block, Grid) else grid(block, table_no=tables))
    return Document(file_name, "docx", "0" * 64, tuple(built))
