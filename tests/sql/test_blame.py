"""The gate for blame: no sentence rests on what was not read or is doubted, and one cause is one sentence."""

import csv

import duckdb
import pytest

from tests.places import ROOT

MODELS = ROOT / "sql" / "intermediate"


def query(path: str) -> str:
    return (MODELS / path).read_text(encoding="utf-8")


@pytest.fixture
def partly() -> duckdb.DuckDBPyConnection:
    """Two projects in one table, of which the second has an unread cell, and a third with a held sum in another filing."""
    connection = duckdb.connect()
    connection.execute("create schema staging; create schema intermediate")
    connection.execute(
        "create table staging.stg_projects as from (values ('a', 1, 1, 1), ('a', 2, 1, 9), ('b', 1, 1, 1), ('e', 1, 1, 1))"
        " as t (filing_id, project_no, table_no, row_no)"
    )
    connection.execute(
        "create table staging.stg_unread_cells as from (values ('a', 1, 12, 3, '30.00'), ('e', 1, 3, 1, '调整理由'))"
        " as t (filing_id, table_no, row_no, col_no, text)"
    )
    connection.execute(
        "create table staging.stg_doubts as select *, case when indicator_no is null then 'budget_yuan' else 'target_raw' end as field from (from (values ('b', 1, null, 'two_values', 'open'), ('b', null, null, 'two_texts', 'open'),"
        " ('c', 1, 2, 'two_values', 'open'), ('d', 1, null, 'amount_apart', 'open'))"
        " as t (filing_id, project_no, indicator_no, reason, decision))"
    )
    connection.execute(
        "create table staging.stg_doubt_reasons as from (values ('two_values', true, false), ('two_texts', false, false),"
        " ('amount_apart', true, true)) as t (reason, holds, is_filed)"
    )
    connection.execute("create view intermediate.int_doubts__united as select * from staging.stg_doubts")
    connection.execute(f"create view intermediate.int_records__doubted as {query('records/int_records__doubted.sql')}")
    connection.execute(
        f"create view intermediate.int_projects__partly_read as {query('records/int_projects__partly_read.sql')}"
    )
    connection.execute("create table intermediate.int_projects__replaced (filing_id text, project_no integer)")
    return connection


def test_a_project_is_read_in_part_where_a_cell_is_unread_or_a_value_held(partly: duckdb.DuckDBPyConnection) -> None:
    found = partly.execute("select * from intermediate.int_projects__partly_read order by all").fetchall()
    assert found == [("a", 2, False, False), ("b", 1, True, False), ("c", 1, False, False), ("e", 1, False, True)]


def said(
    connection: duckdb.DuckDBPyConnection, findings: list[tuple[str, int | None, int | None, str]]
) -> list[tuple[str, int | None, str]]:
    """Pass findings of the reader and of rules, as (filing, project, indicator, rule), through the gate."""
    with (ROOT / "sql" / "rules" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        catalogue = {row["rule"]: row for row in csv.DictReader(file)}
    connection.execute(
        "create table intermediate.int_findings__read (origin text, filing_id text, project_no integer, indicator_no"
        " integer, rule text, severity text, evidence text, figures text, difference double, waits_for text, yields_to text)"
    )
    connection.execute(
        "create table staging.stg_rule_findings (filing_id text, project_no integer, indicator_no integer, rule text,"
        " evidence text, figures text, difference double)"
    )
    connection.execute(
        "create table staging.stg_rules (rule text, title text, severity text, sentence text, waits_for text, yields_to"
        " text, dimension text, told_to text, counts_in text, is_enabled boolean)"
    )
    for name, row in catalogue.items():
        kept = [name, name, "error", "", row["waits_for"], row["yields_to"], row["dimension"], "", "", True]
        connection.execute("insert into staging.stg_rules values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kept)
    for *place, rule in findings:
        if catalogue[rule]["sentence"]:
            connection.execute(
                "insert into staging.stg_rule_findings by name select ? filing_id, ? project_no, ? indicator_no, ? rule",
                [*place, rule],
            )
        else:
            waits = [catalogue[rule]["waits_for"], catalogue[rule]["yields_to"]]
            connection.execute(
                "insert into intermediate.int_findings__read by name select 'reader' origin, ? filing_id, ? project_no,"
                " ? indicator_no, ? rule, ? waits_for, ? yields_to",
                [*place, rule, *waits],
            )
    connection.execute(
        "create table intermediate.int_filings__compared as select filing_id, 2024 as fiscal_year, '' as county,"
        " '' as county_key, '' as township_key, '' as township, '' as unit_code, '' as unit_name, 'targets' as doc_kind, '' as file_name,"
        " true as is_plan from (values ('a'), ('b'), ('c'), ('d'), ('e')) as t (filing_id)"
    )
    return connection.execute(
        f"select filing_id, project_no, rule from ({query('findings/int_findings__united.sql')}) order by all"
    ).fetchall()


def test_nothing_is_said_to_be_missing_of_a_project_read_in_part(partly: duckdb.DuckDBPyConnection) -> None:
    found = said(
        partly,
        [
            ("a", 1, None, "project_name_missing"),
            ("a", 2, None, "project_name_missing"),
            ("a", None, None, "money_unit_missing"),
            ("a", 1, 4, "target_empty"),
            ("a", 2, 5, "target_empty"),
            ("a", 2, 5, "rate_above_100"),
            ("b", 1, 1, "cost_missing"),
            ("b", 1, None, "budget_parts"),
        ],
    )
    assert found == [
        *[("a", 1, "project_name_missing"), ("a", 1, "target_empty"), ("a", 2, "rate_above_100")],
        ("b", 1, "cost_missing"),
    ]


def test_unread_words_leave_sums_as_they_are(partly: duckdb.DuckDBPyConnection) -> None:
    found = said(
        partly, [("e", 1, None, "budget_parts"), ("e", 1, None, "cost_missing"), ("e", 1, None, "project_incomplete")]
    )
    assert found == [("e", 1, "budget_parts")]


def test_no_sentence_rests_on_a_doubted_value(partly: duckdb.DuckDBPyConnection) -> None:
    """What was read as it was filed may be named: sums that lie a thousand times apart are the township's."""
    found = said(
        partly,
        [
            ("c", 1, 1, "rate_above_100"),
            ("c", 1, 2, "rate_above_100"),
            ("c", 1, None, "budget_parts"),
            ("d", 1, None, "money_scale"),
            ("d", 1, None, "execution_above_budget"),
        ],
    )
    assert found == [("c", 1, "rate_above_100"), ("d", 1, "execution_above_budget"), ("d", 1, "money_scale")]


def test_what_a_later_filing_says_anew_is_no_longer_spoken_of(partly: duckdb.DuckDBPyConnection) -> None:
    partly.execute("insert into intermediate.int_projects__replaced values ('d', 1)")
    assert said(partly, [("d", 1, None, "money_scale"), ("d", 2, None, "money_scale")]) == [("d", 2, "money_scale")]


def test_one_cause_is_one_finding(partly: duckdb.DuckDBPyConnection) -> None:
    found = said(
        partly,
        [
            ("d", 1, None, "money_scale"),
            ("d", 1, 3, "unit_cost_exceeds_budget"),
            ("d", 2, 3, "unit_cost_exceeds_budget"),
            ("d", 2, 1, "full_marks_below_target"),
            ("d", 2, 1, "achievement_low"),
            ("d", 2, 2, "achievement_low"),
        ],
    )
    assert found == [
        ("d", 1, "money_scale"),
        ("d", 2, "achievement_low"),
        ("d", 2, "full_marks_below_target"),
        ("d", 2, "unit_cost_exceeds_budget"),
    ]


@pytest.mark.parametrize("code", ["a cell unread", "a value doubted"])
def test_each_rule_that_tells_of_something_missing_waits(code: str, partly: duckdb.DuckDBPyConnection) -> None:
    """Every rule of the catalogue that waits for its project is silent where the project was read in part."""
    with (ROOT / "sql" / "rules" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = ("project", "money", "all") if code == "a cell unread" else ("money", "all")
    waiting = [row["rule"] for row in rows if row["waits_for"] in kinds]
    place = ("a", 2, None) if code == "a cell unread" else ("b", 1, None)
    assert said(partly, [(*place, rule) for rule in waiting]) == []
