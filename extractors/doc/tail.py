"""Mends DOC files whose text ends inside a table: LibreOffice writes them, and loses that table when it reads them.

Word always ends the text with a paragraph. Where the last character of the main text is the mark of a table row, one
more paragraph mark is put behind it: the text, its pieces, and the table of paragraph properties each grow by one.
Offsets and records as in Microsoft's [MS-DOC].
"""

import struct

from extractors.formats.ole import CompoundFile, open_compound

PAGE_BYTES = 512
WORD_97 = 0x00C1
CELL_MARK = 0x07
PARAGRAPH_MARK = "\r".encode("utf-16-le")
TABLE_STREAM_FLAG = 0x0200
COMPRESSED = 0x40000000
MAC_BYTES, MAIN_LENGTH = 0, 12
SECTIONS, PARAGRAPH_PAGES, PIECES = 6, 13, 33
PIECE_TABLE, PROPERTY_LIST = 2, 1
PIECE_BYTES, SECTION_BYTES = 8, 12
DEFAULT_PROPERTIES = bytes(13)


class FileBlock:
    """The file information block at the start of the WordDocument stream."""

    def __init__(self, word: bytearray) -> None:
        """Find where its parts begin; struct.error where the stream is too short."""
        self.word = word
        words = struct.unpack_from("<H", word, 32)[0]
        self.longs_at = 34 + words * 2 + 2
        longs = struct.unpack_from("<H", word, self.longs_at - 2)[0]
        self.offsets_at = self.longs_at + longs * 4 + 2

    def number(self, at: int) -> int:
        """Give one of its numbers."""
        return int(struct.unpack_from("<I", self.word, self.longs_at + at)[0])

    def set_number(self, at: int, value: int) -> None:
        """Change one of its numbers."""
        struct.pack_into("<I", self.word, self.longs_at + at, value)

    def range(self, index: int) -> tuple[int, int]:
        """Give where a part of the table stream starts, and its length."""
        start, length = struct.unpack_from("<II", self.word, self.offsets_at + index * 8)
        return start, length

    def set_range(self, index: int, start: int, length: int) -> None:
        """Change where a part of the table stream starts, and its length."""
        struct.pack_into("<II", self.word, self.offsets_at + index * 8, start, length)


def mend_table_end(data: bytes) -> bytes | None:
    """Give a DOC file with a paragraph behind its last table; None where it needs none or is not to be understood."""
    try:
        file = open_compound(data)
        return None if file is None or "WordDocument" not in file.entries else _mend(file)
    except (struct.error, ValueError, IndexError, KeyError):
        return None


def _mend(file: CompoundFile) -> bytes | None:
    word = bytearray(file.read("WordDocument"))
    version, flags = struct.unpack_from("<H", word, 2)[0], struct.unpack_from("<H", word, 10)[0]
    table_name = "1Table" if flags & TABLE_STREAM_FLAG else "0Table"
    if version < WORD_97 or table_name not in file.entries:
        return None
    table = bytearray(file.read(table_name))
    header = FileBlock(word)
    main_length = header.number(MAIN_LENGTH)
    ends, pieces, before = read_pieces(table, header)
    if not main_length or _character(word, ends, pieces, main_length - 1) != CELL_MARK:
        return None

    page_at = -(-len(word) // PAGE_BYTES) * PAGE_BYTES
    mark_at = page_at + PAGE_BYTES
    _add_property_page(table, header, page_at, mark_at)
    _insert_piece(table, header, (ends, pieces, before), main_length, mark_at)
    _extend_last_section(table, header, main_length)
    word.extend(b"\x00" * (page_at - len(word)))
    word.extend(_property_page(table, header, mark_at))
    word.extend(PARAGRAPH_MARK)
    header.set_number(MAIN_LENGTH, main_length + 1)
    header.set_number(MAC_BYTES, len(word))
    file.replace("WordDocument", bytes(word))
    file.replace(table_name, bytes(table))
    return file.to_bytes()


def read_pieces(table: bytearray, header: FileBlock) -> tuple[list[int], list[tuple[int, int, int]], bytes]:
    """Read the piece table: character positions, descriptors (flags, file position, properties), and what is before."""
    start, length = header.range(PIECES)
    at = start
    while table[at] == PROPERTY_LIST:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if table[at] != PIECE_TABLE or at >= start + length:
        raise ValueError("no piece table")
    size = struct.unpack_from("<I", table, at + 1)[0]
    count = (size - 4) // (4 + PIECE_BYTES)
    ends = list(struct.unpack_from(f"<{count + 1}I", table, at + 5))
    first = at + 5 + (count + 1) * 4
    pieces = [struct.unpack_from("<HIH", table, first + number * PIECE_BYTES) for number in range(count)]
    return ends, pieces, bytes(table[start:at])


def _character(word: bytearray, ends: list[int], pieces: list[tuple[int, int, int]], position: int) -> int:
    for number, (_, place, _) in enumerate(pieces):
        if ends[number] <= position < ends[number + 1]:
            offset = position - ends[number]
            if place & COMPRESSED:
                return word[(place & ~COMPRESSED) // 2 + offset]
            return int(struct.unpack_from("<H", word, place + offset * 2)[0])
    raise ValueError("a position outside the text")


def _insert_piece(
    table: bytearray,
    header: FileBlock,
    text: tuple[list[int], list[tuple[int, int, int]], bytes],
    position: int,
    mark_at: int,
) -> None:
    """Write a new piece table at the end of the table stream, with a piece of one character at a position."""
    ends, pieces, before = text
    new: list[tuple[int, tuple[int, int, int]]] = []
    for number, (flags, place, rule) in enumerate(pieces):
        first, last = ends[number], ends[number + 1]
        if first >= position:
            new.append((first + 1, (flags, place, rule)))
            continue
        new.append((first, (flags, place, rule)))
        if last > position:
            step = (position - first) * 2
            new.append((position + 1, (flags, place + step, rule)))
    at = next((number for number, (first, _) in enumerate(new) if first > position), len(new))
    new.insert(at, (position, (0, mark_at, 0)))
    positions = [first for first, _ in new] + [ends[-1] + 1]
    body = struct.pack(f"<{len(positions)}I", *positions)
    body += b"".join(struct.pack("<HIH", *piece) for _, piece in new)
    block = before + bytes([PIECE_TABLE]) + struct.pack("<I", len(body)) + body
    header.set_range(PIECES, len(table), len(block))
    table.extend(block)


def _add_property_page(table: bytearray, header: FileBlock, page_at: int, mark_at: int) -> None:
    """Write a new list of the pages of paragraph properties, with one more for the new paragraph."""
    start, length = header.range(PARAGRAPH_PAGES)
    count = (length - 4) // 8
    places = list(struct.unpack_from(f"<{count + 1}I", table, start))
    pages = list(struct.unpack_from(f"<{count}I", table, start + (count + 1) * 4))
    places.append(mark_at + len(PARAGRAPH_MARK))
    pages.append(page_at // PAGE_BYTES)
    block = struct.pack(f"<{len(places)}I", *places) + struct.pack(f"<{len(pages)}I", *pages)
    header.set_range(PARAGRAPH_PAGES, len(table), len(block))
    table.extend(block)


def _property_page(table: bytearray, header: FileBlock, mark_at: int) -> bytes:
    """Give a page of paragraph properties for the gap behind the old text and for the new mark: all default."""
    start, length = header.range(PARAGRAPH_PAGES)
    count = (length - 4) // 8
    old_end = struct.unpack_from("<I", table, start + (count - 1) * 4)[0]
    runs = struct.pack("<3I", old_end, mark_at, mark_at + len(PARAGRAPH_MARK)) + DEFAULT_PROPERTIES * 2
    return runs.ljust(PAGE_BYTES - 1, b"\x00") + b"\x02"


def _extend_last_section(table: bytearray, header: FileBlock, main_length: int) -> None:
    start, length = header.range(SECTIONS)
    count = (length - 4) // (4 + SECTION_BYTES)
    at = start + count * 4
    if count > 0 and struct.unpack_from("<I", table, at)[0] == main_length:
        struct.pack_into("<I", table, at, main_length + 1)
