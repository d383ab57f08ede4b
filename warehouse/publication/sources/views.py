"""What a filing's source page shows: its pages as pictures with the cells outlined on demand, else its text set anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.document import Box, Cell, Document, Grid, Paragraph
from warehouse.publication.sources.pictures import PagePicture

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as a template shows it; ``place`` is its style on the picture."""

    anchor: str
    text: str
    place: str = ""
    col_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a table with its number (from 1) and its anchor ``t<table>r<row>``."""

    number: int
    anchor: str
    cells: tuple[CellView, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class PictureView:
    """One page's picture with the rows that stand on it."""

    page: int
    file: str
    width: int
    height: int
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """One paragraph of a format without pages; its anchor ``b<n>`` counts the paragraphs outside tables from 1."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of a format without pages."""

    table_no: int
    rows: tuple[RowView, ...]


def picture_view(document: Document, picture: PagePicture) -> PictureView:
    """Give a page's picture with the document's rows on that page."""
    rows = [row for grid in document.grids() for row in _outlined_rows(grid, picture)]
    size = round(picture.width * 1.3), round(picture.height * 1.3)
    return PictureView(picture.page, picture.path.name, *size, tuple(rows))


def write_page(document: Document, pictures: tuple[PictureView, ...], pictures_in: str) -> str:
    """Write a filing's page as HTML; ``pictures_in`` is the folder of the pictures, relative to the page."""
    blocks = () if pictures else tuple(_block_views(document))
    return _template().render(document=document, pictures=pictures, blocks=blocks, folder=pictures_in)


@cache
def _template() -> "jinja2.Template":
    """Read the template once: preparing it takes longer than writing most pages with it."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("source.html.j2")


def _block_views(document: Document) -> Iterator[ParagraphView | TableView]:
    number = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            number += 1
            yield ParagraphView(f"b{number}", block.text)
        else:
            yield _table_view(block)


def _outlined_rows(grid: Grid, picture: PagePicture) -> Iterable[RowView]:
    by_row: dict[int, list[tuple[Cell, Box]]] = {}
    for cell in grid.cells:
        if cell.page == picture.page and cell.box:
            by_row.setdefault(cell.row, []).append((cell, cell.box))
    for row, cells in sorted(by_row.items()):
        edges = list(zip(*(box for _, box in cells), strict=True))
        around: Box = (min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3]))
        inside = tuple(CellView(_anchor(grid, cell), cell.text, _style(box, around)) for cell, box in cells)
        whole = _style(around, (0, 0, picture.width, picture.height))
        yield RowView(row + 1, f"t{grid.table_no}r{row + 1}", inside, whole)


def _style(box: Box, within: Box) -> str:
    """Give a box's place as shares of another one: the picture is shown at any size."""
    width, height = max(within[2] - within[0], 0.1), max(within[3] - within[1], 0.1)
    left, top = (box[0] - within[0]) / width, (box[1] - within[1]) / height
    wide, high = (box[2] - box[0]) / width, (box[3] - box[1]) / height
    return f"left:{left:.2%};top:{top:.2%};width:{wide:.2%};height:{high:.2%}"


def _table_view(grid: Grid) -> TableView:
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    rows = [
        RowView(
            row + 1,
            f"t{grid.table_no}r{row + 1}",
            tuple(
                CellView(_anchor(grid, cell), cell.text, "", cell.col_span, cell.row_span)
                for cell in by_row.get(row, [])
            ),
        )
        for row in range(grid.n_rows)
    ]
    return TableView(grid.table_no, tuple(rows))


def _anchor(grid: Grid, cell: Cell) -> str:
    return f"t{grid.table_no}r{cell.row + 1}c{cell.col + 1}"
