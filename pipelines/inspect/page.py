"""``jixiao inspect --html``: one self-contained page that shows where each value stands and how it was read.

A PDF's pages are drawn as pictures with the recognised cells outlined; a format without pages is drawn as tables.
"""

import base64
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractors.document import Cell, Document, Grid
from extractors.reading import run_guarded
from extractors.rejection import ADVICE, RejectedFile
from pipelines.inspect.filing import Inspection
from pipelines.inspect.marks import Kind, Marks, mark_cells, mark_of
from pipelines.inspect.words import place_words, source_words, target_words
from pipelines.terminal.severities import SEVERITY_NAMES
from warehouse.publication.sources.pictures import PagePicture, draw_pages

PAGES_DRAWN = 80
"""A page is about 60 kB of picture; beyond this many, the HTML file becomes too large to open with comfort."""


@dataclass(frozen=True, slots=True)
class CellOutline:
    """One cell on a page's picture: place in percent of the page, and what hovering over it says."""

    left: float
    top: float
    width: float
    height: float
    kind: Kind
    meaning: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class OutlinedPage:
    """A page (1-based) with its picture as a data address and its cells."""

    page: int
    address: str
    outlines: tuple[CellOutline, ...]


@dataclass(frozen=True, slots=True)
class TablePlace:
    """One place of a drawn table: a cell with its mark, None where an irregular table has none."""

    cell: Cell
    kind: Kind
    meaning: str
    place: str


def inspection_html(inspection: Inspection) -> str:
    """Give the whole page; text from the filing is always escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["target_words"] = target_words
    environment.filters["place_words"] = place_words
    environment.filters["source_words"] = source_words
    marks = mark_cells(inspection.records)
    document = inspection.document
    has_pages = document is not None and document.format in ("pdf", "picture")
    pages = outline_pages(inspection.path, document, marks) if document is not None and has_pages else ()
    drawn = {page.page for page in pages}
    grids = [grid for grid in document.grids() if not drawn & set(grid.row_pages)] if document else []
    return environment.get_template("page.html.jinja").render(
        inspection=inspection,
        document=document,
        records=inspection.records,
        advice=ADVICE[inspection.rejected.reason] if inspection.rejected else None,
        pages=pages,
        tables=[(grid, list(table_rows(grid, marks))) for grid in grids],
        kinds=list(Kind),
        severities=SEVERITY_NAMES,
    )


def outline_pages(path: Path, document: Document, marks: Marks) -> Sequence[OutlinedPage]:
    """Draw the pages of a PDF or a picture and place the outline of each cell on its page; none where the pages cannot be drawn."""
    with tempfile.TemporaryDirectory(prefix="jixiao-pages-") as folder:
        ((_, drawn),) = run_guarded(partial(draw_all, folder=Path(folder)), [path], workers=1)
        if isinstance(drawn, RejectedFile):
            return ()
        return [
            OutlinedPage(picture.page, data_address(picture.path), tuple(outlines_on(picture, document, marks)))
            for picture in drawn
        ]


def draw_all(path: Path, folder: Path) -> tuple[PagePicture, ...]:
    """Draw the first ``PAGES_DRAWN`` pages into a folder; runs in a guarded worker."""
    return tuple(draw_pages(path, range(1, PAGES_DRAWN + 1), folder))


def data_address(picture: Path) -> str:
    """Give a picture as an address that holds the picture itself."""
    return "data:image/png;base64," + base64.b64encode(picture.read_bytes()).decode("ascii")


def outlines_on(picture: PagePicture, document: Document, marks: Marks) -> Iterator[CellOutline]:
    """Yield the outlines of one page's non-empty cells."""
    for grid in document.grids():
        for cell in grid.cells:
            if cell.page == picture.page and cell.box is not None and cell.text.strip():
                x0, top, x1, bottom = cell.box
                mark = mark_of(marks, grid, cell)
                yield CellOutline(
                    left=round(100 * x0 / picture.width, 3),
                    top=round(100 * top / picture.height, 3),
                    width=round(100 * (x1 - x0) / picture.width, 3),
                    height=round(100 * (bottom - top) / picture.height, 3),
                    kind=mark.kind,
                    meaning=mark.meaning or mark.kind.label,
                    text=cell.text,
                    place=cell_place(grid, cell),
                )


def table_rows(grid: Grid, marks: Marks) -> Iterator[list[TablePlace]]:
    """Yield a table's rows, each with the cells that begin in it."""
    by_row: dict[int, list[TablePlace]] = {row: [] for row in range(grid.n_rows)}
    for cell in grid.cells:
        mark = mark_of(marks, grid, cell) if cell.text.strip() else None
        kind = mark.kind if mark else Kind.OTHER
        meaning = (mark.meaning or kind.label) if mark else "空单元格"
        by_row[cell.row].append(TablePlace(cell, kind, meaning, cell_place(grid, cell)))
    yield from by_row.values()


def cell_place(grid: Grid, cell: Cell) -> str:
    """Say where a cell stands, counted from 1 as in the records."""
    return f"表 {grid.table_no} 行 {cell.row + 1} 列 {cell.col + 1}"
