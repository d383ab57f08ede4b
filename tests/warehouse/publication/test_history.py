"""Any mart as of any publication, in SQL: from outside, and through ``jixiao sql``."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.commands.sql import run_query
from pipelines.terminal.output_format import OutputFormat
from tests.warehouse.publication.publication_county import build_county
from warehouse.home import Home
from warehouse.publication.history import write_history
from warehouse.publication.publish import publish


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home, with a sign in its path that file patterns use, that published three townships and later two."""
    home = Home(tmp_path_factory.mktemp("a [home]"))
    for number, townships in enumerate((3, 2)):
        home.database.unlink(missing_ok=True)
        build_county(home.database, townships=townships)
        publish(home.database, home.published, published_on=date(2024, 3, 1 + 7 * number))
    return home


def ask(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home.history}' as history (read_only)")
        return connection.execute(query).fetchall()


def test_each_publication_has_its_rows(home: Home) -> None:
    query = "select publication, count(distinct township) from history.cost_comparison group by all order by all"
    assert ask(home, query) == [("2024-03-01", 3), ("2024-03-08", 2)]


@pytest.mark.parametrize(
    ("day", "townships"), [("2024-02-29", 0), ("2024-03-01", 3), ("2024-03-07", 3), ("2025-01-01", 2)]
)
def test_a_mart_as_of_a_day_is_that_of_the_last_publication_before(home: Home, day: str, townships: int) -> None:
    assert ask(home, f"select count(distinct township) from history.cost_comparison_as_of('{day}')") == [(townships,)]


def test_the_command_joins_today_with_the_past_and_can_write_nothing(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    query = (
        "select count(*) from history.cost_comparison_as_of('2024-03-01') as past "
        "anti join mart.cost_comparison as today using (township)"
    )
    run_query(home, query, OutputFormat.CSV, None)
    assert capsys.readouterr().out.split() == ["count_star()", "2"]
    with pytest.raises(Exception, match="只能查询"):
        run_query(home, f"copy (from history.publications) to '{home.path}/x.csv'", OutputFormat.CSV, None)


def test_a_damaged_publication_holds_the_others_not_back(home: Home, tmp_path: Path) -> None:
    copy = Home(Path(shutil.copytree(home.path, tmp_path / "copy", symlinks=True)))
    (copy.published / "2024-03-08" / "manifest.json").write_text("{", encoding="utf-8")
    (copy.published / "2024-03-08" / "数据" / "cost_comparison.parquet").write_bytes(b"PAR1")
    assert write_history(copy) == copy.history
    assert ask(copy, "select publication from history.publications") == [("2024-03-01",)]
    assert ask(copy, "select count(distinct township) from history.cost_comparison_as_of('2025-01-01')") == [(3,)]
