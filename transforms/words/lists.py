"""Reads the word lists (CSV, UTF-8) that lie beside the code, and refuses a list that contradicts itself."""

import csv
from collections.abc import Hashable, Iterable
from pathlib import Path

WORDS = Path(__file__).parent


class WordListError(ValueError):
    """A word list that cannot be used; the message names the file and the lines."""


def read_word_list(name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read ``words/<name>``: (line number, row) pairs; ``#`` in the first column starts a comment line.

    Raises WordListError where the columns are not exactly those named, or a row is too long or short.
    """
    with (WORDS / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if tuple(header) != columns:
            raise WordListError(f"{name}: expected the columns {','.join(columns)}, found {','.join(header)}")
        rows = []
        for record in reader:
            if not record or record[0].startswith("#"):
                continue
            if len(record) != len(columns):
                raise WordListError(f"{name}, line {reader.line_num}: {len(record)} values for {len(columns)} columns")
            rows.append((reader.line_num, dict(zip(columns, (value.strip() for value in record), strict=True))))
        return rows


def refuse_overlaps(name: str, keys: Iterable[tuple[int, Hashable]]) -> None:
    """Raise WordListError where two lines of a list claim the same key."""
    seen: dict[Hashable, int] = {}
    for line, key in keys:
        if key in seen:
            shown = " / ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            raise WordListError(f"{name}: {shown!r} stands on line {seen[key]} and again on line {line}")
        seen[key] = line
