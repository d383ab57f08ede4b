"""Publishes the comparison tables: a dated folder with workbook, report, feedback sheets and data, swapped in whole."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from warehouse.files import flush_tree, put_folder, put_link_or_copy, put_right
from warehouse.home import Home
from warehouse.publication.audit.write import write_audits
from warehouse.publication.catalogue.write import NAME as CATALOGUE
from warehouse.publication.catalogue.write import write_catalogue
from warehouse.publication.editions.chain import DATA_FOLDER, LATEST, MANIFEST, Edition, choose_edition
from warehouse.publication.editions.changes import PublicationChanges, compare_publications
from warehouse.publication.editions.whole import CHECKSUMS, find_damage, share_equal_files
from warehouse.publication.forward.pages import write_township_pages
from warehouse.publication.history import write_history
from warehouse.publication.letters.write import LetterMatter, write_feedback
from warehouse.publication.marts.facts import Facts, gather_facts
from warehouse.publication.marts.places import find_places
from warehouse.publication.marts.tables import Warehouse, open_warehouse
from warehouse.publication.marts.years import YearRows, read_year
from warehouse.publication.package import write_checksums, write_json, write_package
from warehouse.publication.report.decisions import Desk, decisions_of
from warehouse.publication.report.tables import PageLinks
from warehouse.publication.report.write import write_report
from warehouse.publication.returned.copies import Copies
from warehouse.publication.returned.write import join_handouts, letter_handouts, write_returned
from warehouse.publication.sources.decided import read_decided
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.sources.pages import publish_sources
from warehouse.publication.sources.used_cells import read_used_cells
from warehouse.publication.templates import AUDIT, FEEDBACK, find_template
from warehouse.publication.workbook.cover import Conclusion
from warehouse.publication.workbook.write import WORKBOOK, BookMatter, write_workbooks

UNDATED = "无数据"

Progress = Callable[[str, int, int], None]
"""Told what is being written, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published; ``changed`` is False where the folder already held exactly this."""

    folder: Path
    latest: Path
    published_on: date | None
    workbook: Path
    reports: tuple[Path, ...]
    feedback_sheets: tuple[Path, ...]
    changed: bool


def publish(
    database: Path,
    destination: Path,
    *,
    inbox: Path | None = None,
    on_progress: Progress = lambda what, done, total: None,
    published_on: date | None = None,
    edition: Edition | None = None,
) -> Publication:
    """Write everything the bureau gets into ``destination``/<date>/ and point ``destination``/latest at it.

    The date is that of the newest file received (in the county's time) unless ``published_on`` names another: the
    same database gives the same bytes on any day. ``inbox`` is where the filings' pages are drawn from; without it,
    or for filings that are gone, figures name their place without a picture. The bureau's own letter is
    ``<home>/config/feedback_template.docx``. Until the last step nothing that was published before is touched. Other tables on the date of an earlier publication get a folder of their own,
    <date>-2; ``edition`` names the publication and the one before it where an earlier one is made again.
    """
    destination.mkdir(parents=True, exist_ok=True)
    put_right(destination)
    home = Home(destination.parent)
    with open_warehouse(database) as warehouse:
        day = published_on or warehouse.data_date()
        name = day.isoformat() if day else UNDATED
        new = destination / f".{name}.new"
        new.mkdir()
        with _cleared_on_failure(new):
            facts = gather_facts(warehouse, day)
            places = [] if inbox is None else [inbox, home.unpacked]
            on_progress("数据文件", 0, 1)
            write_package(warehouse, new / DATA_FOLDER, facts.published_on)
            on_progress("数据文件", 1, 1)
            edition = edition or choose_edition(destination, name, new / DATA_FOLDER)
            _write_all(_Work(warehouse, facts, edition, home, new, on_progress), places)
            if edition.previous is not None:
                share_equal_files(destination / edition.previous, new)
            flush_tree(new)
    on_progress("启用新的比较表", 0, 1)
    folder = destination / edition.name
    changed = _swap_in(new, folder)
    put_link_or_copy(Path(edition.name), destination / LATEST)
    write_history(home)
    on_progress("启用新的比较表", 1, 1)
    return Publication(
        folder=folder,
        latest=destination / LATEST,
        published_on=day,
        workbook=folder / WORKBOOK,
        reports=tuple(sorted(folder.glob("*.html"))),
        feedback_sheets=tuple(sorted(folder.glob("反馈单/*.docx"))),
        changed=changed,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """A publication that is being written into ``folder``: what it shows, its name, and whose home it is."""

    warehouse: Warehouse
    facts: Facts
    edition: Edition
    home: Home
    folder: Path
    on_progress: Progress


@contextmanager
def _cleared_on_failure(folder: Path) -> Iterator[None]:
    """Take away what was begun where it cannot be finished: on a full disk it would stand in the next one's way."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_all(work: _Work, places: Sequence[Path]) -> None:
    """Write everything but the data; the filings' pages are made from what lies below ``places``."""
    warehouse, facts, edition, folder = work.warehouse, work.facts, work.edition, work.folder
    on_progress = work.on_progress
    sources = SourceLinks(places=find_places(warehouse), decided=read_decided(warehouse))
    if places:
        filings = warehouse.current_filings()
        made = publish_sources(
            filings, places, work.home, folder, lambda done, total: on_progress("绘制来源页面", done, total)
        )
        sources = replace(made, places=sources.places, used=read_used_cells(warehouse), decided=sources.decided)
    on_progress("工作簿", 0, 1)
    year_rows = cache(lambda year: read_year(warehouse, year))
    changes = _find_changes(edition, folder)
    matter = BookMatter(facts, sources, _conclude(year_rows, facts, sources), changes, edition.previous)
    write_workbooks(warehouse, matter, folder, year_rows)
    on_progress("工作簿", 1, 1)
    template = find_template(work.home.config, FEEDBACK)
    letters = write_feedback(
        *(warehouse, LetterMatter(year_rows, facts, sources.places), template, folder),
        lambda done, total: on_progress("反馈单", done, total),
    )
    on_progress("反馈附件", 0, 1)
    audit = find_template(work.home.config, AUDIT)
    sent = join_handouts(
        letter_handouts(letters),
        write_returned(warehouse, year_rows, facts, sources, Copies(work.home, places), folder),
    )
    handouts = join_handouts(
        write_township_pages(warehouse, year_rows, facts, sources, sent, folder),
        sent,
        write_audits(warehouse, year_rows, facts, audit, folder),
    )
    on_progress("反馈附件", 1, 1)
    years = warehouse.years() or (None,)
    for done, year in enumerate(years):
        on_progress("网页报告", done, len(years))
        write_report(year_rows(year), facts, sources, folder, handouts)
    on_progress("网页报告", len(years), len(years))
    write_catalogue(warehouse, folder / DATA_FOLDER / CATALOGUE)
    _write_manifest(facts, edition, folder)
    write_checksums(folder)


def _conclude(
    year_rows: Callable[[int | None], YearRows], facts: Facts, sources: SourceLinks
) -> dict[int | None, tuple[Conclusion, ...]]:
    """Give what is to be decided about each year, as the report says it, for the covers of the workbooks."""
    desks = (Desk(year_rows(counted.year), counted, sources, PageLinks()) for counted in facts.years)
    return {
        desk.rows.year: tuple(Conclusion(one.sentence, one.question) for one in decisions_of(desk)) for desk in desks
    }


def _find_changes(edition: Edition, folder: Path) -> PublicationChanges | None:
    if edition.previous_data is None:
        return None
    return compare_publications(edition.previous_data, folder / DATA_FOLDER)


def _write_manifest(facts: Facts, edition: Edition, folder: Path) -> None:
    """Write what this publication holds and which filings it is made from."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "title": f"{facts.county or ''}乡镇绩效目标对比",
        "publication": edition.name,
        "previous": edition.previous,
        "published_on": facts.published_on.isoformat() if facts.published_on else None,
        "caveats": list(facts.caveats),
        "years": [
            {
                "fiscal_year": year.year,
                "townships": year.townships,
                "filings": year.filings,
                "projects": year.projects,
                "indicators": year.indicators,
                "budget_yuan": str(year.budget_yuan) if year.budget_yuan is not None else None,
            }
            for year in facts.years
        ],
        "filings": [
            {"sha256": filing.filing_id, "file_name": filing.file_name, "invented": filing.invented}
            for filing in facts.filings
        ],
        "rejected_files": [
            {"file_name": file.file_name, "sha256": file.sha256, "reason": file.reason} for file in facts.rejected
        ],
        "files": [{"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size} for path in files],
    }
    write_json(manifest, folder / MANIFEST)


def _swap_in(new: Path, place: Path) -> bool:
    """Put a whole new folder in its place; False (and nothing touched) where the place holds the same already."""
    if place.exists() and _holds_same(new, place):
        shutil.rmtree(new)
        return False
    put_folder(new, place)
    return True


def _holds_same(new: Path, place: Path) -> bool:
    sums = place / CHECKSUMS
    if not sums.is_file() or sums.read_bytes() != (new / CHECKSUMS).read_bytes():
        return False
    ours, theirs = ({p.relative_to(f) for p in f.rglob("*") if p.is_file()} for f in (new, place))
    return ours == theirs and not find_damage(place)
