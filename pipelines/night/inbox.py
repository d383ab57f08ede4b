"""The inbox as a run sees it: each filing with the place of its bytes, those inside zip files among them.

Zip files are unpacked once, into ``<home>/state/unpacked/``, and again only when they change.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extractors.formats.detect import Format, detect_format
from extractors.inbox.listing import InboxFile, find_inbox_files
from extractors.inbox.sources import unpack_zip
from extractors.limits import DEFAULT_LIMITS
from extractors.reading import run_guarded
from extractors.rejection import PASSING, Reason, RejectedFile
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.files import put_folder, set_aside
from warehouse.store.received import FoundFile

CONTENTS = "contents.json"


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The inbox's filings by path ("包.zip/成员.docx" for a zip's member) and what is no filing to read now.

    ``growing`` are still being copied, ``unreadable`` cannot be opened at all (no permission, or another program locks
    them), ``unopened`` are zip files that hold nothing to read, with the reason.
    """

    files: Mapping[str, FoundFile]
    growing: tuple[str, ...]
    unreadable: tuple[str, ...]
    unopened: Mapping[str, RejectedFile]


NOTHING_FOUND = FoundFiles({}, (), (), {})
"""Before the inbox is listed."""


@dataclass(frozen=True, slots=True)
class ZipContents:
    """What a zip of this size and time holds: its members' names in order, or why it cannot be opened."""

    size: int
    mtime_ns: int
    version: str
    members: tuple[str, ...]
    reason: str | None = None
    detail: str | None = None
    ctime_ns: int = 0

    def is_of(self, file: InboxFile, version: str) -> bool:
        """Tell whether these are the contents of this very file, as this program version opens it."""
        stamp = (self.size, self.mtime_ns, self.ctime_ns, self.version)
        return stamp == (file.size, file.mtime_ns, file.ctime_ns, version)

    def is_whole(self, folder: Path) -> bool:
        """Tell whether every member still lies in the folder that it was unpacked into."""
        return all((folder / str(number)).is_file() for number in range(len(self.members)))


def find_files(inbox: Path, unpacked: Path, version: str) -> FoundFiles:
    """List the inbox with the members of its zip files; ``unpacked`` is the folder that keeps those."""
    if not inbox.is_dir():
        gone = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(inbox))  # a share that may come back
        raise CommandError(
            f"没有收件目录 {inbox}。", "请检查 --inbox 的写法，或网络共享是否连接。", WRONG_USAGE
        ) from gone
    listing = find_inbox_files(inbox)
    zips = [file for file in listing.files if is_zip(file)]
    contents = {file.name: read_contents(unpacked / folder_name(file), file, version) for file in zips}
    files: dict[str, FoundFile] = {}
    unopened: dict[str, RejectedFile] = {}
    for file in listing.files:
        inside = contents.get(file.name)
        if inside is not None and inside.reason is None:
            files |= members_of(file, inside, unpacked / folder_name(file))
            continue
        files[file.name] = FoundFile(file.path, file.size, file.mtime_ns, file.ctime_ns, file.inode)
        if inside is not None and inside.reason is not None:
            unopened[file.name] = RejectedFile(Reason(inside.reason), inside.detail or "")
    drop_others(unpacked, {folder_name(file) for file in zips})
    growing = tuple(skipped.name for skipped in listing.skipped if skipped.reason == "still_growing")
    unreadable = tuple(skipped.name for skipped in listing.skipped if skipped.reason == "unreadable")
    return FoundFiles(files, growing, unreadable, unopened)


def is_zip(file: InboxFile) -> bool:
    """Tell whether a file is a zip of filings; only the name's ending makes it worth opening (DOCX are zips too)."""
    if not file.name.lower().endswith(".zip"):
        return False
    try:
        return detect_format(file.path, DEFAULT_LIMITS) is Format.ZIP
    except (RejectedFile, OSError):
        return False


def folder_name(file: InboxFile) -> str:
    """Name a zip's folder: whatever the zip is called, the name is short and fit for every file system."""
    return hashlib.sha256(file.name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_contents(folder: Path, file: InboxFile, version: str) -> ZipContents:
    """Give what a zip holds; unpack it where that is not known yet."""
    known = folder / CONTENTS
    if known.exists():
        try:
            contents = ZipContents(**json.loads(known.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            set_aside(known, type(error).__name__)
        else:
            if contents.is_of(file, version) and contents.is_whole(folder) and contents.reason not in PASSING:
                return contents
    return unpack(folder, file, version)


def unpack(folder: Path, file: InboxFile, version: str) -> ZipContents:
    """Unpack a zip in a guarded worker, beside its place first: a kill leaves nothing half done."""
    beside = folder.with_suffix(".new")
    for left_over in (beside, folder):
        shutil.rmtree(left_over, ignore_errors=True)
    beside.parent.mkdir(parents=True, exist_ok=True)
    contents = ZipContents(file.size, file.mtime_ns, version, (), ctime_ns=file.ctime_ns)
    for _, result in run_guarded(partial(list_unpacked, beside), [file.path], workers=1):
        if isinstance(result, RejectedFile):
            contents = replace(contents, reason=result.reason.value, detail=result.detail)
        else:
            contents = replace(contents, members=result)
    beside.mkdir(exist_ok=True)
    text = {name: getattr(contents, name) for name in ZipContents.__slots__}
    (beside / CONTENTS).write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    put_folder(beside, folder)
    return contents


def list_unpacked(into: Path, path: Path) -> tuple[str, ...]:
    """Unpack a zip into a folder as 0, 1, 2 …; give the members' names within the zip in that order."""
    names: list[str] = []
    for number, source in enumerate(unpack_zip(path, into, DEFAULT_LIMITS)):
        source.path.rename(into / str(number))
        names.append(source.file_name.removeprefix(f"{path.name}/"))
    return tuple(names)


def members_of(file: InboxFile, contents: ZipContents, folder: Path) -> dict[str, FoundFile]:
    """Give a zip's members; they were received when the zip was."""
    places = {f"{file.name}/{name}": folder / str(number) for number, name in enumerate(contents.members)}
    return {
        name: FoundFile(place, place.stat().st_size, file.mtime_ns, file.ctime_ns, file.inode)
        for name, place in places.items()
    }


def drop_others(unpacked: Path, kept: set[str]) -> None:
    """Drop what was unpacked from zip files that are no longer in the inbox."""
    if unpacked.exists():
        for folder in os.scandir(unpacked):
            if folder.name not in kept:
                shutil.rmtree(folder.path)
