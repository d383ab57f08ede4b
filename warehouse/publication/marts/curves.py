"""The figures that the charts are drawn from, in the workbook and in the report alike."""

from collections import defaultdict
from dataclasses import dataclass

from warehouse.publication.marts.tables import Mart, Row, Warehouse
from warehouse.publication.marts.values import plain_figure
from warehouse.publication.marts.views import family_name

FULL_SCORE = 10.0
"""So many usual deviations from the median have the full colour."""

COST_PEERS = 2
"""A chart of one cost compares at least so many other townships."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One township's figure in a comparison, with its mark (``outlier`` of the mart)."""

    township: str
    value: float
    outlier: str | None


@dataclass(frozen=True, slots=True)
class CostGroup:
    """One cost that several townships state in the same way: bars from dear to cheap; ``unit`` is 元 or 元/…."""

    group: str
    indicator: str
    family: str
    unit: str
    price_kind: str
    median: float
    bars: tuple[Bar, ...]

    @property
    def spread(self) -> float:
        """Give how far the farthest township is from the median, as a ratio (≥ 1)."""
        ratios = [bar.value / self.median for bar in self.bars if self.median > 0 and bar.value > 0]
        return max((max(ratio, 1 / ratio) for ratio in ratios), default=1.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """One cumulative spending curve: (month, percent) points from (0, 0); ``loading`` in percentage points."""

    name: str
    points: tuple[tuple[int, float], ...]
    pace: str | None
    loading: float | None


@dataclass(frozen=True, slots=True)
class StrictnessCell:
    """How strict a township's target is: the most telling row of an (indicator, township); share runs from -1 to 1."""

    group: str
    name: str
    family: str
    township: str
    short: str
    target_raw: str
    median: float | None
    share: float

    @property
    def indicator(self) -> str:
        """Give the indicator's name with the unit that its values are compared in."""
        unit = family_name(self.family)
        return f"{self.name}（{unit}）" if unit else self.name


def cost_groups(warehouse: Warehouse, year: int | None, at_least: int = COST_PEERS + 1) -> list[CostGroup]:
    """Give the costs that at least so many townships state, those with most townships and widest spread first."""
    table = warehouse.mart("cost_comparison")
    if table is None:
        return []
    groups: dict[tuple[str, ...], dict[str, Bar]] = defaultdict(dict)
    medians: dict[tuple[str, ...], float] = {}
    for row in warehouse.rows(table, ("level2_group", "indicator", "-township_value_yuan"), year=year):
        value, middle = table.number(row, "township_value_yuan"), table.number(row, "county_median_yuan")
        if value is None or middle is None:
            continue
        names = ("level2_group", "indicator", "unit_family", "price_kind")
        key = (*(table.text(row, name) or "" for name in names), table.text(row, "unit") or "元")
        township = table.text(row, "township") or "未识别乡镇"
        groups[key].setdefault(township, Bar(township, value, table.text(row, "outlier")))
        medians[key] = middle
    found = [
        CostGroup(key[0], key[1], key[2], key[4], key[3], medians[key], tuple(bars.values()))
        for key, bars in groups.items()
        if len(bars) >= at_least
    ]
    return sorted(found, key=lambda group: (-len(group.bars), -group.spread, group.indicator, group.unit))


def spending_curves(warehouse: Warehouse, year: int | None) -> tuple[Curve | None, list[Curve]]:
    """Give the county's curve (None without one) and each township's, from late to early spenders."""
    table = warehouse.mart("schedule_comparison")
    if table is None:
        return None, []
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in warehouse.rows(table, ("scope", "county", "township", "month"), year=year):
        scope = table.text(row, "scope") or ""
        if scope != "project":
            rows[(scope, table.text(row, "township") or table.text(row, "scope_name") or "全县")].append(row)
    curves = {key: _curve(table, key[1], found) for key, found in rows.items()}
    county = next((curve for (scope, _), curve in curves.items() if scope == "county"), None)
    townships = [curve for (scope, _), curve in curves.items() if scope == "township"]
    return county, sorted(townships, key=lambda curve: (curve.loading or 0.0, curve.name))


def budget_totals(warehouse: Warehouse, year: int | None) -> list[Bar]:
    """Give each township's budget in yuan, largest first."""
    table = warehouse.mart("budget_comparison")
    if table is None:
        return []
    totals: dict[str, float] = {}
    for row in warehouse.rows(table, ("township",), year=year):
        total = table.number(row, "township_total_yuan")
        if total is not None and table.text(row, "status") == "filed":
            totals[table.text(row, "township") or "未识别乡镇"] = total
    return sorted(
        (Bar(name, total, None) for name, total in totals.items()), key=lambda bar: (-bar.value, bar.township)
    )


def strictness_cells(warehouse: Warehouse, year: int | None) -> list[StrictnessCell]:
    """Give for each indicator with a verdict how strict each township is; what lies within the usual is 0.

    The share is of the same scale everywhere: 1 is ten usual deviations and more. Where a township states an indicator
    in several projects, the loosest counts.
    """
    table = warehouse.mart("target_comparison")
    if table is None:
        return []
    found: dict[tuple[str, str, str], dict[str, tuple[float, str, str, float | None]]] = defaultdict(dict)
    for row in warehouse.rows(table, ("level2_group", "indicator", "township"), year=year):
        strictness = table.text(row, "strictness")
        if strictness not in ("stricter", "normal", "looser"):
            continue
        score = min(abs(table.number(row, "strictness_score") or FULL_SCORE) / FULL_SCORE, 1.0)
        distance = {"stricter": score, "looser": -score}.get(strictness, 0.0)
        key = tuple(table.text(row, name) or "" for name in ("level2_group", "indicator", "unit_family"))
        township = table.text(row, "township") or "未识别乡镇"
        raw, middle = table.text(row, "target_raw") or "", table.number(row, "county_median")
        cell = (distance, _short_target(table, row), raw, middle)
        mine = found[key[0], key[1], key[2]]
        mine[township] = min(mine.get(township, cell), cell, key=lambda c: c[0])
    cells: list[StrictnessCell] = []
    for (group, name, family), mine in found.items():
        if any(cell[0] for cell in mine.values()):
            for township, (share, short, raw, middle) in mine.items():
                cells.append(StrictnessCell(group, name, family, township, short, raw, middle, share))
    return cells


def strictness_counts(warehouse: Warehouse, year: int | None) -> list[tuple[str, int, int, int]]:
    """Give (township, stricter, normal, looser) counts of comparable targets, loosest townships first."""
    table = warehouse.mart("target_comparison")
    if table is None:
        return []
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"stricter": 0, "normal": 0, "looser": 0})
    for row in warehouse.rows(table, ("township",), year=year):
        strictness = table.text(row, "strictness")
        if strictness in ("stricter", "normal", "looser"):
            counts[table.text(row, "township") or "未识别乡镇"][strictness] += 1
    found = [(name, own["stricter"], own["normal"], own["looser"]) for name, own in counts.items()]
    return sorted(found, key=lambda own: (-own[3] / sum(own[1:]), own[0]))


def _curve(table: Mart, name: str, rows: list[Row]) -> Curve:
    points = [(0, 0.0)]
    for row in rows:
        month, percent = table.whole(row, "month"), table.number(row, "cumulative_pct")
        if month is not None and percent is not None:
            points.append((month, percent))
    return Curve(name, tuple(points), table.text(rows[-1], "pace"), table.number(rows[-1], "loading_points"))


MANY = 100_000
"""From here on values are written in 万."""

_SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜"}


def _short_target(table: Mart, row: Row) -> str:
    """Give a target in few characters: its sign and the value that is compared, with % but no other unit."""
    if table.text(row, "unit_family") == "grade":  # its value is the program's own scale
        return table.text(row, "target_raw") or ""
    value = table.number(row, "value")
    sign = _SIGNS.get(table.text(row, "comparator") or "", "")
    percent = "%" if table.text(row, "value_unit") == "%" else ""
    if value is None:
        return ""
    many = abs(value) >= MANY
    return f"{sign}{plain_figure(value / 10_000, 5)}万" if many else f"{sign}{plain_figure(value, 7)}{percent}"
