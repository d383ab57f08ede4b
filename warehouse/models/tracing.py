"""What flows into each output column of a query, read from its SQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.schema import MappingSchema

from warehouse.models.files import Model, ModelError


def trace(
    models: Iterable[Model], columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Model, dict[str, frozenset[str]]]]:
    """Give each model with the columns (``schema.table.column``) that flow into each column of its result.

    Raises ModelError where a model is not a query.
    """
    schema = MappingSchema(dialect="duckdb")
    for name, names in columns.items():
        schema.add_table(name, dict.fromkeys(names, "varchar"))
    for model in models:
        yield model, _read_outputs(model, schema)


def _parse(model: Model) -> exp.Query:
    try:
        parsed = sqlglot.parse_one(model.text, dialect="duckdb")
    except SqlglotError as error:
        raise ModelError(f"{model.path.name}: {error}") from error
    if not isinstance(parsed, exp.Query):
        raise ModelError(f"{model.path.name}: not a query")
    return parsed


def _read_outputs(model: Model, schema: MappingSchema) -> dict[str, frozenset[str]]:
    query = qualify(
        _parse(model),
        dialect="duckdb",
        schema=schema,
        validate_qualify_columns=False,
        identify=False,
        quote_identifiers=False,
    )
    scope = build_scope(query)
    return {} if scope is None else _outputs(scope, {})


def _outputs(scope: Scope, known: dict[int, dict[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
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


def _unite(sides: list[dict[str, frozenset[str]]], *, by_name: bool) -> dict[str, frozenset[str]]:
    first, *rest = sides
    united = dict(first)
    for side in rest:
        names = list(side) if by_name else list(first)
        for name, sources in zip(names, side.values(), strict=False):
            united[name] = united.get(name, frozenset()) | sources
    return united


def _sources_of(projection: exp.Expr, scope: Scope, known: dict[int, dict[str, frozenset[str]]]) -> frozenset[str]:
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
