"""What makes a row of a published table the same row in the next publication, and whose figures its columns hold."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.publication.marts.tables import ID_COLUMNS, LAST_SOURCE_COLUMNS, SOURCE_COLUMNS

PLACE_COLUMNS = frozenset((*ID_COLUMNS, *SOURCE_COLUMNS, *LAST_SOURCE_COLUMNS, "reuse_group"))
"""Where a row stands in its filing, and numbers given anew in every build: never news by themselves."""

RELAXED = {"county": None, "unit_code": None, "project_code|project_name": "project_category|project_name"}
"""What a correction may fill in or put right while the row stays the same row."""


@dataclass(frozen=True, slots=True)
class TableKeys:
    """``key`` names a row, ``group`` the rows that it is compared with, ``own`` the columns filled by its own filing.

    ``a|b`` is the first of these columns that holds something. All other columns compare the row with its group.
    """

    key: tuple[str, ...]
    group: tuple[str, ...]
    own: frozenset[str]

    @property
    def passes(self) -> tuple[tuple[str, ...], ...]:
        """Give the keys to match rows by: the whole one first, then the relaxed one for rows left over."""
        relaxed = tuple(name for term in self.key if (name := RELAXED.get(term, term)) is not None)
        return (self.key, relaxed) if relaxed != self.key else (self.key,)


@cache
def read_table_keys() -> dict[str, TableKeys]:
    """Read the list of keys by table name; raises ValueError where a column is both named by a key and its own."""
    found: dict[str, TableKeys] = {}
    with Path(__file__).with_name("keys.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            keys = TableKeys(tuple(row["key"].split()), tuple(row["group"].split()), frozenset(row["own"].split()))
            if row["table"] in found or keys.own & set(keys.key):
                raise ValueError(f"publication_keys.csv: {row['table']} is listed twice or has a column in two roles")
            found[row["table"]] = keys
    return found


def keys_of(table: str, columns: tuple[str, ...]) -> TableKeys:
    """Give a table's keys; in a table that is not listed the whole row is the key, so rows only come and go."""
    listed = read_table_keys().get(table)
    return listed or TableKeys(tuple(name for name in columns if name not in PLACE_COLUMNS), (), frozenset())
