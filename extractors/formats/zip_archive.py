"""Zip archives opened under limits: number of members, expansion and ratio are checked before anything is unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from extractors.limits import MEGABYTE, RATIO_FLOOR_BYTES, Limits
from extractors.rejection import Reason, RejectedFile

END_RECORD = b"PK\x05\x06"
END_RECORD_BYTES = 22
LONGEST_COMMENT = 65535
ZIP64_COUNT = 0xFFFF
DIRECTORY_ENTRY_BYTES = 46
LOCAL_HEADER_BYTES, NAME_LENGTHS_AT = 30, 26
ENCRYPTED_FLAG = 0x1
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class PackedMember:
    """A member as it is packed: equal bytes are the same member, so what was read from it once can be kept."""

    packed: bytes
    is_deflated: bool
    limits: Limits

    def unpack(self) -> bytes:
        """Give the member's bytes; RejectedFile where it is damaged or breaks a limit."""
        if not self.is_deflated:
            return self.packed
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.packed, self.limits.xml_bytes + 1)
        except zlib.error as error:
            raise RejectedFile(Reason.DAMAGED, "压缩包内有文件无法解压") from error
        if len(data) > self.limits.xml_bytes:
            raise RejectedFile(Reason.TOO_LARGE, f"压缩包内有文件超过 {self.limits.xml_bytes // MEGABYTE} MB")
        return data


@dataclass
class Archive:
    """An open archive; ``members`` are its files by normalised name (``word/document.xml``, lower case)."""

    zip: zipfile.ZipFile
    limits: Limits
    members: dict[str, zipfile.ZipInfo]
    unpacked_bytes: int = field(default=0)

    def read(self, name: str) -> bytes | None:
        """Give a member's bytes, or None where there is no such member; RejectedFile where it breaks a limit."""
        info = self.members.get(normal_name(name))
        return None if info is None else self.read_member(info, self.limits.xml_bytes)

    def read_packed(self, name: str) -> PackedMember | None:
        """Give a member without unpacking it, or None where there is no such member."""
        info = self.members.get(normal_name(name))
        if info is None or self.zip.fp is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return None
        _check_openness(info)
        self.zip.fp.seek(info.header_offset)
        header = self.zip.fp.read(LOCAL_HEADER_BYTES)
        if len(header) < LOCAL_HEADER_BYTES:
            raise RejectedFile(Reason.DAMAGED, f"压缩包内的“{info.filename}”无法解压")
        self.zip.fp.seek(sum(struct.unpack_from("<HH", header, NAME_LENGTHS_AT)), 1)
        packed = self.zip.fp.read(info.compress_size)
        return PackedMember(packed, info.compress_type == zipfile.ZIP_DEFLATED, self.limits)

    def read_member(self, info: zipfile.ZipInfo, most_bytes: int) -> bytes:
        """Unpack one member of at most ``most_bytes``; a header that lies about the size is found by reading."""
        if info.file_size > most_bytes:
            raise RejectedFile(
                Reason.TOO_LARGE,
                f"压缩包内的“{info.filename}”有 {info.file_size // MEGABYTE} MB，超过 {most_bytes // MEGABYTE} MB",
            )
        _check_openness(info)
        try:
            with self.zip.open(info) as member:
                data = member.read(most_bytes + 1)
        except DAMAGE as error:
            raise RejectedFile(Reason.DAMAGED, f"压缩包内的“{info.filename}”无法解压") from error
        self.unpacked_bytes += len(data)
        if len(data) > most_bytes or self.unpacked_bytes > self.limits.expanded_bytes:
            raise RejectedFile(Reason.TOO_LARGE, f"压缩包展开后超过 {self.limits.expanded_bytes // MEGABYTE} MB")
        return data


def normal_name(name: str) -> str:
    """Give a member name as it is looked up: forward slashes, no leading slash, lower case (OPC names ignore case)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _check_openness(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED_FLAG:
        raise RejectedFile(Reason.ENCRYPTED, f"压缩包内的“{info.filename}”已加密")


@contextmanager
def open_archive(path: Path, limits: Limits) -> Iterator[Archive]:
    """Open a zip file under limits; RejectedFile with damaged or too_large where it cannot or must not be unpacked."""
    with path.open("rb") as stream:
        _check_directory(stream, limits)
        try:
            archive = zipfile.ZipFile(stream)
        except DAMAGE as error:
            raise RejectedFile(Reason.DAMAGED, "压缩结构不完整，文件可能被截断") from error
        with archive:
            _check_members(archive, path.stat().st_size, limits)
            yield Archive(archive, limits, {normal_name(i.filename): i for i in archive.infolist() if not i.is_dir()})


def _check_directory(stream: BinaryIO, limits: Limits) -> None:
    """Refuse a directory of too many members before zipfile builds an object for each.

    The end record has the count in 16 bits; a larger one is in a zip64 record, but the directory's length tells it too.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_RECORD_BYTES - LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) - at < END_RECORD_BYTES:
        raise RejectedFile(Reason.DAMAGED, "压缩结构不完整，文件可能被截断")
    count, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    by_length = min(directory_bytes, size) // DIRECTORY_ENTRY_BYTES
    if count > limits.parts and (count != ZIP64_COUNT or by_length > limits.parts):
        raise RejectedFile(Reason.TOO_LARGE, f"压缩包内的文件数超过 {limits.parts} 个")
    stream.seek(0)


def _check_members(archive: zipfile.ZipFile, packed_bytes: int, limits: Limits) -> None:
    infos = archive.infolist()
    if len(infos) > limits.parts:
        raise RejectedFile(Reason.TOO_LARGE, f"压缩包内的文件数超过 {limits.parts} 个")
    expanded = sum(info.file_size for info in infos)
    if expanded > limits.expanded_bytes:
        raise RejectedFile(Reason.TOO_LARGE, f"压缩包展开后超过 {limits.expanded_bytes // MEGABYTE} MB")
    if expanded > RATIO_FLOOR_BYTES and expanded > packed_bytes * limits.expansion_ratio:
        raise RejectedFile(Reason.TOO_LARGE, f"压缩包展开后超过原大小的 {limits.expansion_ratio} 倍")
