"""Files of the inbox as the store knows them: where they lie, and which bytes they hold."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from warehouse.files import hash_file

SECOND = 1_000_000_000
CLOCKS_DIFFER = 86_400 * SECOND
"""A file's time may be ahead of this machine's by so much without being wrong: clocks and time zones differ."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file as found: ``place`` is where its bytes are now (for a zip's member, where it was unpacked).

    ``ctime_ns`` and ``inode`` tell other bytes of the same size and time; 0 where they are not known.
    """

    place: Path
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        """Give what is equal as long as nobody touched the file."""
        return self.size, self.mtime_ns, self.ctime_ns, self.inode


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file of the inbox; ``path`` is relative to it with forward slashes, ``sha256`` is that of its bytes in hex.

    ``received_ns`` is when these bytes are known to have been there: the earlier of the file's own time and of the
    moment when they were first seen (None: the file's own time). ``is_ahead``: its own time lay in the future then.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str
    ctime_ns: int = 0
    inode: int = 0
    received_ns: int | None = None
    is_ahead: bool = False

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        """Give what is equal as long as nobody touched the file."""
        return self.size, self.mtime_ns, self.ctime_ns, self.inode

    @property
    def file_name(self) -> str:
        """Give the name without folders, as it is kept in ``core.filings``."""
        return PurePosixPath(self.path).name

    @property
    def received_at(self) -> datetime:
        """Give the moment of receipt in UTC, the same on every run."""
        return moment(self.mtime_ns if self.received_ns is None else self.received_ns)


def moment(time_ns: int) -> datetime:
    """Give a time in nanoseconds since 1970 as a moment in UTC, to the microsecond."""
    seconds, nanoseconds = divmod(time_ns, SECOND)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=nanoseconds // 1000)


def read_inbox_file(path: str, found: FoundFile, seen_ns: int, received: Mapping[str, int]) -> ReceivedFile:
    """Give a found file with the hash of its bytes; ``received`` is when known bytes were received, by their hash.

    A time that is wrong must not win for ever: one in the future counts as now (``seen_ns``), and a copy or a touch of
    bytes that have been there before receives nothing anew.
    """
    sha256 = hash_file(found.place)
    earliest = min(found.mtime_ns, seen_ns, received.get(sha256, found.mtime_ns))
    is_ahead = found.mtime_ns > seen_ns + CLOCKS_DIFFER
    received_ns = None if earliest == found.mtime_ns else earliest
    return ReceivedFile(path, found.size, found.mtime_ns, sha256, found.ctime_ns, found.inode, received_ns, is_ahead)


def look_at(
    found: Mapping[str, FoundFile], known: Mapping[str, ReceivedFile], *, hash_all: bool
) -> dict[str, ReceivedFile]:
    """Give the files found as received; those that nobody touched are taken as known, unless all are to be hashed."""
    now = time.time_ns()
    received: dict[str, int] = {}
    for file in known.values():
        since = file.mtime_ns if file.received_ns is None else file.received_ns
        received[file.sha256] = min(since, received.get(file.sha256, since))
    seen = {}
    for path in sorted(found):
        before, here = known.get(path), found[path]
        if before is not None and before.stamp == here.stamp and not hash_all:
            seen[path] = before
        else:
            seen[path] = read_inbox_file(path, here, now, received)
    return seen
