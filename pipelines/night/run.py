"""One run of a night's steps: holds the home, keeps the record and the log, tells people how it ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.night.ledger import NightLog, begin_record, recorded
from pipelines.night.lock import locked
from pipelines.night.log import logged
from pipelines.night.notify import tell_of_night
from pipelines.night.space import find_disk_error
from pipelines.night.state import Night, Tell, open_night
from pipelines.night.steps import Step, steps
from pipelines.night.summary import RunSummary, summary_facts
from pipelines.night.sums import sum_up
from warehouse.home import Home

WAIT_SECONDS = 6 * 3600.0
"""So long a night waits for a run that a person started."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """How a run came about: how long it waits for another one to end, and which run on a Prefect server it is."""

    wait_seconds: float = 0.0
    flow_run: str | None = None


BY_A_PERSON = Occasion()
CarryOut = Callable[[Step, Night], None]
"""Does a step: calls it, or has it run as a task and waits."""


def call(step: Step, night: Night) -> None:
    """Carry out a step as a plain call."""
    step.call(night)


def run_night(
    home: Home,
    inbox: Path | None,
    workers: int | None = None,
    tell: Tell | None = None,
    *,
    occasion: Occasion = BY_A_PERSON,
    carry_out: CarryOut = call,
) -> RunSummary:
    """Do the whole job; holds the home's lock, so that one run at a time changes it."""
    with night_of(home, occasion) as log:
        night = open_night(home, inbox, workers, tell)
        for step in steps(night):
            night.tell(step.name, night.settled, night.total)
            carry_out(step, night)
        summary = sum_up(night)
        log.note(summary_facts(summary))
        return summary


@contextmanager
def night_of(home: Home, occasion: Occasion) -> Iterator[NightLog]:
    """Hold the home for one run, keep its record and its log, and tell people of a night that nobody watched.

    Says so where the disk runs full or fails, be it before the night has a record.
    """
    with _disk_told(home), locked(home, occasion.wait_seconds):
        night = begin_record(home, occasion.flow_run)
        try:
            with logged(home, night.record.id), recorded(home, night), _disk_told(home):
                yield night
        finally:
            tell_of_night(home, night.record)


@contextmanager
def _disk_told(home: Home) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if (told := find_disk_error(home, error)) is not None:
            raise told from error
        raise
