"""The log of nights: JSON lines with run and file, rotated, for programs and for whoever is asked to help."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler

from warehouse.home import Home

LOG_BYTES, LOGS_KEPT = 5_000_000, 5

log = logging.getLogger("jixiao")


class JsonLines(logging.Formatter):
    """One JSON object a line: ``time``, ``level``, ``run``, ``event`` and, where it is about one, ``file``."""

    def __init__(self, run: str) -> None:
        """Name the run that all lines belong to."""
        super().__init__()
        self._run = run

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "run": self._run,
            "event": record.getMessage(),
        }
        if (file := getattr(record, "file", None)) is not None:
            line["file"] = file
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


@contextmanager
def logged(home: Home, run: str) -> Iterator[None]:
    """Write what is logged inside to ``<home>/log/jixiao.jsonl``; a log that cannot be written stops nothing."""
    try:
        home.log.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            home.log / "jixiao.jsonl", maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError:
        yield
        return
    handler.setFormatter(JsonLines(run))
    handler.setLevel(logging.INFO)
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
        handler.close()
