"""One night as a process of its own: a recorded run of the flow, or, where no server answers, the plain command."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.night.ledger import SCHEDULED, TRIGGER_VARIABLE
from pipelines.night.prefect_settings import API_VARIABLE
from pipelines.service.api import FlowRun
from pipelines.terminal.homes import HOME_VARIABLE, INBOX_VARIABLE
from warehouse.home import Home

STOP_SECONDS = 45.0
RETRIES = "2"
"""How often a night's process asks a server that does not answer: one that is gone must not hold up the night."""

AFTERMATH_SECONDS = 120.0
"""So long a night may still talk to the server after its work is recorded as done; then it is ended."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a night works on, fixed when the service starts."""

    home: Home
    inbox: Path | None


class NightProcess:
    """A night under way; ``flow_run`` is its id on the server, None where it runs without one."""

    def __init__(self, process: "subprocess.Popen[bytes]", run: FlowRun | None) -> None:
        """Take the process as started."""
        self.flow_run = run.id if run else None
        self.is_scheduled = run is None or run.auto_scheduled
        self.pid = process.pid
        self._process = process

    def is_alive(self) -> bool:
        """Tell whether the night's process runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Interrupt the night as Ctrl-C does: what it has read is kept. One that does not listen is killed."""
        if not self.is_alive():
            return
        self._signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the night with all its workers at once."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        try:
            if number is signal.SIGKILL:
                os.killpg(self._process.pid, number)
            else:
                self._process.send_signal(number)
        except ProcessLookupError:
            pass


def start_flow_run(place: Workplace, settings: Mapping[str, str], run: FlowRun, log: Path) -> NightProcess:
    """Start a run that the server has set down, as Prefect's own workers do; ``settings`` say where the server is."""
    known = {"PREFECT__FLOW_RUN_ID": run.id, "PREFECT_CLIENT_MAX_RETRIES": RETRIES}
    return NightProcess(_start(["-m", "prefect.engine"], place, {**settings, **known}, log), run)


def start_plain(place: Workplace, log: Path) -> NightProcess:
    """Start a night that needs no server."""
    command = ["-m", "pipelines.cli", "--home", str(place.home.path.resolve()), "run", "--scheduled"]
    if place.inbox:
        command += ["--inbox", str(place.inbox.resolve())]
    return NightProcess(_start(command, place, {}, log), None)


def _start(command: list[str], place: Workplace, extra: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    inherited = {name: value for name, value in os.environ.items() if name != API_VARIABLE}
    fixed = {HOME_VARIABLE: str(place.home.path.resolve()), TRIGGER_VARIABLE: SCHEDULED}
    if place.inbox:
        fixed[INBOX_VARIABLE] = str(place.inbox.resolve())
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            env={**inherited, **fixed, **extra},
            start_new_session=True,
        )
    finally:
        os.close(descriptor)
