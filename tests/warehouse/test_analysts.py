"""What an analyst asks, from outside: by keys, by year without the database, and of what was published before."""

from datetime import date
from pathlib import Path

import duckdb
import pandas
import pytest

from tests.warehouse.invented_county import County
from tests.warehouse.publication.publication_county import build_county
from warehouse.home import Home
from warehouse.publication.publish import publish
from warehouse.schema import stored_tables


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that published three townships, and a week later a fourth."""
    home = Home(tmp_path_factory.mktemp("home"))
    for number, townships in enumerate((3, 4)):
        home.database.unlink(missing_ok=True)
        build_county(home.database, townships=townships)
        publish(home.database, home.published, published_on=date(2024, 3, 1 + 7 * number))
    return home


def test_which_project_has_the_dearest_indicator_by_keys(county: County) -> None:
    """A figure of a mart is followed to its indicator, project and filing by the keys alone."""
    query = """
        select costs.value_yuan, coalesce(indicators.value_high, indicators.value_low), projects.project_name, filings.file_name
        from mart.cost_comparison as costs
        inner join core.indicators as indicators using (filing_id, project_no, indicator_no)
        inner join core.projects as projects using (filing_id, project_no)
        inner join core.filings as filings using (filing_id)
        order by costs.value_yuan desc
    """
    found = county.connection.execute(query).fetchall()
    rows = county.connection.execute("select count(*) from mart.cost_comparison").fetchone()
    assert rows == (len(found),) and len(found) > 20
    assert all(cost == value for cost, value, *_ in found)


def test_every_row_belongs_to_what_the_keys_say(county: County) -> None:
    keys = "select table_name, key, referenced, referenced_key from mart.keys"
    listed = county.connection.execute(keys).fetchall()
    assert len(listed) > 25
    for table, key, referenced, columns in listed:
        names = ", ".join(key.split())
        if names:
            twice = f"select {names} from {table} group by all having count(*) > 1"
            assert county.connection.execute(twice).fetchall() == [], table
        if referenced:
            own = columns.split()
            filled = " and ".join(f"{name} is not null" for name in own)
            lost = f"select count(*) from {table} anti join {referenced} using ({', '.join(own)}) where {filled}"
            assert county.connection.execute(lost).fetchone() == (0,), table


@pytest.mark.parametrize("table", sorted(stored_tables()))
def test_how_many_rows_a_year_has_without_the_database(county: County, table: str) -> None:
    """The Parquet files of a home, read as one table: the year stands in the folder's name or in the rows."""
    files = f"read_parquet('{(county.home / 'parquet' / table).as_posix()}/**', hive_partitioning = true)"
    ids = "select distinct filing_id, fiscal_year from {} order by all"
    with duckdb.connect() as outside:
        found = outside.execute(ids.format(files)).fetchall()
        counted = outside.execute(f"select count(*) from {files}").fetchone()
    assert found == county.connection.execute(ids.format(f"core.{table}")).fetchall()
    assert counted == county.connection.execute(f"select count(*) from core.{table}").fetchone()


@pytest.mark.parametrize("table", ["filings", "indicators"])
def test_pandas_reads_a_table_of_many_years(county: County, table: str) -> None:
    frame = pandas.read_parquet(county.home / "parquet" / table)
    years = county.connection.execute(f"select distinct fiscal_year from core.{table} order by 1").fetchall()
    assert sorted(frame["fiscal_year"].dropna().astype(int).unique()) == [year for (year,) in years if year is not None]


def test_every_core_table_says_year_and_township_itself(county: County) -> None:
    query = "select share from (select count(township) / count(*) as share, count(*) as n from core.{}) where n > 0"
    for table in stored_tables():
        for (share,) in county.connection.execute(query.format(table)).fetchall():
            assert share > 0.9, table


def test_which_medians_moved_since_last_week(published: Home) -> None:
    query = """
        select distinct now.indicator, before.county_median_yuan, now.county_median_yuan
        from history.cost_comparison_as_of('2024-03-08') as now
        inner join history.cost_comparison_as_of('2024-03-01') as before
            using (filing_id, project_no, indicator_no)
        where now.county_median_yuan <> before.county_median_yuan
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published.history}' as history (read_only)")
        moved = connection.execute(query).fetchall()
    assert moved and all(before != now for _, before, now in moved)


def test_who_is_new_since_last_week_in_the_published_files_alone(published: Home) -> None:
    files = f"read_parquet('{published.published.as_posix()}/*-*/数据/coverage.parquet', filename = true)"
    query = f"select township, count(distinct filename) as times from {files} group by all having times = 1"
    with duckdb.connect() as connection:
        found = [township for township, _ in connection.execute(query).fetchall()]
    assert len(found) == 1
    assert Path(published.latest / "数据" / "datapackage.json").is_file()
