"""Keys, Chinese names, and the questions that analysts ask without knowing how the program came by its tables."""

import shutil
from pathlib import Path

import pytest

from tests.warehouse.invented_county import County
from warehouse.models.build import BuildRefusedError, build_database
from warehouse.models.files import SQL
from warehouse.models.keys import read_keys

CONSTRAINTS = """
    select constraint_type, schema_name || '.' || table_name, list_sort(constraint_column_names)
    from duckdb_constraints() where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
"""


def test_the_keys_listed_are_those_that_the_database_holds(county: County) -> None:
    held = {(kind, table, tuple(columns)) for kind, table, columns in county.connection.execute(CONSTRAINTS).fetchall()}
    for key in read_keys(SQL):
        if key.key:
            assert ("PRIMARY KEY", key.table, tuple(sorted(key.key))) in held
        if key.referenced.startswith("core.") and key.table.startswith("core."):
            assert ("FOREIGN KEY", key.table, tuple(sorted(key.referenced_key))) in held


def test_no_row_of_a_mart_is_without_the_row_that_it_belongs_to(county: County) -> None:
    """DuckDB holds no foreign key between schemas, so those of the marts are asked here."""
    for key in (key for key in read_keys(SQL) if key.table.startswith("mart.") and key.referenced):
        joined = " and ".join(f"ours.{name} = theirs.{name}" for name in key.referenced_key)
        query = f"select count(*) from {key.table} ours anti join {key.referenced} theirs on {joined} where ours.filing_id is not null"
        assert county.connection.execute(query).fetchall() == [(0,)], key.table


def test_rows_that_break_a_key_stop_the_build(county: County, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SQL, tmp_path / "sql"))
    keys = (folder / "keys.csv").read_text(encoding="utf-8")
    broken = keys.replace("core.indicators,filing_id project_no indicator_no,", "core.indicators,filing_id project_no,")
    (folder / "keys.csv").write_text(broken, encoding="utf-8")
    home = Path(shutil.copytree(county.home, tmp_path / "home", symlinks=True))
    with pytest.raises(BuildRefusedError, match=r"core\.indicators"):
        build_database(home, folder)


def test_tables_have_chinese_names_and_headings_too(county: County) -> None:
    asked = 'select 乡镇, 指标, "金额（元）", 异常标记 from 中文.成本比较 order by all'
    plain = "select township, indicator, value_yuan, outlier from mart.cost_comparison order by all"
    assert county.connection.execute(asked).fetchall() == county.connection.execute(plain).fetchall() != []


QUESTIONS = {
    "what does each township spend a village, this year and last": "select township, fiscal_year, sum(current_yuan) / any_value(villages) from mart.budget_comparison "
    "where status = 'filed' group by all having any_value(villages) > 0",
    "which indicators have no figure, by township, without a join": "select township, fiscal_year, count(*) from core.indicators where target_kind = 'text' group by all",
    "what share of its indicators does each filing leave unweighted": "select file_name, avg(case when weight is null then 1 else 0 end) from core.filings "
    "join core.indicators using (filing_id) group by file_name",
    "where does each dear unit cost stand": (
        "select cost.township, cost.indicator, indicators.table_no, indicators.row_no from mart.cost_comparison as cost "
        "join core.indicators using (filing_id, project_no, indicator_no) where cost.ratio_to_median > 1"
    ),
    "which findings concern the largest budgets": "select found.township, found.message, projects.budget_yuan from mart.review_findings as found "
    "join core.projects using (filing_id, project_no) order by projects.budget_yuan desc limit 5",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_of_an_analyst_has_an_answer(county: County, question: str) -> None:
    assert county.connection.execute(QUESTIONS[question]).fetchall() != []
