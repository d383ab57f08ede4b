"""Makes a page for each filing that shows it with every cell outlined on demand: what published figures link to.

A filing's bytes never change, so its page is made once and kept in ``<home>/state/source_pages``.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.document import Box, Cell, Document, Grid, Paragraph
from extractors.reading import Source, read_source, run_guarded
from warehouse.page_pictures import PagePicture, draw_pages
from warehouse.published_filings import FilingSource
from warehouse.source_links import FOLDER, CellTexts, SourceLinks

TEMPLATES = Path(__file__).parent / "templates"
PAGE, CELLS = "page.html", "cells.json"
SHORT_ID = 16
"""So many characters of a filing's checksum name its page."""


@dataclass(frozen=True, slots=True)
class SourceJob:
    """One filing whose page is to be made: its bytes, its name, and the folder that the page goes into."""

    filing_id: str
    path: Path
    file_name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as a template shows it; ``place`` is its style on the picture."""

    anchor: str
    text: str
    place: str = ""
    col_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a table with its anchor ``t<table>r<row>``."""

    anchor: str
    cells: tuple[CellView, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class PictureView:
    """One page's picture with the rows that stand on it."""

    page: int
    file: str
    width: int
    height: int
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of a format without pages."""

    table_no: int
    rows: tuple[RowView, ...]


def publish_sources(
    filings: Sequence[FilingSource],
    places: Iterable[Path],
    kept: Path,
    folder: Path,
    on_filing: Callable[[int, int], None] = lambda done, total: None,
) -> SourceLinks:
    """Put the filings' source pages into ``folder``/出处 and give the links to them.

    Pages that ``kept`` does not hold yet are made from the filings' bytes, looked for below ``places`` by checksum.
    A filing that is gone or cannot be read again has no page; its rows still name file, page, table and row.
    """
    wanted = {filing.filing_id: filing for filing in filings}
    _make_missing(wanted, places, kept, on_filing)
    names: dict[str, str] = {}
    cells: dict[str, CellTexts] = {}
    for filing_id in sorted(wanted):
        made = kept / _kept_name(filing_id)
        if not (made / PAGE).exists():
            continue
        name = filing_id[:SHORT_ID]
        (folder / FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(made / PAGE, folder / FOLDER / f"{name}.html")
        if (made / name).is_dir():
            shutil.copytree(made / name, folder / FOLDER / name, copy_function=shutil.copyfile)
        names[filing_id] = f"{name}.html"
        cells[filing_id] = _read_cells(made / CELLS)
    return SourceLinks(names, cells)


def make_source(job: SourceJob) -> None:
    """Read one filing again and write its page, its pictures and its cells' texts; runs in a guarded worker."""
    document = read_source(Source(job.path, job.file_name, job.path))
    work = job.folder.with_name(f"{job.folder.name}.{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    pictures = work / job.filing_id[:SHORT_ID]
    pictures.mkdir(parents=True)
    drawn = tuple(_picture_views(document, job.path, pictures)) if document.format == "pdf" else ()
    if not drawn:
        pictures.rmdir()
    (work / PAGE).write_text(_page_html(document, drawn, pictures.name), encoding="utf-8", newline="\n")
    texts = {
        f"{grid.table_no},{row + 1}": _row_texts(grid, row) for grid in document.grids() for row in range(grid.n_rows)
    }
    (work / CELLS).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(job.folder, ignore_errors=True)
    work.rename(job.folder)


def _make_missing(
    wanted: dict[str, FilingSource], places: Iterable[Path], kept: Path, on_filing: Callable[[int, int], None]
) -> None:
    for old in kept.glob("*") if kept.is_dir() else ():
        if not old.name.endswith(f"-{_maker_version()}"):
            shutil.rmtree(old)
    missing = {name: filing for name, filing in wanted.items() if not (kept / _kept_name(name) / PAGE).exists()}
    found = _find_bytes(missing, places) if missing else {}
    jobs = [SourceJob(n, path, missing[n].file_name, kept / _kept_name(n)) for n, path in sorted(found.items())]
    if not jobs:
        return
    kept.mkdir(parents=True, exist_ok=True)
    for done, _ in enumerate(run_guarded(make_source, jobs, workers=os.cpu_count() or 1), 1):
        on_filing(done, len(jobs))


def _find_bytes(missing: dict[str, FilingSource], places: Iterable[Path]) -> dict[str, Path]:
    """Find filings' bytes by checksum: files of the same name first, then all others (members of zip files)."""
    files = [path for place in places if place.is_dir() for path in sorted(place.rglob("*")) if path.is_file()]
    names = {Path(filing.file_name).name for filing in missing.values()}
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


def _picture_views(document: Document, path: Path, folder: Path) -> Iterable[PictureView]:
    for picture in draw_pages(path, range(1, (document.page_count or 0) + 1), folder):
        rows = [row for grid in document.grids() for row in _outlined_rows(grid, picture)]
        size = round(picture.width * 1.3), round(picture.height * 1.3)
        yield PictureView(picture.page, picture.path.name, *size, tuple(rows))


def _outlined_rows(grid: Grid, picture: PagePicture) -> Iterable[RowView]:
    for row in range(grid.n_rows):
        cells = [cell for cell in grid.cells if cell.row == row and cell.page == picture.page and cell.box]
        boxes = [cell.box for cell in cells if cell.box]
        if not boxes:
            continue
        edges = list(zip(*boxes, strict=True))
        around: Box = (min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3]))
        inside = tuple(CellView(_anchor(grid, cell), cell.text, _style(cell.box, around)) for cell in cells if cell.box)
        yield RowView(f"t{grid.table_no}r{row + 1}", inside, _style(around, (0, 0, picture.width, picture.height)))


def _style(box: Box, within: Box) -> str:
    """Give a box's place as shares of another one: the picture is shown at any size."""
    width, height = max(within[2] - within[0], 0.1), max(within[3] - within[1], 0.1)
    left, top = (box[0] - within[0]) / width, (box[1] - within[1]) / height
    wide, high = (box[2] - box[0]) / width, (box[3] - box[1]) / height
    return f"left:{left:.2%};top:{top:.2%};width:{wide:.2%};height:{high:.2%}"


def _table_view(grid: Grid) -> TableView:
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    rows = [
        RowView(
            f"t{grid.table_no}r{row + 1}",
            tuple(
                CellView(_anchor(grid, cell), cell.text, "", cell.col_span, cell.row_span)
                for cell in by_row.get(row, [])
            ),
        )
        for row in range(grid.n_rows)
    ]
    return TableView(grid.table_no, tuple(rows))


def _anchor(grid: Grid, cell: Cell) -> str:
    return f"t{grid.table_no}r{cell.row + 1}c{cell.col + 1}"


def _page_html(document: Document, pictures: tuple[PictureView, ...], folder: str) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    blocks = [block if isinstance(block, Paragraph) else _table_view(block) for block in document.blocks]
    template = environment.get_template("source.html.j2")
    return template.render(document=document, pictures=pictures, blocks=blocks, folder=folder)


def _row_texts(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(cell.col + 1, cell.text) for cell in grid.cells if cell.row == row and cell.text]


def _read_cells(path: Path) -> CellTexts:
    read = json.loads(path.read_text(encoding="utf-8"))
    return {
        (int(table_no), int(row_no)): [(int(column), str(text)) for column, text in cells]
        for (table_no, row_no), cells in ((key.split(","), cells) for key, cells in read.items())
    }


def _kept_name(filing_id: str) -> str:
    return f"{filing_id[:SHORT_ID]}-{_maker_version()}"


@cache
def _maker_version() -> str:
    """Give a checksum of the program that reads filings and draws their pages: another program makes them again."""
    here = Path(__file__).parent
    files = [*sorted((here.parent / "extractors").glob("*.py")), TEMPLATES / "source.html.j2"]
    digest = hashlib.sha256()
    for path in (*files, here / "page_pictures.py", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
