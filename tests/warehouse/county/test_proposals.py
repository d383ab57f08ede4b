"""What the county is asked about: names that may be one thing, never opposites."""

import duckdb
import pytest

from pipelines.commands.terms import _choose, suggest
from pipelines.terminal.errors import CommandError
from transforms.names.indicators import are_told_apart
from warehouse.county.proposals import Proposal, find_proposals

SCHEMA = """
create schema core;
create table core.filings (filing_id text, filer text, fiscal_year int, is_current boolean);
create table core.projects (filing_id text, project_no int, project_category text, budget_yuan decimal(18, 2));
create table core.indicators (
    filing_id text, project_no int, indicator text, level2_group text, unit_family text, description text, name_method text
);
"""


def database(rows: list[tuple[str, str, str, str]]) -> duckdb.DuckDBPyConnection:
    """Build a database of one project a filer: (filer, category, indicator, description)."""
    connection = duckdb.connect()
    connection.execute(SCHEMA)
    for filer in sorted({row[0] for row in rows}):
        connection.execute("insert into core.filings values (?, ?, 2024, true)", [filer, filer])
    for number, (filer, category, name, description) in enumerate(rows):
        connection.execute("insert into core.projects values (?, ?, ?, 1000)", [filer, number, category])
        connection.execute(
            "insert into core.indicators values (?, ?, ?, '数量', 'count:人', ?, 'unmapped')",
            [filer, number, name, description],
        )
    return connection


def proposed(rows: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str]]:
    return [(p.name, p.canonical, p.reasons) for p in find_proposals(database(rows)) if p.kind == "indicator"]


def test_names_with_one_description_are_proposed_the_rarer_to_become_the_commoner() -> None:
    rows = [("甲", "报酬", "领取酬劳人数", "在职人数"), ("乙", "报酬", "报酬发放对象人数", "在职人数")]
    rows += [("丙", "报酬", "报酬发放对象人数", "在职人数")]
    assert proposed(rows) == [("领取酬劳人数", "报酬发放对象人数", "说明相同")]


def test_coverage_speaks_only_where_each_name_has_three_filers() -> None:
    three = [(filer, "报酬", "领取酬劳人数", filer) for filer in "甲乙丙"]
    rows = [*three, *((filer, "报酬", "在册名单人数", filer) for filer in "丁戊己")]
    assert proposed(rows) == [("领取酬劳人数", "在册名单人数", "在“报酬”中此有彼无")]
    assert proposed(rows[:-1]) == []


def test_what_one_filer_uses_side_by_side_is_never_proposed() -> None:
    rows = [("甲", "报酬", "领取酬劳人数", "人数"), ("甲", "报酬", "报酬发放对象人数", "人数")]
    assert proposed(rows) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("产品合格率", "产品不合格率"),
        ("项目开工及时率", "项目完工及时率"),
        ("上半年检查次数", "全年检查次数"),
        ("60岁老人人数", "80岁老人人数"),
        ("新建公厕数量", "改建公厕数量"),
        ("敬老院运转经费", "敬老院建设经费"),
        ("培训人数", "培训次数"),
    ],
)
def test_opposites_are_told_apart_and_never_proposed(one: str, other: str) -> None:
    assert are_told_apart(one, other)
    assert other not in suggest(one, [other])
    assert proposed([("甲", "项目", one, "同一说明"), ("乙", "项目", other, "同一说明")]) == []


def test_several_proposals_are_chosen_by_their_numbers() -> None:
    four = [Proposal("indicator", "数量", None, str(n), "甲", "说明相同", 1, 1, 0) for n in range(1, 5)]
    assert [one.name for one in _choose(four, ["1", "3-4"])] == ["1", "3", "4"]
    assert _choose(four, ["all"]) == four
    for wrong in (["5"], ["x"], ["2-9"]):
        with pytest.raises(CommandError):
            _choose(four, wrong)
