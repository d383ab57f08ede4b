"""Nights that come by themselves, and what becomes of one whose server or service dies in its middle."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.service.running_service import RUN_SECONDS, START_SECONDS, Service
from tests.places import SAMPLES

pytestmark = [pytest.mark.needs_prefect, pytest.mark.waits]

FILES = sorted(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size)
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("nights")
    (folder / "home" / "inbox").mkdir(parents=True)
    shutil.copy2(FILES[0], folder / "home" / "inbox")
    service = Service(folder, "--cron", "* * * * *", "--inbox", str(folder / "home" / "inbox"))
    try:
        yield service
    finally:
        service.stop()


def ended_runs(service: Service) -> list[dict[str, Any]]:
    return [run for run in service.runs() if run["state"]["type"] in ENDED and run["auto_scheduled"]]


def wait_for_a_running_night(service: Service, *files: Path) -> dict[str, Any]:
    """Drop filings and wait until a night is reading them."""
    for file in files:
        shutil.copy2(file, service.home / "inbox")

    def reading() -> dict[str, Any] | None:
        (*_, last) = service.nights() or [{"outcome": ""}]
        journal = service.home / "state" / "journal"
        return last if last["outcome"] == "running" and any(journal.glob("*.filing")) else None

    found: dict[str, Any] = service.wait_for(reading, RUN_SECONDS, every=0.02)
    return found


def night(service: Service, id: str) -> dict[str, Any]:
    (found,) = [night for night in service.nights() if night["id"] == id]
    return found


def test_a_cron_night_comes_by_itself_and_does_the_whole_job(service: Service) -> None:
    (run, *_) = service.wait_for(lambda: ended_runs(service), START_SECONDS + RUN_SECONDS)
    assert run["state"]["type"] == "COMPLETED", run["state"].get("message")
    assert (service.home / "county.duckdb").exists()
    assert list((service.home / "published" / "latest").glob("*.xlsx"))
    (first, *_) = service.nights()
    assert (first["outcome"], first["trigger"], first["flow_run"]) == ("done", "schedule", run["id"])


def test_a_server_that_dies_in_mid_run_costs_nothing(service: Service) -> None:
    started = wait_for_a_running_night(service, *FILES[1:4])
    os.kill(service.server_pid(), signal.SIGKILL)
    service.wait_for(lambda: night(service, started["id"])["outcome"] != "running", RUN_SECONDS)
    done = night(service, started["id"])
    assert done["outcome"] == "done", done["message"]
    assert done["facts"]["new"] == 3

    def state() -> Any:
        return service.ask(f"/flow_runs/{started['flow_run']}")["state"]

    service.wait_for(lambda: state()["type"] == "COMPLETED", RUN_SECONDS)
    assert "重新启动" in service.said
    before = len(service.nights())
    service.wait_for(lambda: sum(n["outcome"] == "done" for n in service.nights()) > before, RUN_SECONDS)


def test_a_service_that_is_stopped_in_mid_run_ends_and_the_night_is_made_up_for(service: Service) -> None:
    started = wait_for_a_running_night(service, *FILES[4:10])
    begun = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - begun < 80
    assert night(service, started["id"])["outcome"] == "interrupted"
    said = len(service.said)
    service.start()
    service.wait_for(lambda: "补做" in service.said[said:], START_SECONDS)
    service.wait_for(lambda: service.nights()[-1]["outcome"] == "done", START_SECONDS)
    assert service.ask(f"/flow_runs/{started['flow_run']}")["state"]["type"] in ENDED
