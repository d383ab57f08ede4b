"""Where nights are recorded: a Prefect server, the service's own or somebody else's, and what it is told of runs."""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

import httpx

from pipelines.night.ledger import Outcome, read_nights
from pipelines.night.lock import is_free
from pipelines.night.prefect_settings import API_VARIABLE, AUTH_VARIABLE, FLOW
from pipelines.service.api import Api, FlowRun
from pipelines.service.server import Server, need_free_port
from pipelines.service.words import say
from pipelines.terminal.homes import HOME_VARIABLE
from warehouse.home import Home

READY_SECONDS = 90.0
RESTART_AFTER = timedelta(seconds=15)
START_UP = timedelta(minutes=2)
"""A run that the server calls running may be so young that it does not hold the home yet."""

DEPLOYER = "pipelines.care.automations"
"""The program that sets the flows and their automations down; it stands above this room and runs by itself."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the server is: its API, the settings that lead a process to it, and the server itself where it is the service's."""

    api: Api
    settings: dict[str, str]
    text: str
    own: Server | None


def find_server(home: Home, port: int) -> ServerAddress:
    """Give the server of the environment, else one of the service's own, which is not started yet."""
    configured = os.environ.get(API_VARIABLE)
    if configured:
        return ServerAddress(
            Api(configured, os.environ.get(AUTH_VARIABLE)), {API_VARIABLE: configured}, configured, None
        )
    need_free_port(port)
    server = Server(home, port)
    settings = {
        API_VARIABLE: server.address,
        AUTH_VARIABLE: server.auth,
        "PREFECT_HOME": str(home.prefect.resolve()),
    }
    return ServerAddress(server.api, settings, server.address, server)


class Recorder:
    """The server as the service knows it. Whatever becomes of it, no call here raises: a night does not hang on it."""

    def __init__(self, home: Home, cron: str, server: ServerAddress, stop: Event) -> None:
        """Take the schedule that the server is to know, and the event that ends all waiting."""
        self.server = server
        self._home, self._cron, self._stop = home, cron, stop
        self._api, self._own = server.api, server.own
        self._deployment: str | None = None
        self._telling = ""
        self._tried = LONG_AGO
        self._started = datetime.now(UTC)

    @property
    def is_deployed(self) -> bool:
        """Tell whether the flow is set down on the server."""
        return self._deployment is not None

    def bring_up(self) -> None:
        """Start the service's own server, and set the flow down."""
        if self._own is not None:
            say(f"正在启动 Prefect 服务器（端口 {self._own.port}），约需半分钟……")
            if not self._own.start(self._stop) and not self._stop.is_set():
                say(f"Prefect 服务器没有启动成功，日志：{self._own.log}。夜间任务照常运行，但网页上没有记录。")
        self._deploy(datetime.now(UTC), None)

    def watch(self, now: datetime, under_way: str | None) -> None:
        """Start the own server again where it does not answer, and set the flow down where it is not."""
        if self._own is not None and not self._own.is_alive() and now - self._tried >= RESTART_AFTER:
            self._tried, self._deployment = now, None
            say("Prefect 服务器没有应答，正在重新启动……")
            if self._own.start(self._stop):
                say("Prefect 服务器已重新启动。")
        if self._deployment is None and now - self._tried >= RESTART_AFTER / 2:
            self._deploy(now, under_way)

    def shut_down(self) -> None:
        """Stop the service's own server."""
        if self._own is not None:
            self._own.stop()

    def _deploy(self, now: datetime, under_way: str | None) -> None:
        """Set the flow down on the server, and settle what the server believes of earlier runs."""
        self._tried = now
        if self._stop.is_set() or not self._api.is_healthy():
            return
        answer = subprocess.run(
            [sys.executable, "-m", DEPLOYER, self._cron],
            env={**os.environ, **self.server.settings, HOME_VARIABLE: str(self._home.path.resolve())},
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            say("未能在 Prefect 服务器上登记夜间任务：" + (answer.stderr.strip().splitlines() or ["没有说明"])[-1])
            return
        self._deployment, self._telling = answer.stdout.split()[-2:]
        self.settle_runs(now, under_way)

    def settle_runs(self, now: datetime, under_way: str | None) -> None:
        """Tell the server how runs ended that it takes for running: by the ledger, else they are dead."""
        with suppress(httpx.HTTPError):
            for run in self._api.unfinished_runs(FLOW):
                if run.id != under_way:
                    self._settle(run, now)

    def _settle(self, run: FlowRun, now: datetime) -> None:
        record = next((night for night in reversed(read_nights(self._home)) if night.flow_run == run.id), None)
        if record is None and run.changed and now - run.changed < START_UP and now - self._started > START_UP:
            return
        if record is None and not is_free(self._home):
            return
        if record is None or record.outcome is Outcome.CRASHED:
            self._api.set_state(run.id, "CRASHED", "运行的进程已不存在。")
        elif record.outcome is Outcome.DONE:
            self._api.set_state(run.id, "COMPLETED", "运行已完成；当时服务器没有应答，事后补记。")
        elif record.outcome is not Outcome.RUNNING:
            self._api.set_state(run.id, "FAILED", record.message or "运行失败。")

    def close(self, run: str, state: str, message: str) -> None:
        """Tell the server how a run ended."""
        with suppress(httpx.HTTPError):
            self._api.set_state(run, state, message)

    def is_cancelled(self, run: str) -> bool:
        """Tell whether somebody cancelled a run on the server's page."""
        try:
            return self._api.state_of(run) in ("CANCELLING", "CANCELLED")
        except httpx.HTTPError:
            return False

    def next_run(self, now: datetime) -> FlowRun | None:
        """Give the run to start; of several by the schedule only the newest is worth it, the others are called off."""
        if self._deployment is None:
            return None
        try:
            runs = self._api.due_runs(self._deployment, now)
            asked = [run for run in runs if not run.auto_scheduled]
            scheduled = [run for run in runs if run.auto_scheduled]
            for late in scheduled[:-1]:
                self._api.set_state(late.id, "CANCELLED", "错过了时间，由更晚的一次代替。")
        except httpx.HTTPError:
            return None
        return next(iter(asked or scheduled[-1:]), None)

    def next_telling(self, now: datetime) -> FlowRun | None:
        """Give the run by which an automation of the server wants people told; None where there is none."""
        if self._deployment is None:
            return None
        with suppress(httpx.HTTPError):
            return next(iter(self._api.due_runs(self._telling, now)), None)
        return None

    def ask_for_run(self, name: str) -> bool:
        """Have the server set down a run that is due now; False where it cannot."""
        if self._deployment is not None:
            with suppress(httpx.HTTPError):
                self._api.create_run(self._deployment, name)
                return True
        return False

    def has_next_run(self) -> bool | None:
        """Tell whether the server's scheduler has set down a next run; None where it does not say."""
        if self._deployment is None:
            return None
        try:
            return self._api.next_scheduled(self._deployment) is not None
        except httpx.HTTPError:
            return None

    def wait_for_schedule(self) -> bool:
        """Wait until the server's scheduler has set down a next run; False where it does not in good time."""
        deadline = datetime.now(UTC) + timedelta(seconds=READY_SECONDS)
        while self._deployment is not None and datetime.now(UTC) < deadline and not self._stop.is_set():
            if self.has_next_run():
                return True
            self._stop.wait(1)
        return False
