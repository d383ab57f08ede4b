"""Logs that other processes write: kept short while they are being written to."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

LOG_BYTES = 5_000_000


def rotate(log: Path) -> None:
    """Keep what a long log holds beside it, and begin it anew; whoever has it open for appending goes on in it."""
    with suppress(OSError):
        if log.stat().st_size > LOG_BYTES:
            shutil.copyfile(log, fresh := log.with_name(f".{log.name}.1"))
            fresh.chmod(0o600)
            fresh.replace(log.with_name(f"{log.name}.1"))
            os.truncate(log, 0)
