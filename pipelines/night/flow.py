"""The main job as a Prefect flow: the same steps as ``nightly.run_night``, each a task, with progress and a summary.

Importing this module imports Prefect, which takes seconds: only a run on a server and the nightly service do.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import httpx
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL

from pipelines.night.lock import locked
from pipelines.night.prefect_settings import end_quietly
from pipelines.night.published import is_published
from pipelines.night.steps import (
    Tell,
    batches,
    begin_night,
    build,
    publish_tables,
    read_batch,
    store_records,
    sum_up,
)
from pipelines.night.summary import Rejection, RunSummary, summary_markdown
from pipelines.terminal.errors import CommandError
from warehouse.home import Home

FLOW = "jixiao-nightly"
PROGRESS_KEY = "jixiao-progress"
SUMMARY_KEY = "jixiao-summary"
UPDATE_SECONDS = 2.0

Result = TypeVar("Result")

end_quietly()

LISTENERS: list[Tell] = []
"""Who is told of progress in this process, beside the server: a flow's parameters can only be plain values."""


def name_run() -> str:
    """Name a run by its start, as people will look for it."""
    return f"{datetime.now():%Y-%m-%d %H:%M:%S}"


@flow(name=FLOW, flow_run_name=name_run, persist_result=False, validate_parameters=False)
def nightly(home: str, inbox: str | None = None, workers: int | None = None) -> RunSummary:
    """Read what is new in the inbox, build the database, publish the tables; the summary stands among the artifacts."""
    place = Home(Path(home))
    if LISTENERS:
        print(f"运行记录：{flow_run.ui_url}", file=sys.stderr)
    with locked(place):
        night = step("查看收件目录", partial(begin_night, place, Path(inbox) if inbox else None))
        progress = Progress(len(night.plan.to_read))
        rejections: list[Rejection] = []
        for number, files in enumerate(batches(night), start=1):
            read = partial(read_batch, night, files, workers, progress.tell)
            rejections += step(f"读取第 {number} 批（{len(files)} 份）", read)
        step("保存读取结果", partial(store_records, night))
        rebuilt = step("更新数据库", partial(build, night))
        if not is_published(place, night.inbox):
            step("生成比较表", partial(publish_tables, place, night.inbox, progress.pass_on))
        summary = step("汇总", partial(sum_up, night, rejections, rebuilt))
        progress.finish()
    create_markdown_artifact(summary_markdown(summary), key=SUMMARY_KEY, description="本次运行的汇总")
    return summary


def step(name: str, call: Callable[[], Result]) -> Result:
    """Run one step as a task. It takes no arguments, so that Prefect does not search them for results to wait for."""

    @task(name=name, cache_policy=NO_CACHE, persist_result=False)
    def run() -> Result:
        return call()

    return run()


class Progress:
    """The run's progress: on the server as an artifact, at most every ``UPDATE_SECONDS``, and to the listeners."""

    def __init__(self, total: int) -> None:
        """Begin with ``total`` filings to read."""
        self._total = total
        self._done = 0
        self._sent = time.monotonic()
        artifact = create_progress_artifact(0.0, key=PROGRESS_KEY, description=f"共需读取 {total} 份文件")
        assert isinstance(artifact, UUID)  # in an async flow it would be one to come
        self._artifact = artifact

    def tell(self, name: str) -> None:
        """Count one more filing as read."""
        self._done += 1
        self.pass_on(name, self._done, self._total)
        if time.monotonic() - self._sent >= UPDATE_SECONDS:
            self._send(100 * self._done / self._total)

    def pass_on(self, what: str, done: int, total: int) -> None:
        """Tell the listeners what is being done."""
        for listen in LISTENERS:
            listen(what, done, total)

    def finish(self) -> None:
        """Show the run as done."""
        self._send(100.0)

    def _send(self, percent: float) -> None:
        self._sent = time.monotonic()
        update_progress_artifact(
            self._artifact, percent, description=f"已读取 {self._done} 份，共 {self._total} 份文件"
        )


def run_on_server(home: Home, inbox: Path | None, workers: int | None, tell: Tell) -> RunSummary:
    """Run the flow in this process, recorded on the configured Prefect server."""
    LISTENERS[:] = [tell]
    try:
        return nightly(str(home.path.resolve()), str(inbox.resolve()) if inbox else None, workers)
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
