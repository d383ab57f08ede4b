"""The home: one folder with everything that is kept, and the lock that lets one run at a time change it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.command_error import WRONG_USAGE, CommandError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

DEFAULT_HOME = Path("county")
DEMO_HOME = Path("county-demo")
HOME_VARIABLE = "JIXIAO_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The places inside a home (contract, section 2)."""

    path: Path

    @property
    def inbox(self) -> Path:
        """Where filings are dropped; never changed by the program."""
        return self.path / "inbox"

    @property
    def config(self) -> Path:
        """The county's own registry of townships and its own terms."""
        return self.path / "config"

    @property
    def parquet(self) -> Path:
        """The record of what was read."""
        return self.path / "parquet"

    @property
    def database(self) -> Path:
        """The analysts' database (a link to the latest whole build)."""
        return self.path / "county.duckdb"

    @property
    def published(self) -> Path:
        """The comparison tables for the finance bureau."""
        return self.path / "published"

    @property
    def latest(self) -> Path:
        """The newest publication (a link to its dated folder)."""
        return self.published / "latest"

    @property
    def publication_record(self) -> Path:
        """What the newest publication was made from."""
        return self.path / "state" / "publication.json"

    @property
    def unpacked(self) -> Path:
        """The contents of the inbox's zip files."""
        return self.path / "state" / "unpacked"

    @property
    def prefect(self) -> Path:
        """What the nightly service's own Prefect server keeps."""
        return self.path / "prefect"

    @property
    def lock(self) -> Path:
        """The file that a run holds locked while it changes the home."""
        return self.path / ".run.lock"

    @property
    def demo_mark(self) -> Path:
        """The note that says: this home holds invented filings."""
        return self.path / "示例数据说明.txt"

    @property
    def is_demo(self) -> bool:
        """Tell whether the home holds the demo's invented filings."""
        return self.demo_mark.exists()

    def create(self) -> None:
        """Make the folders that a person puts things into."""
        try:
            self.inbox.mkdir(parents=True, exist_ok=True)
            self.config.mkdir(exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"无法在 {self.path} 建立工作目录：{error.strerror}。",
                "请检查该位置是否可写，或用 --home 另选一个目录。",
            ) from error

    def need_database(self) -> Path:
        """Give the database's path, or say that nothing was built yet."""
        if not self.database.exists():
            raise CommandError(
                f"{self.path} 中还没有数据库 county.duckdb。",
                f"请先运行 jixiao --home {self.path} run（或 jixiao demo 查看示例）。",
                WRONG_USAGE,
            )
        return self.database


def find_home(chosen: Path | None) -> Home:
    """Give the home that the command line names, else the environment, else ``./county``."""
    return Home(chosen or Path(os.environ.get(HOME_VARIABLE) or DEFAULT_HOME))


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
