"""What each publication was made from, kept so that it can be made again byte for byte.

``<home>/state/publications/<name>.json`` lists the store's Parquet parts and the county's files by checksum, the
program and the published files' checksums; ``<home>/state/publications/kept/`` holds each content once. The store's
parts change whenever filings are read again, so naming the filings would not do: the parts themselves are kept.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from warehouse.county.tables import CONFIG_FILES
from warehouse.files import copy_rebuildable, hash_file, write_if_changed
from warehouse.home import Home
from warehouse.models.build import identify_build
from warehouse.models.swap import last_build_id
from warehouse.program import PROGRAM, program_version
from warehouse.publication.editions.chain import previous_of, record_place
from warehouse.publication.editions.whole import CHECKSUMS, read_checksums
from warehouse.publication.publish import Publication
from warehouse.publication.templates import USED_FOR

LIBRARIES = ("duckdb", "pyarrow", "XlsxWriter", "Jinja2", "python-docx", "pypdfium2")
"""Libraries that decide the bytes of what is published."""


class InputsGoneError(Exception):
    """A publication cannot be made again from what is kept; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class PublicationInputs:
    """``parts`` and ``config`` are path below the home → sha256; ``published`` is path below the folder → sha256."""

    name: str
    previous: str | None
    published_on: str | None
    build: str
    program: Mapping[str, str]
    inbox: str
    parts: Mapping[str, str]
    config: Mapping[str, str]
    published: Mapping[str, str]


def keep_inputs(home: Path, made: Publication, inbox: Path) -> bool:
    """Keep what a publication was made from; False where the database is not of today's store, files and program.

    Then the record that is there, if any, stays: it names what the database was built from.
    """
    build = last_build_id(home)
    if build is None or build != identify_build(home):
        return False
    parts = sorted(Home(home).parquet.rglob("*.parquet"))
    names = [f"config/{name}" for name in (*CONFIG_FILES, *USED_FOR)]
    config = [home / name for name in names if (home / name).is_file()]
    published_on = made.published_on
    name = made.folder.name
    inputs = PublicationInputs(
        name=name,
        previous=previous_of(made.folder),
        published_on=published_on.isoformat() if published_on else None,
        build=f"county-{build}",
        program=program_parts(),
        inbox=str(inbox.resolve()),
        parts={path.relative_to(home).as_posix(): _keep(home, path) for path in parts},
        config={path.relative_to(home).as_posix(): _keep(home, path) for path in config},
        published=read_checksums((made.folder / CHECKSUMS).read_text(encoding="utf-8")),
    )
    content = json.dumps(asdict(inputs), ensure_ascii=False, indent=1) + "\n"
    write_if_changed(record_place(home) / f"{name}.json", content.encode("utf-8"))
    return True


def read_inputs(home: Path, name: str) -> PublicationInputs:
    """Read what a publication was made from; raises InputsGoneError where nothing says."""
    path = record_place(home) / f"{name}.json"
    if not path.is_file():
        raise InputsGoneError(f"没有发布 {name} 的记录（{path}）。")
    return PublicationInputs(**json.loads(path.read_text(encoding="utf-8")))


def list_recorded(home: Path) -> tuple[str, ...]:
    """Give the names of the publications that can be made again."""
    return tuple(sorted(path.stem for path in record_place(home).glob("*.json")))


def drop_unneeded(home: Path) -> int:
    """Remove kept contents that no record names any more; tell how many."""
    needed = {
        checksum
        for name in list_recorded(home)
        for inputs in [read_inputs(home, name)]
        for checksum in (*inputs.parts.values(), *inputs.config.values())
    }
    unneeded = [path for path in (record_place(home) / "kept").glob("??/*") if path.name not in needed]
    for path in unneeded:
        path.unlink()
    return len(unneeded)


def lay_out(home: Path, inputs: PublicationInputs, target: Path) -> None:
    """Lay a publication's parts and county files into an empty home; raises InputsGoneError where one is not whole."""
    for name, checksum in {**inputs.parts, **inputs.config}.items():
        source = _kept_path(home, checksum)
        if not source.is_file() or hash_file(source) != checksum:
            raise InputsGoneError(f"保存的文件已缺失或损坏：{name}（{source}），发布 {inputs.name} 无法重做。")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target / name)


@cache
def program_parts() -> dict[str, str]:
    """Give what decides the bytes of a publication besides its input: each room's checksum, each library's version."""
    found = {room: program_version((room,)) for room in PROGRAM}
    return {**found, **{name: version(name) for name in LIBRARIES}}


def _keep(home: Path, path: Path) -> str:
    """Keep a copy of a file's content. A second link would cost nothing, but damage to one would be damage to both."""
    checksum = hash_file(path)
    kept = _kept_path(home, checksum)
    if kept.is_file() and kept.stat().st_size == path.stat().st_size:
        return checksum
    copy_rebuildable(path, kept)
    return checksum


def _kept_path(home: Path, checksum: str) -> Path:
    return record_place(home) / "kept" / checksum[:2] / checksum
