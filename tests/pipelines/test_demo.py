"""``jixiao demo``: the samples run through, apart from any real home, and the person is told where to look."""

from pathlib import Path

import duckdb
import pytest
from test_cli import jixiao

from pipelines.command_error import CommandError
from pipelines.demo import FILINGS, prepare
from pipelines.home import Home


def test_demo_runs_in_a_home_of_its_own_and_says_where_to_look(tmp_path: Path) -> None:
    answer = jixiao("demo", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert not (tmp_path / "county").exists()
    home = tmp_path / "county-demo"
    for place in ("county-demo/published", "jixiao inspect", "虚构"):
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
    home.create()
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
