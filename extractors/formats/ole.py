"""OLE compound files (DOC, XLS, PPT, WPS, encrypted OOXML): their top-level streams, read and replaced."""

import struct
from dataclasses import dataclass
from pathlib import Path

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_BYTES = 512
ENTRY_BYTES = 128
MINI_SECTOR_BYTES = 64
SMALLEST_LARGE_STREAM = 4096
HEADER_FAT_SECTORS = 109
LAST_REGULAR_SECTOR = 0xFFFFFFFA
END_OF_CHAIN, FAT_SECTOR, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
ROOT = 5
FILE_PASS = 0x2F
NAME_BYTES_AT, KIND_AT, SIBLINGS_AT, CHILD_AT, START_AT = 64, 66, 68, 76, 116


@dataclass(frozen=True, slots=True)
class Entry:
    """A directory entry: its place in the directory, first sector and length in bytes."""

    number: int
    start: int
    length: int


@dataclass
class CompoundFile:
    """An OLE file in memory; ``entries`` are the streams and storages at its top, by name."""

    data: bytearray
    sector_bytes: int
    fat_sectors: list[int]
    fat: list[int]
    directory: list[int]
    entries: dict[str, Entry]
    root: Entry

    def sector(self, number: int) -> bytes:
        """Give one sector's bytes; less than a sector where the file ends before."""
        return bytes(self.data[(number + 1) * self.sector_bytes : (number + 2) * self.sector_bytes])

    def chain(self, start: int) -> list[int]:
        """Follow a chain of sectors; a loop or a sector outside the file ends it."""
        sectors: list[int] = []
        seen: set[int] = set()
        while start < len(self.fat) and start not in seen:
            seen.add(start)
            sectors.append(start)
            start = self.fat[start]
        return sectors

    def read(self, name: str, most_bytes: int | None = None) -> bytes:
        """Give a stream's bytes, or its first ``most_bytes``; what is missing in a damaged file is left out."""
        entry = self.entries[name]
        length = entry.length if most_bytes is None else min(entry.length, most_bytes)
        if entry.length < SMALLEST_LARGE_STREAM:
            return self._read_mini(entry.start, length)
        sectors = self.chain(entry.start)[: -(-length // self.sector_bytes)]
        return b"".join(map(self.sector, sectors))[:length]

    def replace(self, name: str, content: bytes) -> None:
        """Put new bytes, at least 4096, in the place of a stream; the sectors go to the end of the file."""
        content = content.ljust(SMALLEST_LARGE_STREAM, b"\x00")
        first = len(self.fat)
        count = -(-len(content) // self.sector_bytes)
        self.data.extend(b"\x00" * ((first + 1) * self.sector_bytes - len(self.data)))
        self.data.extend(content.ljust(count * self.sector_bytes, b"\x00"))
        self.fat.extend([*range(first + 1, first + count), END_OF_CHAIN])
        at = self._entry_at(self.entries[name].number)
        struct.pack_into("<II", self.data, at + START_AT, first, len(content))

    def to_bytes(self) -> bytes:
        """Give the file with its changed allocation table; ValueError where the header has no room for more of it."""
        per_sector = self.sector_bytes // 4
        while len(self.fat_sectors) * per_sector < len(self.fat):
            if len(self.fat_sectors) == HEADER_FAT_SECTORS:
                raise ValueError("the allocation table is full")
            self.fat_sectors.append(len(self.fat))
            self.fat.append(FAT_SECTOR)
            self.data.extend(b"\x00" * self.sector_bytes)
        table = self.fat + [FREE] * (len(self.fat_sectors) * per_sector - len(self.fat))
        for number, sector in enumerate(self.fat_sectors):
            part = table[number * per_sector : (number + 1) * per_sector]
            struct.pack_into(f"<{per_sector}I", self.data, (sector + 1) * self.sector_bytes, *part)
        struct.pack_into("<I", self.data, 44, len(self.fat_sectors))
        struct.pack_into(f"<{len(self.fat_sectors)}I", self.data, 76, *self.fat_sectors)
        return bytes(self.data)

    def _entry_at(self, number: int) -> int:
        per_sector = self.sector_bytes // ENTRY_BYTES
        sector = self.directory[number // per_sector]
        return (sector + 1) * self.sector_bytes + number % per_sector * ENTRY_BYTES

    def _read_mini(self, start: int, length: int) -> bytes:
        first, count = struct.unpack_from("<II", self.data, 60)
        table = b"".join(map(self.sector, self.chain(first)[: max(count, 1)]))
        links = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        pool = b"".join(map(self.sector, self.chain(self.root.start)))
        found: list[bytes] = []
        seen: set[int] = set()
        while start < len(links) and start not in seen:
            seen.add(start)
            found.append(pool[start * MINI_SECTOR_BYTES : (start + 1) * MINI_SECTOR_BYTES])
            start = links[start]
        return b"".join(found)[:length]


def open_compound(data: bytes) -> CompoundFile | None:
    """Read an OLE file's tables; None where they are too damaged to find its streams.

    Allocation tables beyond the header's 109 sectors (files over 7 MB) are followed too.
    """
    if len(data) < HEADER_BYTES or not data.startswith(SIGNATURE):
        return None
    sector_bytes = 1 << min(max(struct.unpack_from("<H", data, 30)[0], 9), 12)
    file = CompoundFile(bytearray(data), sector_bytes, [], [], [], {}, Entry(0, END_OF_CHAIN, 0))
    file.fat_sectors = _find_fat_sectors(file)
    most = len(data) // sector_bytes
    table = b"".join(file.sector(number).ljust(sector_bytes, b"\xff") for number in file.fat_sectors)
    file.fat = list(struct.unpack(f"<{len(table) // 4}I", table))[:most]
    file.directory = file.chain(struct.unpack_from("<I", data, 48)[0])
    directory = b"".join(map(file.sector, file.directory))
    entries = [directory[at : at + ENTRY_BYTES] for at in range(0, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES)]
    if not entries or entries[0][KIND_AT] != ROOT:
        return None
    file.root = Entry(0, *struct.unpack_from("<II", entries[0], START_AT))
    waiting, seen = [struct.unpack_from("<I", entries[0], CHILD_AT)[0]], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen or at >= len(entries):
            continue
        seen.add(at)
        name_bytes = min(struct.unpack_from("<H", entries[at], NAME_BYTES_AT)[0], 64)
        name = entries[at][: max(0, name_bytes - 2)].decode("utf-16-le", errors="replace")
        file.entries[name] = Entry(at, *struct.unpack_from("<II", entries[at], START_AT))
        waiting.extend(struct.unpack_from("<II", entries[at], SIBLINGS_AT))
    return file


def _find_fat_sectors(file: CompoundFile) -> list[int]:
    sectors = list(struct.unpack_from(f"<{HEADER_FAT_SECTORS}I", file.data, 76))
    more, seen = struct.unpack_from("<I", file.data, 68)[0], set[int]()
    while more < LAST_REGULAR_SECTOR and more not in seen:
        seen.add(more)
        page = file.sector(more)
        if len(page) < file.sector_bytes:
            break
        *numbers, more = struct.unpack(f"<{file.sector_bytes // 4}I", page)
        sectors.extend(numbers)
    most = len(file.data) // file.sector_bytes
    return [number for number in sectors if number < most][: most * 4 // file.sector_bytes + 1]


def is_encrypted_workbook(path: Path) -> bool:
    """Tell whether a workbook of Excel 97 to 2003 is encrypted: a FilePass record stands near its start ([MS-XLS] 2.4.117)."""
    file = open_compound(path.read_bytes())
    if file is None or "Workbook" not in file.entries:
        return False
    start = file.read("Workbook", 4096)
    at = 0
    while at + 4 <= len(start):
        kind, length = struct.unpack_from("<HH", start, at)
        if kind == FILE_PASS:
            return True
        at += 4 + length
    return False
