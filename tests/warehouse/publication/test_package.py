import csv
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from frictionless import validate

from tests.warehouse.invented_county import County
from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.package import csv_text, write_package


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("county") / "county.duckdb")


@pytest.fixture
def folder(database: Path, tmp_path: Path) -> Path:
    with open_warehouse(database) as warehouse:
        write_package(warehouse, tmp_path / "数据", warehouse.data_date())
    return tmp_path / "数据"


def test_frictionless_accepts_the_package(folder: Path) -> None:
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) >= 2 * 10  # each of the ten marts as CSV and as Parquet


@pytest.mark.parametrize("name", ["cost_comparison.csv", "cost_comparison.parquet"])
def test_frictionless_refuses_a_package_that_was_changed(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes() + b"x")
    assert not validate(str(folder / "datapackage.json")).valid


def test_csv_opens_in_spreadsheets(folder: Path) -> None:
    content = (folder / "cost_comparison.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "石桥镇".encode() in content


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("=95%", "'=95%"),
        ("=", "="),
        ("-", "-"),
        ("≥95%", "≥95%"),
        (Decimal("-5.00"), "-5.00"),
        (-3, "-3"),
        ("＝1+1", "'＝1+1"),
        ("＠x", "'＠x"),
        (None, ""),
        (True, "true"),
    ],
)
def test_no_text_in_csv_is_a_formula(value: object, text: str) -> None:
    assert csv_text(value) == text


def test_parquet_holds_the_marts_unchanged(database: Path, folder: Path) -> None:
    read = pyarrow.parquet.read_table(folder / "target_comparison.parquet").to_pylist()
    with duckdb.connect(str(database), read_only=True) as connection:
        expected = connection.sql("select * from mart.target_comparison").to_arrow_table().to_pylist()
    assert sorted(map(str, read)) == sorted(map(str, expected))
    assert any(row["target_raw"] == "=SUM(A1)" for row in read)


def test_parquet_of_an_empty_mart_keeps_its_columns(folder: Path) -> None:
    table = pyarrow.parquet.read_table(folder / "text_reuse.parquet")
    assert table.num_rows == 0
    assert table.schema.field("township").metadata[b"title"].decode() == "乡镇"


def test_the_descriptor_explains_each_column(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert "单引号" in descriptor["description"]
    tables = [resource for resource in descriptor["resources"] if "schema" in resource]
    with (folder / "cost_comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    cost = next(resource for resource in tables if resource["name"] == "cost_comparison")
    assert [field["name"] for field in cost["schema"]["fields"]] == header
    assert all(field["title"] and field["description"] for field in cost["schema"]["fields"])


def test_the_package_of_a_built_county_holds_the_core_and_every_key_fits(county: County, tmp_path: Path) -> None:
    with open_warehouse((county.home / "county.duckdb").resolve()) as warehouse:
        write_package(warehouse, tmp_path / "数据", warehouse.data_date())
    report = validate(str(tmp_path / "数据" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]
    descriptor = json.loads((tmp_path / "数据" / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["name"]: resource["schema"] for resource in descriptor["resources"] if "schema" in resource}
    assert schemas["indicators"]["primaryKey"] == ["filing_id", "project_no", "indicator_no"]
    (to_indicators,) = schemas["cost_comparison"]["foreignKeys"]
    assert to_indicators["reference"]["resource"] == "indicators"
    assert descriptor["licenses"][0]["title"] and len(descriptor["sources"]) > 10
    assert {"core/indicators.csv", "core/used_cells.parquet"} <= {one["path"] for one in descriptor["resources"]}
