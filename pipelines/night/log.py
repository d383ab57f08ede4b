"""The log of nights: JSON lines with run and file, rotated, for programs and for whoever is asked to help."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


class Patient(RotatingFileHandler):
    """A rotated file whose disk may fail: what is logged then is lost, and the night goes on without a word of it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Leave a failing disk to those whose work hangs on it; tell of any other fault."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


@contextmanager
def logged(home: Home, run: str) -> Iterator[None]:
    """Write what is logged inside to ``<home>/log/jixiao.jsonl``; a log that cannot be written stops nothing."""
    try:
        home.log.mkdir(parents=True, exist_ok=True)
        handler = Patient(
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
        with suppress(OSError):  # what a failed write left is tried once more
            handler.close()
