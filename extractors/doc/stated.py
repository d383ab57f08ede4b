"""How much text and how many table cells a DOC file says it has, beside what LibreOffice made of it.

LibreOffice opens a damaged file without a word and leaves out what it cannot place: rows and tables become paragraphs,
or nothing. The file's own text (its pieces, [MS-DOC] 2.4.1) still has a mark at the end of each cell and row.
"""

import re
import struct
from typing import NamedTuple

from extractors.doc.tail import COMPRESSED, MAIN_LENGTH, TABLE_STREAM_FLAG, WORD_97, FileBlock, read_pieces
from extractors.document import Document, Grid
from extractors.formats.ole import open_compound

_CELL_MARK = "\x07"
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")
_UNSEEN = re.compile(r"[\x00-\x20\x7f\xa0\u3000\ufeff]+")

_LEAST_TEXT, _LEAST_MARKS = 0.96, 0.95
"""Less than these shares of the text, or of the marks of cells and rows, shows that some was lost.

Whole files keep every mark; of their text a few fields and symbols differ.
"""

_HOLE = re.compile("\x00{8,}")
"""So many zeros in a row are no text: that part of the file was wiped."""

_FEW = 40
"""Of so few characters or marks a handful more or less says nothing."""

_LEFT_OUT = frozenset(["tracked_deletion_dropped", "hidden_text_dropped", "struck_text_dropped"])


class StatedText(NamedTuple):
    """Visible characters, and marks that end a cell or a row, of a file's main text; ``has_hole`` tells that part is gone."""

    characters: int
    marks: int
    has_hole: bool = False


def read_stated(data: bytes) -> StatedText | None:
    """Count what a file says it holds; None where it is no Word 97 file or its text cannot be found."""
    try:
        file = open_compound(data)
        if file is None or "WordDocument" not in file.entries:
            return None
        word = bytearray(file.read("WordDocument"))
        version, flags = struct.unpack_from("<H", word, 2)[0], struct.unpack_from("<H", word, 10)[0]
        table_name = "1Table" if flags & TABLE_STREAM_FLAG else "0Table"
        if version < WORD_97 or table_name not in file.entries:
            return None
        block = FileBlock(word)
        ends, pieces, _ = read_pieces(bytearray(file.read(table_name)), block)
        text = "".join(
            _piece_text(word, place, ends[number + 1] - ends[number]) for number, (_, place, _) in enumerate(pieces)
        )
    except (struct.error, ValueError, IndexError, KeyError):
        return None
    main = text[: block.number(MAIN_LENGTH)]
    shown = _UNSEEN.sub("", _FIELD_CODE.sub("", main.replace(_CELL_MARK, "")))
    return StatedText(len(shown), main.count(_CELL_MARK), _HOLE.search(main) is not None)


def _piece_text(word: bytearray, place: int, length: int) -> str:
    if place & COMPRESSED:
        start = (place & ~COMPRESSED) // 2
        return word[start : start + length].decode("cp1252", "replace")
    return word[place : place + 2 * length].decode("utf-16-le", "replace")


def find_loss(stated: StatedText, document: Document) -> str | None:
    """Say what is missing in a converted document, or give None.

    Where something was left out on purpose (deletions, hidden text) the numbers tell nothing.
    """
    if stated.has_hole:
        return "文件正文中有一段已损坏，无法读取"
    if stated.characters and not document.blocks:
        return "文件中有文字，但一个字也读不出来"
    if any(note.code in _LEFT_OUT for note in document.notes):
        return None
    texts = [
        text
        for block in document.blocks
        for text in ([cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text])
    ]
    characters = sum(len(_UNSEEN.sub("", text)) for text in texts)
    if stated.characters > _FEW and characters < _LEAST_TEXT * stated.characters:
        return f"文件应有约 {stated.characters} 个字，只读出 {characters} 个"
    marks = sum(sum(cell.row_span for cell in grid.cells) + grid.n_rows for grid in document.grids())
    if stated.marks > _FEW and marks < _LEAST_MARKS * stated.marks:
        return f"文件的表格应有约 {stated.marks} 个单元格，只读出 {marks} 个"
    return None
