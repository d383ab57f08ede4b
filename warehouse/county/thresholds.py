"""What comparisons are judged by: the program's thresholds with their sources, and the county's own over them."""

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyarrow as pa

from warehouse.county.mistakes import Mistakes
from warehouse.schema import TEXT, VALUE

THRESHOLDS_FILE = "thresholds.csv"
THRESHOLD_COLUMNS = ("name", "value", "note")

_THRESHOLDS = pa.schema([("name", TEXT), ("value", VALUE)])


def load_thresholds(program: Path) -> dict[str, Decimal]:
    """Give the program's own thresholds (``sql/thresholds.csv``) by name."""
    with (program / THRESHOLDS_FILE).open(encoding="utf-8", newline="") as file:
        return {row["name"]: Decimal(row["value"]) for row in csv.DictReader(file)}


def read_thresholds(program: Path, config: Path, mistakes: Mistakes) -> pa.Table:
    """Lay the county's thresholds over the program's."""
    values, path = load_thresholds(program), config / THRESHOLDS_FILE
    for line, row in mistakes.rows(path, THRESHOLD_COLUMNS):
        if row["name"] not in values:
            mistakes.add(path, line, "name", f"“{row['name']}”应为 {'、'.join(values)} 之一")
            continue
        try:
            value = Decimal(row["value"])
        except InvalidOperation:
            value = Decimal(-1)
        if not (value.is_finite() and value >= 0):
            mistakes.add(path, line, "value", f"“{row['value']}”应为不小于零的数")
            continue
        values[row["name"]] = value
    rows = [{"name": name, "value": round(value, 6)} for name, value in values.items()]
    return pa.Table.from_pylist(rows, schema=_THRESHOLDS)
