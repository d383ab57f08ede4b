"""The catalogue: every table and column, their keys and origins, queries that run, and no way out of the page."""

import csv
import re
from pathlib import Path

import pytest

from pipelines.commands.docs import write_docs
from tests.warehouse.invented_county import County
from warehouse.home import Home
from warehouse.publication.catalogue import write as catalogue
from warehouse.publication.marts.tables import open_warehouse

with (Path(catalogue.__file__).with_name("examples.csv")).open(encoding="utf-8", newline="") as file:
    EXAMPLES = {row["question"]: row["query"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def page(county: County, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("data") / catalogue.NAME
    with open_warehouse((county.home / "county.duckdb").resolve()) as warehouse:
        catalogue.write_catalogue(warehouse, path)
    return path.read_text(encoding="utf-8")


def test_it_names_every_table_and_column_of_core_and_marts(page: str, county: County) -> None:
    columns = county.connection.execute("select table_name, column_name from mart.columns").fetchall()
    for table, column in columns:
        name = table if "." in table else f"mart.{table}"
        part = page.split(f'id="{name}"')[1].split("</section>")[0]
        assert f"<code>{column}</code>" in part, (name, column)


def test_a_figure_is_followed_down_to_the_field_of_the_form(page: str) -> None:
    part = page.split('id="mart.cost_comparison"')[1].split("</section>")[0]
    row = next(row for row in part.split("<tr>") if "<code>value_yuan</code>" in row)
    assert '<a href="#core.indicators">' in row and "表格栏目：" in row
    assert "主键：<code>filing_id, project_no, indicator_no</code>" in part


def test_every_link_leads_to_a_table(page: str) -> None:
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


@pytest.mark.parametrize("question", EXAMPLES)
def test_its_examples_run(county: County, question: str) -> None:
    county.connection.execute(EXAMPLES[question]).fetchall()


def test_it_loads_nothing(page: str) -> None:
    assert "default-src 'none'" in page and "unsafe-inline'; script" not in page.replace(
        "style-src 'unsafe-inline'; script", ""
    )
    assert not re.findall(r'(?:src|href)="(?!#)', page)


def test_the_command_writes_it_and_says_where(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    assert write_docs(Home(county.home), tmp_path / "docs.html") == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "docs.html")
    assert (tmp_path / "docs.html").read_text(encoding="utf-8") == page
