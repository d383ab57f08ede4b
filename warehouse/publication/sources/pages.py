"""Makes a page for each filing that shows it with every cell outlined on demand: what published figures link to.

A filing's bytes never change, so its page is made once and kept in ``<home>/state/source_pages``.
"""

import errno
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.document import Document, Grid
from extractors.reading import Source, read_source, run_guarded
from extractors.rejection import Reason, RejectedFile
from warehouse.files import put_folder
from warehouse.home import Home
from warehouse.program import SOURCE_PAGES, program_version
from warehouse.publication.marts.filings import FilingSource
from warehouse.publication.sources.links import FOLDER, CellTexts, SourceLinks, jump_name
from warehouse.publication.sources.masking import MaskedDocument, blacken, mask_document
from warehouse.publication.sources.pictures import DOTS_PER_POINT, draw_pages
from warehouse.publication.sources.views import PictureView, picture_view, write_page
from warehouse.store.documents import documents_of, open_document

if TYPE_CHECKING:
    from PIL.Image import Image

POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'">"""
"""Such a page leads on and does nothing else."""

PAGE, CELLS = "page.html", "cells.json"
SHORT_ID = 16
"""So many characters of a filing's checksum name its page."""


log = logging.getLogger("jixiao")


@dataclass(frozen=True, slots=True)
class SourceJob:
    """One filing whose page is to be made: its bytes, its name, and the folder that the page goes into.

    ``document`` is the place of its kept Document (None: it is read again).
    """

    filing_id: str
    path: Path
    file_name: str
    folder: Path
    document: Path | None = None


def publish_sources(
    filings: Sequence[FilingSource],
    places: Iterable[Path],
    home: Home,
    folder: Path,
    on_filing: Callable[[int, int], None] = lambda done, total: None,
) -> SourceLinks:
    """Put the filings' source pages into ``folder``/出处 and give the links to them.

    Pages that the home does not keep yet are made from the filings' bytes, looked for below ``places`` by checksum.
    A filing that is gone or cannot be read again has no page; its rows still name file, page, table and row. Raises
    OSError where the disk or the network keeps one from being made.
    """
    wanted = {filing.filing_id: filing for filing in filings}
    _make_missing(wanted, places, home, on_filing)
    names: dict[str, str] = {}
    cells: dict[str, CellTexts] = {}
    for filing_id in sorted(wanted):
        made = home.source_pages / kept_name(filing_id)
        if not (made / PAGE).exists():
            continue
        name = filing_id[:SHORT_ID]
        (folder / FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(made / PAGE, folder / FOLDER / f"{name}.html")
        shutil.copytree(made / name, folder / FOLDER / name, copy_function=shutil.copyfile)
        names[filing_id] = f"{name}.html"
        cells[filing_id] = _read_cells(made / CELLS)
    return SourceLinks(names, cells)


def make_source(job: SourceJob) -> None:
    """Write the page of one filing, its pictures and its cells' texts; runs in a guarded worker."""
    masked = mask_document(open_or_read(job.path, job.file_name, job.document))
    document = masked.document
    work = job.folder.with_name(f"{job.folder.name}.{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    beside = work / job.filing_id[:SHORT_ID]
    beside.mkdir(parents=True)
    drawn = tuple(_picture_views(masked, job.path, beside)) if document.format in ("pdf", "picture") else ()
    (work / PAGE).write_text(write_page(document, drawn, beside.name), encoding="utf-8", newline="\n")
    _write_jumps(document, f"{beside.name}.html", beside)
    texts = {
        f"{grid.table_no},{row + 1}": _row_texts(grid, row) for grid in document.grids() for row in range(grid.n_rows)
    }
    (work / CELLS).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    put_folder(work, job.folder)


def open_or_read(path: Path, file_name: str, kept: Path | None) -> Document:
    """Open the Document kept of a file; where there is none, or a damaged one, read the file. Raises RejectedFile."""
    opened = None if kept is None else open_document(kept, file_name)
    return read_source(Source(path, file_name, path)) if opened is None else opened


def find_document(home: Home, filing_id: str) -> Path | None:
    """Give the place of the Document that a run kept of a filing, as today's readers read it; None where there is none."""
    return documents_of(home).find(filing_id)


def drop_pages(home: Home, needed: Iterable[str]) -> int:
    """Remove the kept pages of all filings but those that are needed; tell how many."""
    wanted = {kept_name(filing_id) for filing_id in needed}
    dropped = [path for path in home.source_pages.glob("*") if path.is_dir() and path.name not in wanted]
    for path in dropped:
        shutil.rmtree(path)
    return len(dropped)


def find_kept_page(home: Home, filing_id: str) -> Path | None:
    """Give the folder of a filing's page, as this program makes them; None where none was made."""
    folder = home.source_pages / kept_name(filing_id)
    return folder if (folder / PAGE).is_file() else None


def source_job(home: Home, filing_id: str, file_name: str, places: Iterable[Path]) -> SourceJob | None:
    """Give what it takes to make one filing's page; None where its bytes are nowhere below ``places``."""
    found = find_bytes({filing_id: file_name}, places)
    return _job(filing_id, found[filing_id], file_name, home) if found else None


def _job(filing_id: str, path: Path, file_name: str, home: Home) -> SourceJob:
    return SourceJob(
        filing_id, path, file_name, home.source_pages / kept_name(filing_id), find_document(home, filing_id)
    )


def _make_missing(
    wanted: dict[str, FilingSource], places: Iterable[Path], home: Home, on_filing: Callable[[int, int], None]
) -> None:
    kept = home.source_pages
    for old in kept.glob("*") if kept.is_dir() else ():
        if not old.name.endswith(f"-{program_version(SOURCE_PAGES)[:8]}"):
            shutil.rmtree(old)
    missing = {name: filing for name, filing in wanted.items() if not (kept / kept_name(name) / PAGE).exists()}
    found = find_bytes({name: one.file_name for name, one in missing.items()}, places) if missing else {}
    jobs = [_job(name, path, missing[name].file_name, home) for name, path in sorted(found.items())]
    if not jobs:
        return
    kept.mkdir(parents=True, exist_ok=True)
    for done, (job, result) in enumerate(run_guarded(make_source, jobs, workers=os.cpu_count() or 1), 1):
        check_made(job.path, result, "出处页")
        on_filing(done, len(jobs))


def check_made(path: Path, result: RejectedFile | object, what: str) -> None:
    """Say by name what could not be made of a filing; raises OSError where that is the disk's or the network's fault.

    What the place refused is there to be had the next time: a publication without it would count as done.
    """
    if not isinstance(result, RejectedFile):
        return
    if result.reason is Reason.PLACE_FAILED:
        raise OSError(errno.EIO, result.detail, f"{path.name} 的{what}")
    log.warning("%s 没有做出%s（%s）。", path.name, what, result.detail)


def find_bytes(missing: Mapping[str, str], places: Iterable[Path]) -> dict[str, Path]:
    """Find the bytes of filings (id → file name) by checksum: files of the same name first, then all others (members of zip files)."""
    files = [path for place in places if place.is_dir() for path in sorted(place.rglob("*")) if path.is_file()]
    names = {Path(file_name).name for file_name in missing.values()}
    likely = [path for path in files if path.name in names]
    found: dict[str, Path] = {}
    for path in (*likely, *(path for path in files if path.name not in names)):
        if len(found) == len(missing):
            break
        try:
            with path.open("rb") as stream:
                checksum = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:  # no permission, locked by another program, or gone meanwhile
            continue
        if checksum in missing:
            found.setdefault(checksum, path)
    return found


def _picture_views(masked: MaskedDocument, path: Path, folder: Path) -> Iterator[PictureView]:
    def retouch(picture: "Image", page: object, number: int) -> None:
        blacken(picture, page, masked.boxes.get(number, []), DOTS_PER_POINT)

    pages = range(1, (masked.document.page_count or 0) + 1)
    for drawn in draw_pages(path, pages, folder, retouch):
        yield picture_view(masked.document, drawn)


def _write_jumps(document: Document, page: str, folder: Path) -> None:
    """Write a small page for each table (on each of its pages) that leads on to it.

    Spreadsheets hand a local file to the browser by its path, and the ``#cell`` behind it may get lost on the way:
    then such a page still leads to the table; where the ``#cell`` arrives, it is passed on.
    """
    for grid in document.grids():
        for name, row in jump_rows(grid).items():
            target = f"../{page}#t{grid.table_no}r{row}"
            (folder / name).write_text(
                f'<!doctype html><html lang="zh-CN"><meta charset="utf-8">{POLICY}<title>表{grid.table_no}</title>'
                f'<meta http-equiv="refresh" content="1;url={target}">'
                f'<script>location.replace("../{page}" + (location.hash || "#t{grid.table_no}r{row}"))</script>'
                f'<a href="{target}">打开来源文件的表{grid.table_no}</a></html>\n',
                encoding="utf-8",
                newline="\n",
            )


def jump_rows(grid: Grid) -> dict[str, int]:
    """Give the names of a table's jump pages and the first row (from 1) of the table that each leads to."""
    found: dict[str, int] = {}
    for row in range(grid.n_rows):
        found.setdefault(jump_name(grid.table_no, grid.page_of(row)), row + 1)
    return found


def _row_texts(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(cell.col + 1, cell.text) for cell in grid.cells if cell.row == row and cell.text]


def _read_cells(path: Path) -> CellTexts:
    read = json.loads(path.read_text(encoding="utf-8"))
    return {
        (int(table_no), int(row_no)): [(int(column), str(text)) for column, text in cells]
        for (table_no, row_no), cells in ((key.split(","), cells) for key, cells in read.items())
    }


def kept_name(filing_id: str) -> str:
    """Name the folder of a filing's page, as this program makes them."""
    return f"{filing_id[:SHORT_ID]}-{program_version(SOURCE_PAGES)[:8]}"
