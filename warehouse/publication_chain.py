"""Which publications there are and which came before which: a new one never takes the place of other tables.

A publication is named by its date; one with other tables on the same date is ``<date>-2``, then ``<date>-3``. Each
names the one before it in its manifest, so the order does not hang on dates or file times.
"""

import json
from dataclasses import dataclass
from pathlib import Path

DATA_FOLDER = "数据"
MANIFEST = "manifest.json"
LATEST = "latest"


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
    """Name a new publication with these tables: the latest again where it has the same date and tables, else a new one."""
    latest = destination / LATEST
    if not latest.exists():
        return Edition(_free_name(destination, day))
    name = name_of(latest)
    if (name == day or name.startswith(f"{day}-")) and _same_tables(latest / DATA_FOLDER, data):
        before = previous_of(latest)
        return Edition(name, before, _data_of(destination, before))
    return Edition(_free_name(destination, day), name, _data_of(destination, name))


def _free_name(destination: Path, day: str) -> str:
    """Give the date with the first number that no other tables have; a folder without tables is a leftover."""
    number, name = 1, day
    while (destination / name / DATA_FOLDER).is_dir():
        number += 1
        name = f"{day}-{number}"
    return name


def _data_of(destination: Path, name: str | None) -> Path | None:
    if name is None:
        return None
    folder = destination / name / DATA_FOLDER
    return folder if folder.is_dir() else None


def _same_tables(one: Path, other: Path) -> bool:
    ours, theirs = ({path.name: path for path in folder.glob("*.parquet")} for folder in (one, other))
    return ours.keys() == theirs.keys() and all(
        ours[name].stat().st_size == theirs[name].stat().st_size
        and ours[name].read_bytes() == theirs[name].read_bytes()
        for name in ours
    )


def _read_manifest(folder: Path) -> dict[str, object]:
    path = folder / MANIFEST
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return content
