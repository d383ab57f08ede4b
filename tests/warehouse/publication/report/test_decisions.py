"""What the chief has to decide: few sentences, each with its money, its peers and its way to the cell."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.marts.facts import gather_facts
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.marts.years import read_year
from warehouse.publication.report.decisions import MOST, ChiefDecision, Desk, decisions_of
from warehouse.publication.report.tables import PageLinks
from warehouse.publication.sources.links import SourceLinks


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("county") / "county.duckdb")


def decide(database: Path, missing: tuple[str, ...] | None = None) -> tuple[ChiefDecision, ...]:
    with open_warehouse(database) as warehouse:
        rows = read_year(warehouse, 2023)
        counted = next(year for year in gather_facts(warehouse, None).years if year.year == 2023)
        counted = counted if missing is None else replace(counted, missing=missing)
        return decisions_of(Desk(rows, counted, SourceLinks(), PageLinks()))


def changed(database: Path, tmp_path: Path, statement: str) -> Path:
    copy = tmp_path / "changed.duckdb"
    copy.write_bytes(database.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(statement)
    return copy


def test_each_names_its_money_its_peers_and_asks(database: Path) -> None:
    made = decide(database)
    assert 0 < len(made) <= MOST
    dear = next(one for one in made if one.facts)
    assert re.search(r"[\d.]+ 倍", dear.sentence) and "个乡镇" in dear.sentence and dear.question.startswith("请定")
    assert {"中位数", "可比乡镇", "算式", "依据"} <= {name for name, _ in dear.facts}


def test_what_is_sure_comes_before_what_is_dear(database: Path, tmp_path: Path) -> None:
    twice = "update mart.budget_comparison set outlier = case township when '青山乡' then 'few_high' else 'high' end, ratio_compared = 2"
    made = [one for one in decide(changed(database, tmp_path, twice)) if one.facts]
    assert [one.sure for one in made] == sorted((one.sure for one in made), reverse=True)
    sums = [one.stake or 0 for one in made if one.sure]
    assert len(sums) >= 3 and sums == sorted(sums, reverse=True)


def test_what_is_missing_or_wrong_never_falls_off_the_list(database: Path, tmp_path: Path) -> None:
    many = changed(database, tmp_path, "update mart.budget_comparison set outlier = 'high', ratio_compared = 2")
    made = decide(many, missing=("未报镇",))
    assert len(made) == MOST and any("未报镇" in one.sentence for one in made)


@pytest.mark.parametrize("mark", ["held", "too_few_peers", "normal", "low"])
def test_nothing_that_is_held_or_has_too_few_peers_is_to_be_decided(database: Path, tmp_path: Path, mark: str) -> None:
    statement = (
        f"update mart.budget_comparison set outlier = '{mark}'; update mart.cost_comparison set outlier = '{mark}'"
    )
    assert not [one for one in decide(changed(database, tmp_path, statement)) if one.facts]
