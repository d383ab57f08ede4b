"""The prompt on the analysts' database: queries over several lines, commands, mistakes that do not end it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from pipelines.commands import sql as sql_prompt
from pipelines.commands.sql import answer, find_words, run_prompt, run_query
from pipelines.terminal.output_format import OutputFormat
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    with duckdb.connect(str(tmp_path / "county.duckdb")) as connection:
        connection.execute("""
            create schema core; create schema mart;
            create table core.filings (township varchar, budget decimal(18, 2));
            insert into core.filings values ('石桥镇', 149300);
            comment on table core.filings is '每行是一份报送文件';
            comment on column core.filings.township is '乡镇名称';
        """)
    return Home(tmp_path)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def test_a_query_may_take_several_lines_and_a_mistake_ends_nothing(
    home: Home, keys: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.send_text("select township,\nbudget from core.filings;\nselect nonsense;\ndrop table core.filings;\n.exit\n")
    run_prompt(home)
    said = capsys.readouterr()
    assert "石桥镇" in said.out
    assert "149300.00" in said.out
    assert "nonsense" in said.err
    assert "只能查询" in said.err


def test_tables_and_columns_show_their_meaning(home: Home, keys: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    keys.send_text(".tables\n.columns core.filings\n.nonsense\n.exit\n")
    run_prompt(home)
    said = capsys.readouterr()
    for shown in ("core.filings", "每行是一份报送文件", "township", "乡镇名称"):
        assert shown in said.out
    assert "可用" in said.err


def test_each_query_sees_the_latest_build(
    home: Home, keys: PipeInput, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = home.path / "newer.duckdb"
    with duckdb.connect(str(newer)) as connection:
        connection.execute("create schema core; create table core.filings as select '新镇' as township")

    def answer_and_swap(place: Home, line: str) -> None:
        answer(place, line)
        if newer.exists():
            newer.replace(place.database)

    monkeypatch.setattr(sql_prompt, "answer", answer_and_swap)
    keys.send_text("select township from core.filings;\nselect township from core.filings;\n.exit\n")
    sql_prompt.run_prompt(home)
    shown = capsys.readouterr().out
    assert shown.index("石桥镇") < shown.index("新镇")


def test_completion_knows_tables_and_columns(home: Home) -> None:
    assert {"select", "core.filings", "township", "budget"} <= set(find_words(home.database))


def test_a_csv_file_for_a_spreadsheet_holds_no_formula(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    query = "select '=HYPERLINK(1)' as a, '＝1+1' as b, '-' as c, 5 as d"
    run_query(home, query, OutputFormat.CSV, out)
    assert out.read_text(encoding="utf-8-sig").splitlines()[1] == "'=HYPERLINK(1),'＝1+1,-,5"
