"""What follows from the program alone is kept where Python keeps its compiled modules, and is made once a program.

As with those, a place that cannot be written costs time only, and what is damaged or of another program is made anew.
"""

import json
import logging
import sys
from collections.abc import Callable
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from warehouse.files import write_rebuildable

log = logging.getLogger("jixiao")

Remembered = dict[str, list[str]]


def remember(folder: Path, name: str, key: str, make: Callable[[], Remembered]) -> Remembered:
    """Give what ``make`` gives, from the last time where that had the same key.

    One answer is kept for each folder of the program and name. ``key`` must name all that decides the answer.
    """
    path = Path(cache_from_source(str(folder / f"{name}.py"))).with_suffix(".json")
    kept = _read(path, key)
    if kept is None:
        kept = make()
        _write(path, key, kept)
    return kept


def _read(path: Path, key: str) -> Remembered | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head != _head(key, body):
        return None
    known: Remembered = json.loads(body)
    return known


def _write(path: Path, key: str, answer: Remembered) -> None:
    if sys.dont_write_bytecode:
        return
    body = json.dumps(answer, ensure_ascii=False).encode()
    try:
        write_rebuildable(path, _head(key, body) + b"\n" + body)
    except OSError as error:
        log.debug("%s is not kept: %s", path.name, error)


def _head(key: str, body: bytes) -> bytes:
    return f"{key} {sha256(body).hexdigest()}".encode()
