"""Makes an earlier publication again from what was kept, in a place of its own, and compares the bytes."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.files import hash_file, put_folder
from warehouse.home import Home
from warehouse.models.build import build_database
from warehouse.publication.editions.chain import DATA_FOLDER, Edition
from warehouse.publication.editions.whole import CHECKSUMS, read_checksums
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.package import write_package
from warehouse.publication.publish import Progress, publish
from warehouse.publication.remake.inputs import (
    InputsGoneError,
    PublicationInputs,
    lay_out,
    program_parts,
    read_inputs,
)
from warehouse.publication.sources.links import FOLDER
from warehouse.publication.sources.pages import SHORT_ID

AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Remake:
    """An earlier publication made again; without differences it is the same byte for byte.

    ``folder`` is None where it was only verified. ``program`` names what is not as it was then, ``pages_gone`` the
    source pages that cannot be drawn any more as the filing is gone from the inbox.
    """

    name: str
    folder: Path | None
    differing: tuple[str, ...]
    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    program: tuple[str, ...]
    pages_gone: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether every byte is as it was."""
        return not (self.differing or self.missing or self.surplus)


def remake(
    home: Path,
    name: str,
    *,
    keep: bool = True,
    on_progress: Progress = lambda what, done, total: None,
) -> Remake:
    """Make a publication again into ``<home>/published/<name>-again`` (with ``keep``) and compare it with its record.

    Touches neither the store, nor the database, nor any publication. Raises InputsGoneError where what was kept is
    not whole, and what a build raises.
    """
    inputs = read_inputs(home, name)
    with _workshop(home) as work:
        on_progress("重建当时的数据库", 0, 1)
        _build(home, inputs, work)
        previous = None if inputs.previous is None else _previous_data(home, inputs.previous, work)
        pages = _lay_out_sources(home, inputs, work)
        on_progress("重建当时的数据库", 1, 1)
        made = publish(
            Home(work).database,
            Home(work).published,
            inbox=Home(work).inbox,
            on_progress=on_progress,
            published_on=_day(inputs),
            edition=Edition(inputs.name, inputs.previous, previous),
        )
        sums = read_checksums((made.folder / CHECKSUMS).read_text(encoding="utf-8"))
        folder = _hand_over(made.folder, Home(home).published / f"{name}-{AGAIN}") if keep else None
    was = inputs.published
    return Remake(
        name=name,
        folder=folder,
        differing=tuple(sorted(path for path in was.keys() & sums.keys() if was[path] != sums[path])),
        missing=tuple(sorted(was.keys() - sums.keys())),
        surplus=tuple(sorted(sums.keys() - was.keys())),
        program=tuple(part for part, now in program_parts().items() if inputs.program.get(part) != now),
        pages_gone=tuple(page for page in pages if f"{FOLDER}/{page}.html" not in sums),
    )


@contextmanager
def _workshop(home: Path) -> Iterator[Path]:
    """Give a folder beside the records, on the same disk, that is gone afterwards."""
    place = Home(home).state
    place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="remake-", dir=place) as work:
        yield Path(work)


def _build(home: Path, inputs: PublicationInputs, work: Path) -> None:
    lay_out(home, inputs, work)
    Home(work).config.mkdir(exist_ok=True)
    build_database(work)


def _previous_data(home: Path, name: str, work: Path) -> Path | None:
    """Give the tables of the publication before: as published, else made again; None where neither is possible."""
    published = Home(home).published / name / DATA_FOLDER
    if published.is_dir():
        return published
    try:
        inputs = read_inputs(home, name)
        _build(home, inputs, work / "previous")
    except InputsGoneError:
        return None
    data = work / "previous" / DATA_FOLDER
    with open_warehouse(Home(work / "previous").database) as warehouse:
        write_package(warehouse, data, _day(inputs))
    return data


def _lay_out_sources(home: Path, inputs: PublicationInputs, work: Path) -> list[str]:
    """Lay out what the pages of that publication are drawn from: kept pages, and filings that are still there."""
    pages = sorted(Path(path).stem for path in inputs.published if Path(path).parent.as_posix() == FOLDER)
    Home(work).inbox.mkdir()
    for page in pages:
        for made in Home(home).source_pages.glob(f"{page}-*"):
            shutil.copytree(made, Home(work).source_pages / made.name)
    wanted = set(pages)
    for path in _files(Path(inputs.inbox), Home(home).inbox, Home(home).unpacked) if wanted else ():
        page = hash_file(path)[:SHORT_ID]
        if page in wanted:
            wanted.discard(page)
            (Home(work).inbox / page).mkdir()
            shutil.copyfile(path, Home(work).inbox / page / path.name)
    return pages


def _files(*places: Path) -> Sequence[Path]:
    return [path for place in places if place.is_dir() for path in sorted(place.rglob("*")) if path.is_file()]


def _day(inputs: PublicationInputs) -> date | None:
    return None if inputs.published_on is None else date.fromisoformat(inputs.published_on)


def _hand_over(made: Path, place: Path) -> Path:
    """Put a folder made again in its place, whole; an earlier one of the same name goes."""
    new = place.with_name(f".{place.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, new)
    put_folder(new, place)
    return place
