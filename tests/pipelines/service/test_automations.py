"""A server's automations tell of runs that failed, crashed or did not start, once, the way that all is told."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.care.automations import written_down
from pipelines.night.lock import held
from tests.pipelines.night.robots import Robot
from tests.pipelines.service.running_service import RUN_SECONDS, START_SECONDS, Service
from tests.places import ROOT, SAMPLES
from warehouse.home import Home

pytestmark = [pytest.mark.needs_prefect, pytest.mark.waits]


@pytest.fixture(scope="module")
def robot() -> Iterator[Robot]:
    with Robot() as robot:
        yield robot


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, robot: Robot) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("automations")
    home = Home(folder / "home")
    for place in (home.inbox, home.config):
        place.mkdir(parents=True)
    home.settings.write_text(
        f'[night]\nlate_after_hours = 0.001\n[[webhook]]\nkind = "plain"\nurl = "{robot.address}"\n', encoding="utf-8"
    )
    service = Service(folder)
    try:
        service.wait_for(lambda: "已就绪" in service.said, START_SECONDS)
        yield service
    finally:
        service.stop()


def deployment(service: Service, name: str) -> dict[str, Any]:
    found: dict[str, Any] = service.ask(f"/deployments/name/{name}")
    return found


def start_run(service: Service) -> str:
    """Have the server set down a night that is due now; give its id."""
    nightly = deployment(service, "jixiao-nightly/nightly")
    return str(service.ask(f"/deployments/{nightly['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}})["id"])


def told(robot: Robot, since: int) -> list[str]:
    return [body["text"] for body in robot.bodies[since:]]


def is_dealt_with(service: Service, run: str) -> bool:
    """Tell whether the run has ended by which an automation had people told of another run."""
    body = {"flows": {"name": {"any_": ["jixiao-tell"]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    return any(one["parameters"]["run"].endswith(run) for one in service.ask("/flow_runs/filter", body))


def test_automations_are_there_once_however_often_the_service_starts(service: Service) -> None:
    names = [one["name"] for one in written_down()["triggers"]]
    assert len(names) == 3
    assert sorted(one["name"] for one in service.ask("/automations/filter", {})) == sorted(names)
    env = {
        **os.environ,
        "PREFECT_API_URL": service.address,
        "PREFECT_API_AUTH_STRING": service.auth,
        "PREFECT_HOME": str(service.home / "prefect"),
        "JIXIAO_HOME": str(service.home),
    }
    again = [sys.executable, "-m", "pipelines.care.automations", "0 2 * * *"]
    subprocess.run(again, env=env, cwd=ROOT, check=True, capture_output=True)
    listed = service.ask("/automations/filter", {})
    assert sorted(one["name"] for one in listed) == sorted(names)
    assert all(one["enabled"] for one in listed)


def test_a_night_that_fails_is_told_once(service: Service, robot: Robot) -> None:
    since = len(robot.bodies)
    registry = service.home / "config" / "townships.csv"
    registry.write_text("no such heading\n", encoding="utf-8")
    run = start_run(service)
    service.wait_for(lambda: service.ask(f"/flow_runs/{run}")["state"]["type"] == "FAILED", RUN_SECONDS)
    service.wait_for(lambda: is_dealt_with(service, run), RUN_SECONDS)
    registry.unlink()
    (text,) = told(robot, since)
    assert "没有完成" in text and "townships.csv" in text


def test_a_run_that_crashed_before_it_had_a_record_is_told_by_what_the_server_knows(
    service: Service, robot: Robot
) -> None:
    since = len(robot.bodies)
    nightly = deployment(service, "jixiao-nightly/nightly")
    body = {"state": {"type": "SCHEDULED", "state_details": {"scheduled_time": "2199-01-01T00:00:00Z"}}}
    run = service.ask(f"/deployments/{nightly['id']}/create_flow_run", body)["id"]
    gone = {"state": {"type": "CRASHED", "message": "the machine is gone"}, "force": True}
    service.ask(f"/flow_runs/{run}/set_state", gone)
    service.wait_for(lambda: is_dealt_with(service, run), RUN_SECONDS)
    (text,) = told(robot, since)
    assert "没有完成" in text and "the machine is gone" in text


def test_a_night_that_is_killed_is_told_once(service: Service, robot: Robot) -> None:
    since = len(robot.bodies)
    for file in sorted(SAMPLES.glob("*.docx"))[:4]:
        shutil.copy2(file, service.home / "inbox")
    run = start_run(service)

    def reading() -> dict[str, Any] | None:
        (*_, last) = service.nights() or [{"outcome": "", "flow_run": ""}]
        return last if last["outcome"] == "running" and last["flow_run"] == run else None

    night = service.wait_for(reading, RUN_SECONDS, every=0.02)
    os.killpg(night["pid"], signal.SIGKILL)
    service.wait_for(lambda: service.ask(f"/flow_runs/{run}")["state"]["type"] == "CRASHED", RUN_SECONDS)
    service.wait_for(lambda: is_dealt_with(service, run), RUN_SECONDS)
    (text,) = told(robot, since)
    assert "没有完成" in text and "异常终止" in text


def test_a_night_that_does_not_start_in_time_is_told(service: Service, robot: Robot) -> None:
    since = len(robot.bodies)
    with held(Home(service.home).lock) as holder:
        assert holder is None, "nobody else is at work"
        waiting = start_run(service)
        service.wait_for(
            lambda: service.ask(f"/flow_runs/{waiting}")["state"]["type"] == "RUNNING", RUN_SECONDS
        )  # it waits for the home
        start_run(service)
        service.wait_for(lambda: len(robot.bodies) > since, RUN_SECONDS)
    assert any("没有按时开始" in text or "没有运行" in text for text in told(robot, since)), json.dumps(
        told(robot, since)
    )
