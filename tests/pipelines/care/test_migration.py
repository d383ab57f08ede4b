"""Homes of earlier forms: the next run takes them over, loses nothing, and leaves them whole.

``homes/<commit>.tar.gz`` is what that commit's ``jixiao run`` made of one invented filing, without what can be built.
"""

import tarfile
from pathlib import Path

import duckdb
import pytest

from tests.pipelines.care.test_care import ask

HOMES = Path(__file__).with_name("homes")


@pytest.mark.parametrize("archive", sorted(HOMES.glob("*.tar.gz")), ids=lambda path: path.name[:7])
def test_a_home_of_an_earlier_form_is_taken_over(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with tarfile.open(archive) as tar:
        tar.extractall(home, filter="data")
    told = ask(home, "run")
    assert told["new"] + told["changed"] + told["unchanged"] == 1 and not told["rejected"]
    assert ask(home, "check")["ok"]
    assert ask(home, "rebuild")["equal"]
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        assert connection.execute("select count(*) from core.filings where is_current").fetchall() == [(1,)]
