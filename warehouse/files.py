"""Writing files so that a reader, or a run after a crash, sees the old file or the new one and nothing between."""

import hashlib
import logging
import os
from pathlib import Path

_WRITING = ".writing"
_DAMAGED = ".damaged"

log = logging.getLogger("jixiao")


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file in one step: temporary file beside it, flushed to disk, renamed, folder flushed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{_WRITING}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    flush_folder(path.parent)


def write_rebuildable(path: Path, content: bytes) -> None:
    """Replace a file in one step, without waiting for the disk: for what has a checksum and can be made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{_WRITING}")
    temporary.write_bytes(content)
    temporary.replace(path)


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write as ``write_bytes`` unless the file already holds this content; tell whether it was written."""
    if path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    write_bytes(path, content)
    return True


def remove_file(path: Path) -> None:
    """Remove a file, and its folder where that is empty now."""
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def remove_left_overs(*folders: Path) -> None:
    """Remove what a kill in the middle of ``write_bytes`` left in these folders and their folders."""
    for folder in folders:
        for left_over in (
            *folder.glob(f".*{_WRITING}"),
            *folder.glob(f"*/.*{_WRITING}"),
            *folder.glob(f"*/*/.*{_WRITING}"),
        ):
            left_over.unlink(missing_ok=True)


def set_aside(path: Path, why: str) -> None:
    """Put a file that cannot be used, but can be made again, out of the way, and tell by name (``why`` is Chinese)."""
    aside = path.with_name(f"{path.name}{_DAMAGED}")
    path.replace(aside)
    log.warning("%s 已损坏（%s），已改名为 %s，现在重新生成。", path, why, aside.name)


def flush_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut; Windows cannot open folders and needs no such step."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_file(path: Path) -> str:
    """Give the sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
