"""What is shown beside an item: the cells around it, what other filings say there, and what accepting it would do."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from extractors.document import Cell, Grid
from pipelines.review.clusters import NAMES
from pipelines.review.items import Item
from pipelines.terminal.homes import need_database
from pipelines.terminal.query_output import connect_read_only
from warehouse.home import Home
from warehouse.store.documents import documents_of, open_document

NEIGHBOUR_ROWS = 3
"""So many rows above and below are shown beside a doubted cell."""
EXAMPLES = 3
"""So many uses of each name are shown beside names that may be one."""
PEERS = 5
"""So many other filings' values are shown beside a doubted one."""

_COLUMN_HEADINGS = ("行", "左边", "本列", "右边")
_EXAMPLE_HEADINGS = ("名称", "单位", "项目", "说明", "指标值")

OTHER_FILINGS = """
with this as (
    select f.*, p.project_category, p.project_code, p.project_name
    from core.filings as f
    inner join core.projects as p on f.filing_id = p.filing_id
    where f.filing_id = $filing_id and p.project_no = $project_no
)
select
    g.filing_id = this.filing_id as is_own,
    g.fiscal_year = this.fiscal_year as is_same_year,
    g.file_name,
    g.filing_id,
    p.project_no
from this
inner join core.filings as g
    on
        g.filer = this.filer
        and g.county is not distinct from this.county
        and g.doc_kind = this.doc_kind
        and (
            (g.fiscal_year = this.fiscal_year - 1 and g.is_current)
            or g.replaced_by = this.filing_id
        )
inner join core.projects as p
    on
        g.filing_id = p.filing_id
        and (
            p.project_category = this.project_category
            or (
                g.fiscal_year = this.fiscal_year
                and (p.project_code = this.project_code or p.project_name = this.project_name)
            )
        )
order by is_same_year desc, g.received_at desc, p.project_no
"""
"""Last year's filing of the same filer, and what this filing took the place of (its twin in another format, an earlier one)."""

SAME_INDICATOR = """
select i.{field}
from core.indicators as i
inner join core.indicators as a
    on a.indicator = i.indicator and a.level2_group is not distinct from i.level2_group
where
    a.filing_id = $filing_id and a.project_no = $project_no and a.indicator_no = $indicator_no
    and i.filing_id = $other and i.project_no = $other_project
order by i.unit_family is not distinct from a.unit_family desc, i.indicator_no
limit 1
"""

PEER_VALUES = """
select count(distinct f.filer), list(distinct i.target_raw)
from core.indicators as a
inner join core.filings as own on a.filing_id = own.filing_id
inner join core.projects as p on a.filing_id = p.filing_id and a.project_no = p.project_no
inner join core.indicators as i
    on i.indicator = a.indicator and i.level2_group = a.level2_group and i.unit_family is not distinct from a.unit_family
inner join core.projects as q on i.filing_id = q.filing_id and i.project_no = q.project_no
inner join core.filings as f on i.filing_id = f.filing_id and f.is_current
where
    a.filing_id = $filing_id and a.project_no = $project_no and a.indicator_no = $indicator_no
    and f.filer <> own.filer and f.fiscal_year = own.fiscal_year and f.doc_kind = own.doc_kind
    and q.project_category = p.project_category and not i.is_held
"""

USES_OF_NAME = """
select $name, f.filer, p.project_name, i.description, i.target_raw
from core.indicators as i
inner join core.filings as f on i.filing_id = f.filing_id and f.is_current
inner join core.projects as p on i.filing_id = p.filing_id and i.project_no = p.project_no
where i.indicator = $name and i.level2_group = $level2_group
order by p.budget_yuan desc nulls last, f.filer, i.filing_id, i.indicator_no
limit $limit
"""

USES_OF_CATEGORY = """
select $name, f.filer, p.project_name, p.purpose, p.budget_raw
from core.projects as p
inner join core.filings as f on p.filing_id = f.filing_id and f.is_current
where p.project_category = $name
order by p.budget_yuan desc nulls last, f.filer, p.filing_id, p.project_no
limit $limit
"""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One row of the table beside an item; ``is_here`` marks the item's own."""

    cells: tuple[str | None, ...]
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What another filing says where the item stands: ``where`` (last year's, or the version that this one replaced)."""

    where: str
    value: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is shown beside an item: a table, other filings' values to propose, and what accepting would do (Chinese)."""

    headings: tuple[str, ...] = ()
    rows: tuple[ShownLine, ...] = ()
    beside: tuple[Beside, ...] = ()
    effect: str = ""


def read_surroundings(home: Home, item: Item) -> Surroundings:
    """Read what is shown beside an item; empty where there is nothing to show."""
    with connect_read_only(need_database(home)) as connection:
        if item.kind == NAMES:
            return Surroundings(_EXAMPLE_HEADINGS, tuple(_examples(connection, item)))
        if item.kind != "doubt":
            return Surroundings()
        beside = tuple(_beside(connection, item))
        effect = _effect(connection, item)
    rows = tuple(_neighbours(home, item))
    return Surroundings(_COLUMN_HEADINGS if rows else (), rows, beside, effect)


def _neighbours(home: Home, item: Item) -> Iterator[ShownLine]:
    """Yield the cells above and below in the same column, each with what stands left and right of it."""
    grid = _grid_of(home, item)
    if grid is None or not item.row_no or not item.col_no:
        return
    seen: set[int] = set()
    here = grid.cell_at(item.row_no - 1, item.col_no - 1)
    for row in range(max(0, item.row_no - 1 - NEIGHBOUR_ROWS), min(grid.n_rows, item.row_no + NEIGHBOUR_ROWS)):
        cells = grid.row_cells(row)
        at = next((k for k, cell in enumerate(cells) if cell.col <= item.col_no - 1 < cell.col + cell.col_span), None)
        if at is None or id(cells[at]) in seen:
            continue
        seen.add(id(cells[at]))
        texts = (_filled(cells[:at][::-1]), cells[at].text, _filled(cells[at + 1 :]))
        yield ShownLine((str(row + 1), *texts), cells[at] is here)


def _filled(cells: list[Cell]) -> str | None:
    return next((cell.text for cell in cells if cell.text.strip()), None)


def _grid_of(home: Home, item: Item) -> Grid | None:
    place = documents_of(home).find(item.filing_id) if item.table_no else None
    document = open_document(place, item.file_name) if place is not None else None
    if document is None:
        return None
    return next((grid for grid in document.grids() if grid.table_no == item.table_no), None)


def _beside(connection: duckdb.DuckDBPyConnection, item: Item) -> Iterator[Beside]:
    """Yield what last year's filing, and the one that this one replaced, say in the same field of the same record."""
    table = "indicators" if item.indicator_no is not None else "projects"
    if item.project_no is None or item.field not in _columns(connection, table):
        return
    own = {"filing_id": item.filing_id, "project_no": item.project_no}
    seen: set[bool] = set()
    for _, is_same_year, file_name, other, project_no in connection.execute(OTHER_FILINGS, own).fetchall():
        if is_same_year in seen:
            continue
        if item.indicator_no is None:
            query = f"select {item.field} from core.projects where filing_id = $other and project_no = $other_project"
            names = {"other": other, "other_project": project_no}
        else:
            query = SAME_INDICATOR.format(field=item.field)
            names = {**own, "indicator_no": item.indicator_no, "other": other, "other_project": project_no}
        found = connection.execute(query, names).fetchone()
        if found is not None and found[0] is not None:
            seen.add(is_same_year)
            yield Beside(f"另一份（{file_name}）" if is_same_year else "上年", str(found[0]))


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(f"describe core.{table}").fetchall()}


def _effect(connection: duckdb.DuckDBPyConnection, item: Item) -> str:
    """Say what the text means as it was read, and with whose values it would be compared."""
    meaning = _meaning(connection, item)
    said = [f"“{item.value_read}”理解为{meaning}。"] if meaning else []
    if item.indicator_no is not None:
        names = {"filing_id": item.filing_id, "project_no": item.project_no, "indicator_no": item.indicator_no}
        count, values = connection.execute(PEER_VALUES, names).fetchone() or (0, [])
        shown = sorted(value for value in values or [] if value)
        listed = f"（{'、'.join(shown[:PEERS])}{'……' if len(shown) > PEERS else ''}）" if shown else ""
        said.append(f"与另外 {count} 个单位的同名指标比较{listed}。" if count else "没有别的单位可比。")
    return "".join(said)


MEANING = """
select comparator, value_low, value_high, unit, due_date, grade
from core.indicators
where filing_id = $filing_id and project_no = $project_no and indicator_no = $indicator_no
"""
_SIGNS = {">=": "不低于 ", "<=": "不超过 ", ">": "高于 ", "<": "低于 "}


def _meaning(connection: duckdb.DuckDBPyConnection, item: Item) -> str | None:
    """Give a target as the program understands it."""
    if item.field != "target_raw":
        return None
    names = {"filing_id": item.filing_id, "project_no": item.project_no, "indicator_no": item.indicator_no}
    found = connection.execute(MEANING, names).fetchone()
    if found is None:
        return None
    comparator, low, high, unit, due_date, grade = found
    if due_date is not None:
        return f"{due_date} 前完成"
    if grade is not None:
        return f"等级“{grade}”"
    bounds = [value for value in (low, high) if value is not None]
    if not bounds:
        return "文字（没有数值）"
    numbers = "～".join(f"{value.normalize():f}" for value in dict.fromkeys(bounds))
    return f"{_SIGNS.get(comparator or '', '')}{numbers} {unit or ''}".strip()


def _examples(connection: duckdb.DuckDBPyConnection, item: Item) -> Iterator[ShownLine]:
    """Yield some uses of the name to keep, then of each name that may be it."""
    first = item.members[0]
    query = USES_OF_NAME if first.kind == "indicator" else USES_OF_CATEGORY
    for name in (first.canonical, *(one.name for one in item.members)):
        names: dict[str, object] = {"name": name, "limit": EXAMPLES}
        if first.kind == "indicator":
            names["level2_group"] = first.level2_group
        for row in connection.execute(query, names).fetchall():
            yield ShownLine(tuple(None if value is None else str(value) for value in row), name == first.canonical)
