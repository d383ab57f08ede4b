"""The option ``--home``, which may stand before a command or after it."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.terminal.homes import find_home
from warehouse.home import Home

LaterHome = Annotated[Path | None, typer.Option("--home", metavar="目录", help="工作目录。", hidden=True)]


def chosen_home(ctx: typer.Context, later: Path | None) -> Home:
    """Give the home named after the command, else before it, else the default."""
    return find_home(later or ctx.find_root().obj)
