"""One year's rows of all marts, ready to be looked up by township, category and indicator."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from warehouse.publication.marts.curves import Bar, Curve, budget_totals, spending_curves
from warehouse.publication.marts.filings import in_county_order
from warehouse.publication.marts.tables import CODE_ORDER, Mart, Row, Warehouse
from warehouse.publication.marts.views import family_name, view_of

SHARED_BY = 2
"""A category or an indicator has a page of its own when so many townships have it."""


def page_name(table: Mart, row: Row, column: str) -> str:
    """Give the name of the page that a value belongs to; an indicator's is told by its group and unit family too."""
    if column != "indicator":
        return table.text(row, column) or ""
    return indicator_name(*(table.text(row, name) for name in ("level2_group", "indicator", "unit_family")))


def indicator_name(group: str | None, indicator: str | None, family: str | None) -> str:
    """Give an indicator's name in the report: with its unit family and group, since one name may mean two things."""
    return f"{indicator or '未命名指标'}（{'，'.join(part for part in (group, family_name(family)) if part)}）"


@dataclass(frozen=True, eq=False)
class YearRows:
    """The rows of one fiscal year (None: of filings that name no year), by mart."""

    warehouse: Warehouse
    year: int | None
    rows: dict[str, Sequence[Row]]

    def of(self, mart: str) -> Sequence[Row]:
        """Give a mart's rows; none where the database lacks the mart."""
        return self.rows.get(mart, ())

    def where(self, mart: str, column: str, name: str) -> Sequence[Row]:
        """Give a mart's rows whose township, project_category or indicator (by page name) is this one."""
        return self._grouped(mart, column).get(name, ())

    @cached_property
    def townships(self) -> tuple[str, ...]:
        """Give the townships with current filings of this year, in the county's order."""
        return in_county_order(self.warehouse.current_filings(self.year))

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Give the project categories that several townships have, by name."""
        return self._shared("budget_comparison", "project_category")

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Give the indicators (by page name) that several townships have, each with its level-2 group, in its order."""
        groups: dict[str, str] = {}
        for mart in ("target_comparison", "cost_comparison"):
            shared = set(self._shared(mart, "indicator"))
            table = self.warehouse.mart(mart)
            for row in self.of(mart) if table else ():
                name = page_name(table, row, "indicator") if table else ""
                if table and name in shared:
                    groups.setdefault(name, table.text(row, "level2_group") or "未分组")
        order = {group: position for position, group in enumerate(CODE_ORDER["level2_group"])}
        return dict(sorted(groups.items(), key=lambda item: (order.get(item[1], len(order)), item[1], item[0])))

    @cached_property
    def curves(self) -> tuple[Curve | None, list[Curve]]:
        """Give the county's and the townships' spending curves."""
        return spending_curves(self.warehouse, self.year)

    @cached_property
    def budgets(self) -> list[Bar]:
        """Give the townships' budgets, largest first."""
        return budget_totals(self.warehouse, self.year)

    @cached_property
    def _groupings(self) -> dict[tuple[str, str], dict[str, list[Row]]]:
        return {}

    def _grouped(self, mart: str, column: str) -> dict[str, list[Row]]:
        if (mart, column) not in self._groupings:
            found: dict[str, list[Row]] = defaultdict(list)
            table = self.warehouse.mart(mart)
            for row in self.of(mart) if table else ():
                found[page_name(table, row, column) if table else ""].append(row)
            self._groupings[(mart, column)] = found
        return self._groupings[(mart, column)]

    def _shared(self, mart: str, column: str) -> tuple[str, ...]:
        table = self.warehouse.mart(mart)
        if table is None:
            return ()
        counted = {
            name: {table.text(row, "township") for row in rows if table.text(row, "status") != "missing"}
            for name, rows in self._grouped(mart, column).items()
        }
        return tuple(sorted(name for name, found in counted.items() if name and len(found) >= SHARED_BY))


def read_year(warehouse: Warehouse, year: int | None) -> YearRows:
    """Read one year's rows of all marts, in the order in which they are shown."""
    return YearRows(warehouse, year, {t.name: list(_rows(warehouse, t, year)) for t in warehouse.marts()})


def _rows(warehouse: Warehouse, table: Mart, year: int | None) -> Sequence[Row]:
    return list(warehouse.rows(table, view_of(table).order_by, year=year))
