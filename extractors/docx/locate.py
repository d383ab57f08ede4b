"""Where the cells of a Word file's grids stand in its XML, for programs that write something beside them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from extractors.document import Grid
from extractors.docx.package import open_word_package
from extractors.docx.read import read_flow
from extractors.docx.story import start_story
from extractors.docx.tables import read_table
from extractors.docx.xml_names import TC, w
from extractors.limits import DEFAULT_LIMITS, Limits

CellPlaces = Mapping[tuple[int, int, int], int]
"""(table, row, column), each from 1 → the number, from 0, of the cell's w:tc among all of the main part."""


def locate_cells(path: Path, limits: Limits = DEFAULT_LIMITS) -> CellPlaces:
    """Find the w:tc of each cell as ``read_docx`` counts them; RejectedFile where the file cannot be read.

    It is the reader's own walk, so that nested, merged, deleted and wrapped cells are counted alike.
    """
    package = open_word_package(path, limits)
    story = start_story(package, limits)
    story.elements = {}
    numbers = {element: number for number, element in enumerate(package.main.iter(TC))}
    found: dict[tuple[int, int, int], int] = {}
    for body in package.main.iterchildren(w("body")):
        for item in read_flow(body, story):
            for grid in () if isinstance(item, str) else read_table(item, story, read_flow):
                for place, element in zip(_places(grid), story.elements.get(grid.table_no, ()), strict=True):
                    found[place] = numbers[element]
    return found


def _places(grid: Grid) -> Iterator[tuple[int, int, int]]:
    return ((grid.table_no, cell.row + 1, cell.col + 1) for cell in grid.cells)
