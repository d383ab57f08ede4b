"""The steps of a night, in their order: list the inbox, read what is new, fold it into the store, build, publish.

This is the only list of them. The command carries each out as a call, the Prefect flow as a task (``run.run_night``).
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractors.rejection import Reason, RejectedFile
from pipelines.night.county import county_file_error
from pipelines.night.holding import HELD_AT_MOST, find_heaviest_news
from pipelines.night.inbox import find_files
from pipelines.night.publishing.keep import drop_old_publications, drop_replaced
from pipelines.night.publishing.published import differs_in_rejected_only, is_published, record_publication
from pipelines.night.publishing.rejected_list import write_rejected_list
from pipelines.night.publishing.shrink import find_shrinkage
from pipelines.night.reading import OtherBytes, ReadFiling, read_files
from pipelines.night.settings import patient_settings
from pipelines.night.state import Night, Tell
from pipelines.night.summary import Rejection
from pipelines.terminal.errors import CommandError
from warehouse.county.files import CountyFileError
from warehouse.county.found_townships import fill_due, note_due
from warehouse.county.returned_workbook import take_back_states
from warehouse.home import Home
from warehouse.program import UNPACKING, program_version
from warehouse.store.received import ReceivedFile

BATCH = 200
"""Filings read in one go: zip and office files of a batch are prepared together, and a Prefect task reads one batch."""

log = logging.getLogger("jixiao")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name (Chinese, shown while it runs and on Prefect's page), and the call that works on the night."""

    name: str
    call: Callable[[Night], None]


def steps(night: Night) -> Iterator[Step]:
    """Give a night's steps in their order; how many batches there are is known once the inbox is listed."""
    yield Step("查看收件目录", list_inbox)
    for number, files in enumerate(batches(night), start=1):
        yield Step(f"读取第 {number} 批（{len(files)} 份）", partial(read_batch, files=files))
    yield Step("保存读取结果", store_records)
    yield Step("更新数据库", build)
    yield Step("生成比较表", publish_news)


def list_inbox(night: Night) -> None:
    """List the inbox and tell what is to be read."""
    night.found = find_files(night.inbox, night.home.unpacked, program_version(UNPACKING))
    night.plan = night.store.plan_files(night.found.files)


def batches(night: Night) -> Iterator[Sequence[ReceivedFile]]:
    """Cut what is to be read into batches."""
    files = (*night.plan.to_read, *night.plan.gone)
    yield from (files[start : start + BATCH] for start in range(0, len(files), BATCH))


def read_batch(night: Night, files: Sequence[ReceivedFile]) -> None:
    """Read files in guarded workers; what each holds, or why it is rejected, is journalled as soon as it is known."""
    unopened = night.found.unopened
    for file in files:
        if file.path in unopened:
            refuse(night, file, unopened[file.path])
            night.settle(file.path)
    to_read = [file for file in files if file.path not in unopened]
    places = {path: found.place for path, found in night.found.files.items()}
    for file, result in read_files(to_read, places, night.county, night.documents, night.workers):
        if isinstance(result, RejectedFile):
            refuse(night, file, result)
        elif isinstance(result, OtherBytes):
            night.left.append(file.path)
        else:
            keep_read(night, file, result)
        night.settle(file.path)


def refuse(night: Night, file: ReceivedFile, why: RejectedFile) -> None:
    """Set down that a file is rejected, and why."""
    night.store.reject(file, why.reason, why.detail)
    night.rejections.append(Rejection(file.path, why.reason, why.detail))
    _log_of_files().info("未入库：%s（%s）", why.detail, why.reason.value, extra={"file": file.path})


def keep_read(night: Night, file: ReceivedFile, read: ReadFiling) -> None:
    """Keep what was read of a file: its Document for later nights, its rows for this one."""
    if read.document is not None:
        night.documents.keep(file.sha256, read.format, read.document)
    if read.rows is not None:
        night.store.journal_rows(file, read.format, read.rows)
    if read.refused is not None:
        refuse(night, file, read.refused)
    else:
        _log_of_files().info("已读取", extra={"file": file.path})


def store_records(night: Night) -> None:
    """Fold what was read into the Parquet store and the registry, and take back what was answered in workbooks.

    With new terms the stored records are named anew.
    """
    try:
        night.store.commit(partial(note_due, night.home))
        fill_due(night.home)
        if taken := take_back_states(night.home.config):
            log.info("从工作簿读回处理意见 %d 条。", taken)
    except CountyFileError as error:
        raise county_file_error(night.home, error) from error


def build(night: Night) -> None:
    """Build the analysts' database from the store and swap it in, where its content changed.

    Where that does not end in time, the filing that it is most likely due to is held, and the others go on.
    """
    from warehouse.models.build import BuildRefusedError, build_database
    from warehouse.models.runs import BuildTooSlowError

    for tries_left in reversed(range(HELD_AT_MOST + 1)):
        try:
            night.rebuilt = build_database(night.home.path).rebuilt
            return
        except BuildTooSlowError as error:
            suspect = find_heaviest_news(night) if tries_left else None
            if suspect is None:
                raise CommandError(str(error), "读取结果已经保存，修正后再运行即可。") from error
            hold(night, suspect, error.limit_seconds)
        except BuildRefusedError as error:
            raise CommandError(str(error), "读取结果已经保存，修正后再运行即可。") from error
        except CountyFileError as error:
            raise county_file_error(night.home, error) from error


def hold(night: Night, file: ReceivedFile, seconds: float) -> None:
    """Take a filing out of the store that keeps the build from ending, and say so."""
    detail = f"有了此文件，更新数据库用去处理器时间超过 {seconds / 60:.0f} 分钟"
    refuse(night, file, RejectedFile(Reason.BUILD_TOO_SLOW, detail))
    night.store.commit()
    log.warning("%s：%s，已搁置，现在重新更新。", file.path, detail)


def publish_news(night: Night) -> None:
    """Publish where the last publication no longer holds, unless it is held back.

    ``jixiao publish`` publishes what was held back, after a person has looked. The list of rejected files stands beside
    the publications: where nothing else is new, there is no new publication.
    """
    from warehouse.publication.history import is_behind, write_history

    if is_published(night.home, night.inbox):
        if is_behind(night.home):  # the disk refused it when it was due
            write_history(night.home)
        return
    write_rejected_list(night.home)
    if differs_in_rejected_only(night.home, night.inbox):
        record_publication(night.home, night.inbox)
        return
    if (less := find_shrinkage(night.home)) is not None:
        log.warning("新的比较表没有发布：%s", less)
        night.held_back = less
        return
    publish_tables(night.home, night.inbox, night.tell)
    keep = patient_settings(night.home).keep
    drop_old_publications(night.home, keep)
    drop_replaced(night.home, keep)


def publish_tables(home: Home, inbox: Path, tell: Tell) -> Path:
    """Write the comparison tables from the database; figures link to their cells in the inbox's filings."""
    from warehouse.publication.publish import publish
    from warehouse.publication.remake.inputs import keep_inputs

    publication = publish(home.database, home.published, inbox=inbox, on_progress=tell)
    keep_inputs(home.path, publication, inbox)
    record_publication(home, inbox)
    return publication.latest


def _log_of_files() -> logging.Logger:
    return logging.getLogger("jixiao.files")
