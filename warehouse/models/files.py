"""The models: plain SQL files, ordered by the names that they read."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

import sql
from warehouse import schema
from warehouse.schema import TableSpec, rejected_files, stored_tables

SQL = Path(sql.__file__).parent

LAYERS = {"staging": "staging", "core": "core", "intermediate": "intermediate", "marts": "mart"}
"""Folder under ``sql/`` → schema that its models are read by."""

PREPARED = ("stored", "config")
"""Schemas that the runner fills before any model: the Parquet parts, and the county's own files."""

KEPT = ("core", "mart", "rules")
"""Schemas whose tables are results, which the next build may take over; the others' are steps on the way."""

RULE_FINDINGS = "rules.findings"
"""What the review rules that are switched on find, as a view that models may read."""

_VIEW = "A view:"
"""Begins a sentence at the top of an intermediate model that is read through rather than copied, and says why. Views
lie in a database of their own and so cannot read core."""


_FINDINGS = """
select
    cast(filing_id as varchar) as filing_id,
    cast(project_no as integer) as project_no,
    cast(indicator_no as integer) as indicator_no,
    cast(evidence as varchar) as evidence,
    cast(figures as varchar) as figures,
    cast(difference as decimal(24, 6)) as difference
from (
{rule}
)
"""
_NO_FINDINGS = """
select '' as filing_id, 0 as project_no, 0 as indicator_no, '' as evidence, '' as figures, 0 as difference where false
"""


class ModelError(Exception):
    """The SQL files do not fit together; says which file and why."""


@dataclass(frozen=True)
class Model:
    """One SQL file: ``name`` is what others read it by (``mart.coverage``), ``grain`` its first comment line."""

    name: str
    path: Path
    text: str

    @property
    def schema(self) -> str:
        """Give the schema part of the name."""
        return self.name.partition(".")[0]

    @property
    def table(self) -> str:
        """Give the name without the schema."""
        return self.name.partition(".")[2]

    @cached_property
    def grain(self) -> str:
        """Give the leading comment lines as one sentence."""
        lines = []
        for line in self.text.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return " ".join(lines)

    @property
    def is_view(self) -> bool:
        """Tell whether the model is read through; the others are made once, as tables."""
        return self.schema == "staging" or self.name == RULE_FINDINGS or f"-- {_VIEW}" in self.text

    @cached_property
    def reads(self) -> frozenset[str]:
        """Give the names (with schema) of the tables that the query reads; names of its CTEs have no schema."""
        try:
            return _find_tables(self.text)
        except ValueError as error:
            raise ModelError(f"{self.path.name}: {error}") from error


def read_models(folder: Path = SQL) -> list[Model]:
    """Read the models of all layers, each after those that it reads.

    Raises ModelError where a file reads a name that does not exist, or two read each other.
    """
    written = {
        model.name: model
        for layer, place in LAYERS.items()
        for path in sorted((folder / layer).rglob("*.sql"))
        for model in [Model(f"{place}.{path.stem}", path, path.read_text(encoding="utf-8"))]
    }
    models = {model.name: model for model in stored_models()} | written
    rules = read_rules(folder)
    graph = {name: _needs(model, models) for name, model in models.items()}
    graph[RULE_FINDINGS] = {name for rule in rules for name in _needs(rule, models)}
    try:
        order = list(TopologicalSorter({name: sorted(graph[name]) for name in sorted(graph)}).static_order())
    except CycleError as error:
        raise ModelError(f"models read each other: {' → '.join(error.args[1])}") from error
    rule_model = Model(RULE_FINDINGS, folder / "rules", "")
    return [models.get(name, rule_model) for name in order]


def stored_models() -> Iterator[Model]:
    """Give each stored table as ``staging.stg_<name>``, which the other models read, and as ``core.<name>``.

    A core table that has more than what is stored is a file in ``sql/core``, which counts instead.
    """
    for spec in (*stored_tables().values(), rejected_files()):
        columns = ",\n    ".join(column.name for column in spec.columns)
        yield _stored_model(f"staging.stg_{spec.name}", spec, f"select\n    {columns}\nfrom stored.{spec.name}")
        yield _stored_model(f"core.{spec.name}", spec, _core_query(spec))


def _core_query(spec: TableSpec) -> str:
    """Give the query of a core table; beside each row of a filing stand its year and township, so that nobody joins."""
    if spec.name == "filings" or "filing_id" not in spec.schema.names:
        return f"select * from staging.stg_{spec.name}"
    order = ", ".join(f"rows_read.{name}" for name in ("filing_id", *spec.row_order))
    return (
        "select\n    rows_read.*,\n    filings.fiscal_year,\n    filings.township\n"
        f"from staging.stg_{spec.name} as rows_read\n"
        "inner join staging.stg_filings as filings on rows_read.filing_id = filings.filing_id\n"
        f"order by {order}"
    )


def _stored_model(name: str, spec: TableSpec, query: str) -> Model:
    return Model(name, Path(schema.__file__), f"-- {spec.grain}\n{query}\n")


def read_rules(folder: Path = SQL) -> list[Model]:
    """Read the review rules; a rule's name is that of its file."""
    return [
        Model(f"rules.{path.stem}", path, path.read_text(encoding="utf-8"))
        for path in sorted((folder / "rules").rglob("*.sql"))
    ]


def unite_rules(rules: Iterable[Model], folder: Path = SQL) -> list[Model]:
    """Give each rule as a model with the columns that findings have, and the view of all their findings."""
    typed = [Model(rule.name, rule.path, _FINDINGS.format(rule=rule.text)) for rule in rules]
    sides = [f"select '{rule.table}' as rule, * from {rule.name}" for rule in typed]
    text = "\nunion all\n".join(sides or [f"select '' as rule, * from ({_FINDINGS.format(rule=_NO_FINDINGS)})"])
    return [*typed, Model(RULE_FINDINGS, folder / "rules", text)]


def read_tests(folder: Path = SQL) -> list[Model]:
    """Read the data tests: queries that return what is wrong."""
    return [
        Model(f"tests.{path.stem}", path, path.read_text(encoding="utf-8"))
        for path in sorted((folder / "tests").rglob("*.sql"), key=lambda path: path.name)
    ]


def sql_files(folder: Path = SQL) -> Iterable[Path]:
    """Give all files under ``sql/`` that decide what a build holds."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".sql", ".csv"))


@lru_cache(maxsize=1024)
def _find_tables(text: str) -> frozenset[str]:
    """Find the tables in a query with DuckDB's own parser, which takes a tenth of the time of one written in Python."""
    parsed = json.loads(_parser().execute("select json_serialize_sql(?)", [text]).fetchall()[0][0])
    if parsed["error"]:
        raise ValueError(parsed["error_message"])
    return frozenset(_walk_tables(parsed["statements"]))


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _walk_tables(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node["schema_name"]:
            yield f"{node['schema_name']}.{node['table_name']}"
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _walk_tables(child)


def _needs(model: Model, models: dict[str, Model]) -> set[str]:
    known = {name for name in model.reads if name in models or name == RULE_FINDINGS}
    unknown = {name for name in model.reads - known if name.partition(".")[0] not in PREPARED}
    if unknown:
        raise ModelError(f"{model.path.name} reads {', '.join(sorted(unknown))}, which no file makes")
    return known
