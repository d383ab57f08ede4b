"""Builds after news: only what has news is run, and the database is, row for row, that of a build from nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from extractors.rejection import Reason
from tests.warehouse.invented_county import DEADLINES, REGISTRY, STANDARDS, TOWNSHIPS, County
from tests.warehouse.invented_filings import drop, filing, project, received
from warehouse.models.build import BuildReport, build_database
from warehouse.models.files import SQL
from warehouse.store.store import open_store


@pytest.fixture
def home(county: County, tmp_path: Path) -> Path:
    return Path(shutil.copytree(county.home, tmp_path / "home", symlinks=True))


def add_filing(home: Path) -> None:
    goals = [("成本指标", "每村补助标准", "≤9900元/村"), ("满意度指标", "群众满意度", "≥99%")]
    store = open_store(home, "v1")
    store.journal(
        received("新.docx", "f" * 64, 20),
        "docx",
        None,
        filing("石臼镇", [project("新经费", "50000", goals)], year=2023),
    )
    store.commit()


def reject_file(home: Path) -> None:
    store = open_store(home, "v1")
    name = "未报镇2023年绩效目标.pdf"
    for file in store.plan_files({name: drop(home / "inbox", name, "扫描件", 20)}).to_read:
        store.reject(file, Reason.DAMAGED, "打不开")
    store.commit()


def write_config(name: str, text: str) -> Callable[[Path], None]:
    def write(home: Path) -> None:
        (home / "config" / name).write_text(text, encoding="utf-8")

    return write


def run_tables(report: BuildReport, *schemas: str) -> set[str]:
    """Give the tables of some schemas that a build ran, not those that it took over."""
    ran = {run.name for run in report.models if run.rows is not None and not run.taken_over}
    return {name for name in ran if name.partition(".")[0] in schemas}


def read_everything(home: Path) -> dict[str, object]:
    """Read every table with the order of its rows and columns, and all comments."""
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name, comment from duckdb_tables() order by all"
        ).fetchall()
        columns = connection.execute(
            "select schema_name, table_name, column_index, column_name, data_type, comment from duckdb_columns() "
            "where not internal order by all"
        ).fetchall()
        rows = {name: connection.execute(f"select * from {name} order by rowid").fetchall() for name, _ in tables}
    return {"tables": tables, "columns": columns, **rows}


def build_from_nothing(home: Path, place: Path, folder: Path = SQL) -> dict[str, object]:
    for part in ("parquet", "config"):
        if (home / part).exists():
            shutil.copytree(home / part, place / part)
    assert not any(run.taken_over for run in build_database(place, folder).models)
    return read_everything(place)


# What is filed or configured, and the tables of core, mart and the rules that are run for it (all: None).
NEWS: dict[str, tuple[Callable[[Path], None], set[str] | None]] = {
    "filing": (add_filing, None),
    "rejected file": (reject_file, {"core.rejected_files", "mart.coverage", "mart.filing_quality"}),
    "alias nobody uses": (
        write_config("townships.csv", REGISTRY.replace("石臼镇,", "石臼镇,石臼街", 1)),
        set(),
    ),
    "villages": (
        write_config("townships.csv", REGISTRY.replace(",10,8000,", ",11,8000,", 1)),
        # Counts are compared per village, too.
        {"mart.budget_comparison", "mart.standard_comparison", "mart.target_comparison"},
    ),
    "deadline": (
        write_config("deadlines.csv", DEADLINES.replace("11-16", "11-15")),
        {"mart.coverage", "mart.filing_quality"},
    ),
    "standard": (write_config("standards.csv", STANDARDS.replace("90%", "91%")), {"mart.target_comparison"}),
    "severity": (
        write_config("rules.csv", "rule,enabled,severity\nindicator_copied,,error\n"),
        {
            *("mart.review_findings", "mart.review_results", "mart.shared_findings"),
            *("mart.coverage", "mart.filing_quality"),
        },
    ),
    "rule switched off": (
        write_config("rules.csv", "rule,enabled\nindicator_copied,否\n"),
        {
            *("mart.review_findings", "mart.review_results", "mart.shared_findings"),
            *("mart.coverage", "mart.filing_quality"),
        },
    ),
}


@pytest.mark.parametrize("news", NEWS)
def test_a_build_after_news_is_that_from_nothing_and_runs_what_has_news(news: str, home: Path, tmp_path: Path) -> None:
    happen, expected = NEWS[news]
    before = read_everything(home)
    happen(home)
    report = build_database(home)
    after = read_everything(home)
    assert (after == before) == (expected == set())
    assert after == build_from_nothing(home, tmp_path / "nothing")
    if expected is not None:
        assert run_tables(report, "core", "mart", "rules") == expected
        kept = {name for name in after if name.partition(".")[0] in ("core", "mart")} - run_tables(
            report, "core", "mart"
        )
        about = {"mart.tables", "mart.columns", "mart.labels", "mart.keys"}
        assert {run.name for run in report.models if run.taken_over} >= kept - about


def test_a_township_that_is_renamed_leaves_core_and_rules_as_they_are(home: Path, tmp_path: Path) -> None:
    write_config("townships.csv", REGISTRY.replace(f"{TOWNSHIPS[0]},", f"新{TOWNSHIPS[0]},{TOWNSHIPS[0]}", 1))(home)
    report = build_database(home)
    assert run_tables(report, "core", "rules") == set()
    assert "mart.cost_comparison" in run_tables(report, "mart")
    after = read_everything(home)
    assert f"新{TOWNSHIPS[0]}" in str(after["mart.cost_comparison"])
    assert after == build_from_nothing(home, tmp_path / "nothing")


def test_a_new_filing_runs_no_model_of_what_it_does_not_touch(home: Path) -> None:
    add_filing(home)
    report = build_database(home)
    assert "core.rejected_files" in {run.name for run in report.models if run.taken_over}  # the others bear its year
    assert "rules.sentence_repeated" not in run_tables(report, "rules")
    assert run_tables(report, "core") >= {"core.filings", "core.indicators"}


def test_a_model_that_gives_what_it_gave_leaves_its_readers_alone(home: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SQL, tmp_path / "sql"))
    model = folder / "intermediate" / "records" / "int_projects__compared.sql"
    model.write_text(model.read_text(encoding="utf-8") + "-- said otherwise\n", encoding="utf-8")
    report = build_database(home, folder)
    assert run_tables(report, "core", "mart", "rules") == set()
    assert run_tables(report, "intermediate") == {
        "intermediate.int_doubts__between_filings",
        "intermediate.int_doubts__united",
        "intermediate.int_filings__compared",
        "intermediate.int_findings__read",
        "intermediate.int_projects__compared",
        "intermediate.int_projects__partly_read",
        "intermediate.int_projects__replaced",
        "intermediate.int_records__doubted",
        "intermediate.int_records__held",
    }, "the model itself, and the steps on the way to it, which are kept nowhere"
    assert read_everything(home) == build_from_nothing(home, tmp_path / "nothing", folder)


def test_one_rule_that_is_written_anew_is_run_alone(home: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SQL, tmp_path / "sql"))
    rule = folder / "rules" / "completeness" / "weights_not_100.sql"
    rule.write_text(rule.read_text(encoding="utf-8").replace("total <> 100", "total <> 99"), encoding="utf-8")
    report = build_database(home, folder)
    assert run_tables(report, "core", "rules") == {"rules.weights_not_100"}
    assert read_everything(home) == build_from_nothing(home, tmp_path / "nothing", folder)


@pytest.mark.parametrize("damage", ["gone", "broken", "of another build"])
def test_without_what_the_last_build_remembers_all_is_run(damage: str, home: Path, tmp_path: Path) -> None:
    remembered = next((home / "builds").glob("rules-*.duckdb"))
    if damage == "broken":
        remembered.write_bytes(b"no database")
    elif damage == "gone":
        remembered.unlink()
    else:
        remembered.rename(remembered.with_name("rules-0123456789abcdef.duckdb"))
    add_filing(home)
    assert not any(run.taken_over for run in build_database(home).models)
    assert read_everything(home) == build_from_nothing(home, tmp_path / "nothing")
    assert len(list((home / "builds").glob("rules-*.duckdb"))) == 1
