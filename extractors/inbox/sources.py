"""Prepares received files for reading: zip files are unpacked, office formats converted, many in one go."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from extractors.doc.convert import convert_many
from extractors.formats.detect import OFFICE_FORMATS, Format, detect_format, may_need_preparing
from extractors.formats.zip_archive import Archive, open_archive
from extractors.guard.pool import run_guarded
from extractors.inbox.listing import is_filing_name
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rejection import Reason, RejectedFile

UTF8_NAME_FLAG = 0x800


@dataclass(frozen=True, slots=True)
class Source:
    """One filing to read: where its bytes lie and under what name it came ("包.zip/成员.docx" for a zip's member).

    ``received`` is the file of the inbox that it came in. ``converted`` is the DOCX that LibreOffice made of it, or
    why it made none; None where none was asked for.
    """

    path: Path
    file_name: str
    received: Path
    converted: Path | RejectedFile | None = None


@dataclass(frozen=True, slots=True)
class OpenedSources:
    """What is to be read, in the order of the received files, and the zip files that could not be opened."""

    sources: tuple[Source, ...]
    rejected: tuple[tuple[Path, RejectedFile], ...]


@contextmanager
def open_sources(
    paths: Iterable[Path], *, workers: int = 1, limits: Limits = DEFAULT_LIMITS, unpack: bool = True
) -> Iterator[OpenedSources]:
    """Prepare many received files; unpacked and converted copies live as long as the context.

    Without ``unpack`` a zip file is one source, which its reading refuses.
    The sources then go through ``run_guarded`` with a task that calls ``reading.read_source``.
    """
    with tempfile.TemporaryDirectory(prefix="jixiao-sources-") as folder:
        received = list(paths)
        formats = {path: _format_of(path, limits) for path in received}
        zips = [path for path in received if unpack and formats[path] is Format.ZIP]
        members, rejected = _unpack_all(zips, Path(folder), workers, limits)
        sources: list[Source] = []
        for path in received:
            sources.extend(members.get(path, ()) if path in zips else [Source(path, path.name, path)])
        formats |= {source.path: _format_of(source.path, limits) for found in members.values() for source in found}
        office = [(s.path, f) for s in sources if (f := formats[s.path]) is not None and f in OFFICE_FORMATS]
        converted_folder = Path(folder, "converted")
        converted_folder.mkdir()
        converted = convert_many(office, converted_folder, limits) if office else {}
        yield OpenedSources(tuple(replace(s, converted=converted.get(s.path)) for s in sources), tuple(rejected))


def unpack_zip(path: Path, into: Path, limits: Limits) -> list[Source]:
    """Unpack a zip of filings into a folder; RejectedFile where it breaks a limit.

    A zip inside it is not opened but stays a source like any other: its reading refuses it, and the rest is read.
    """
    into.mkdir()
    sources: list[Source] = []
    with open_archive(path, limits) as archive:
        names: set[str] = set()
        for number, info in enumerate(info for info in archive.zip.infolist() if not info.is_dir()):
            name = member_name(info)
            if not is_filing_name(PurePosixPath(name).name) or name.startswith("__MACOSX/"):
                continue
            name = _unlike(name, names)
            names.add(name)
            target = into / f"{number:06d}"
            target.write_bytes(_read_member(archive, info, limits))
            sources.append(Source(target, f"{path.name}/{name}", path))
    if not sources:
        raise RejectedFile(Reason.EMPTY_FILE, "压缩包里没有文件")
    return sources


def member_name(info: ZipInfo) -> str:
    """Give a member's name: Chinese Windows stores it in GBK without saying so (zipfile takes it for CP437)."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME_FLAG:
        raw = info.orig_filename.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").lstrip("/")


def _unlike(name: str, names: set[str]) -> str:
    """Give a name that no member before has: a zip may hold two files of one name, and both are filings."""
    path, number, found = PurePosixPath(name), 2, name
    while found in names:
        found, number = str(path.with_stem(f"{path.stem}（同名{number}）")), number + 1
    return found


def _read_member(archive: Archive, info: ZipInfo, limits: Limits) -> bytes:
    return archive.read_member(info, limits.file_bytes)


def _unpack_all(
    zips: Sequence[Path], folder: Path, workers: int, limits: Limits
) -> tuple[dict[Path, list[Source]], list[tuple[Path, RejectedFile]]]:
    members: dict[Path, list[Source]] = {}
    rejected: list[tuple[Path, RejectedFile]] = []
    numbered = [(path, folder / f"zip-{number:06d}") for number, path in enumerate(zips)]
    for (path, _), result in run_guarded(partial(_unpack, limits=limits), numbered, workers=workers, limits=limits):
        if isinstance(result, RejectedFile):
            rejected.append((path, result))
        else:
            members[path] = result
    return members, sorted(rejected, key=lambda pair: zips.index(pair[0]))


def _unpack(job: tuple[Path, Path], limits: Limits) -> list[Source]:
    path, into = job
    return unpack_zip(path, into, limits)


def _format_of(path: Path, limits: Limits) -> Format | None:
    """Tell the format of a file that needs preparing; None for all others: the reading itself says what they are."""
    try:
        return detect_format(path, limits) if may_need_preparing(path) else None
    except (RejectedFile, OSError):
        return None
