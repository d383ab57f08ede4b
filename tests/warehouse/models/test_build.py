"""Builds: only where something changed, swapped in whole, refused where a data test fails."""

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import warehouse.models.runs as runs_module
from tests.warehouse.invented_county import DEADLINES, ONE, County, build_home
from tests.warehouse.invented_filings import filing, project, received
from transforms.records import Doubt, Place
from warehouse.county.files import CountyFileError
from warehouse.models.build import BuildRefusedError, build_database, check_build, make_models
from warehouse.models.files import SQL, ModelError, read_tests
from warehouse.models.soundness import UnsoundBuildError, check_bytes
from warehouse.models.swap import swap_in
from warehouse.store.store import open_store


@pytest.fixture
def home(small_county: County, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_county.home, tmp_path / "home", symlinks=True))


def add_filing(home: Path, letter: str = "b") -> None:
    store = open_store(home, "v1")
    store.journal(received(f"{letter}.docx", letter * 64), "docx", None, filing("乙镇", [project()]))
    store.commit()


def count_filings(home: Path) -> int:
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        return int(connection.execute("select count(*) from core.filings").fetchall()[0][0])


def test_without_news_nothing_is_built_and_what_a_killed_build_left_goes(home: Path) -> None:
    before = (home / "county.duckdb").resolve()
    (home / "builds" / "building" / "spill").mkdir(parents=True)
    report = build_database(home)
    assert not report.rebuilt and report.models == () and report.database.resolve() == before
    assert not list((home / "builds").glob("building*"))


@pytest.mark.parametrize("news", ["filing", "config"])
def test_news_are_built_and_swapped_in(news: str, home: Path) -> None:
    before = (home / "county.duckdb").resolve()
    if news == "filing":
        add_filing(home)
    else:
        (home / "config").mkdir()
        (home / "config" / "deadlines.csv").write_text(DEADLINES, encoding="utf-8")
    report = build_database(home)
    assert report.rebuilt and report.database.resolve() != before
    assert {run.name for run in report.models} >= {"mart.cost_comparison", "core.filings", "mart.coverage"}
    assert not build_database(home).rebuilt


def test_a_reader_finishes_on_the_build_that_it_opened(home: Path) -> None:
    reader = duckdb.connect(str(home / "county.duckdb"), read_only=True)
    for number in range(3):
        store = open_store(home, "v1")
        store.journal(
            received(f"{number}.docx", "cde"[number] * 64), "docx", None, filing(f"第{number}镇", [project()])
        )
        store.commit()
        assert build_database(home).rebuilt
    assert reader.execute("select count(*) from core.filings").fetchall() == [(1,)]
    assert County(home).connection.execute("select count(*) from core.filings").fetchall() == [(4,)]
    assert len(list((home / "builds").glob("county-*.duckdb"))) == 2


def test_the_database_needs_no_other_file(home: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.duckdb"
    shutil.copy((home / "county.duckdb").resolve(), alone)
    shutil.rmtree(home)
    with duckdb.connect(str(alone), read_only=True) as connection:
        schemas = {row[0] for row in connection.execute("select distinct schema_name from duckdb_tables()").fetchall()}
        assert schemas == {"core", "mart"}
        assert connection.execute("select value_yuan from mart.cost_comparison").fetchall()[0][0] == 7500


def test_left_overs_of_a_killed_build_are_removed(home: Path) -> None:
    (home / "builds" / "building" / "spill").mkdir(parents=True)
    (home / "builds" / "building" / "county.duckdb").write_bytes(b"half a build")
    (home / "builds" / "building.duckdb").write_bytes(b"half a build")
    add_filing(home)
    build_database(home)
    assert sorted(path.name for path in (home / "builds").glob("building*")) == []


def test_a_place_with_odd_characters_is_no_hindrance(tmp_path: Path) -> None:
    county = build_home(tmp_path / "县 [1] it's*", ONE)
    assert len(county.mart("cost_comparison")) == 1


def test_an_empty_store_builds(tmp_path: Path) -> None:
    open_store(tmp_path, "v1").commit()
    assert build_database(tmp_path).rebuilt
    assert len(County(tmp_path).mart("coverage")) == 0


def copy_sql(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SQL, tmp_path / "sql"))


def test_a_failing_data_test_keeps_the_old_database_and_names_the_rows(home: Path, tmp_path: Path) -> None:
    before = (home / "county.duckdb").resolve()
    folder = copy_sql(tmp_path)
    (folder / "tests" / "filings__none_from_yi.sql").write_text(
        "-- No filing comes from 乙镇.\nselect township, file_name from core.filings where township = '乙镇'\n"
    )
    add_filing(home)
    with pytest.raises(BuildRefusedError) as refused:
        build_database(home, folder)
    said = str(refused.value)
    assert "数据检验未通过" in said and "filings__none_from_yi" in said and "b.docx" in said and "1 行" in said
    assert (home / "county.duckdb").resolve() == before
    assert County(home).connection.execute("select count(*) from core.filings").fetchall() == [(1,)]
    assert [path.name for path in (home / "builds").glob("county*.duckdb")] == [before.name]
    assert not list((home / "builds").glob("building*"))


def test_a_broken_model_is_named(home: Path, tmp_path: Path) -> None:
    folder = copy_sql(tmp_path)
    broken = folder / "marts" / "coverage.sql"
    broken.write_text(broken.read_text().replace("dated.filings_seen,", "dated.no_such_column,"))
    with pytest.raises(ModelError, match=r"coverage\.sql.*no_such_column"):
        build_database(home, folder)


def test_a_rule_without_its_line_is_named(home: Path, tmp_path: Path) -> None:
    folder = copy_sql(tmp_path)
    shutil.copy(folder / "rules" / "completeness" / "target_empty.sql", folder / "rules" / "not_listed.sql")
    with pytest.raises(ModelError, match="not_listed"):
        build_database(home, folder)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("standards.csv", "indicator,level2_group,target\n群众满意度,满意度,很高\n", "第2行 target列：标准“很高”"),
        ("standards.csv", "indicator,level2_group,target,fiscal_year\n群众满意度,满意度,≥90%,二三\n", "四位年份"),
        ("deadlines.csv", "doc_kind,fiscal_year,due_on\ntargets,2023,2023-02-30\n", "2023-02-30"),
        ("deadlines.csv", "doc_kind,fiscal_year,due_on\nplans,2023,2023-02-03\n", "第2行 doc_kind列"),
        ("deadlines.csv", "doc_kind,fiscal_year,due_on\n" + "targets,2023,2023年2月3日\n" * 2, "与第2行重复"),
        ("rules.csv", "rule,enabled\nweights_not_100,也许\n", "也许"),
        ("rules.csv", "rule,enabled,severity\nweights_not_100,,很重\n", "很重"),
        (
            "standards.csv",
            "indicator,level2_group,target,fiscal_year\n群众满意度,满意度,很高,二三\n,满意度,≥90%,\n",
            "第2行 target列：标准“很高”应写成 ≥95%、≤7500元/村 这样的一个数值\nstandards.csv 第3行 indicator列：不能为空",
        ),
        ("standards.csv", "indicator,target,applies_to\n村级经费,≥12400元,预算\n", "第2行 target列：预算标准"),
        ("denominators.csv", "name,measure\n保洁员人数,公里\n,村\n", "第2行 measure列：“公里”应为"),
        ("sizes.csv", "township,measure,amount\n甲镇,公里,很长\n甲镇,村,3\n", "第3行 measure列：“村”由"),
        ("polarity.csv", "indicator,polarity\n辍学率,反向\n", "第2行 polarity列：“反向”应为 higher"),
        ("thresholds.csv", "name,value\nleast_pears,5\noutlier_score,x\n", "第3行 value列：“x”应为不小于零的数"),
        ("townships.csv", "township,villages\n甲镇,二十\n", "应为整数"),
    ],
)
def test_a_mistake_in_the_countys_files_is_named_and_nothing_changes(
    name: str, text: str, said: str, home: Path
) -> None:
    before = (home / "county.duckdb").resolve()
    (home / "config").mkdir()
    (home / "config" / name).write_text(text, encoding="utf-8")
    with pytest.raises(CountyFileError) as mistake:
        build_database(home)
    assert name in str(mistake.value) and said in str(mistake.value)
    assert (home / "county.duckdb").resolve() == before


# For each data test, a change to a good build that it must notice.
DAMAGE = {
    "filings__one_row_per_filing": "insert into core.filings select * from core.filings limit 1",
    "filings__replaced_by_known_filings": "update core.filings set replaced_by = 'gone' where not is_current",
    "projects__one_row_per_project": "insert into core.projects select * from core.projects limit 1",
    "indicators__one_row_per_indicator": "insert into core.indicators select * from core.indicators limit 1",
    "cost_comparison__complete": "delete from mart.cost_comparison",
    "cost_comparison__figures_agree": "update mart.cost_comparison set difference_yuan = difference_yuan + 1",
    "target_comparison__complete": "insert into mart.target_comparison select * from mart.target_comparison limit 1",
    "target_comparison__strictness_follows_polarity": "update mart.target_comparison set strictness = 'stricter'",
    "deadline_comparison__one_row_per_indicator": "insert into mart.deadline_comparison select * from mart.deadline_comparison",
    "schedule_comparison__one_row_per_point": "insert into mart.schedule_comparison select * from mart.schedule_comparison",
    "schedule_comparison__totals_hold_all_plans": "delete from mart.schedule_comparison where scope = 'county'",
    "budget_comparison__one_row_per_category": "insert into mart.budget_comparison select * from mart.budget_comparison",
    "budget_comparison__sums_to_the_projects": "delete from mart.budget_comparison",
    "budget_comparison__shares_make_a_whole": "update mart.budget_comparison set share_of_township_pct = 99",
    "year_over_year__one_row_per_thing": "insert into mart.year_over_year select * from mart.year_over_year",
    "year_over_year__change_is_the_difference": "update mart.year_over_year set this_value = this_value + 1",
    "coverage__one_row_per_township_year_and_kind": "insert into mart.coverage select * from mart.coverage",
    "coverage__counts_every_filing": "delete from mart.coverage where filings_seen = 1",
    "review_findings__lead_to_a_current_filing": "update mart.review_findings set message = ' '",
    "target_versus_actual__one_row_per_indicator": (
        "insert into mart.target_versus_actual select * from mart.target_versus_actual"
    ),
    "target_versus_actual__outcome_fits_the_figures": "update mart.target_versus_actual set outcome = 'met'",
    "text_reuse__stands_in_two_projects": "delete from mart.text_reuse where match = 'same'",
}


@pytest.fixture(scope="module")
def good_build(county: County, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    home = Path(shutil.copytree(county.home, tmp_path_factory.mktemp("good") / "home", symlinks=True))
    connection = duckdb.connect()
    shutil.rmtree(home / "builds")
    make_models(connection, home)
    check_build(connection, read_tests())
    return connection


@pytest.mark.parametrize("test", read_tests(), ids=lambda test: test.table)
def test_data_tests_notice_damage(test, good_build: duckdb.DuckDBPyConnection) -> None:  # type: ignore[no-untyped-def]
    good_build.execute("begin")
    try:
        good_build.execute(DAMAGE[test.table])
        with pytest.raises(BuildRefusedError, match=test.table):
            check_build(good_build, [test])
    finally:
        good_build.execute("rollback")


def test_a_build_that_lost_its_tables_is_not_swapped_in(home: Path, tmp_path: Path) -> None:
    before = (home / "county.duckdb").resolve()
    made = tmp_path / "made"
    made.mkdir()
    shutil.copy(before, made / "county.duckdb")
    shutil.copy(next((home / "builds").glob("rules-*.duckdb")), made / "rules.duckdb")
    with duckdb.connect(str(made / "county.duckdb")) as connection:
        connection.execute("drop schema core cascade")
    with pytest.raises(UnsoundBuildError, match=r"core\.filings"):
        swap_in(home, made / "county.duckdb", made / "rules.duckdb", "f" * 16)
    assert (home / "county.duckdb").resolve() == before


@pytest.mark.parametrize("damage", ["truncated", "emptied", "a block"])
def test_a_damaged_build_is_made_again_and_nothing_is_taken_over_from_it(damage: str, home: Path) -> None:
    database = (home / "county.duckdb").resolve()
    content = bytearray(database.read_bytes())
    if damage == "a block":
        for at in range(3 * 4096, len(content), 4096):
            content[at + 100] ^= 0xFF
        database.write_bytes(content)
        add_filing(home)
    else:
        database.write_bytes(content[: len(content) // 2] if damage == "truncated" else b"")
    assert build_database(home).rebuilt
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        rows = connection.execute("select count(*) from core.filings").fetchall()
    assert rows == [(2 if damage == "a block" else 1,)]


def test_the_checksum_of_a_build_tells_a_single_changed_byte(home: Path) -> None:
    database = (home / "county.duckdb").resolve()
    check_bytes(database)
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    with pytest.raises(UnsoundBuildError):
        check_bytes(database)


def test_a_held_value_is_marked_with_its_reasons_and_nothing_else_is(tmp_path: Path) -> None:
    parts = [project("甲项", goals=[("数量指标", "补助村数", "≥20个"), ("成本指标", "每村补助标准", "≤7500元")])]
    doubted = replace(
        filing("甲镇", parts), doubts=(doubt("two_values", 1, 2), doubt("low_confidence", 1, 1, "accepted"))
    )
    whole = replace(filing("乙镇", parts), doubts=(doubt("low_confidence", None, None),))
    wrong = filing(
        "丙镇", [project("甲项", goals=[("数量指标", "合格率", "≥120%")], objectives=["做好工作"], purpose="用于办公")]
    )
    county = build_home(tmp_path / "held", [("a.docx", 0, doubted), ("b.docx", 0, whole), ("c.docx", 0, wrong)])

    def held(table: str) -> list[tuple[object, ...]]:
        columns = {"projects": "filer, project_no", "indicators": "filer, project_no, indicator_no"}[table]
        return county.connection.execute(
            f"select {columns} from core.{table} inner join core.filings using (filing_id)"
            " where is_held and held_reason != '' and not held_reason like '%项目要素不全%' order by all"
        ).fetchall()

    assert held("indicators") == [("丙镇", 1, 1), ("乙镇", 1, 1), ("乙镇", 1, 2), ("甲镇", 1, 2)]
    doubts = county.connection.execute("select reason, decision from core.doubts order by all").fetchall()
    assert doubts == [("low_confidence", "accepted"), ("low_confidence", "open"), ("two_values", "open")]


def doubt(reason: str, project_no: int | None, indicator_no: int | None, decision: str = "open") -> Doubt:
    return Doubt("target_raw", "20", reason, project_no, indicator_no, Place(1, 3, 2), 4, decision=decision)


def test_a_build_that_takes_too_long_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (home / "county.duckdb").resolve()
    add_filing(home)
    monkeypatch.setattr(runs_module.ModelRuns.run, "__defaults__", (0.0,))
    with pytest.raises(runs_module.BuildTooSlowError, match="没有改变"):
        build_database(home)
    assert (home / "county.duckdb").resolve() == before


@pytest.mark.parametrize("has_hard_links", [True, False])
def test_a_disk_without_links_has_a_database_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, has_hard_links: bool
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    if not has_hard_links:
        monkeypatch.setattr(os, "link", refuse)
    for letter in "bc":
        add_filing(home, letter)
        before = count_filings(home)
        assert build_database(home).rebuilt
        assert not (home / "county.duckdb").is_symlink()
        assert count_filings(home) == before + 1
        assert not build_database(home).rebuilt
    (home / "county.duckdb").write_bytes(b"torn")
    assert build_database(home).rebuilt
    assert count_filings(home) == before + 1


@pytest.mark.parametrize("has_news", [False, True])
@pytest.mark.parametrize("damaged", ["county", "rules"])
def test_a_damaged_build_or_its_memory_is_made_again_and_told_by_name(
    home: Path, damaged: str, has_news: bool, caplog: pytest.LogCaptureFixture
) -> None:
    (path,) = (home / "builds").glob(f"{damaged}-*.duckdb")
    path.write_bytes(path.read_bytes()[:5000])
    if has_news:
        add_filing(home)
    assert build_database(home).rebuilt
    assert path.name in caplog.text and "现在重新建立" in caplog.text
