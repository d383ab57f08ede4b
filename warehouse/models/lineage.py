"""Which stored columns each column of a model is made of, read from the SQL alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.schema import MappingSchema

from warehouse.models.files import Model

Sources = frozenset[str]
"""Columns with table and schema: ``core.indicators.target_raw``."""

ENDS = ("core", "config", "rules", "stored")
"""Schemas whose columns lineage is told in; what lies between them and a mart is followed through. A stored table is
told by the name that analysts know it by: that of its core table, which has the same columns."""


def trace_columns(models: Iterable[Model], columns: Mapping[str, list[str]]) -> dict[tuple[str, str], Sources]:
    """Give the core columns behind each column of each model that is not core itself, by (table, column).

    ``models`` come in build order; ``columns`` names the columns of every relation. Only what flows into a value
    counts, not what it is joined, filtered or grouped by.
    """
    known = sorted((name, tuple(names)) for name, names in columns.items() if names)
    return _trace(tuple(models), tuple(known))  # what a build need not make anew has no columns: it asks nothing else


@lru_cache(maxsize=4)
def _trace(
    models: tuple[Model, ...], columns: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[tuple[str, str], Sources]:
    schema = MappingSchema(dialect="duckdb")
    for name, names in columns:
        schema.add_table(name, dict.fromkeys(names, "varchar"))
    traced: dict[tuple[str, str], Sources] = {}
    for model in models:
        if model.schema in ENDS:
            continue
        for column, sources in _read_outputs(model, schema).items():
            traced[model.name, column] = frozenset(end for source in sources for end in _follow(source, traced))
    return traced


def _follow(source: str, traced: Mapping[tuple[str, str], Sources]) -> Sources:
    table, _, column = source.rpartition(".")
    if table.partition(".")[0] in ENDS:
        return frozenset((re.sub(r"^stored\.", "core.", source),))
    return traced.get((table, column), frozenset())


def _read_outputs(model: Model, schema: MappingSchema) -> dict[str, Sources]:
    query = qualify(
        model.query.copy(),
        dialect="duckdb",
        schema=schema,
        validate_qualify_columns=False,
        identify=False,
        quote_identifiers=False,
    )
    scope = build_scope(query)
    return {} if scope is None else _outputs(scope, {})


def _outputs(scope: Scope, known: dict[int, dict[str, Sources]]) -> dict[str, Sources]:
    """Give the sources of each output column of a query; a union's are those of both sides."""
    if id(scope) in known:
        return known[id(scope)]
    expression = scope.expression
    if isinstance(expression, exp.SetOperation):
        sides = [_outputs(side, known) for side in scope.set_operation_scopes or ()]
        known[id(scope)] = _unite(sides, by_name=bool(expression.args.get("by_name")))
    elif isinstance(expression, exp.Query):
        known[id(scope)] = {
            projection.alias_or_name: _sources_of(projection, scope, known) for projection in expression.selects
        }
    return known.get(id(scope), {})


def _unite(sides: list[dict[str, Sources]], *, by_name: bool) -> dict[str, Sources]:
    first, *rest = sides
    united = dict(first)
    for side in rest:
        names = list(side) if by_name else list(first)
        for name, sources in zip(names, side.values(), strict=False):
            united[name] = united.get(name, frozenset()) | sources
    return united


def _sources_of(projection: exp.Expr, scope: Scope, known: dict[int, dict[str, Sources]]) -> Sources:
    found: set[str] = set()
    for column in _value_columns(projection):
        source = scope.sources.get(column.table)
        if isinstance(source, Scope):
            found |= _outputs(source, known).get(column.name, frozenset())
        elif isinstance(source, exp.Table) and source.db:
            found.add(f"{source.db}.{source.name}.{column.name}")
    for subquery in scope.subquery_scopes:
        if any(subquery.expression is inner for inner in projection.find_all(exp.Query)):
            found |= {source for sources in _outputs(subquery, known).values() for source in sources}
    return frozenset(found)


def _value_columns(projection: exp.Expr) -> Iterator[exp.Column]:
    """Yield the columns in an expression, but not those that a window is only cut by (partition by)."""
    cut = {
        id(column)
        for window in projection.find_all(exp.Window)
        for part in window.args.get("partition_by") or ()
        for column in part.find_all(exp.Column)
    }
    return (column for column in projection.find_all(exp.Column) if id(column) not in cut)
