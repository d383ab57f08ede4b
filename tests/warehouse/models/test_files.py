"""The SQL files as a whole: their order, what they say of themselves, and how their columns are traced."""

import re
from pathlib import Path

import pytest

from tests.warehouse.invented_county import County
from warehouse.models.docs import read_column_docs, read_table_docs
from warehouse.models.files import LAYERS, SQL, ModelError, read_models, read_rules, read_tests

EVERY = [*read_models(), *read_rules(), *read_tests()]
FILES = [model for model in EVERY if model.path.suffix == ".sql"]


def write(folder: Path, **texts: str) -> Path:
    for layer in (*LAYERS, "rules", "tests"):
        (folder / layer).mkdir()
    for name, text in texts.items():
        layer, _, table = name.partition("__")
        (folder / layer / f"{table}.sql").write_text(f"-- One row.\n{text}\n")
    return folder


def test_models_come_after_what_they_read(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        staging__stg_b="select 1 as x from stored.b",
        core__b="select x from staging.stg_b",
        marts__a="with c as (select x from core.b) select x from c join intermediate.int_b using (x)",
        intermediate__int_b="select x from core.b",
    )
    order = [model.name for model in read_models(folder) if model.text]
    assert order.index("staging.stg_b") < order.index("core.b") < order.index("intermediate.int_b")
    assert order[-1] == "mart.a"


def test_a_name_that_no_file_makes_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"a\.sql reads core\.gone"):
        read_models(write(tmp_path, marts__a="select 1 as x from core.gone"))


def test_models_that_read_each_other_are_refused(tmp_path: Path) -> None:
    texts = {"marts__a": "select x from mart.b", "marts__b": "select x from mart.a"}
    with pytest.raises(ModelError, match="read each other"):
        read_models(write(tmp_path, **texts))


def test_what_is_no_query_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"a\.sql"):
        read_models(write(tmp_path, marts__a="drop table core.filings"))


@pytest.mark.parametrize("model", FILES, ids=lambda model: model.name)
def test_every_file_begins_with_what_it_says_and_ends_with_its_last_step(model) -> None:  # type: ignore[no-untyped-def]
    assert re.match(r"-- [A-Z].*?[.]\n(?:-- .*\n)*with\n", model.text) or re.match(r"(?:-- .*\n)+with\n", model.text)
    assert model.grain[0].isupper() and model.grain.endswith(".")
    if model.schema in LAYERS.values():
        assert model.grain.startswith("One row per "), "the first line is the grain"


@pytest.mark.parametrize("model", [m for m in FILES if m.schema in LAYERS.values()], ids=lambda model: model.name)
def test_only_staging_reads_what_is_stored(model) -> None:  # type: ignore[no-untyped-def]
    places = {name.partition(".")[0] for name in model.reads}
    allowed = {
        "staging": {"stored", "config", "rules"},
        "core": {"staging", "intermediate"},
        "intermediate": {"staging", "intermediate"},
        "mart": {"staging", "core", "intermediate"},
    }
    assert places and places <= allowed[model.schema]


def test_every_table_and_column_is_documented_in_its_order_and_type(county: County) -> None:
    tables, columns = read_table_docs(SQL), read_column_docs(SQL)
    found = county.connection.execute(
        """
        select schema_name || '.' || table_name, column_name, data_type, comment
        from duckdb_columns() where not internal and schema_name in ('core', 'mart')
        order by schema_name, table_name, column_index
        """
    ).fetchall()
    about = {"mart.tables", "mart.columns", "mart.labels", "mart.keys"}
    documented = [(table, column) for table, column, _, _ in found if table not in about]
    assert sorted(documented) == sorted(columns) and {table for table, _ in documented} == set(tables)
    for name in tables:
        assert [column for table, column in documented if table == name] == [c for t, c in columns if t == name], name
    for table, column, _, comment in found:
        assert table in about or comment == f"{columns[table, column].heading}：{columns[table, column].meaning}"


def test_types_are_those_that_are_documented(county: County) -> None:
    import csv

    for schema, layer in (("core", "core"), ("mart", "marts")):
        with (SQL / layer / "columns.csv").open(encoding="utf-8", newline="") as file:
            wanted = {(row["table"], row["column"]): row["type"] for row in csv.DictReader(file)}
        found = county.connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = ?", [schema]
        ).fetchall()
        types = {(table, column): of for table, column, of in found if (table, column) in wanted}
        assert types == wanted


def test_the_database_says_what_its_tables_hold(county: County) -> None:
    rows = county.connection.execute("select table_name, title, row_count from mart.tables").fetchall()
    counts = {name: count for name, _, count in rows}
    assert counts["cost_comparison"] == len(county.mart("cost_comparison")) > 0
    assert counts["core.filings"] == len(county.table("filings"))
    comment = county.connection.execute(
        "select comment from duckdb_tables() where schema_name = 'mart' and table_name = 'coverage'"
    ).fetchall()[0][0]
    assert comment.startswith("报送情况：每行是一个乡镇在一个年度的一类报送文件")


def test_every_code_has_its_label(county: County) -> None:
    labels = county.connection.execute("select table_name, column_name, code from mart.labels").fetchall()
    listed = {(table, column) for table, column, _ in labels}
    for table, column in listed:
        values = set(county.mart(table)[column].dropna())
        assert values <= {code for of_table, of_column, code in labels if (of_table, of_column) == (table, column)}
    coded = county.connection.execute(
        "select table_name, column_name from mart.columns where meaning like '%；%' and regexp_matches(meaning, '^[a-z_]+ ')"
    ).fetchall()
    assert {pair for pair in coded if not pair[0].startswith("core.")} <= listed


LINEAGE = {
    ("cost_comparison", "value_yuan"): {"core.indicators.value_high", "core.indicators.value_low"},
    ("cost_comparison", "file_name"): {"core.filings.file_name"},
    ("budget_comparison", "villages"): {"config.townships.villages"},
    ("budget_comparison", "total_yuan"): {"core.projects.budget_yuan"},
    ("schedule_comparison", "month"): {"core.spending_plan.month"},
    ("year_over_year", "last_file_name"): {"core.filings.file_name"},
    ("target_versus_actual", "actual_raw"): {"core.indicators.actual_raw"},
    ("review_findings", "evidence"): {"core.findings.evidence", "rules.findings.evidence"},
}


@pytest.mark.parametrize("place", LINEAGE, ids=".".join)
def test_columns_are_traced_to_the_core(place: tuple[str, str], county: County) -> None:
    rows = county.connection.execute(
        "select lineage from mart.columns where table_name = ? and column_name = ?", list(place)
    ).fetchall()
    assert set(rows[0][0].split("、")) == LINEAGE[place]


def test_columns_are_traced_down_to_the_form(county: County) -> None:
    rows = county.connection.execute(
        "select column_name, form_field from mart.columns where table_name = 'cost_comparison'"
    ).fetchall()
    fields = dict(rows)
    assert (fields["target_raw"], fields["value_yuan"], fields["project_name"]) == ("指标值", "指标值", "项目名称")


def test_nearly_every_column_of_the_marts_is_traced(county: County) -> None:
    listed = county.connection.execute(
        "select table_name || '.' || column_name, lineage from mart.columns where not table_name like 'core.%'"
    ).fetchall()
    untraced = [name for name, lineage in listed if lineage is None]
    # Counts of rows and constants come from no column.
    assert len(untraced) <= 0.07 * len(listed), untraced
