"""Forms that give each indicator a card: 指标名称 | … | 目标值 | … over 所属一级指标 | …, one below the other."""

from dataclasses import dataclass

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import find_header_role, is_filler
from transforms.forms.rows.columns import LEVEL_ROLES, MEASURE_ROLES
from transforms.forms.rows.settle import GRADE_ROLES

LEAST_CARDS = 2
"""One block with an indicator's name beside its label is a form's field; two are cards."""
_ROLES = LEVEL_ROLES | MEASURE_ROLES | {"weight", "description", "basis", "remark", "score", "reason"}
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cards:
    """The rows that hold cards, the table of their values with a heading of labels, and where each of its cells stands.

    ``labels`` are the cells that only say what stands beside them, or number a card.
    """

    rows: range
    upright: Grid
    spots: dict[Spot, Spot]
    labels: tuple[Cell, ...]


def find_cards(grid: Grid) -> Cards | None:
    """Give the cards of a table; None where it holds none. Each begins at its indicator's name or the number above it."""
    pairs = [(role, label, value) for row in range(grid.n_rows) for role, label, value in _pairs_in(grid, row)]
    starts = [label.row for role, label, _ in pairs if role == "name"]
    if len(starts) < LEAST_CARDS or not any(role in MEASURE_ROLES for role, _, _ in pairs):
        return None
    pairs = [pair for pair in pairs if pair[1].row >= starts[0]]
    heads: dict[str, Cell] = {}
    for role, label, _ in pairs:
        heads.setdefault(role, label)
    columns = list(heads)
    cells = [Cell(0, col, head.text, page=head.page) for col, head in enumerate(heads.values())]
    spots = {(0, col): (head.row, head.col) for col, head in enumerate(heads.values())}
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], grid.n_rows], strict=True), start=1):
        for role, label, value in pairs:
            at = (number, columns.index(role))
            if start <= label.row < stop and at not in spots:
                cells.append(Cell(*at, value.text, page=value.page, box=value.box))
                spots[at] = (value.row, value.col)
    numbers = [_number_above(grid, start) for start in starts]
    first = min(cell.row for cell in (*numbers, pairs[0][1]) if cell is not None)
    last = max(value.row + value.row_span for _, _, value in pairs)
    pages = tuple(grid.page_of(row) for row in (starts[0], *starts))
    labels = (*(label for _, label, _ in pairs), *(cell for cell in numbers if cell is not None))
    upright = Grid(grid.table_no, len(starts) + 1, len(columns), tuple(sorted(cells)), pages)
    return Cards(range(first, last), upright, spots, labels)


def _pairs_in(grid: Grid, row: int) -> list[tuple[str, Cell, Cell]]:
    """Give role, label and value of each pair in a row of nothing else: a column's heading, and beside it no heading."""
    found, cells = list[tuple[str, Cell, Cell]](), own_cells(grid, row)
    for label in cells:
        role = find_header_role(label.text)
        value = grid.cell_at(row, label.col + label.col_span)
        if role in _ROLES and value in cells and find_header_role(value.text) not in _ROLES - GRADE_ROLES:
            found.append((role, label, value))
    return found if len(found) * 2 == len(cells) else []


def _number_above(grid: Grid, row: int) -> Cell | None:
    """Give the row above a card that only numbers it: 指标1."""
    texts = [cell for cell in own_cells(grid, row - 1) if cell.text.strip()] if row else []
    return texts[0] if len(texts) == 1 and is_filler(texts[0].text) else None
