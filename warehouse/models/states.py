"""What is remembered of a model's last run: from what it was made, and what came out, both as hashes.

A model's key is a hash of its SQL text and of what it reads. Where the key is that of the last build, so is the result.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import quote_text, write_table
from warehouse.models.files import Model
from warehouse.models.soundness import is_sound
from warehouse.schema import TEXT

STATES = "rules.model_states"
"""The table, beside what the rules find, that holds the states."""

_STATES = pa.schema([("name", TEXT), ("key", TEXT), ("content", TEXT), ("columns", pa.list_(TEXT))])


@dataclass(frozen=True, slots=True)
class ModelState:
    """``key`` names what a model was made from, ``content`` what came out; ``columns`` are the result's, in order."""

    key: str
    content: str
    columns: tuple[str, ...]


def find_key(model: Model, contents: Mapping[str, str], program: str) -> str:
    """Give the key of a model from its text, the contents of all that it reads, and the program's own hash."""
    return hash_texts([program, model.text, *(f"{name} {contents[name]}" for name in sorted(model.reads))])


def hash_texts(texts: Iterable[str]) -> str:
    """Hash a sequence of texts."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{len(text)}:{text}".encode())
    return digest.hexdigest()[:32]


def hash_arrow(table: pa.Table) -> str:
    """Hash the columns, types and rows of a small table."""
    return hash_texts([repr(table.schema.names), repr(table.schema.types), repr(table.to_pylist())])


def hash_table(connection: duckdb.DuckDBPyConnection, model: Model) -> tuple[int, str]:
    """Count and hash the rows of a table, whatever their order."""
    types = connection.execute(f"select column_name, column_type from (describe {model.name})").fetchall()
    hashed = [f'"{name}"' for name, _ in types]
    found = connection.execute(
        f"select count(*), sum(cast(hash({', '.join(hashed)}) as hugeint)) from {model.name}"
    ).fetchall()
    return int(found[0][0]), hash_texts([repr(types), repr(found)])


def read_columns(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, ...]:
    """Give the names of the columns of a table or view, in order."""
    return tuple(row[0] for row in connection.execute(f"select column_name from (describe {name})").fetchall())


def attach_last(connection: duckdb.DuckDBPyConnection, database: Path, rules: Path) -> dict[str, ModelState]:
    """Attach a finished build as ``last`` and ``last_rules`` and read its models' states.

    Without one, or where it cannot be opened or lacks what was made, there are no states, and so nothing is looked for
    in it.
    """
    if not (database.exists() and rules.exists() and is_sound(database, rules)):
        return {}
    try:
        connection.execute(f"attach {quote_text(str(database))} as last (read_only)")
        connection.execute(f"attach {quote_text(str(rules))} as last_rules (read_only)")
        rows = connection.execute(f"select name, key, content, columns from last_{STATES}").fetchall()
    except duckdb.Error:  # damaged, of another version, or opened for writing by somebody: all is made anew
        return {}
    return {name: ModelState(key, content, tuple(columns)) for name, key, content, columns in rows}


def hash_build(rules: Path, without: str) -> str:
    """Hash what the tables of a finished build hold, but for one of them; "" where that is not known."""
    if not rules.exists():
        return ""
    try:
        with duckdb.connect(str(rules), read_only=True) as connection:
            rows = connection.execute(
                f"select name, content from main.{STATES.partition('.')[2]}"
                " where split_part(name, '.', 1) in ('core', 'mart') and name <> $1 order by name",
                [without],
            ).fetchall()
    except duckdb.Error:
        return ""
    return hash_texts(f"{name} {content}" for name, content in rows)


def detach_last(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the last build go."""
    connection.execute("detach database if exists last")
    connection.execute("detach database if exists last_rules")


def write_states(connection: duckdb.DuckDBPyConnection, states: Mapping[str, ModelState]) -> None:
    """Write the states of a build beside what its rules find."""
    rows = [
        {"name": name, "key": state.key, "content": state.content, "columns": list(state.columns)}
        for name, state in sorted(states.items())
    ]
    write_table(connection, STATES, pa.Table.from_pylist(rows, schema=_STATES))
