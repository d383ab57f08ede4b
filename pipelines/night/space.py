"""The disk: what a night will need at most, told before the first byte is written; and what is said when it fails."""

import errno
import os
import shutil
from pathlib import Path

from extractors.guard.faults import find_place_fault
from pipelines.terminal.errors import CommandError
from warehouse.home import Home

MEGABYTE = 1024 * 1024

FAILURES = {
    errno.EIO: "设备出错",
    errno.EROFS: "磁盘变为只读",
    errno.ESTALE: "网络共享已断开",
    errno.ENODEV: "设备已拔出",
}
"""What the system says when a disk or a share fails, and how it is told."""
FLOOR = 64 * MEGABYTE
"""What the first night of an empty home needs: an empty build with its log, and a publication of a few filings."""

BUILDS, PUBLICATIONS = 3, 2
"""A new build beside the last one, with its log and what does not fit into memory; a new publication while it is made
and its source pages."""


def need_space(home: Home) -> None:
    """Refuse to begin where the disk has less room than the last night's files let expect."""
    needed = expected_bytes(home)
    free = shutil.disk_usage(home.path).free
    if free < needed:
        raise CommandError(
            f"{home.path} 所在磁盘的空间不够：本次运行约需 {_megabytes(needed)} MB，只剩 {_megabytes(free)} MB。",
            "没有写入任何内容，原有数据没有改变。请腾出空间后再运行；旧的发布（published 目录）占用最多，"
            "可用 config/settings.toml 的 [keep] 少留几份。",
        )


def expected_bytes(home: Home) -> int:
    """Give the bytes that a night may need: by the size of the last build and of the last publication."""
    build = home.database.resolve()
    built = build.stat().st_size if build.is_file() else 0
    return FLOOR + BUILDS * built + PUBLICATIONS * _size_of(home.latest.resolve())


def is_disk_full(error: BaseException) -> bool:
    """Tell whether an error says that the disk is full, also where DuckDB says it in words only."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return "No space left on device" in str(error)


def find_disk_error(home: Home, error: BaseException) -> CommandError | None:
    """Say what the disk did to a run, and what is left; None where it was not the disk."""
    if is_disk_full(error):
        return _disk_full(home)
    failure = next((words for number, words in FAILURES.items() if _is_about(error, number)), None)
    if failure is None:
        return None
    place = getattr(error, "filename", None) or home.path
    return CommandError(
        f"磁盘读写出错（{failure}）：{place}。",
        "数据库和比较表仍是上一次的完整版本，已读完的文件都已保存。请检查磁盘、连接和权限后再运行，会接着做；"
        "如反复出现，请先备份（jixiao backup）并更换磁盘。",
    )


def is_of_the_place(home: Home, error: BaseException) -> bool:
    """Tell whether the disk, the network or rights stopped a run: what a person need not put right in any file."""
    if find_place_fault(error) is not None:
        return True
    link: BaseException | None = error
    while link is not None and find_disk_error(home, link) is None:
        link = link.__cause__
    return link is not None


def _is_about(error: BaseException, number: int) -> bool:
    """Tell whether an error has this number, also where DuckDB and Arrow say it in words only."""
    return (isinstance(error, OSError) and error.errno == number) or os.strerror(number) in str(error)


def _disk_full(home: Home) -> CommandError:
    free = shutil.disk_usage(home.path).free
    return CommandError(
        f"{home.path} 所在磁盘已满（剩 {_megabytes(free)} MB，运行一次约需 {_megabytes(expected_bytes(home))} MB）。",
        "数据库和比较表仍是上一次的完整版本，已读完的文件都已保存。请腾出空间后再运行，会接着做。",
    )


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:,.0f}"
