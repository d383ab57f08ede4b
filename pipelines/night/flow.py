"""The main job as a Prefect flow: the night's steps, each carried out as a task, with progress and a summary.

Importing this module imports Prefect, which takes seconds: only a run on a server and the nightly service do.
What is told to the server is a record: where it does not answer, the night goes on.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

import httpx
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging.handlers import APILogHandler
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL
from pydantic import Field

from pipelines.night.ledger import BY_HAND, TRIGGER_VARIABLE
from pipelines.night.prefect_settings import FLOW, end_quietly
from pipelines.night.publishing.run_page import run_markdown
from pipelines.night.run import WAIT_SECONDS, Occasion, run_night
from pipelines.night.state import Night, Tell
from pipelines.night.steps import Step
from pipelines.night.summary import RunSummary
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import HOME_VARIABLE, INBOX_VARIABLE
from warehouse.home import Home

PROGRESS_KEY = "jixiao-progress"
SUMMARY_KEY = "jixiao-summary"
UPDATE_SECONDS = 2.0
SILENCE_SECONDS = 60.0
"""After a server did not take a note of progress, it is left alone for so long."""

Result = TypeVar("Result")

log = logging.getLogger("jixiao")

end_quietly()

LISTENERS: list[Tell] = []
"""Who is told of progress in this process, beside the server: a flow's parameters can only be plain values."""


def name_run() -> str:
    """Name a run by its start, as people will look for it."""
    return f"{datetime.now():%Y-%m-%d %H:%M:%S}"


Workers = Annotated[
    int | None, Field(ge=1, le=64, title="同时读取的文件数", description="同时读取几份文件；不写则按处理器个数。")
]


@flow(name=FLOW, flow_run_name=name_run, persist_result=False)
def nightly(workers: Workers = None) -> RunSummary:
    """Read what is new in the inbox, build the database, publish the tables; the summary stands among the artifacts.

    Home and inbox are those of the environment (``JIXIAO_HOME``, ``JIXIAO_INBOX``), set by whoever runs the flow: who
    may start a run on the server must not choose what it reads and writes.
    """
    place, inbox = environment_places()
    if LISTENERS:
        print(f"运行记录：{flow_run.ui_url}", file=sys.stderr)
    wait_seconds = 0.0 if os.environ.get(TRIGGER_VARIABLE, BY_HAND) == BY_HAND else WAIT_SECONDS
    progress = Progress()
    with logged_on_server():
        summary = run_night(
            *(place, inbox, workers, progress.tell),
            occasion=Occasion(wait_seconds, str(flow_run.id)),
            carry_out=progress.carry_out,
        )
    progress.finish()
    told(partial(create_markdown_artifact, run_markdown(summary), key=SUMMARY_KEY, description="本次运行的汇总"))
    return summary


class FileNamed(logging.Formatter):
    """The event, after the name of the file that it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        file = getattr(record, "file", None)
        return f"{file}：{record.getMessage()}" if file else record.getMessage()


@contextmanager
def logged_on_server() -> Iterator[None]:
    """Let what the night logs of files and troubles stand among the run's logs on the server's page too."""
    handler = APILogHandler()
    handler.setFormatter(FileNamed())
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def environment_places() -> tuple[Home, Path | None]:
    """Give home and inbox as the environment names them; without a home there is nothing to work on."""
    home, inbox = os.environ.get(HOME_VARIABLE), os.environ.get(INBOX_VARIABLE)
    if not home:
        raise CommandError(
            f"没有设置环境变量 {HOME_VARIABLE}。", "请在工作池（work pool）的 env 中写明工作目录。", WRONG_USAGE
        )
    return Home(Path(home)), Path(inbox) if inbox else None


def told(tell: Callable[[], Result]) -> Result | None:
    """Tell the server something; None where it does not answer, which is no reason to stop a night."""
    with suppress(httpx.HTTPError, RuntimeError, OSError):
        return tell()
    return None


def carry_out_as_task(step: Step, night: Night) -> None:
    """Run one step as a task. It takes no arguments, so that Prefect does not search them for results to wait for."""

    @task(name=step.name, cache_policy=NO_CACHE, persist_result=False)
    def run() -> None:
        step.call(night)

    run()


class Progress:
    """The run's progress: on the server as an artifact, at most every ``UPDATE_SECONDS``, and to the listeners."""

    def __init__(self) -> None:
        """Begin before it is known what there is to read."""
        self._night: Night | None = None
        self._artifact: UUID | None = None
        self._sent = 0.0

    def carry_out(self, step: Step, night: Night) -> None:
        """Carry out a step as a task, and from then on tell of its night."""
        self._night = night
        carry_out_as_task(step, night)

    def tell(self, what: str, done: int, total: int) -> None:
        """Tell the listeners what is being done, and the server how many filings are read."""
        for listen in LISTENERS:
            listen(what, done, total)
        if self._night and self._night.total and time.monotonic() - self._sent >= UPDATE_SECONDS:
            self._send(100 * self._night.settled / self._night.total)

    def finish(self) -> None:
        """Show the run as done."""
        self._send(100.0)

    def _send(self, percent: float) -> None:
        self._sent = time.monotonic()
        settled, total = (self._night.settled, self._night.total) if self._night else (0, 0)
        description = f"已读取 {settled} 份，共 {total} 份文件"
        if self._artifact is None:
            created = told(partial(create_progress_artifact, percent, key=PROGRESS_KEY, description=description))
            assert created is None or isinstance(created, UUID)  # in an async flow it would be one to come
            self._artifact, is_told = created, created is not None
        else:
            update = partial(update_progress_artifact, self._artifact, percent, description=description)
            is_told = told(update) is not None
        if not is_told:
            self._sent += SILENCE_SECONDS


def run_on_server(home: Home, inbox: Path | None, workers: int | None, tell: Tell) -> RunSummary:
    """Run the flow in this process, recorded on the configured Prefect server."""
    LISTENERS[:] = [tell]
    os.environ[HOME_VARIABLE] = str(home.path.resolve())
    if inbox:
        os.environ[INBOX_VARIABLE] = str(inbox.resolve())
    else:
        os.environ.pop(INBOX_VARIABLE, None)
    try:
        return nightly(workers)
    except (httpx.HTTPError, RuntimeError) as error:
        if isinstance(error, httpx.HTTPError) or "reach API" in str(error):
            raise unreachable() from error
        raise


def unreachable() -> CommandError:
    """Say that the configured server does not answer."""
    return CommandError(
        f"连不上 Prefect 服务器 {PREFECT_API_URL.value()}。",
        "请检查服务器是否在运行；不需要在服务器上留记录时，去掉环境变量 PREFECT_API_URL 再运行。",
    )
