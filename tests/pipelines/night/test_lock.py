"""The home: one run at a time, whoever else dies."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.night.lock import locked
from pipelines.terminal.errors import CommandError
from pipelines.terminal.homes import find_home
from tests.places import ROOT
from warehouse.home import Home

HOLDER = """
import sys, time
from pathlib import Path
from pipelines.night.lock import locked
from warehouse.home import Home
with locked(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):  # type: ignore[no-untyped-def]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    yield process
    process.kill()
    process.wait()


def test_a_second_run_is_refused_and_told_who_runs(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    with pytest.raises(CommandError) as refused, locked(Home(tmp_path)):
        raise AssertionError("the lock was given twice")
    assert f"进程 {holder.pid}" in refused.value.message


def test_a_killed_run_blocks_nobody(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    assert Home(tmp_path).lock.read_text(encoding="utf-8").startswith("进程")
    with locked(Home(tmp_path)):
        pass


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(Home(tmp_path)):
        _ = 1 / 0
    started = time.monotonic()
    with locked(Home(tmp_path)):
        assert time.monotonic() - started < 5


def test_the_home_is_the_chosen_one_or_the_environments_or_county(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_HOME", "from_environment")
    assert find_home(Path("chosen")).path == Path("chosen")
    assert find_home(None).path == Path("from_environment")
    monkeypatch.delenv("JIXIAO_HOME")
    assert find_home(None).path == Path("county")
