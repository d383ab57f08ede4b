"""The service's own Prefect server: started with a password and for this machine only, watched, and started again."""

import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event

from pipelines.night.prefect_settings import API_VARIABLE, AUTH_VARIABLE
from pipelines.service.api import Api
from pipelines.service.rotation import rotate
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.files import write_private
from warehouse.home import Home

HOST = "127.0.0.1"
START_LIMIT_SECONDS = 180
STOP_SECONDS = 20
SICK_CHECKS = 3
"""So many checks without an answer, one after the other, and the server is started again."""

PRIVATE = 0o077
RUNS_KEPT_SECONDS = 90 * 24 * 3600
SECRET_BYTES = 24
USER = "jixiao"


class Server:
    """A Prefect server as a child process that keeps its data in the home."""

    def __init__(self, home: Home, port: int) -> None:
        """Choose home and port; nothing is started yet."""
        self._home, self.port = home, port
        self._process: subprocess.Popen[bytes] | None = None
        self._sick = 0
        self.auth = read_auth(home)
        self.address = f"http://{HOST}:{port}/api"
        self.api = Api(self.address, self.auth)

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self._home.prefect / "server.log"

    def start(self, stop: Event) -> bool:
        """Start the server and wait until it answers; False where it does not, or somebody wants to stop."""
        self.stop()
        rotate(self.log)
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipelines.service.tethered", str(self.port)],
                stdin=subprocess.PIPE,
                stdout=descriptor,
                stderr=descriptor,
                env=self._environment(),
                start_new_session=True,  # Ctrl-C reaches the service only, which then stops the server in order
                umask=PRIVATE,
            )
        finally:
            os.close(descriptor)
        self._sick = 0
        return self._wait(self._process, stop)

    def is_alive(self) -> bool:
        """Tell whether the server runs and answered one of the last few checks."""
        if self._process is None or self._process.poll() is not None:
            return False
        self._sick = 0 if self.api.is_healthy() else self._sick + 1
        return self._sick < SICK_CHECKS

    def stop(self) -> None:
        """Stop the server, in order where it still listens to that."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()

    def _wait(self, process: "subprocess.Popen[bytes]", stop: Event) -> bool:
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while time.monotonic() < deadline and process.poll() is None and not stop.is_set():
            if self.api.is_healthy():
                return True
            stop.wait(0.5)
        return False

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PREFECT_HOME": str(self._home.prefect.resolve()),
            "PREFECT_SERVER_API_AUTH_STRING": self.auth,
            AUTH_VARIABLE: self.auth,
            API_VARIABLE: self.address,
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{HOST}:{self.port}",
            "PREFECT_SERVER_CORS_ALLOWED_METHODS": "GET",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(RUNS_KEPT_SECONDS),
        }


def read_auth(home: Home) -> str:
    """Give the server's authentication string; one is drawn at the first start and kept for its owner's eyes only."""
    home.prefect.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.prefect.chmod(0o700)
    if not home.prefect_auth.exists():
        write_private(home.prefect_auth, f"{USER}:{secrets.token_urlsafe(SECRET_BYTES)}\n".encode())
    home.prefect_auth.chmod(0o600)
    return home.prefect_auth.read_text(encoding="utf-8").strip()


def need_free_port(port: int) -> None:
    """Refuse a port that something listens on."""
    if is_free_port(port):
        return
    raise CommandError(
        f"端口 {port} 已被占用。",
        f"如果那里已经有 Prefect 服务器，请先设置环境变量 {API_VARIABLE}=http://{HOST}:{port}/api；"
        "否则用 --port 另选一个端口。",
        WRONG_USAGE,
    )


def is_free_port(port: int) -> bool:
    """Tell whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0
