"""Builds beside each other, and the link that says which one counts: swapped in one step, older ones removed later."""

import os
from contextlib import suppress
from pathlib import Path

from warehouse.store_files import flush_folder

KEPT_BUILDS = 2
"""The build that counts and the one before it, for readers that are just opening it."""


def database_link(home: Path) -> Path:
    """Give the place that analysts open."""
    return home / "county.duckdb"


def build_path(home: Path, build_id: str) -> Path:
    """Give the place of a build's file."""
    return home / "builds" / f"county-{build_id}.duckdb"


def is_current_build(home: Path, build_id: str) -> bool:
    """Tell whether this build exists whole and is the one that counts."""
    path, link = build_path(home, build_id), database_link(home)
    return path.exists() and link.exists() and link.resolve() == path.resolve()


def open_build_place(home: Path) -> Path:
    """Give an unused place to build in, and remove what killed builds left."""
    folder = home / "builds"
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in folder.glob("building*"):
        left_over.unlink()
    return folder / "building.duckdb"


def swap_in(home: Path, built: Path, build_id: str) -> Path:
    """Make a finished build the one that counts.

    Connections that are open stay on the build that they opened (its file lives on until they close); new ones see
    the new build. The link is replaced in one step, so that there is a database at every moment.
    """
    path = build_path(home, build_id)
    with built.open("rb") as file:
        os.fsync(file.fileno())
    built.replace(path)
    flush_folder(path.parent)
    link = database_link(home)
    fresh = link.with_name(f".{link.name}.link")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(path.relative_to(home))
    fresh.replace(link)
    flush_folder(home)
    _remove_older(path)
    return link


def _remove_older(current: Path) -> None:
    builds = sorted(
        (path for path in current.parent.glob("county-*.duckdb") if path != current),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    for path in builds[KEPT_BUILDS - 1 :]:
        with suppress(PermissionError):  # Windows: a reader has it open; it goes next time
            path.unlink()
