"""The nightly service and the flow, once for real: ``jixiao serve`` starts a Prefect server, runs are recorded there."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.test_cli import jixiao
from tests.places import ROOT, SAMPLES

START_SECONDS, RUN_SECONDS, AFTER_A_NIGHT_SECONDS, BUSY_TRIES = 240, 180, 10, 30

pytestmark = pytest.mark.needs_prefect


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A running ``jixiao serve`` with a server, home and Prefect settings of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.home = folder / "home"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/api"
        self.log = folder / "serve.log"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JIXIAO_", "PREFECT_"))}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "pipelines.cli", "--home", str(self.home)),
                    *("serve", "--port", str(self.port), *options),
                ],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**inherited, "PYTHONPATH": str(ROOT)},
            )

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        for _ in range(BUSY_TRIES):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.loads(answer.read())
            except urllib.error.HTTPError as error:
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                    raise
                time.sleep(1)  # the server's own database is busy, and it asks to try again
        raise AssertionError(f"{path}: the server stays busy")

    def wait_for(self, what: Callable[[], Any], seconds: float) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if found := what():
                    return found
            except (urllib.error.URLError, OSError):
                pass
            if self.process.poll() is not None:
                break
            time.sleep(1)
        raise AssertionError(f"nothing came of it; the service said:\n{self.log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("service"))
    inbox = service.home / "inbox"
    inbox.mkdir(parents=True)
    shutil.copy2(min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size), inbox)
    try:
        yield service
    finally:
        service.stop()


def test_serve_offers_the_nightly_run_on_a_schedule(service: Service) -> None:
    (deployment,) = service.wait_for(lambda: service.ask("/deployments/filter", {}), START_SECONDS)
    (schedule,) = deployment["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("0 2 * * *", "Asia/Shanghai")
    assert schedule["active"]
    assert deployment["parameters"]["home"] == str(service.home.resolve())
    said = service.log.read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{service.port}" in said


def test_a_cron_night_comes_by_itself_and_does_the_whole_job(tmp_path: Path) -> None:
    service = Service(tmp_path, "--cron", "* * * * *")
    try:
        (service.home / "inbox").mkdir(parents=True)
        shutil.copy2(min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size), service.home / "inbox")

        def night() -> Any:
            runs = service.ask("/flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC", "limit": 20})
            ended = [run for run in runs if run["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")]
            return ended[0] if ended else None

        run = service.wait_for(night, START_SECONDS + RUN_SECONDS)
        assert run["state"]["type"] == "COMPLETED", run["state"].get("message")
        assert run["auto_scheduled"], "nobody but the schedule made this run"
        assert (service.home / "county.duckdb").exists()
        assert list((service.home / "published" / "latest").glob("*.xlsx"))
        time.sleep(AFTER_A_NIGHT_SECONDS)
    finally:
        service.stop()


@pytest.mark.parametrize("things", ["deployment", "flow-run", "artifact", "work-pool", "automation"])
def test_prefects_own_command_lists_what_the_server_has(service: Service, things: str) -> None:
    service.wait_for(lambda: service.ask("/deployments/filter", {}), START_SECONDS)
    answer = subprocess.run(
        [sys.executable, "-m", "prefect", things, "ls"],
        env={**os.environ, "PREFECT_API_URL": service.address, "PREFECT_HOME": str(service.home / "prefect")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_same_command_is_a_flow_run_with_progress_and_a_summary(service: Service, tmp_path: Path) -> None:
    service.wait_for(lambda: service.ask("/deployments/filter", {}), START_SECONDS)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size), inbox / "好.docx")
    (inbox / "空.docx").touch()
    answer = jixiao(
        *("--home", str(tmp_path / "home"), "run", "--inbox", str(inbox), "--json"),
        PREFECT_API_URL=service.address,
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    assert answer.returncode == 3, answer.stderr
    assert json.loads(answer.stdout)["new"] == 1
    assert "Traceback" not in answer.stderr
    assert "leaked" not in answer.stderr
    runs = service.ask("/flow_runs/filter", {"sort": "START_TIME_DESC", "limit": 20})
    (run,) = [run for run in runs if run["parameters"].get("inbox") == str(inbox.resolve())]
    assert run["state"]["type"] == "COMPLETED"
    assert run["id"] in answer.stderr, "the command says where its run is recorded"
    artifacts = service.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})
    by_key = {artifact["key"]: artifact for artifact in artifacts}
    assert "空.docx" in by_key["jixiao-summary"]["data"]
    assert "新增 1 份" in by_key["jixiao-summary"]["data"]
    assert float(by_key["jixiao-progress"]["data"]) == 100
    tasks = service.ask("/task_runs/filter", {"flow_runs": {"id": {"any_": [run["id"]]}}})
    assert {"查看收件目录", "读取第 1 批（2 份）", "更新数据库", "生成比较表"} <= {
        one["name"].rsplit("-", 1)[0] for one in tasks
    }


def test_a_server_that_does_not_answer_is_named_with_what_to_do(tmp_path: Path) -> None:
    answer = jixiao(
        *("--home", str(tmp_path / "home"), "run"),
        PREFECT_API_URL=f"http://127.0.0.1:{free_port()}/api",
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    assert answer.returncode == 1
    assert "连不上 Prefect 服务器" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_serve_refuses_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = jixiao("--home", str(tmp_path / "home"), "serve", "--port", str(taken.getsockname()[1]))
    assert answer.returncode == 2
    assert "已被占用" in answer.stderr


def test_serve_stops_in_order_with_its_server(service: Service) -> None:
    service.wait_for(lambda: service.ask("/deployments/filter", {}), START_SECONDS)
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(60) == 0
    assert "夜间服务已停止" in service.log.read_text(encoding="utf-8")
    with pytest.raises((urllib.error.URLError, OSError)):
        service.ask("/health")
