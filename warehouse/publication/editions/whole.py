"""Whether a publication is still what was published: its files against its checksums."""

import os
from pathlib import Path

from warehouse.files import hash_file

CHECKSUMS = "SHA256SUMS"


def read_checksums(text: str) -> dict[str, str]:
    """Read ``SHA256SUMS``: path → sha256."""
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in text.splitlines())}


def find_damage(folder: Path, below: str = "") -> tuple[str, ...]:
    """Name the files of a publication that are gone or hold other bytes; only those below a folder, where asked for."""
    try:
        sums = read_checksums((folder / CHECKSUMS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return (CHECKSUMS,)
    wanted = {name: checksum for name, checksum in sums.items() if name.startswith(below)}
    return tuple(name for name, checksum in wanted.items() if not _holds(folder / name, checksum)) or (
        () if wanted else (CHECKSUMS,)
    )


def _holds(path: Path, checksum: str) -> bool:
    try:
        return hash_file(path) == checksum
    except OSError:
        return False


def share_equal_files(old: Path, new: Path) -> int:
    """Let files of a new publication that an older one has byte for byte stand on the disk once; tell how many.

    Only what is still what was published is shared. Where the disk knows no such links, each keeps its own.
    """
    try:
        before = read_checksums((old / CHECKSUMS).read_text(encoding="utf-8"))
        now = read_checksums((new / CHECKSUMS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return 0
    shared = 0
    for name, checksum in now.items():
        if before.get(name) != checksum or not _holds(old / name, checksum):
            continue
        link = (new / name).with_name(f".{(new / name).name}.link")
        try:
            os.link(old / name, link)
        except OSError:
            return shared
        link.replace(new / name)
        shared += 1
    return shared
