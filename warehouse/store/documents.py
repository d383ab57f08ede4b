"""Kept Documents: what a reader gave, by content and readers' version, so that no filing is opened twice.

``<home>/state/documents/<sha256>-<readers' version>``: a line with the checksum and length of what follows, then the
Document, compressed. One that is damaged counts as missing; it can be made again from the filing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors.document import Cell, Document, Grid, Paragraph, ReadNote
from warehouse.files import write_rebuildable
from warehouse.home import Home
from warehouse.program import FORMAT_ROOMS, readers_version

_PARAGRAPH, _GRID = 0, 1
_CODEC = "zstd"


class Documents:
    """The kept Documents in one folder; ``readers`` gives the version of what reads a format."""

    def __init__(self, folder: Path, formats: Iterable[str], readers: Callable[[str], str]) -> None:
        """Use a folder, which need not exist yet; ``formats`` are those that a Document may have."""
        self._folder = folder
        self._formats = tuple(formats)
        self._readers = readers

    def find(self, sha256: str) -> Path | None:
        """Give the place of the Document that today's readers made of these bytes; None where none is kept."""
        versions = dict.fromkeys(self._readers(format) for format in self._formats)
        places = (self._folder / f"{sha256}-{version}" for version in versions)
        return next((place for place in places if place.exists()), None)

    def keep(self, sha256: str, format: str, content: bytes) -> None:
        """Keep an encoded Document and drop those that older readers made of the same bytes."""
        place = self._folder / f"{sha256}-{self._readers(format)}"
        write_rebuildable(place, content)
        for older in self._folder.glob(f"{sha256}-*"):
            if older != place:
                older.unlink()


def documents_of(home: Home) -> Documents:
    """Give the Documents that a home keeps, as today's readers make them."""
    return Documents(home.documents, FORMAT_ROOMS, readers_version)


def drop_documents(folder: Path, needed: Callable[[str], bool]) -> int:
    """Remove the kept Documents of bytes (by sha256) that are not needed; tell how many."""
    dropped = [path for path in folder.glob("*-*") if not needed(path.name.partition("-")[0])]
    for path in dropped:
        path.unlink()
    return len(dropped)


def open_document(place: Path, file_name: str) -> Document | None:
    """Open a kept Document under the name that its file has now; None where it is damaged or gone."""
    try:
        return replace(decode_document(place.read_bytes()), file_name=file_name)
    except (OSError, ValueError, TypeError, LookupError):
        return None


def encode_document(document: Document) -> bytes:
    """Give a Document as bytes with their checksum."""
    content = {
        "head": [document.file_name, document.format, document.sha256, document.page_count],
        "notes": [_values(note) for note in document.notes],
        "blocks": [_encode_block(block) for block in document.blocks],
    }
    # Half characters, which some PDFs hand over, must come back as they were.
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    packed: bytes = pa.compress(plain, codec=_CODEC, asbytes=True)
    return f"{hashlib.sha256(packed).hexdigest()} {len(plain)}\n".encode() + packed


def decode_document(content: bytes) -> Document:
    """Give the Document behind bytes; raises ValueError where they are damaged."""
    head, _, packed = content.partition(b"\n")
    checksum, _, length = head.decode("ascii").partition(" ")
    if hashlib.sha256(packed).hexdigest() != checksum:
        raise ValueError("a kept Document is damaged")
    plain = pa.decompress(packed, decompressed_size=int(length), codec=_CODEC, asbytes=True)
    read = json.loads(plain.decode("utf-8", "surrogatepass"))
    file_name, format, sha256, page_count = read["head"]
    return Document(
        file_name=file_name,
        format=format,
        sha256=sha256,
        blocks=tuple(_decode_block(block) for block in read["blocks"]),
        page_count=page_count,
        notes=tuple(ReadNote(*values) for values in read["notes"]),
    )


def _values(record: Paragraph | ReadNote | Grid, *, leave_out: str = "") -> list[Any]:
    return [getattr(record, field.name) for field in fields(record) if field.name != leave_out]


def _encode_block(block: Paragraph | Grid) -> list[Any]:
    if isinstance(block, Paragraph):
        return [_PARAGRAPH, *_values(block)]
    return [_GRID, [list(column) for column in zip(*block.cells, strict=True)], *_values(block, leave_out="cells")]


def _decode_block(block: list[Any]) -> Paragraph | Grid:
    if block[0] == _PARAGRAPH:
        return Paragraph(*block[1:])
    columns, values = block[1], [tuple(value) if isinstance(value, list) else value for value in block[2:]]
    if columns:
        box = Cell._fields.index("box")
        columns[box] = [None if one is None else tuple(one) for one in columns[box]]
    names = [field.name for field in fields(Grid) if field.name != "cells"]
    parts: dict[str, Any] = dict(zip(names, values, strict=True))
    return Grid(cells=tuple(map(Cell, *columns)) if columns else (), **parts)
