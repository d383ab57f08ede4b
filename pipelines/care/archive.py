"""``jixiao backup`` and ``jixiao restore``: a home as one archive whose every byte is checked, both ways."""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipelines.care.trouble import report
from pipelines.night.lock import locked
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.files import flush_tree, hash_file, put_file
from warehouse.home import Home

SUMS = "jixiao-backup.json"
LEFT_OUT = frozenset({"prefect", "log", ".run.lock", ".serve.lock"})
"""The service's own record and its password are the machine's, not the county's."""

LEFT_OUT_BELOW = frozenset({"state/unpacked", "state/service.json", "builds/building"})
CHUNK = 1 << 20


def back_up(home: Home, archive: Path, *, as_json: bool) -> int:
    """Write a home into one archive (``.tar``, or packed as ``.tar.gz``), read it back, and compare every file."""
    if not home.path.is_dir():
        raise CommandError(f"没有工作目录 {home.path}。", "请检查 --home 的写法。", WRONG_USAGE)
    if archive.resolve().is_relative_to(home.path.resolve()):
        raise CommandError("备份文件不能放在工作目录里面。", "请写到另一个磁盘或目录。", WRONG_USAGE)
    partial = archive.with_name(f".{archive.name}.partial")
    archive.parent.mkdir(parents=True, exist_ok=True)
    try:
        with locked(home):
            sums = {name: hash_file(path) for name, path in _files(home.path) if not path.is_symlink()}
            _write(home.path, partial, sums, packed=archive.suffix == ".gz")
        damaged = _differences(partial, sums)
        if damaged:
            raise CommandError(f"备份写入后与原文件不符：{damaged[0]} 等 {len(damaged)} 个。", "请检查备份磁盘后重做。")
        put_file(partial, archive)
    finally:
        partial.unlink(missing_ok=True)
    facts = {"archive": str(archive.resolve()), "files": len(sums), "bytes": archive.stat().st_size}
    shown = {"文件": str(archive), "个数": len(sums), "大小（字节）": archive.stat().st_size}
    report("备份完成，已逐个核对", facts if as_json else shown, (), as_json=as_json)
    return 0


def restore(home: Home, archive: Path, *, as_json: bool) -> int:
    """Lay an archive out as a new home, beside its place first; every file is compared before it counts."""
    if home.path.exists() and any(home.path.iterdir()):
        raise CommandError(
            f"{home.path} 不是空目录，不会覆盖。", "请用 --home 写明一个新的目录，核对后再替换。", WRONG_USAGE
        )
    beside = home.path.with_name(f".{home.path.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        sums = _lay_out(archive, beside)
        wrong = [name for name, checksum in sums.items() if not _holds(beside / name, checksum)]
        if wrong:
            raise CommandError(f"备份已损坏：{wrong[0]} 等 {len(wrong)} 个文件与备份时不符。", "请换一份备份。")
        flush_tree(beside)
        if home.path.exists():
            home.path.rmdir()
        beside.rename(home.path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    facts: dict[str, object] = {"home": str(home.path.resolve()), "files": len(sums)}
    shown: dict[str, object] = {"工作目录": str(home.path), "个数": len(sums)}
    report("恢复完成，已逐个核对", facts if as_json else shown, (), as_json=as_json)
    return 0


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        below = here.relative_to(root)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and not _is_left_out(below / name))
        for name in sorted([*names, *links]):
            if not _is_left_out(below / name) and ((here / name).is_file() or (here / name).is_symlink()):
                yield (below / name).as_posix(), here / name


def _is_left_out(below: Path) -> bool:
    return below.parts[0] in LEFT_OUT or below.as_posix() in LEFT_OUT_BELOW


def _write(root: Path, archive: Path, sums: dict[str, str], *, packed: bool) -> None:
    with tarfile.open(archive, "w:gz" if packed else "w", format=tarfile.PAX_FORMAT) as tar:
        listed = json.dumps(sums, ensure_ascii=False).encode("utf-8", "surrogateescape")
        head = tarfile.TarInfo(SUMS)
        head.size = len(listed)
        tar.addfile(head, io.BytesIO(listed))
        for folder in ("inbox", "config"):  # a person puts things there, so they are there even when empty
            if (root / folder).is_dir():
                tar.add(root / folder, folder, recursive=False)
        for name, path in _files(root):
            tar.add(path, name, recursive=False)
    with archive.open("rb") as file:
        os.fsync(file.fileno())


def _differences(archive: Path, sums: dict[str, str]) -> list[str]:
    found: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name in sums and (content := _content(tar, member)) is not None:
                found[member.name] = _hash(content)
    return sorted(name for name, checksum in sums.items() if found.get(name) != checksum)


def _lay_out(archive: Path, into: Path) -> dict[str, str]:
    try:
        with tarfile.open(archive) as tar:
            head = tar.next()
            content = _content(tar, head) if head is not None and head.name == SUMS else None
            if content is None:
                raise CommandError(f"{archive} 不是 jixiao 的备份。", "请检查文件名。", WRONG_USAGE)
            sums: dict[str, str] = json.loads(content.read().decode("utf-8", "surrogateescape"))
            tar.extractall(into, filter="data")
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise CommandError(f"{archive} 读不出来：{error}。", "请换一份备份，或检查磁盘。") from error
    (into / SUMS).unlink(missing_ok=True)
    return sums


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes] | None:
    """Give a member's bytes; a hard link leads to the file that was stored first."""
    return tar.extractfile(member) if member.isreg() or member.islnk() else None


def _holds(path: Path, checksum: str) -> bool:
    return path.is_file() and hash_file(path) == checksum


def _hash(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
