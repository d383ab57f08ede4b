"""Files, folders and links, whole or not at all: a reader, or a run after a crash, sees the old or the new, nothing between."""

import ctypes
import errno
import hashlib
import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_WRITING = ".writing"
_DAMAGED = ".damaged"
_NEW, _OLD = ".new", ".old"
_HERE = -100
"""Linux' AT_FDCWD: a name is taken from the current folder."""
_EXCHANGE = 2
"""Linux' RENAME_EXCHANGE."""

FLUSHED_AT_ONCE = 8
"""Files that a disk is asked to keep at the same time."""

_FULL_OR_FAILING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})

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


def copy_rebuildable(source: Path, path: Path) -> None:
    """Copy a file's content in one step, without waiting for the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{_WRITING}")
    shutil.copyfile(source, temporary)
    temporary.replace(path)


def put_file(made: Path, path: Path) -> None:
    """Put a file that was written elsewhere on the same disk in its place, when it has reached the disk."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(path)
    flush_folder(path.parent)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read, from its first moment on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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


def put_folder(made: Path, path: Path) -> None:
    """Put a whole folder (or a file) that was made beside its place there in one step; what stood there goes after."""
    if os.path.lexists(path):
        exchange(made, path)
        _remove(made)
    else:
        made.rename(path)
    flush_folder(path.parent)


def put_link(target: Path, link: Path) -> None:
    """Point a link at ``target`` (relative to its folder) in one step; raises OSError where the disk knows no links."""
    fresh = link.with_name(f".{link.name}{_NEW}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target, target_is_directory=(link.parent / target).is_dir())
    if link.is_dir() and not link.is_symlink():
        put_folder(fresh, link)
        return
    fresh.replace(link)
    flush_folder(link.parent)


def put_link_or_copy(target: Path, link: Path) -> None:
    """Point a link at a file or folder; where the system or the disk knows no links, make it a copy.

    A second name of a file is as good as a copy where the disk knows that: files put in place are never changed.
    """
    if link.is_symlink() and link.readlink() == target:
        return
    try:
        put_link(target, link)
    except OSError as error:
        if error.errno in _FULL_OR_FAILING:
            raise
        copy, source = link.with_name(f".{link.name}{_NEW}"), link.parent / target
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            _name_again(source, copy)
        put_folder(copy, link)


def _name_again(source: Path, copy: Path) -> None:
    try:
        os.link(source, copy)
    except OSError:
        shutil.copyfile(source, copy)
        with copy.open("rb") as file:
            os.fsync(file.fileno())


def remove_folder(folder: Path) -> None:
    """Remove a folder that others read: its name goes first, so that nobody sees half of it."""
    aside = folder.with_name(f".{folder.name}{_NEW}")
    folder.rename(aside)
    shutil.rmtree(aside)


def put_right(parent: Path) -> None:
    """Put right what a kill left of folders and links: half-made ones go, a folder that was set aside comes back."""
    for old in parent.glob(f".*{_OLD}"):
        place = parent / old.name.removeprefix(".").removesuffix(_OLD)
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    for remains in parent.glob(f".*{_NEW}"):
        _remove(remains)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def exchange(new: Path, place: Path) -> None:
    """Exchange two names in one step, so that ``place`` names something whole at every moment.

    Where the system has no such step there are two renames, and for a moment nothing stands at ``place``.
    """
    if _exchange(new, place):
        return
    old = place.with_name(f".{place.name}{_OLD}")
    place.rename(old)
    new.rename(place)
    old.rename(new)


def _exchange(new: Path, place: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # another system than Linux
        return False
    if rename(_HERE, os.fsencode(new), _HERE, os.fsencode(place), _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # a disk that cannot
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(place))


def flush_tree(folder: Path) -> None:
    """Make all files below a folder, and their names, survive a power cut."""
    paths = [*folder.rglob("*")]
    with ThreadPoolExecutor(FLUSHED_AT_ONCE) as pool:  # a disk puts waiting writes together
        for _ in pool.map(_flush_file, (path for path in paths if path.is_file() and not path.is_symlink())):
            pass
    for path in paths:
        if path.is_dir():
            flush_folder(path)
    flush_folder(folder)


def _flush_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


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
