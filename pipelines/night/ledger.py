"""The ledger of nights: what each run of the main job set out to do and how it ended, one small file a run.

It is the home's own record: it needs no server, and ``jixiao status`` reads nothing else.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pipelines.night.lock import is_free
from pipelines.night.space import is_of_the_place
from warehouse.files import write_bytes
from warehouse.home import Home

NIGHTS_KEPT = 400
"""More than a year of nights; older files are removed."""

TOLD = ".told"
"""An empty file of this ending says that people were told of the run of that name."""

TRIGGER_VARIABLE = "JIXIAO_TRIGGER"
"""Who started the run; the nightly service and the timer set it for the runs that they start."""

BY_HAND, SCHEDULED = "hand", "schedule"


class Outcome(StrEnum):
    """How a night ended; ``crashed`` is one whose process is gone without a word."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class NightRecord:
    """One run: ``started`` and ``ended`` in ISO form with zone; ``flow_run`` is its id on a Prefect server.

    ``facts`` are counts and names of the run's summary, ``message`` says in Chinese why it did not end well; ``passing``
    that this was the disk's or the network's fault, so that the same may go well in some minutes.
    """

    id: str
    started: str
    pid: int
    trigger: str
    outcome: Outcome = Outcome.RUNNING
    ended: str | None = None
    flow_run: str | None = None
    message: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    passing: bool = False

    @property
    def started_at(self) -> datetime:
        """The moment of the start."""
        return datetime.fromisoformat(self.started)

    @property
    def ended_at(self) -> datetime | None:
        """The moment of the end, None while it runs or where it crashed."""
        return datetime.fromisoformat(self.ended) if self.ended else None


class NightLog:
    """The record of the run under way; what is noted here is written when the run ends."""

    def __init__(self, record: NightRecord) -> None:
        """Begin with the record as it stands at the start."""
        self.record = record

    def note(self, facts: Mapping[str, object]) -> None:
        """Keep what the run did."""
        self.record = replace(self.record, facts=dict(facts))


def begin_record(home: Home, flow_run: str | None = None) -> NightLog:
    """Begin a run's record; to be called with the home's lock held, so that all older open ones are dead."""
    _bury_dead(home)
    now = datetime.now(UTC)
    record = NightRecord(
        id=f"{now:%Y%m%dT%H%M%S.%f}Z-{os.getpid()}",
        started=now.isoformat(timespec="seconds"),
        pid=os.getpid(),
        trigger=os.environ.get(TRIGGER_VARIABLE, BY_HAND),
        flow_run=flow_run,
    )
    _write(home, record)
    return NightLog(record)


@contextmanager
def recorded(home: Home, log: NightLog) -> Iterator[None]:
    """Write down how the run inside ended."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        _end(home, log, Outcome.INTERRUPTED, "运行被中断，已读完的文件都已保存。")
        raise
    except BaseException as error:
        log.record = replace(log.record, passing=is_of_the_place(home, error))
        _end(home, log, Outcome.FAILED, str(getattr(error, "message", "")) or f"{type(error).__name__}: {error}")
        raise
    _end(home, log, Outcome.DONE, None)
    _drop_old(home)


def read_nights(home: Home) -> list[NightRecord]:
    """Read the nights, the oldest first; one whose process is gone without a word counts as crashed.

    A file that cannot be read is left out: it says nothing about the others.
    """
    nights = [night for path in _paths(home) if (night := _read(path)) is not None]
    if any(night.outcome is Outcome.RUNNING for night in nights) and is_free(home):
        nights = [replace(n, outcome=Outcome.CRASHED) if n.outcome is Outcome.RUNNING else n for n in nights]
    return nights


def claim_telling(home: Home, night: NightRecord) -> bool:
    """Take it on to tell people of a night; False where somebody has, be it the night, the service or Prefect's server."""
    home.nights.mkdir(parents=True, exist_ok=True)
    try:
        _telling(home, night).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def release_telling(home: Home, night: NightRecord) -> None:
    """Give up what ``claim_telling`` took: the message did not get out."""
    _telling(home, night).unlink(missing_ok=True)


def is_told(home: Home, night: NightRecord) -> bool:
    """Tell whether somebody has taken it on to tell people of a night."""
    return _telling(home, night).exists()


def _telling(home: Home, night: NightRecord) -> Path:
    return home.nights / f"{night.flow_run or night.id}{TOLD}"


def _bury_dead(home: Home) -> None:
    for path in _paths(home):
        night = _read(path)
        if night is not None and night.outcome is Outcome.RUNNING:
            _write(home, replace(night, outcome=Outcome.CRASHED, message="运行的进程异常终止，没有留下说明。"))


def _end(home: Home, log: NightLog, outcome: Outcome, message: str | None) -> None:
    ended = datetime.now(UTC).isoformat(timespec="seconds")
    log.record = replace(log.record, outcome=outcome, ended=ended, message=message)
    with suppress(OSError):  # a full disk must not hide what it did to the run; without a record the night is "crashed"
        _write(home, log.record)


def _write(home: Home, record: NightRecord) -> None:
    content = json.dumps(asdict(record), ensure_ascii=False, indent=1)
    write_bytes(home.nights / f"{record.id}.json", content.encode("utf-8"))


def _read(path: Path) -> NightRecord | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return NightRecord(**{**values, "outcome": Outcome(values["outcome"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _paths(home: Home) -> list[Path]:
    return sorted(home.nights.glob("*.json")) if home.nights.is_dir() else []


def _drop_old(home: Home) -> None:
    tellings = sorted(home.nights.glob(f"*{TOLD}"), key=lambda path: path.stat().st_mtime)
    for path in (*_paths(home)[:-NIGHTS_KEPT], *tellings[:-NIGHTS_KEPT]):
        path.unlink(missing_ok=True)
