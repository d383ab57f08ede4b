"""How one value of a comparison is written for a reader: codes in Chinese, amounts with separators, units beside figures."""

from decimal import Decimal

from warehouse.publication.marts.filings import plain_text
from warehouse.publication.marts.tables import Mart, MartColumn, Row, Warehouse

PER_VILLAGE = "村均"
"""Stands before a mark (明显偏高) that a budget has for its amount per village, not for its total."""

VALUE_UNITS = {("target_comparison", name): "value_unit" for name in ("county_median", "strictness_distance")}
"""Figures that are converted to one unit (公里 to 米): the column that names it."""


def shown_text(warehouse: Warehouse, table: Mart, row: Row, column: MartColumn) -> str:
    """Give a value as the report and the letters show it; null is ""."""
    value = table.value(row, column.name)
    if isinstance(value, str):
        return label_text(warehouse, table, row, column.name)
    text = format_value(column, value)
    unit = table.text(row, VALUE_UNITS.get((table.name, column.name), "")) if text else None
    return f"{text}{unit}" if unit else text


def unit_columns(table: Mart) -> frozenset[str]:
    """Give the columns of a table that say no more than the unit written beside other figures."""
    return frozenset(unit for (mart, _), unit in VALUE_UNITS.items() if mart == table.name)


def label_text(warehouse: Warehouse, table: Mart, row: Row, name: str) -> str:
    """Give a text or a code's label; a mark that was judged by the amount per village says so."""
    text = warehouse.label(table, name, table.value(row, name))
    if name == "outlier" and table.text(row, name) in ("high", "low") and warehouse.judged_by_village(table, row):
        return f"{PER_VILLAGE}{text}"
    return text


def judged_ratio(warehouse: Warehouse, table: Mart, row: Row) -> float:
    """Give the ratio to the median that a row's mark rests on; 0 where there is none."""
    name = "ratio_per_village_to_median" if warehouse.judged_by_village(table, row) else "ratio_to_median"
    return table.number(row, name) or 0.0


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
