"""The forms in which a query's result can be written."""

from enum import StrEnum


class OutputFormat(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
