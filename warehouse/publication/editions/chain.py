"""Which publications there are and which came before which: a new one never takes the place of other tables.

A publication is named by its date; one with other tables on the same date is ``<date>-2``, then ``<date>-3``. Each
names the one before it in its manifest, so the order does not hang on dates or file times.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from warehouse.files import hash_file
from warehouse.home import Home
from warehouse.publication.editions.whole import find_damage

DATA_FOLDER = "数据"
MANIFEST = "manifest.json"
LATEST = "latest"

log = logging.getLogger("jixiao")


def record_place(home: Path) -> Path:
    """Give the folder that remembers what each publication was made from."""
    return Home(home).publications


@dataclass(frozen=True, slots=True)
class Edition:
    """What a publication is called, and the data folder of the one before it (None for the first)."""

    name: str
    previous: str | None = None
    previous_data: Path | None = None


def name_of(folder: Path) -> str:
    """Give a publication's name: what its manifest says, else the folder's."""
    return str(_read_manifest(folder).get("publication") or folder.resolve().name)


def previous_of(folder: Path) -> str | None:
    """Give the name of the publication before this one; None for the first, or where nothing says."""
    name = _read_manifest(folder).get("previous")
    return name if isinstance(name, str) else None


def list_publications(destination: Path) -> tuple[Path, ...]:
    """Give the folders from the first publication to the latest; ends where one before is gone."""
    found: list[Path] = []
    name: str | None = name_of(destination / LATEST) if (destination / LATEST).exists() else None
    while name is not None and (folder := destination / name).is_dir() and folder not in found:
        found.append(folder)
        name = previous_of(folder)
    return tuple(reversed(found))


def choose_edition(destination: Path, day: str, data: Path) -> Edition:
    """Name a new publication with these tables: the latest again where it has the same date and tables, else a new one.

    Where there is no latest (someone cleared the folder), one with the same tables that is still there, or that
    <home>/state/publications remembers, is that publication again. So is one that a killed run put in its place but
    did not point the latest at.
    """
    latest, tables = destination / LATEST, _hash_tables(data)
    last = name_of(latest) if latest.exists() else None
    if (
        last is not None
        and (last == day or last.startswith(f"{day}-"))
        and tables in (_tables_of(destination, last), _hash_tables(latest / DATA_FOLDER))
    ):
        before = previous_of(latest)
        return Edition(last, before, _data_of(destination, before))
    number, name = 1, day
    while (taken := _tables_of(destination, name)) is not None:
        if taken == tables and (last is None or _is_left_over(destination, name, last)):
            known = previous_of(destination / name) or _read_record(destination, name).get("previous")
            before = known if isinstance(known, str) else None
            return Edition(name, before, _data_of(destination, before))
        number += 1
        name = f"{day}-{number}"
    return Edition(name, last, _data_of(destination, last))


def _is_left_over(destination: Path, name: str, last: str) -> bool:
    """Tell whether a publication was to follow the latest one, but nothing says that it was ever the latest."""
    folder = destination / name
    return folder.is_dir() and previous_of(folder) == last and folder not in list_publications(destination)


def _data_of(destination: Path, name: str | None) -> Path | None:
    """Give the data folder of a publication to compare with; None where it is gone, or no longer what it was."""
    if name is None or not (destination / name / DATA_FOLDER).is_dir():
        return None
    if damaged := find_damage(destination / name, f"{DATA_FOLDER}/"):
        log.warning("上一次发布 %s 的文件已缺失或损坏（%s），这一次不与它比较。", name, "、".join(damaged[:3]))
        return None
    return destination / name / DATA_FOLDER


def _tables_of(destination: Path, name: str) -> dict[str, str] | None:
    """Give the tables' checksums of a publication that is remembered, or there; None where the name is free."""
    published = _read_record(destination, name).get("published")
    if not isinstance(published, dict):
        folder = destination / name / DATA_FOLDER
        return _hash_tables(folder) if folder.is_dir() else None
    paths = {Path(path): str(checksum) for path, checksum in published.items()}
    return {
        path.name: checksum
        for path, checksum in paths.items()
        if path.parent == Path(DATA_FOLDER) and path.suffix == ".parquet"
    }


def _hash_tables(data: Path) -> dict[str, str]:
    return {path.name: hash_file(path) for path in data.glob("*.parquet")}


def _read_record(destination: Path, name: str) -> dict[str, object]:
    return _read_json(record_place(destination.parent) / f"{name}.json")


def _read_manifest(folder: Path) -> dict[str, object]:
    return _read_json(folder / MANIFEST)


def _read_json(path: Path) -> dict[str, object]:
    """Read a small document; one that is torn says nothing, and that is told."""
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        content = None
    if not isinstance(content, dict):
        log.warning("%s 已损坏，按没有此文件处理。", path)
        return {}
    return content
