"""``jixiao demo``: the samples run through, apart from any real home, and the person is told where to look."""

import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from pipelines.commands.demo import FILINGS, prepare
from pipelines.terminal.errors import CommandError
from pipelines.terminal.homes import create_home
from tests.pipelines.test_cli import jixiao
from tests.places import ROOT
from warehouse.home import Home


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, jixiao("demo", cwd=folder)


def test_demo_runs_in_a_home_of_its_own_and_says_where_to_look(
    demo: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    folder, answer = demo
    assert answer.returncode == 0, answer.stderr
    assert not (folder / "county").exists()
    home = folder / "county-demo"
    for place in ("绩效目标对比表.xlsx", ".html", "jixiao inspect", "虚构"):
        assert place in answer.stdout
    assert list((home / "published" / "latest").glob("*.xlsx"))
    with duckdb.connect(str(home / "county.duckdb"), read_only=True) as connection:
        counts = connection.execute("""
            select count(distinct township), count(distinct fiscal_year), count(*) from core.filings where is_current
        """).fetchone()
        compared = connection.execute("select max(peers) from mart.cost_comparison").fetchone()
    assert counts is not None and compared is not None
    assert counts[0] >= 12
    assert counts[1] >= 2
    assert compared[0] >= 5


def test_demo_refuses_a_home_with_real_filings(tmp_path: Path) -> None:
    home = Home(tmp_path)
    create_home(home)
    (home.inbox / "某镇2023年绩效目标.docx").write_bytes(b"real")
    with pytest.raises(CommandError):
        prepare(home)
    assert not home.is_demo
    assert [path.name for path in home.inbox.iterdir()] == ["某镇2023年绩效目标.docx"]


def test_demo_can_be_repeated(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    prepare(home)
    prepare(home)
    assert home.is_demo
    assert {path.name for path in home.inbox.iterdir()} == {path.name for path in FILINGS.iterdir()}


README = (ROOT / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```\n\n```csv\n(.*?)```", README, flags=re.DOTALL)


def test_the_readme_asks_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.parametrize(("query", "result"), QUESTIONS)
def test_the_readmes_queries_give_the_results_it_shows(
    query: str, result: str, demo: tuple[Path, "subprocess.CompletedProcess[str]"]
) -> None:
    folder, _ = demo
    answer = jixiao("--home", "county-demo", "sql", "--format", "csv", query, cwd=folder)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == result
    assert len(result.splitlines()) > 1
