"""The county's own hand-kept CSV files: written for spreadsheets (UTF-8 with BOM), checked on reading."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from warehouse.files import write_bytes


class CountyFileError(ValueError):
    """A hand-kept file that cannot be used; the message (Chinese) names file, line and what to do."""


def read_county_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read (line number, row) pairs; a file that does not exist is empty, columns that it lacks are empty too.

    UTF-8 with or without BOM, or GB 18030 (what a Chinese spreadsheet writes as "CSV"). The first column is required.
    Raises CountyFileError for other encodings, unknown or missing headings and rows that are too long.
    """
    if not path.exists():
        return []
    reader = csv.reader(io.StringIO(_decode(path), newline=""))
    header = [heading.strip() for heading in next(reader, [])]
    if not header or header[0] != columns[0] or set(header) - set(columns) or len(set(header)) < len(header):
        raise CountyFileError(f"{path.name} 第1行：表头应为 {','.join(columns)}，实际为 {','.join(header)}")
    rows = []
    for record in reader:
        if not any(value.strip() for value in record):
            continue
        if any(value.strip() for value in record[len(header) :]):
            raise CountyFileError(f"{path.name} 第{reader.line_num}行：列数多于表头，请检查是否多写了逗号")
        values = dict(zip(header, (value.strip() for value in record), strict=False))
        rows.append((reader.line_num, {column: values.get(column, "") for column in columns}))
    return rows


def write_county_rows(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    """Write the file as a whole, or not at all: a reader never sees half of it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    write_bytes(path, b"\xef\xbb\xbf" + text.getvalue().encode())


@contextmanager
def locked_file(path: Path) -> Iterator[None]:
    """Let one program at a time change a file; the lock ends with its process however that dies."""
    import sys

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if sys.platform != "win32":
            import fcntl

            fcntl.lockf(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CountyFileError(f"{path.name}：文件编码无法识别，请另存为“CSV UTF-8（逗号分隔）”")
