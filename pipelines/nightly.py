"""The main job as plain steps: list the inbox, read what is new, fold it into the store, build, publish, sum up.

The command calls them one after the other (``run_night``); the Prefect flow calls the same, one task a step.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extractors.reading import Source, open_sources, read_source, run_guarded
from extractors.rejection import RejectedFile
from pipelines.county import County, load_county
from pipelines.home import Home
from pipelines.inbox_files import FoundFiles, find_files
from pipelines.version import pipeline_version
from transforms.filings import transform
from transforms.records import FilingRecords
from transforms.terms import Terms
from warehouse.store import ReadPlan, Store, open_store
from warehouse.store_inbox import InboxFile

BATCH = 200
"""Filings read in one go: zip and office files of a batch are prepared together, and a Prefect task reads one batch."""

Progress = Callable[[int, int, str], None]
"""Told after each filing: how many are read, of how many, and the last one's name."""


@dataclass(frozen=True, slots=True)
class ReadFiling:
    """What a worker hands back of one filing: its file facts and its records, but not its cells."""

    format: str
    page_count: int | None
    records: FilingRecords


@dataclass(frozen=True, slots=True)
class Night:
    """One run under way: where, with which store and county terms, what lies in the inbox and what is to be read."""

    home: Home
    inbox: Path
    county: County
    store: Store
    found: FoundFiles
    plan: ReadPlan
    started: float


def begin_night(home: Home, inbox: Path | None) -> Night:
    """List the inbox and tell what is to be read."""
    started = time.monotonic()
    home.create()
    place = inbox or home.inbox
    county = load_county(home)
    store = open_store(home.path, pipeline_version(), county.naming())
    found = find_files(place, home.unpacked, pipeline_version())
    return Night(home, place, county, store, found, store.plan_files(found.files), started)


def batches(night: Night) -> Iterator[Sequence[InboxFile]]:
    """Cut what is to be read into batches."""
    files = night.plan.to_read
    yield from (files[start : start + BATCH] for start in range(0, len(files), BATCH))


def read_batch(
    night: Night, files: Sequence[InboxFile], workers: int | None, tell: Callable[[str], None]
) -> tuple[Rejection, ...]:
    """Read files in guarded workers; what each holds, or why it is rejected, is journalled as soon as it is known.

    Gives the rejections; ``tell`` is called with each file's path once it is settled.
    """
    rejections: list[Rejection] = []

    def settle(file: InboxFile, result: ReadFiling | RejectedFile) -> None:
        if isinstance(result, RejectedFile):
            night.store.reject(file, result.reason, result.detail)
            rejections.append(Rejection(file.path, result.reason, result.detail))
        else:
            night.store.journal(file, result.format, result.page_count, result.records)
        tell(file.path)

    unopened = night.found.unopened
    for file in files:
        if file.path in unopened:
            settle(file, unopened[file.path])
    by_place = {night.found.files[file.path].place: file for file in files if file.path not in unopened}
    size = workers or os.cpu_count() or 1
    with open_sources(by_place, workers=size) as opened:
        for place, rejected in opened.rejected:
            settle(by_place[place], rejected)
        sources = [replace(source, file_name=by_place[source.received].file_name) for source in opened.sources]
        task = partial(read_records, terms=night.county.terms)
        for source, result in run_guarded(task, sources, workers=size):
            settle(by_place[source.received], result)
    return tuple(rejections)


def read_records(source: Source, terms: Terms) -> ReadFiling:
    """Read one filing and find its records; runs in a worker process."""
    document = read_source(source)
    return ReadFiling(document.format, document.page_count, transform(document, terms))


def store_and_build(night: Night) -> bool:
    """Fold what was read into the Parquet store and build the database from it; tell whether anything changed."""
    night.store.commit()
    return build_database(night.home.path)


def publish_tables(night: Night) -> None:
    """Write the comparison tables from the database."""
    publish(night.home.path)
