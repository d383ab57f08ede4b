"""How much text each stored filing holds: what a build that does not end is most likely busy with."""

from pathlib import Path

import duckdb

from warehouse.connection import quote_text
from warehouse.schema import stored_tables


def weigh_filings(parquet: Path) -> dict[str, int]:
    """Give the characters of all stored rows of each filing, by its id."""
    weights: dict[str, int] = {}
    with duckdb.connect() as connection:
        for name in stored_tables():
            parts = sorted((parquet / name).glob("*/part-*.parquet"))
            if not parts:
                continue
            listed = ", ".join(quote_text(part.as_posix()) for part in parts)
            rows = connection.execute(
                "select filing_id, sum(length(cast(row_of as varchar)))"
                f" from read_parquet([{listed}], hive_partitioning = false) as row_of group by filing_id"
            ).fetchall()
            for filing_id, characters in rows:
                weights[filing_id] = weights.get(filing_id, 0) + int(characters)
    return weights
