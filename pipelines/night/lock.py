"""The lock that lets one run at a time change a home."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pipelines.terminal.errors import CommandError
from warehouse.home import Home

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(home: Home) -> Iterator[None]:
    """Hold the home for one run; a second run is refused at once, with who holds it.

    The lock is the operating system's on an open file, so it ends with its process however that dies, and a
    left-over file blocks nobody. POSIX record locks (``lockf``) rather than ``flock``: they are not inherited by
    forked workers, which may outlive a killed run for a moment.
    """
    home.path.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _lock(descriptor)
        except OSError as error:
            holder = os.read(descriptor, 200).decode("utf-8", "replace").strip()
            raise CommandError(
                f"另一个任务正在使用 {home.path}" + (f"（{holder}）。" if holder else "。"),
                "请等它结束后再运行；同一个目录一次只能有一个任务写入。查询（jixiao sql）不受影响。",
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"进程 {os.getpid()}，{datetime.now():%Y-%m-%d %H:%M:%S} 开始".encode())
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


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
