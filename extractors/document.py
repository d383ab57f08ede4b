"""The seam between files and meaning: a Document is paragraphs and grids of cells, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points from the page's top left corner."""


class Cell(NamedTuple):
    """One cell of a grid; ``row`` and ``col`` (0-based) are the top left position of its span.

    ``text`` is as filed: a hard line break is ``\\n``, lines that only the page layout broke are joined.
    A cell covered by another cell's span does not exist: ``Grid.cell_at`` gives the covering cell for its place.
    ``page`` (1-based) and ``box`` are None where the format has no pages (docx, txt).
    """

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Grid:
    """One table: the cells in reading order (row, then col), never overlapping.

    ``table_no`` counts the document's tables from 1. A table that a page break cut is one Grid;
    ``row_pages[r]`` is the page of row r, and ``page_starts`` names the rows that begin on a new page
    (a row that the break cut in two is still two rows here: joining those needs to know what the columns mean).
    ``cut_rows`` names those rows after a page break (and after a repeated head) that may be the rest of the row before
    it, judged by whether their texts would have fitted there; cells that span more rows may be cut beside other rows too.
    ``confidences`` stands beside ``cells`` where texts were recognised in a picture: how surely (0–1), None for a cell
    that holds no recognised text; empty where nothing in the table was recognised.
    ``sheet`` is the name of a workbook's sheet that the table stands on, None elsewhere.
    """

    table_no: int
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    row_pages: tuple[int | None, ...] = ()
    page_starts: tuple[int, ...] = ()
    cut_rows: tuple[int, ...] = ()
    confidences: tuple[float | None, ...] = ()
    sheet: str | None = None

    @cached_property
    def _places(self) -> dict[tuple[int, int], Cell]:
        return {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.col, cell.col + cell.col_span)
        }

    def cell_at(self, row: int, col: int) -> Cell | None:
        """Give the cell that covers (row, col), or None where an irregular table has no cell there."""
        return self._places.get((row, col))

    def page_of(self, row: int) -> int | None:
        """Give the page (1-based) of a row, or None where the format has no pages."""
        return self.row_pages[row] if row < len(self.row_pages) else None

    def confidence_of(self, cell: Cell) -> float | None:
        """Give how surely a cell's text was recognised in a picture (0–1), or None where the file itself says it."""
        return self._confidences.get((cell.row, cell.col))

    @cached_property
    def _confidences(self) -> dict[tuple[int, int], float | None]:
        if not self.confidences:
            return {}
        return {(cell.row, cell.col): sure for cell, sure in zip(self.cells, self.confidences, strict=True)}

    def row_cells(self, row: int) -> list[Cell]:
        """Give the cells that cover a row, left to right, each once (cells merged down from above included)."""
        return list(self._by_row[row]) if 0 <= row < self.n_rows else []

    @cached_property
    def _by_row(self) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for row in range(self.n_rows):
            found: list[Cell] = []
            for col in range(self.n_cols):
                cell = self._places.get((row, col))
                if cell is not None and (not found or found[-1] is not cell):
                    found.append(cell)
            rows.append(found)
        return rows

    def rows(self) -> list[list[str | None]]:
        """Give texts by row and column; None where a merged cell covers the place (or no cell is there)."""
        table: list[list[str | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            table[cell.row][cell.col] = cell.text
        return table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph outside tables; soft-wrapped lines are joined, page headers and footers are left out.

    ``confidence`` (0–1) is how surely its text was recognised in a picture, None where the file itself says it.
    """

    text: str
    page: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ReadNote:
    """Something a reader has to say about a document that it could read all the same.

    ``code`` is one of: ``tracked_deletion_dropped``, ``hidden_text_dropped``, ``struck_text_dropped``,
    ``page_without_text``, ``page_fallback``, ``nested_table``, ``text_not_in_a_cell``, ``embedded_part_not_read``,
    ``recognised_text`` (an invisible layer over a scanned page), ``unmapped_text`` (its font does not say what it is),
    ``page_recognised`` (a picture, read by text recognition), ``page_photographed`` (one that a camera took from one side), ``page_not_recognised`` (such a page that failed),
    ``columns_from_gaps``, ``page_is_picture`` (a page whose content is a scan), ``picture_not_read`` (a picture large
    enough to hold a table), ``text_incomplete`` (less text was read than the file says it has), ``hidden_cells_dropped``;
    and about one cell: ``formula_without_value``, ``format_not_understood`` (a spreadsheet's), ``picture_cell`` (its content is a picture), ``text_crowded`` (text lies over text),
    ``text_clipped`` (cut off at the cell's edge), ``text_cut`` (text runs over an edge, and which cell's it is can't be told), ``twin_glyphs``
    (two shapes of one font say that they are the same character); in pictures ``rules_worn`` (whether two cells are one can't be
    told), ``cells_joined`` (several rows or columns seem to stand in one cell), ``text_unread`` (ink like text of which nothing
    was read; without a cell: outside tables), ``columns_guessed`` (columns from blanks only), ``table_not_told`` (text in rows
    and columns outside any table).
    ``table_no``, ``row_no`` and ``col_no`` (from 1) name the cell that a note is about; ``detail`` quotes it.
    """

    code: str
    message: str
    page: int | None = None
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader gives: blocks in document order, with the file's identity.

    ``format`` is docx, pdf, doc, txt, xlsx, xls, ofd, html or picture; ``sha256`` is that of the bytes as received, in hex.
    """

    file_name: str
    format: str
    sha256: str
    blocks: tuple[Paragraph | Grid, ...]
    page_count: int | None = None
    notes: tuple[ReadNote, ...] = field(default=())

    def grids(self) -> Iterator[Grid]:
        """Yield the document's tables in order."""
        return (b for b in self.blocks if isinstance(b, Grid))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the document's paragraphs in order."""
        return (b for b in self.blocks if isinstance(b, Paragraph))


def own_cells(grid: Grid, row: int) -> list[Cell]:
    """Give the cells that begin in a row, left to right."""
    return [cell for cell in grid.row_cells(row) if cell.row == row]
