"""Builds beside each other, and the link that says which one counts: swapped in one step, older ones removed later."""

import shutil
from contextlib import suppress
from pathlib import Path

from warehouse.files import hash_file, put_file, put_link_or_copy
from warehouse.home import Home
from warehouse.models.soundness import check_sound, is_sound, sealed_checksum, write_seal

KEPT_BUILDS = 2
"""The build that counts and the one before it, for readers that are just opening it."""


def database_link(home: Path) -> Path:
    """Give the place that analysts open."""
    return Home(home).database


def build_path(home: Path, build_id: str) -> Path:
    """Give the place of a build's file."""
    return Home(home).builds / f"county-{build_id}.duckdb"


def rules_path(home: Path, build_id: str) -> Path:
    """Give the place of what a build remembers for the next one: what its rules found, and its models' states."""
    return Home(home).builds / f"rules-{build_id}.duckdb"


def last_build_id(home: Path) -> str | None:
    """Name the build that counts; None where there is none yet.

    On a disk without symbolic links the database is a file of its own: then it is the build with the same bytes.
    """
    link = database_link(home)
    if not link.exists():
        return None
    if link.is_symlink():
        return link.resolve().stem.removeprefix("county-")
    builds = sorted(Home(home).builds.glob("county-*.duckdb"))
    same = next((path for path in builds if path.samefile(link)), None)
    if same is None:
        checksum = hash_file(link)
        same = next((path for path in builds if sealed_checksum(path) == checksum), None)
    return None if same is None else same.stem.removeprefix("county-")


def is_current_build(home: Path, build_id: str) -> bool:
    """Tell whether this build exists whole and is the one that counts."""
    path = build_path(home, build_id)
    is_last = path.exists() and last_build_id(home) == build_id
    return is_last and is_sound(database_link(home), rules_path(home, build_id), path)


def open_build_place(home: Path) -> Path:
    """Give an empty folder to build in."""
    clear_build_place(home)
    place = Home(home).building
    place.mkdir(parents=True)
    return place


def clear_build_place(home: Path) -> None:
    """Remove what killed builds left."""
    place = Home(home).building
    for left_over in place.parent.glob(f"{place.name}*"):
        if left_over.is_dir():
            shutil.rmtree(left_over)
        else:
            left_over.unlink()


def swap_in(home: Path, database: Path, rules: Path, build_id: str) -> Path:
    """Make a finished build the one that counts; ``rules`` is what it remembers for the next one.

    Connections that are open stay on the build that they opened (its file lives on until they close); new ones see
    the new build. The link is replaced in one step, so that there is a database at every moment. On a disk that knows no
    links a copy is: it takes the build's place twice. Raises
    UnsoundBuildError, before anything is changed, where the file does not hold what was made.
    """
    path = build_path(home, build_id)
    check_sound(database, rules)
    write_seal(database, path)
    for built, place in ((rules, rules_path(home, build_id)), (database, path)):
        put_file(built, place)
    link = database_link(home)
    put_link_or_copy(path.relative_to(home), link)
    _remove_older(home, build_id)
    return link


def _remove_older(home: Path, build_id: str) -> None:
    folder, current = Home(home).builds, build_path(home, build_id)
    builds = sorted(
        (path for path in folder.glob("county-*.duckdb") if path != current),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    remembered = [path for path in folder.glob("rules-*.duckdb") if path != rules_path(home, build_id)]
    for path in builds[KEPT_BUILDS - 1 :] + remembered:
        with suppress(PermissionError):  # Windows: a reader has it open; it goes next time
            path.unlink()
    for seal in folder.glob("county-*.json"):
        if not seal.with_suffix(".duckdb").exists():
            seal.unlink()
