"""Which stored columns each column of a model is made of, remembered from build to build."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from warehouse.models.files import SQL, Model
from warehouse.models.remembered import Remembered, remember
from warehouse.models.states import hash_texts
from warehouse.program import program_version

Sources = frozenset[str]
"""Columns with table and schema: ``core.indicators.target_raw``."""

ENDS = ("core", "config", "rules", "stored")
"""Schemas whose columns lineage is told in; what lies between them and a mart is followed through. A stored table is
told by the name that analysts know it by: that of its core table, which has the same columns."""


def trace_columns(
    models: Iterable[Model], columns: Mapping[str, Sequence[str]], folder: Path = SQL
) -> dict[tuple[str, str], Sources]:
    """Give the core columns behind each column of each model that is not core itself, by (table, column).

    ``models`` come in build order; ``columns`` names the columns of every relation. Only what flows into a value
    counts, not what it is joined, filtered or grouped by. What is found is remembered beside ``folder``.
    """
    asked = [model for model in models if model.schema not in ENDS]
    # What a build need not make anew has no columns: it asks nothing else.
    known = {name: tuple(names) for name, names in sorted(columns.items()) if names}
    key = hash_texts(
        [
            program_version(("warehouse/models",), ("sqlglot",)),
            *(f"{model.name} {model.text}" for model in asked),
            *(f"{name} {' '.join(names)}" for name, names in known.items()),
        ]
    )
    traced = remember(folder, "lineage", key, lambda: _trace(asked, known))
    return {split_column(name): frozenset(sources) for name, sources in traced.items()}


def _trace(models: Iterable[Model], columns: Mapping[str, Sequence[str]]) -> Remembered:
    from warehouse.models.tracing import trace  # takes a quarter of a second, and is seldom needed

    traced: dict[tuple[str, str], Sources] = {}
    for model, outputs in trace(models, columns):
        for column, sources in outputs.items():
            traced[model.name, column] = frozenset(end for source in sources for end in _follow(source, traced))
    return {f"{table}.{column}": sorted(sources) for (table, column), sources in traced.items()}


def _follow(source: str, traced: Mapping[tuple[str, str], Sources]) -> Sources:
    table, column = split_column(source)
    if table.partition(".")[0] in ENDS:
        return frozenset((re.sub(r"^stored\.", "core.", source),))
    return traced.get((table, column), frozenset())


def split_column(name: str) -> tuple[str, str]:
    """Part ``core.indicators.target_raw`` into table and column."""
    table, _, column = name.rpartition(".")
    return table, column
