"""The county's own hand-kept CSV files: written for spreadsheets (UTF-8 with BOM), checked on reading."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from warehouse.files import write_bytes

DISK_BLOCK = 512
"""What did not reach the disk, or a copy that broke off, ends a file at a multiple of this; a person's last line ends
there once in so many files, and is then asked for a line break."""


class CountyFileError(ValueError):
    """A hand-kept file that cannot be used; the message (Chinese) names file, line and what to do."""


def read_county_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read (line number, row) pairs; a file that does not exist is empty, columns that it lacks are empty too.

    Raises CountyFileError as ``read_sound_rows`` does, and for rows that are too long, all of them at once.
    """
    rows, too_long = read_sound_rows(path, columns)
    if too_long:
        raise CountyFileError("\n".join(too_long))
    return rows


def read_sound_rows(path: Path, columns: tuple[str, ...]) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Read (line number, row) pairs, and what is to be said of the rows that are longer than the headings.

    UTF-8 with or without BOM, or GB 18030 (what a Chinese spreadsheet writes as "CSV"). The first column is required.
    Raises CountyFileError for other encodings, unknown or missing headings, and for a file that was cut off: what is
    missing there would be a wrong value, or one less, without a word. A text editor may leave the last line without an
    end; it counts as whole where it has a value, be it empty, for every heading.
    """
    if not path.exists():
        return [], []
    records = iter(read := list(_read_records(path)))
    header = [heading.strip() for heading in next(records, (1, []))[1]]
    if not header or header[0] != columns[0] or set(header) - set(columns) or len(set(header)) < len(header):
        raise CountyFileError(f"{path.name} 第1行：表头应为 {','.join(columns)}，实际为 {','.join(header)}")
    if _is_cut(path, read[-1][1], header, is_heading=len(read) == 1):
        raise _cut(path, read[-1][0])
    rows, too_long = [], []
    for line, record in records:
        if not any(value.strip() for value in record):
            continue
        if any(value.strip() for value in record[len(header) :]):
            too_long.append(f"{path.name} 第{line}行：列数多于表头，请检查是否多写了逗号")
            continue
        values = dict(zip(header, (value.strip() for value in record), strict=False))
        rows.append((line, {column: values.get(column, "") for column in columns}))
    return rows, too_long


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


def _read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the values of each record."""
    reader = csv.reader(io.StringIO(_decode(path), newline=""), strict=True)
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            if "end of data" in str(error):
                raise _cut(path, reader.line_num) from error
            raise CountyFileError(f"{path.name} 第{reader.line_num}行：引号不成对，请检查这一行") from error
        if record is None:
            return
        yield reader.line_num, record


def _is_cut(path: Path, last: list[str], header: list[str], *, is_heading: bool) -> bool:
    """Tell whether a file whose last line has no end looks cut off there.

    A heading alone may have lost all of its lines, and one column does not show whether its value is whole.
    """
    content = path.read_bytes()
    if content.endswith((b"\n", b"\r")) or not any(value.strip() for value in last):
        return False
    return is_heading or len(header) == 1 or len(last) < len(header) or len(content) % DISK_BLOCK == 0


def _cut(path: Path, line: int) -> CountyFileError:
    return CountyFileError(
        f"{path.name} 第{line}行：文件到这里中断（最后一行不完整），可能没有保存完；"
        "请核对末尾各行，补全后重新保存；确认完整的，请在最后加一个换行"
    )


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data" or error.reason == "incomplete multibyte sequence":
                raise _cut(path, content.count(b"\n") + 1) from error
    raise CountyFileError(f"{path.name}：文件编码无法识别，请另存为“CSV UTF-8（逗号分隔）”")
