"""A spending plan listed downwards: a month or quarter a row, its share in a column, with or without the sum beside it."""

from dataclasses import dataclass
from decimal import Decimal

from extractors.document import Cell, Grid, own_cells
from transforms.forms.heads.plan import LEAST_POINTS, WHOLE_YEAR, find_month, parse_percent
from transforms.forms.labels import label_key

_SHARE = ("累计", "进度", "占比", "比例", "比重", "%")


@dataclass(frozen=True, slots=True)
class PlanList:
    """The rows of a listed plan: (month, its cell, the share's cell, cumulative share), and the cells that only go with it."""

    points: tuple[tuple[int, Cell, Cell, Decimal], ...]
    headings: tuple[Cell, ...]
    sums: tuple[Cell, ...]


def find_plan_list(grid: Grid, rows: range) -> PlanList | None:
    """Find the first list of months with their shares among the rows; None for none.

    A heading over the shares says what they are; shares of single quarters that make 100 together are added up.
    """
    for row in rows:
        texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
        if any(find_month(cell.text) is not None for cell in texts):
            continue
        for share in sorted(filter(_heads_shares, texts), key=lambda cell: "累计" not in cell.text):
            listed = _listed(grid, range(row + 1, rows.stop), share)
            if len(listed) >= LEAST_POINTS and (found := _added_up(listed)) is not None:
                months = {cell.col for _, cell, _, _ in found}
                heads = [c for c in texts if c.col >= min(months)]
                beside = [c for _, m, s, _ in found for c in own_cells(grid, m.row) if c.col > m.col and c is not s]
                return PlanList(found, tuple(heads), tuple(cell for cell in beside if cell.text.strip()))
    return None


def _heads_shares(cell: Cell) -> bool:
    return any(word in label_key(cell.text) for word in _SHARE)


def _listed(grid: Grid, rows: range, share: Cell) -> list[tuple[int, Cell, Cell, Decimal]]:
    found = []
    for row in rows:
        month = next((cell for cell in own_cells(grid, row) if cell.text.strip()), None)
        number = find_month(month.text) if month is not None else None
        value = grid.cell_at(row, share.col)
        pct = parse_percent(value.text) if value is not None and value.row == row else None
        if month is None or number is None or value is None or pct is None:
            break
        found.append((number, month, value, pct))
    return found


def _added_up(listed: list[tuple[int, Cell, Cell, Decimal]]) -> tuple[tuple[int, Cell, Cell, Decimal], ...] | None:
    months, shares = [month for month, *_ in listed], [share for *_, share in listed]
    if months != sorted(set(months)):
        return None
    if shares[-1] != WHOLE_YEAR and sum(shares) == WHOLE_YEAR:
        shares = [sum(shares[: n + 1], Decimal(0)) for n in range(len(shares))]
    if shares != sorted(shares) or shares[-1] > WHOLE_YEAR:
        return None
    return tuple((month, cell, value, share) for (month, cell, value, _), share in zip(listed, shares, strict=True))
