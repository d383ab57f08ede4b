"""The ``jixiao run`` and ``jixiao publish`` commands: progress while they work, then what a person needs to know."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipelines.night.ledger import SCHEDULED, TRIGGER_VARIABLE
from pipelines.night.lock import locked
from pipelines.night.prefect_settings import (
    API_VARIABLE,
    AUTH_VARIABLE,
    has_server,
    hold_back_telemetry,
    keep_terminal_clear,
)
from pipelines.night.publishing.published import last_publication
from pipelines.night.run import BY_A_PERSON, WAIT_SECONDS, Occasion, run_night
from pipelines.night.state import Tell
from pipelines.night.steps import publish_tables
from pipelines.night.summary import RunSummary, print_summary, summary_json
from pipelines.service.state import read_state
from pipelines.terminal.console import PatientConsole
from pipelines.terminal.homes import need_database
from warehouse.home import Home

SOME_REJECTED = 3


def run_and_report(
    home: Home, inbox: Path | None, workers: int | None, *, as_json: bool, scheduled: bool = False
) -> int:
    """Run the main job, on the Prefect server where one is configured, and print its summary.

    A ``scheduled`` run is one that nobody watches: it waits for a run that a person started instead of giving up.
    """
    if scheduled:
        os.environ[TRIGGER_VARIABLE] = SCHEDULED
    with progress_bar() as tell:
        if has_server():
            use_own_server(home)
            hold_back_telemetry()
            keep_terminal_clear()
            from pipelines.night.flow import run_on_server

            summary = run_on_server(home, inbox, workers, tell)
        else:
            occasion = Occasion(WAIT_SECONDS) if scheduled else BY_A_PERSON
            summary = run_night(home, inbox, workers, tell, occasion=occasion)
    report(summary, as_json=as_json)
    return SOME_REJECTED if summary.rejected or summary.unreadable else 0


def use_own_server(home: Home) -> None:
    """Give the password of the nightly service's server to a run that is to be recorded there."""
    state = read_state(home)
    is_own = state is not None and state.address == os.environ[API_VARIABLE]
    if is_own and os.access(home.prefect_auth, os.R_OK):
        os.environ.setdefault(AUTH_VARIABLE, home.prefect_auth.read_text(encoding="utf-8").strip())


def report(summary: RunSummary, *, as_json: bool) -> None:
    """Print a run's summary to standard output."""
    if as_json:
        sys.stdout.write(summary_json(summary) + "\n")
    else:
        print_summary(summary, PatientConsole())


def publish_again(home: Home) -> int:
    """Write the comparison tables again from the database."""
    need_database(home)
    last = last_publication(home)
    inbox = Path(last.inbox) if last else home.inbox
    with locked(home), progress_bar() as tell:
        place = publish_tables(home, inbox, tell)
    print(f"比较表已重新生成：{place}")
    return 0


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Show a bar on standard error; yield what moves it: (stage or file name, files done, files to do)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("查看收件目录", total=None)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(task, description=shorten(what), completed=done, total=total)

        yield tell


def shorten(text: str, most: int = 28) -> str:
    """Keep a file name's end, which tells more than its folders."""
    return text if len(text) <= most else "…" + text[-most:]
