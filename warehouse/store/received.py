"""Files of the inbox as the store knows them: where they lie, and which bytes they hold."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from warehouse.files import hash_file


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file as found: ``place`` is where its bytes are now (for a zip's member, where it was unpacked)."""

    place: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file of the inbox; ``path`` is relative to it with forward slashes, ``sha256`` is that of its bytes in hex."""

    path: str
    size: int
    mtime_ns: int
    sha256: str

    @property
    def file_name(self) -> str:
        """Give the name without folders, as it is kept in ``core.filings``."""
        return PurePosixPath(self.path).name

    @property
    def received_at(self) -> datetime:
        """Give the file's time of last change in UTC, the only date that is the same on every run."""
        seconds, nanoseconds = divmod(self.mtime_ns, 1_000_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=nanoseconds // 1000)


def read_inbox_file(path: str, found: FoundFile) -> ReceivedFile:
    """Give a found file with the hash of its bytes."""
    return ReceivedFile(path, found.size, found.mtime_ns, hash_file(found.place))
