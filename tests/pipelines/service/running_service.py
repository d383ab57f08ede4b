"""A running ``jixiao serve`` with a home, a port and Prefect settings of its own, and what tests ask of it."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tests.places import ROOT

START_SECONDS, RUN_SECONDS, BUSY_TRIES = 240, 180, 30
STOP_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """``stop`` ends it in order; what it said is in ``log``."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.home = folder / "home"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/api"
        self.log = folder / "serve.log"
        self.options = options
        self.start()

    def start(self) -> None:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JIXIAO_", "PREFECT_"))}
        command = [sys.executable, "-m", "pipelines.cli", "--home", str(self.home), "serve", "--port", str(self.port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, *self.options], cwd=ROOT, stdout=log, stderr=log, env={**inherited, "PYTHONPATH": str(ROOT)}
            )

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def auth(self) -> str:
        return (self.home / "prefect" / "auth").read_text(encoding="utf-8").strip()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        secret = base64.b64encode(self.auth.encode()).decode()
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json", "Authorization": f"Basic {secret}"},
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

    def runs(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC", "limit": 50})
        return found

    def nights(self) -> list[dict[str, Any]]:
        """Give the home's own records, the oldest first."""
        return [
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((self.home / "state" / "nights").glob("*.json"))
        ]

    def server_pid(self) -> int:
        listed = subprocess.run(
            ["pgrep", "-f", f"pipelines.service.tethered {self.port}$"], capture_output=True, text=True, check=True
        )
        return int(listed.stdout.split()[0])

    def is_up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def wait_for(self, what: Callable[[], Any], seconds: float = START_SECONDS, every: float = 0.5) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if found := what():
                    return found
            except (urllib.error.URLError, OSError):
                pass
            if self.process.poll() is not None:
                break
            time.sleep(every)
        raise AssertionError(f"nothing came of it; the service said:\n{self.said}")
