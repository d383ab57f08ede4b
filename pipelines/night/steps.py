"""The main job as plain steps: list the inbox, read what is new, fold it into the store, build, publish, sum up.

The command calls them one after the other (``run_night``); the Prefect flow calls the same, one task a step.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.rejection import Reason, RejectedFile
from pipelines.night.county import County, county_file_error, load_county
from pipelines.night.inbox import FoundFiles, find_files
from pipelines.night.keep import drop_old_publications
from pipelines.night.ledger import NightLog, begin_record, recorded
from pipelines.night.lock import locked
from pipelines.night.log import logged
from pipelines.night.notify import notify
from pipelines.night.published import is_published, record_publication
from pipelines.night.reading import OtherBytes, ReadFiling, read_files
from pipelines.night.settings import patient_settings
from pipelines.night.shrink import find_shrinkage
from pipelines.night.space import disk_full_error, is_disk_full, need_space
from pipelines.night.summary import Rejection, RunSummary, summary_facts
from pipelines.terminal.errors import CommandError
from pipelines.terminal.homes import create_home
from pipelines.terminal.query_output import connect_read_only, read_result
from warehouse.county.files import CountyFileError
from warehouse.county.found_townships import fill_registry
from warehouse.home import Home
from warehouse.program import FORMAT_ROOMS, UNPACKING, program_version, readers_version, records_version
from warehouse.store.documents import Documents
from warehouse.store.received import ReceivedFile
from warehouse.store.store import ReadPlan, Store, open_store

BATCH = 200
"""Filings read in one go: zip and office files of a batch are prepared together, and a Prefect task reads one batch."""

WAIT_SECONDS = 6 * 3600.0
"""So long a night waits for a run that a person started."""

COUNT_UNREAD = """
select count(*)
from core.unread_cells as u
inner join core.filings as f on u.filing_id = f.filing_id and f.is_current
"""

Tell = Callable[[str, int, int], None]
"""Told what is being done (a stage, or the filing just read), how many filings are read, and of how many."""


@dataclass(frozen=True, slots=True)
class Night:
    """One run under way: where, with which store and county terms, what lies in the inbox and what is to be read."""

    home: Home
    inbox: Path
    county: County
    store: Store
    documents: Documents
    found: FoundFiles
    plan: ReadPlan
    started: float
    left: list[str] = field(default_factory=list)
    """Files that held other bytes when they were read than when they were listed: the next run reads them."""


def begin_night(home: Home, inbox: Path | None) -> Night:
    """List the inbox and tell what is to be read."""
    started = time.monotonic()
    create_home(home)
    need_space(home)
    place = inbox or home.inbox
    county = load_county(home)
    store = open_store(home.path, records_version(), county.naming(), readers=readers_version, decided=county.lesson)
    documents = Documents(home.documents, FORMAT_ROOMS, readers_version)
    found = find_files(place, home.unpacked, program_version(UNPACKING))
    return Night(home, place, county, store, documents, found, store.plan_files(found.files), started)


def batches(night: Night) -> Iterator[Sequence[ReceivedFile]]:
    """Cut what is to be read into batches."""
    files = (*night.plan.to_read, *night.plan.gone)
    yield from (files[start : start + BATCH] for start in range(0, len(files), BATCH))


def read_batch(
    night: Night, files: Sequence[ReceivedFile], workers: int | None, tell: Callable[[str], None]
) -> tuple[Rejection, ...]:
    """Read files in guarded workers; what each holds, or why it is rejected, is journalled as soon as it is known.

    Gives the rejections; ``tell`` is called with each file's path once it is settled.
    """
    rejections: list[Rejection] = []
    log = logging.getLogger("jixiao.files")

    def refuse(file: ReceivedFile, why: RejectedFile) -> None:
        night.store.reject(file, why.reason, why.detail)
        rejections.append(Rejection(file.path, why.reason, why.detail))
        log.info("未入库：%s（%s）", why.detail, why.reason.value, extra={"file": file.path})

    unopened = night.found.unopened
    for file in files:
        if file.path in unopened:
            refuse(file, unopened[file.path])
            tell(file.path)
    to_read = [file for file in files if file.path not in unopened]
    places = {path: found.place for path, found in night.found.files.items()}
    size = workers or os.cpu_count() or 1
    for file, result in read_files(to_read, places, night.county, night.documents, size):
        if isinstance(result, RejectedFile):
            refuse(file, result)
        elif isinstance(result, OtherBytes):
            night.left.append(file.path)
        else:
            keep_read(night, file, result)
            if result.refused is not None:
                refuse(file, result.refused)
            else:
                log.info("已读取", extra={"file": file.path})
        tell(file.path)
    return tuple(rejections)


def keep_read(night: Night, file: ReceivedFile, read: ReadFiling) -> None:
    """Keep what was read of a file: its Document for later nights, its rows for this one."""
    if read.document is not None:
        night.documents.keep(file.sha256, read.format, read.document)
    if read.rows is not None:
        night.store.journal_rows(file, read.format, read.rows)


def store_records(night: Night) -> None:
    """Fold what was read into the Parquet store and the registry; with new terms, name the stored records anew."""
    try:
        if townships := night.store.commit().townships:
            fill_registry(night.home, townships)
    except CountyFileError as error:
        raise county_file_error(night.home, error) from error


def build(night: Night) -> bool:
    """Build the analysts' database from the store and swap it in; tell whether its content changed."""
    from warehouse.models.build import BuildRefusedError, build_database
    from warehouse.models.runs import BuildTooSlowError

    try:
        return build_database(night.home.path).rebuilt
    except (BuildRefusedError, BuildTooSlowError) as error:
        raise CommandError(str(error), "读取结果已经保存，修正后再运行即可。") from error
    except CountyFileError as error:
        raise county_file_error(night.home, error) from error


def publish_tables(home: Home, inbox: Path, tell: Tell) -> Path:
    """Write the comparison tables from the database; figures link to their cells in the inbox's filings."""
    from warehouse.publication.publish import publish
    from warehouse.publication.remake.inputs import keep_inputs

    publication = publish(home.database, home.published, inbox=inbox, on_progress=tell)
    keep_inputs(home.path, publication, inbox)
    record_publication(home, inbox)
    return publication.latest


def publish_news(night: Night, tell: Tell) -> str:
    """Publish where the last publication no longer holds; give why it is held back, "" where it is not.

    ``jixiao publish`` publishes what was held back, after a person has looked.
    """
    if is_published(night.home, night.inbox):
        return ""
    if (less := find_shrinkage(night.home)) is not None:
        logging.getLogger("jixiao").warning("新的比较表没有发布：%s", less)
        return less
    publish_tables(night.home, night.inbox, tell)
    drop_old_publications(night.home, patient_settings(night.home).keep)
    return ""


def sum_up(night: Night, rejections: Sequence[Rejection], rebuilt: bool) -> RunSummary:
    """Count what the run did and what the county's filings need."""
    known = tuple(Rejection(file.path, Reason(why.reason), why.detail) for file, why in night.plan.rejected)
    reasons = {one.file_name: one for one in (*known, *rejections)}
    for name, same in night.plan.duplicates:  # equal bytes are read once, but each file is told its reason
        if same in reasons:
            reasons[name] = replace(reasons[same], file_name=name)
    rejected = tuple(reasons[name] for name in sorted(reasons))
    rejected_now = {one.file_name for one in rejections}
    findings, unread = count_findings(night.home)
    return RunSummary(
        home=str(night.home.path),
        inbox=str(night.inbox),
        new=len(night.plan.new - rejected_now - {*night.left}),
        changed=len(night.plan.changed - rejected_now - {*night.left}),
        unchanged=night.plan.known - len(known),
        growing=(*night.found.growing, *night.left),
        unreadable=night.found.unreadable,
        duplicates=tuple(pair for pair in night.plan.duplicates if pair[0] not in reasons),
        rejected=rejected,
        findings=findings,
        unread_cells=unread,
        rebuilt=rebuilt,
        database=str(night.home.database),
        published=str(night.home.latest),
        is_demo=night.home.is_demo,
        seconds=round(time.monotonic() - night.started, 1),
    )


def count_findings(home: Home) -> tuple[dict[str, int], int]:
    """Count the findings of current filings by severity, and their unread cells."""
    with connect_read_only(home.database) as connection:
        findings = read_result(connection, "select severity, count(*) from mart.review_findings group by severity")
        unread = read_result(connection, COUNT_UNREAD)
    return {str(severity): _whole(count) for severity, count in findings.rows}, _whole(unread.rows[0][0])


@contextmanager
def night_of(home: Home, wait_seconds: float = 0.0, flow_run: str | None = None) -> Iterator[NightLog]:
    """Hold the home for one run, keep its record and its log, and tell people of a night that nobody watched.

    Says so where the disk runs full on the way.
    """
    with locked(home, wait_seconds):
        night = begin_record(home, flow_run)
        try:
            with logged(home, night.record.id), recorded(home, night):
                try:
                    yield night
                except Exception as error:
                    if is_disk_full(error):
                        raise disk_full_error(home) from error
                    raise
        finally:
            notify(patient_settings(home), night.record, str(home.path.resolve()))


def run_night(home: Home, inbox: Path | None, workers: int | None, tell: Tell, wait_seconds: float = 0.0) -> RunSummary:
    """Do the whole job; holds the home's lock, so that one run at a time changes it."""
    with night_of(home, wait_seconds) as log:
        night = begin_night(home, inbox)
        total, done = len(night.plan.to_read), 0

        def tell_read(name: str) -> None:
            nonlocal done
            done += 1
            tell(name, done, total)

        rejections: list[Rejection] = []
        for files in batches(night):
            rejections += read_batch(night, files, workers, tell_read)
        tell("保存读取结果", done, total)
        store_records(night)
        tell("更新数据库", done, total)
        rebuilt = build(night)
        held_back = publish_news(night, tell)
        summary = replace(sum_up(night, rejections, rebuilt), held_back=held_back)
        log.note(summary_facts(summary))
        return summary


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
