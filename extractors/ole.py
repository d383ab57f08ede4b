"""The directory of an OLE compound file (DOC, XLS, PPT, WPS, encrypted OOXML): which streams stand at its top."""

import struct
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_BYTES = 512
ENTRY_BYTES = 128
LAST_REGULAR_SECTOR = 0xFFFFFFFA
NO_ENTRY = 0xFFFFFFFF
HEADER_FAT_SECTORS = 109
MOST_DIRECTORY_SECTORS = 4096
ROOT, STREAM = 5, 2


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream at the top of the file: its first sector and its length in bytes."""

    first_sector: int
    length: int


def top_streams(data: bytes) -> dict[str, Stream]:
    """Give the top-level entries by name (storages too); what cannot be followed in a damaged file is left out."""
    if len(data) < HEADER_BYTES:
        return {}
    sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    directory = _directory(data, sector_bytes)
    entries = [directory[at : at + ENTRY_BYTES] for at in range(0, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES)]
    if not entries or entries[0][66] != ROOT:
        return {}
    found: dict[str, Stream] = {}
    waiting, seen = [struct.unpack_from("<I", entries[0], 76)[0]], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen or at >= len(entries):
            continue
        seen.add(at)
        entry = entries[at]
        name_bytes = min(struct.unpack_from("<H", entry, 64)[0], 64)
        name = entry[: max(0, name_bytes - 2)].decode("utf-16-le", errors="replace")
        found[name] = Stream(*struct.unpack_from("<II", entry, 116))
        waiting.extend(struct.unpack_from("<II", entry, 68))
    return found


def stream_start(data: bytes, stream: Stream) -> bytes:
    """Give the first bytes of a stream of more than 4096 bytes (shorter ones lie elsewhere): its first sector."""
    sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    return _sector(data, stream.first_sector, sector_bytes)


def _sector(data: bytes, number: int, sector_bytes: int) -> bytes:
    return data[(number + 1) * sector_bytes : (number + 2) * sector_bytes]


def _directory(data: bytes, sector_bytes: int) -> bytes:
    """Follow the directory's chain of sectors; a loop or a sector outside the file ends it."""
    fat_sectors = struct.unpack_from(f"<{HEADER_FAT_SECTORS}I", data, 76)
    per_sector = sector_bytes // 4
    sectors: list[bytes] = []
    at, seen = struct.unpack_from("<I", data, 48)[0], set[int]()
    while at < LAST_REGULAR_SECTOR and at not in seen and len(seen) < MOST_DIRECTORY_SECTORS:
        seen.add(at)
        sectors.append(_sector(data, at, sector_bytes))
        fat_no = at // per_sector
        if fat_no >= HEADER_FAT_SECTORS or fat_sectors[fat_no] >= LAST_REGULAR_SECTOR:
            break
        fat = _sector(data, fat_sectors[fat_no], sector_bytes)
        if len(fat) < sector_bytes:
            break
        at = struct.unpack_from("<I", fat, (at % per_sector) * 4)[0]
    return b"".join(sectors)
