"""A night that was killed is tried again within minutes, and one that meets a run by hand waits for it."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.night.ledger import SCHEDULED, Outcome, begin_record, read_nights, recorded
from pipelines.night.lock import held
from pipelines.night.run import run_night
from pipelines.service.child import Workplace
from pipelines.service.schedule import next_due
from pipelines.service.serve import GRACE, RETRY_AFTER, Service, is_worth_a_retry
from pipelines.terminal.errors import CommandError
from tests.pipelines.service.running_service import free_port
from tests.places import ROOT
from warehouse.home import Home

NIGHTLY = "0 2 * * *"
SECONDS = 120


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service whose server, somebody else's, does not answer."""
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    return Service(Workplace(home, None), NIGHTLY, free_port())


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_killed_night_is_tried_again_after_minutes_and_without_a_server(service: Service, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    due = next_due(NIGHTLY, datetime.now(UTC))
    service.tick(due)
    assert read_nights(home) == [], "the server is given time to set the run down"
    with held(home.lock) as holder:  # so that the night is met before it is done
        assert holder is None
        service.tick(due + GRACE)
        waiting = subprocess.run(
            ["pgrep", "-f", f"pipelines.cli --home {home.path} run --scheduled"], capture_output=True, text=True
        )
        os.killpg(int(waiting.stdout.split()[0]), signal.SIGKILL)
    time.sleep(0.2)
    now = due + GRACE + timedelta(seconds=2)
    service.tick(now)
    assert read_nights(home) == []
    service.tick(now + RETRY_AFTER - timedelta(seconds=1))
    assert read_nights(home) == []
    service.tick(now + RETRY_AFTER)
    wait_for(lambda: [night.outcome for night in read_nights(home)] == [Outcome.DONE])


@pytest.mark.parametrize(
    ("error", "again"),
    [
        pytest.param(OSError(errno.EIO, "Input/output error"), True, id="the disk"),
        pytest.param(PermissionError(errno.EACCES, "Permission denied"), True, id="rights"),
        pytest.param(duckdb.IOException("Could not write file: No space left on device"), True, id="a full disk"),
        pytest.param(CommandError("townships.csv 第1行", "改正"), False, id="a mistake in the county's files"),
        pytest.param(ValueError("x"), False, id="a mistake of the program"),
    ],
)
def test_only_what_may_pass_is_tried_again(tmp_path: Path, error: Exception, again: bool) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(type(error)), recorded(home, begin_record(home)):
        raise error
    (record,) = read_nights(home)
    assert is_worth_a_retry(record) is again


def test_an_inbox_that_is_gone_for_a_moment_is_tried_again_and_an_interrupted_night_is_not(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(CommandError):
        run_night(home, tmp_path / "no share")
    with pytest.raises(KeyboardInterrupt), recorded(home, begin_record(home)):
        raise KeyboardInterrupt
    gone, interrupted = read_nights(home)
    assert is_worth_a_retry(gone)
    assert not is_worth_a_retry(interrupted)
    assert is_worth_a_retry(replace(gone, outcome=Outcome.CRASHED, passing=False))


def test_a_night_waits_for_a_run_by_hand(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.inbox.mkdir(parents=True)
    command = [sys.executable, "-m", "pipelines.cli", "--home", str(home.path), "run", "--scheduled"]
    with held(home.lock):
        night = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(5)
        assert night.poll() is None, "it waits"
    assert night.wait(SECONDS) == 0
    (record,) = read_nights(home)
    assert (record.outcome, record.trigger) == (Outcome.DONE, SCHEDULED)
