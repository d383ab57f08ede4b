"""Builds beside each other, and the link that says which one counts: swapped in one step, older ones removed later."""

import shutil
from contextlib import suppress
from pathlib import Path

from warehouse.files import put_file, put_link
from warehouse.home import Home
from warehouse.models.soundness import check_sound, is_sound, write_seal

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
    """Name the build that counts; None where there is none yet."""
    link = database_link(home)
    return link.resolve().stem.removeprefix("county-") if link.exists() else None


def is_current_build(home: Path, build_id: str) -> bool:
    """Tell whether this build exists whole and is the one that counts."""
    path, link = build_path(home, build_id), database_link(home)
    is_linked = path.exists() and link.exists() and link.resolve() == path.resolve()
    return is_linked and is_sound(path, rules_path(home, build_id))


def open_build_place(home: Path) -> Path:
    """Give an empty folder to build in, and remove what killed builds left."""
    place = Home(home).building
    for left_over in place.parent.glob(f"{place.name}*"):
        if left_over.is_dir():
            shutil.rmtree(left_over)
        else:
            left_over.unlink()
    place.mkdir(parents=True)
    return place


def swap_in(home: Path, database: Path, rules: Path, build_id: str) -> Path:
    """Make a finished build the one that counts; ``rules`` is what it remembers for the next one.

    Connections that are open stay on the build that they opened (its file lives on until they close); new ones see
    the new build. The link is replaced in one step, so that there is a database at every moment. Raises
    UnsoundBuildError, before anything is changed, where the file does not hold what was made.
    """
    path = build_path(home, build_id)
    check_sound(database, rules)
    write_seal(database, path)
    for built, place in ((rules, rules_path(home, build_id)), (database, path)):
        put_file(built, place)
    link = database_link(home)
    put_link(path.relative_to(home), link)
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
