"""How one value of a comparison is written for a reader: codes in Chinese, amounts with separators, units beside figures."""

import math
from decimal import Decimal

from warehouse.publication.marts.filings import plain_text
from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse

WHOLE = "总量"
"""The denominator of what is compared as it is."""

VALUE_UNITS = {
    ("target_comparison", name): "value_unit" for name in ("compared_value", "county_median", "strictness_distance")
}
"""Figures that are converted to one unit (公里 to 米), and may be so many for each village: the column that names it."""

MARKED = ("high", "low", "few_high", "few_low")
"""The marks that say something of a price or a budget."""


def shown_text(warehouse: Warehouse, table: Mart, row: Row, column: MartColumn) -> str:
    """Give a value as the report and the letters show it; null is ""."""
    value = table.value(row, column.name)
    if isinstance(value, str):
        return label_text(warehouse, table, row, column.name)
    if isinstance(value, float) and (table.name, column.name) in VALUE_UNITS:
        text = plain_figure(value)
    else:
        text = format_value(column, value)
    unit = table.text(row, VALUE_UNITS.get((table.name, column.name), "")) if text else None
    return f"{text}{unit}{_per(table, row)}" if unit else text


def plain_figure(value: float, digits: int = 6) -> str:
    """Write a figure with its whole part and decimals up to so many digits, thousands apart, never as 2.3e+06."""
    if not math.isfinite(value) or not value:
        return f"{value:g}"
    places = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_columns(table: Mart) -> frozenset[str]:
    """Give the columns of a table that say no more than the unit written beside other figures."""
    return frozenset(unit for (mart, _), unit in VALUE_UNITS.items() if mart == table.name)


def label_text(warehouse: Warehouse, table: Mart, row: Row, name: str) -> str:
    """Give a text or a code's label; a mark that was judged by the amount per village says so."""
    text = warehouse.label(table, name, table.value(row, name))
    if name == "outlier" and table.text(row, name) in MARKED and (per := _per(table, row)):
        return f"{per.removeprefix('/')}均{text}"
    return text


def judged_ratio(table: Mart, row: Row) -> float:
    """Give the ratio to the median that a row's mark rests on; 0 where there is none."""
    return table.number(row, "ratio_compared") or table.number(row, "ratio_to_median") or 0.0


def _per(table: Mart, row: Row) -> str:
    """Give what a figure is for each of, as "/村"; nothing for what is compared as it is."""
    measure = table.text(row, "denominator")
    return "" if measure in (None, "", WHOLE) else f"/{measure}"


def is_numeric(column: MartColumn) -> bool:
    """Tell whether a column's values stand right and sort as numbers."""
    return column.form in ("count", "money", "percent", "ratio", "number", "label_number")


def format_value(column: MartColumn, value: object) -> str:
    """Give a value as the report shows it; null is "", whole amounts have no decimals."""
    if value is None:
        return ""
    if (plain := plain_text(value)) is not None:
        return plain
    if column.form == "percent":
        return f"{float(str(value)):,.1f}"
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        if column.form == "money":
            return f"{value:,.0f}" if whole else f"{value:,.2f}"
        return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) and column.form == "count" else str(value)
