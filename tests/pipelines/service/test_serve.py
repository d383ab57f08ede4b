"""The nightly service and the flow, once for real: ``jixiao serve`` starts a Prefect server, runs are recorded there."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipelines.service.running_service import RUN_SECONDS, START_SECONDS, Service, free_port
from tests.pipelines.test_cli import jixiao
from tests.places import SAMPLES

pytestmark = pytest.mark.needs_prefect


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("service"))
    inbox = service.home / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    shutil.copy2(min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size), inbox)
    try:
        service.wait_for(lambda: "已就绪" in service.said, START_SECONDS)
        yield service
    finally:
        service.stop()


def test_serve_offers_the_nightly_run_on_a_schedule(service: Service) -> None:
    deployment = service.ask("/deployments/name/jixiao-nightly/nightly")
    (schedule,) = deployment["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("0 2 * * *", "Asia/Shanghai")
    assert schedule["active"]
    assert f"http://127.0.0.1:{service.port}" in service.said
    assert "没有排定" not in service.said, (
        "the server has the next run set down before the service says that it is ready"
    )
    (soonest, *_) = service.runs()
    assert soonest["state"]["type"] == "SCHEDULED" and soonest["auto_scheduled"]


@pytest.mark.parametrize("things", ["deployment", "flow-run", "artifact", "work-pool", "automation"])
def test_prefects_own_command_lists_what_the_server_has(service: Service, things: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "prefect", things, "ls"],
        env={
            **os.environ,
            "PREFECT_API_URL": service.address,
            "PREFECT_API_AUTH_STRING": service.auth,
            "PREFECT_HOME": str(service.home / "prefect"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_nobody_gets_in_without_the_password(service: Service) -> None:
    body = json.dumps({"parameters": {}}).encode()
    for path, data in (("/flow_runs/filter", body), ("/deployments/filter", b"{}")):
        request = urllib.request.Request(
            f"{service.address}{path}", data=data, headers={"Content-Type": "application/json"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        assert refused.value.code == 401


def test_no_page_of_another_site_may_ask(service: Service) -> None:
    request = urllib.request.Request(
        f"{service.address}/flow_runs/filter",
        method="OPTIONS",
        headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            allowed = answer.headers.get("Access-Control-Allow-Origin")
    except urllib.error.HTTPError as error:
        allowed = error.headers.get("Access-Control-Allow-Origin")
    assert allowed not in ("*", "http://evil.example")


def test_who_starts_a_run_cannot_choose_where_it_works(service: Service, tmp_path: Path) -> None:
    deployment = service.ask("/deployments/name/jixiao-nightly/nightly")
    assert set(deployment["parameter_openapi_schema"]["properties"]) == {"workers"}
    elsewhere = tmp_path / "elsewhere"
    body = {"parameters": {"home": str(elsewhere), "inbox": str(tmp_path)}}
    try:
        run = service.ask(f"/deployments/{deployment['id']}/create_flow_run", body)
    except urllib.error.HTTPError as error:
        assert error.code in (409, 422)
        return
    service.wait_for(
        lambda: service.ask(f"/flow_runs/{run['id']}")["state"]["type"] in ("FAILED", "CRASHED"), RUN_SECONDS
    )
    assert not elsewhere.exists()


def test_what_the_server_keeps_is_its_owners_alone(service: Service) -> None:
    for path in (service.home / "prefect", *(service.home / "prefect").iterdir()):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name


def test_a_second_service_on_the_same_home_is_refused(service: Service) -> None:
    answer = jixiao("--home", str(service.home), "serve", "--port", str(free_port()))
    assert answer.returncode == 2
    assert "已在运行" in answer.stderr and str(service.process.pid) in answer.stderr


def test_the_same_command_is_a_flow_run_with_progress_and_a_summary(service: Service, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(min(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size), inbox / "好.docx")
    (inbox / "空.docx").touch()
    answer = jixiao(
        *("--home", str(tmp_path / "home"), "run", "--inbox", str(inbox), "--json"),
        PREFECT_API_URL=service.address,
        PREFECT_API_AUTH_STRING=service.auth,
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    assert answer.returncode == 3, answer.stderr
    assert json.loads(answer.stdout)["new"] == 1
    assert "Traceback" not in answer.stderr
    assert "leaked" not in answer.stderr
    (run,) = [run for run in service.runs() if run["id"] in answer.stderr]
    assert run["state"]["type"] == "COMPLETED"
    artifacts = service.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}})
    by_key = {artifact["key"]: artifact for artifact in artifacts}
    assert "空.docx" in by_key["jixiao-summary"]["data"]
    assert "新增 1 份" in by_key["jixiao-summary"]["data"]
    assert float(by_key["jixiao-progress"]["data"]) == 100
    logs = service.ask("/logs/filter", {"logs": {"flow_run_id": {"any_": [run["id"]]}}})
    assert any(one["message"].startswith("空.docx：未入库") for one in logs), "the run's logs are on its page"
    tasks = service.ask("/task_runs/filter", {"flow_runs": {"id": {"any_": [run["id"]]}}})
    steps = {"查看收件目录", "读取第 1 批（2 份）", "保存读取结果", "更新数据库", "生成比较表"}
    assert {one["name"].rsplit("-", 1)[0] for one in tasks} == steps


def test_a_run_by_hand_finds_the_password_of_its_own_homes_server(service: Service, tmp_path: Path) -> None:
    answer = jixiao(
        *("--home", str(service.home), "run"),
        PREFECT_API_URL=service.address,
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    assert answer.returncode == 0, answer.stderr
    assert (service.home / "county.duckdb").exists()


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


def test_a_killed_service_leaves_no_server_behind(service: Service) -> None:
    assert service.is_up()
    service.process.send_signal(signal.SIGKILL)
    service.process.wait(30)
    service.process.poll = lambda: None  # type: ignore[method-assign]  # what is waited for outlives it, if it does
    service.wait_for(lambda: not service.is_up(), 60)
    del service.process.poll
    service.start()
    service.wait_for(lambda: service.said.count("已就绪") == 2, START_SECONDS)


def test_serve_stops_in_order_with_its_server(service: Service) -> None:
    assert service.stop() == 0
    assert "夜间服务已停止" in service.said
    assert not service.is_up()
