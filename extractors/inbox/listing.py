"""What lies in the inbox: filings to read, and files that are left for the next run or never read, with the reason."""

import os
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

Skipped = Literal[
    "lock_file", "system_file", "unfinished_download", "hidden_file", "link", "still_growing", "unreadable"
]

SYSTEM_NAMES = frozenset(["thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"])
LOCK_STARTS = ("~$", ".~lock.", "~wrl", "~wps")
UNFINISHED_ENDS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".baiduyun.p.downloading", ".!ut")
FRESH_SECONDS = 2.0
LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file to read; ``name`` is relative to the inbox with forward slashes, and always text (see ``shown_name``).

    ``ctime_ns`` and ``inode`` tell other bytes of the same size and time.
    """

    path: Path
    name: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that this run leaves alone."""

    name: str
    reason: Skipped


@dataclass(frozen=True, slots=True)
class InboxListing:
    """The inbox at one moment, both lists sorted by name."""

    files: tuple[InboxFile, ...]
    skipped: tuple[SkippedFile, ...]


def find_inbox_files(inbox: Path) -> InboxListing:
    """List the inbox and its sub-folders; links are not followed.

    A file that changed within the last two seconds is looked at twice, half a second apart: one that grew in between
    is still being copied and is left for the next run. Nothing waits where all files have been lying for a while.
    A file or folder that cannot be opened (no permission, or locked by another program) is left as well.
    """
    files: list[InboxFile] = []
    skipped: list[SkippedFile] = []
    _walk(inbox, "", files, skipped)
    growing = _growing(files)
    skipped.extend(SkippedFile(file.name, "still_growing") for file in growing)
    resting = [file for file in files if file not in growing]
    unreadable = {file for file in resting if not _can_be_read(file.path)}
    skipped.extend(SkippedFile(file.name, "unreadable") for file in unreadable)
    settled = sorted((file for file in resting if file not in unreadable), key=lambda file: file.name)
    return InboxListing(tuple(settled), tuple(sorted(skipped, key=lambda file: file.name)))


def is_filing_name(name: str) -> bool:
    """Tell whether a name can be that of a filing: not of a lock file, a system's own file or an unfinished copy."""
    return skip_reason(name) is None


def skip_reason(name: str) -> Skipped | None:
    """Say why a file of this name is never read, or None. Only such names decide; the format is told by content."""
    lower = PurePosixPath(name).name.lower()
    if lower.startswith(LOCK_STARTS):
        return "lock_file"
    if lower in SYSTEM_NAMES:
        return "system_file"
    if lower.endswith(UNFINISHED_ENDS):
        return "unfinished_download"
    return "hidden_file" if lower.startswith(".") else None


def shown_name(name: str) -> str:
    """Give a file's name as text: names that Chinese Windows wrote in GBK are no UTF-8 on Linux and cannot be stored."""
    raw = os.fsencode(name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _walk(folder: Path, prefix: str, files: list[InboxFile], skipped: list[SkippedFile]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{shown_name(entry.name)}"
            reason: Skipped | None = "link" if entry.is_symlink() else skip_reason(entry.name)
            if reason is not None:
                skipped.append(SkippedFile(name, reason))
            elif entry.is_dir(follow_symlinks=False):
                try:
                    _walk(Path(entry.path), f"{name}/", files, skipped)
                except PermissionError:
                    skipped.append(SkippedFile(name, "unreadable"))
            elif entry.is_file(follow_symlinks=False):
                stat = entry.stat(follow_symlinks=False)
                files.append(
                    InboxFile(Path(entry.path), name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
                )


def _growing(files: list[InboxFile]) -> set[InboxFile]:
    fresh = [file for file in files if 0 <= time.time() - file.mtime_ns / 1e9 < FRESH_SECONDS]
    if not fresh:
        return set()
    time.sleep(LOOK_AGAIN_SECONDS)
    return {file for file in fresh if _changed(file)}


def _can_be_read(path: Path) -> bool:
    try:
        path.open("rb").close()
    except OSError:
        return False
    return True


def _changed(file: InboxFile) -> bool:
    try:
        stat = file.path.stat()
    except OSError:
        return True
    return (stat.st_size, stat.st_mtime_ns) != (file.size, file.mtime_ns)
