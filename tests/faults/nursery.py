"""Runs of the command without its start: a process that has imported everything forks one child for each.

``python -m tests.faults.nursery`` reads one request a line (``home``, and ``kill_after`` seconds or null), runs
``jixiao --home HOME run --workers 1`` in a child with a process group of its own, and answers with its exit code and
what it said. Thousands of runs are only to be had this way: half of a small night is imports.
"""

import importlib
import json
import multiprocessing
import os
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory, TemporaryFile
from typing import NoReturn

from tests.faults.shim import Shim, kill_this_group
from tests.places import ROOT

LIST_MODULES = """
import pathlib, shutil, sys
from pipelines.cli import call
from tests.faults.story import small_filings

home, names = map(pathlib.Path, sys.argv[1:])
if __name__ == "__main__":
    (home / "inbox").mkdir(parents=True)
    for filing in small_filings()[:2]:
        shutil.copy2(filing, home / "inbox")
    assert call(["--home", str(home), "run", "--workers", "1"]) == 0
    names.write_text(" ".join(sys.modules))
"""
POLL_SECONDS = 0.005
HUNG_SECONDS = 600.0


class Nursery:
    """The process, as the tests see it."""

    def __init__(self, shim: Shim) -> None:
        """Start it under the library and wait until all is imported."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env=shim.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._answer()

    def run(self, home: Path, kill_after: float | None = None) -> tuple[int, str]:
        """Run a night in a home; give its exit code (-9: killed) and what it said."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"home": str(home), "kill_after": kill_after}) + "\n")
        self._process.stdin.flush()
        code, said = self._answer()
        return int(code), str(said)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> list[object]:
        assert self._process.stdout is not None
        answer: list[object] = json.loads(self._process.stdout.readline())
        return answer


def serve() -> None:
    """Answer requests until standard input closes."""
    import warehouse.models.build
    import warehouse.publication.remake.inputs  # noqa: F401 - all that a night needs

    import_what_a_night_imports()
    workers = multiprocessing.get_context("forkserver")
    workers.set_forkserver_preload(["extractors.reading", "pipelines.night.reading"])
    forkserver.ensure_running()  # one server of the readers' workers, which all children share …
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[attr-defined]  # … and need not wait for
    warm_up()
    print(json.dumps([0, "ready"]), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        with TemporaryFile() as said:
            child = os.fork()
            if child == 0:
                run_night_and_exit(request["home"], said.fileno())
            code = wait_for(child, request["kill_after"])
            said.seek(0)
            print(json.dumps([code, said.read().decode("utf-8", "replace")]), flush=True)


def import_what_a_night_imports() -> None:
    """Import all modules that a child has after a whole night; half of a small night would be that again."""
    with TemporaryDirectory(prefix="jixiao-nursery-") as folder:
        names = Path(folder) / "modules"
        command = [sys.executable, "-c", LIST_MODULES, str(Path(folder) / "home"), str(names)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
        for name in names.read_text(encoding="utf-8").split():
            with suppress(ImportError):
                importlib.import_module(name)


def warm_up() -> None:
    """Read the SQL once, as every build does; leave no database open, whose threads no child would have."""
    from tests.warehouse.invented_county import build_home
    from tests.warehouse.invented_filings import filing, project
    from warehouse.models import files

    with TemporaryDirectory(prefix="jixiao-nursery-") as folder:
        build_home(Path(folder) / "home", [("a.docx", 0, filing("甲镇", [project()]))])
    files._parser().close()
    files._parser.cache_clear()


def run_night_and_exit(home: str, output: int) -> NoReturn:
    """Run the command as if it had just been started."""
    os.setsid()
    kill_this_group()
    null = os.open(os.devnull, os.O_RDWR)
    for stream, descriptor in ((0, null), (1, output), (2, output)):
        os.dup2(descriptor, stream)
    from pipelines.cli import call, tell_warnings

    tell_warnings()
    code = 70
    try:
        code = call(["--home", home, "run", "--workers", "1"])
    finally:
        for text in (sys.stdout, sys.stderr):
            text.flush()
        os._exit(code)


def wait_for(child: int, kill_after: float | None) -> int:
    """Wait for a child, and kill its group after so many seconds; give its exit code, or minus the signal."""
    started = time.monotonic()
    limit = HUNG_SECONDS if kill_after is None else kill_after
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() - started > limit:
            os.killpg(child, SIGKILL)
            limit = float("inf")
        time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    serve()
