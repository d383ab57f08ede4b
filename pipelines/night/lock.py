"""The lock that lets one run at a time change a home."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipelines.terminal.errors import CommandError
from warehouse.home import Home

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

POLL_SECONDS = 1.0


@contextmanager
def locked(home: Home, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the home for one run; a second run waits so long at most, and is then refused with who holds it.

    The lock is the operating system's on an open file, so it ends with its process however that dies, and a
    left-over file blocks nobody. POSIX record locks (``lockf``) rather than ``flock``: they are not inherited by
    forked workers, which may outlive a killed run for a moment.
    """
    home.path.mkdir(parents=True, exist_ok=True)
    with held(home.lock, wait_seconds) as holder:
        if holder is not None:
            raise CommandError(
                f"另一个任务正在使用 {home.path}" + (f"（{holder}）。" if holder else "。"),
                "请等它结束后再运行；同一个目录一次只能有一个任务写入。查询（jixiao sql）不受影响。",
            )
        yield


@contextmanager
def held(path: Path, wait_seconds: float = 0.0) -> Iterator[str | None]:
    """Hold a lock file; yields None, or what its holder wrote there ("" for nothing) where somebody else holds it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CommandError(
            f"无法写入工作目录 {path.parent}：{error.strerror}。", "请检查该目录的写入权限和磁盘状态后再运行。"
        ) from error
    try:
        deadline = time.monotonic() + wait_seconds
        while not _is_locked_now(descriptor):
            if time.monotonic() >= deadline:
                yield os.read(descriptor, 200).decode("utf-8", "replace").strip()
                return
            time.sleep(POLL_SECONDS)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"进程 {os.getpid()}，{datetime.now():%Y-%m-%d %H:%M:%S} 开始".encode())
        yield None
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def is_free(home: Home) -> bool:
    """Tell whether no run holds the home. Not for the process that holds it: closing the file would give it up."""
    if not home.lock.exists():
        return True
    descriptor = os.open(home.lock, os.O_RDWR)
    try:
        return _is_locked_now(descriptor)
    finally:
        os.close(descriptor)


def _is_locked_now(descriptor: int) -> bool:
    try:
        _lock(descriptor)
    except OSError:
        return False
    return True


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        """Lock one byte far behind the text, so that the holder's name stays readable."""
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
else:

    def _lock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
