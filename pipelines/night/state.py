"""One night under way: the record that its steps work on."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.night.county import County, load_county
from pipelines.night.inbox import NOTHING_FOUND, FoundFiles
from pipelines.night.space import need_space
from pipelines.night.summary import Rejection
from pipelines.terminal.homes import create_home
from warehouse.home import Home
from warehouse.program import readers_version, records_version
from warehouse.store.documents import Documents, documents_of
from warehouse.store.plan import NOTHING_PLANNED, ReadPlan
from warehouse.store.store import Store, open_store

Tell = Callable[[str, int, int], None]
"""Told what is being done (a stage, or the filing just read), how many filings are read, and of how many."""


@dataclass(slots=True)
class Night:
    """One night: what it works on, fixed at its start; then what its steps found and did so far."""

    home: Home
    inbox: Path
    workers: int
    county: County
    store: Store
    documents: Documents
    tell: Tell
    started: float

    found: FoundFiles = NOTHING_FOUND
    plan: ReadPlan = NOTHING_PLANNED
    settled: int = 0
    """So many of the plan's files are read or refused."""
    rejections: list[Rejection] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Files that held other bytes when they were read than when they were listed: the next run reads them."""
    rebuilt: bool = False
    """The database's content changed."""
    held_back: str = ""
    """Why new tables are not published."""

    @property
    def total(self) -> int:
        """So many files are to be read, those among them that only their kept Documents can give back."""
        return len(self.plan.to_read) + len(self.plan.gone)

    def settle(self, path: str) -> None:
        """Count one more file as read or refused, and tell."""
        self.settled += 1
        self.tell(path, self.settled, self.total)


def open_night(home: Home, inbox: Path | None, workers: int | None = None, tell: Tell | None = None) -> Night:
    """Open the home's store and the county's files; a mistake in those stops the night before it changes anything."""
    started = time.monotonic()
    create_home(home)
    need_space(home)
    county = load_county(home)
    return Night(
        home=home,
        inbox=inbox or home.inbox,
        workers=workers or os.cpu_count() or 1,
        county=county,
        store=open_store(home.path, records_version(), county.naming(), readers=readers_version, decided=county.lesson),
        documents=documents_of(home),
        tell=tell or _tell_nobody,
        started=started,
    )


def _tell_nobody(what: str, done: int, total: int) -> None:
    """Tell nobody: for nights that no person watches."""
