"""Which home a command means, and what is said where it cannot be used."""

import os
from pathlib import Path

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.home import Home

DEFAULT_HOME = Path("county")
DEMO_HOME = Path("county-demo")
HOME_VARIABLE = "JIXIAO_HOME"
INBOX_VARIABLE = "JIXIAO_INBOX"
"""Where filings lie for runs that nobody types a command for: the nightly service and a pool of one's own."""


def find_home(chosen: Path | None) -> Home:
    """Give the home that the command line names, else the environment, else ``./county``."""
    return Home(chosen or Path(os.environ.get(HOME_VARIABLE) or DEFAULT_HOME))


def create_home(home: Home) -> None:
    """Make the folders that a person puts things into."""
    try:
        home.inbox.mkdir(parents=True, exist_ok=True)
        home.config.mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"无法在 {home.path} 建立工作目录：{error.strerror}。",
            "请检查该位置是否可写，或用 --home 另选一个目录。",
        ) from error


def need_database(home: Home) -> Path:
    """Give the database's path, or say that nothing was built yet."""
    if not home.database.exists():
        raise CommandError(
            f"{home.path} 中还没有数据库 county.duckdb。",
            f"请先运行 jixiao --home {home.path} run（或 jixiao demo 查看示例）。",
            WRONG_USAGE,
        )
    return home.database
