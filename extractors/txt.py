"""Reads the plain-text export in which a table row is a run of lines that begin with a tab, one line a cell."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from extractors.document import Cell, Document, Grid, Paragraph
from extractors.formats.encoding import decode_text

TAB = "\t"
BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,200}\]")
NUMBERED = re.compile(r"^\s*[（(]?(\d{1,2})[.、．)）]")
SENTENCE_END = ("。", "；")
BLANKS_OF_TABLE_BREAK = 3
LONGEST_QUOTED_CELL = 20
LEAST_CELLS, LEAST_RECORDS, NEARLY_ALL = 3, 3, 0.8
"""Separated values have so many cells a record, so many records, and this share of the records has as many cells."""
QUOTE = '"'
OPENING_QUOTE = re.compile(r'(?:^|\t)"')

Rows = list[list[str]]


def read_txt(path: Path, *, sha256: str, file_name: str) -> Document:
    """Read a text file; one without table rows gives paragraphs only. RejectedFile where the bytes are not text."""
    filed = decode_text(path.read_bytes()).split("\n")
    lines = _tabbed(filed)
    by_rows = lines is not filed
    ends_marked = _marks_table_ends(lines)
    blocks: list[Paragraph | Grid] = []
    table_no, at = 0, 0
    while at < len(lines):
        rows, after = _read_tabbed_lines(lines, at) if by_rows else _read_rows(lines, at, ends_marked)
        if _is_table(rows):
            table_no += 1
            blocks.append(_build_grid(table_no, rows))
        elif rows:
            blocks.extend(Paragraph(cell) for row in rows for cell in row if cell.strip())
        else:
            text = BOOKMARK.sub("", lines[at])
            if text.strip():
                blocks.append(Paragraph(text))
            after = at + 1
        at = after
    return Document(file_name, "txt", sha256, tuple(blocks))


def _tabbed(lines: list[str]) -> list[str]:
    """Give the lines of a file of separated values (CSV, or a table of bars) with tabs between its cells; others as they are.

    Nearly all its records have as many cells as most have, three at least.
    """
    if any(TAB in line for line in lines):
        return lines
    for mark in (",", ";", "|"):
        if sum(mark in line for line in lines) < LEAST_RECORDS:
            continue
        bare = [line.strip().removeprefix("|").removesuffix("|") if mark == "|" else line for line in lines]
        records = [record for record in csv.reader(bare, delimiter=mark) if not all(map(_is_line, record))]
        width, found = Counter(map(len, records)).most_common(1)[0] if records else (0, 0)
        if width >= LEAST_CELLS and found >= NEARLY_ALL * len(records) and found >= LEAST_RECORDS:
            first = min((n for record in records for n, text in enumerate(record) if text.strip()), default=0)
            return [_as_line(record[first:]) for record in records]
    return lines


def _as_line(record: list[str]) -> str:
    """Give a record as a line: its one text (a title, a note), else its cells between tabs; line breaks need quotes."""
    texts = [text.strip() for text in record if text.strip()]
    if len(texts) <= 1:
        return "".join(texts).replace("\n", "")
    out = StringIO()
    csv.writer(out, delimiter=TAB, lineterminator="").writerow(text.strip() for text in record)
    return out.getvalue()


def _is_line(text: str) -> bool:
    """Tell whether a cell only draws the line below a heading of a table of bars: ---, :--:"""
    return bool(text.strip()) and not text.strip().strip(":-")


def _read_rows(lines: Sequence[str], at: int, ends_marked: bool) -> tuple[Rows, int]:
    """Read a table that begins at a line, in either form, and where it ends; no rows where none begins there."""
    if lines[at].startswith(TAB):
        return _read_cell_lines(lines, at, ends_marked)
    if TAB in lines[at]:
        return _read_tabbed_lines(lines, at)
    return [], at


def _read_cell_lines(lines: Sequence[str], at: int, ends_marked: bool) -> tuple[Rows, int]:
    """Read the form with a line for each cell.

    An empty line ends a row, a further one the table. A cell may hold line breaks and, since Word cells often end with
    an empty paragraph, empty lines: what follows an empty line tells which it is.
    """
    rows: Rows = [[lines[at][1:]]]
    at += 1
    while at < len(lines):
        line = lines[at]
        if line.startswith(TAB):
            rows[-1].append(line[1:])
            at += 1
        elif line:
            rows[-1][-1] += f"\n{line}"
            at += 1
        else:
            blanks = _count_blanks(lines, at)
            following = lines[at + blanks] if at + blanks < len(lines) else ""
            if following.startswith(TAB) and blanks < BLANKS_OF_TABLE_BREAK:
                rows.append([])
            elif _goes_on(rows[-1][-1], following, blanks, ends_marked):
                rows[-1][-1] += "\n" * blanks
            else:
                return _whole_rows(rows), at + blanks
            at += blanks
    return _whole_rows(rows), at


def _count_blanks(lines: Sequence[str], at: int) -> int:
    blanks = 0
    while at + blanks < len(lines) and not lines[at + blanks]:
        blanks += 1
    return blanks


def _goes_on(cell: str, following: str, blanks: int, ends_marked: bool) -> bool:
    """Tell whether text after empty lines still belongs to the cell above them.

    Where the export marks the end of tables by a second empty line, a single one is inside a cell; otherwise only a
    list that counts on (1. … 2. …) shows it. A bookmark always begins a heading.
    """
    if not following.strip() or BOOKMARK.match(following):
        return False
    if blanks == 1 and ends_marked:
        return True
    number, last = NUMBERED.match(following), [NUMBERED.match(line) for line in cell.split("\n")]
    counted = [int(found.group(1)) for found in last if found]
    return bool(number and counted and int(number.group(1)) == counted[-1] + 1 and not following.strip().endswith("表"))


def _marks_table_ends(lines: Sequence[str]) -> bool:
    """Tell whether this export puts a second empty line after a table (some other programs write a single one)."""
    in_row = False
    for at in range(1, len(lines)):
        if lines[at].startswith(TAB):
            in_row = True
        elif lines[at]:
            in_row = in_row and bool(lines[at - 1])
        elif in_row and not lines[at - 1] and at + 1 < len(lines) and not lines[at + 1].startswith(TAB):
            return True
    return False


def _whole_rows(rows: Rows) -> Rows:
    """Join a row that an empty last line inside one of its cells cut in two.

    Only where the table's width is plain: its first row and at least half of the others have it, and two short
    neighbours make it up exactly.
    """
    width = len(rows[0])
    if width < 3 or sum(len(row) == width for row in rows) * 2 < len(rows):
        return rows
    whole: Rows = []
    for row in rows:
        if whole and len(whole[-1]) > 1 and len(whole[-1]) < width and len(whole[-1]) + len(row) == width:
            whole[-1].extend(row)
        else:
            whole.append(row)
    return whole


def _read_tabbed_lines(lines: Sequence[str], at: int) -> tuple[Rows, int]:
    """Read the form with a line for each row and tabs between cells, as pasted from a spreadsheet."""
    rows: Rows = []
    end = at
    while end < len(lines) and TAB in lines[end]:
        row, end = _split_row(lines, end)
        rows.append(row)
    return (rows, end) if len(rows) > 1 else ([], at)


def _split_row(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """Split a row at its tabs; a cell in quotation marks may go on over further lines."""
    if OPENING_QUOTE.search(lines[at]):
        for count in range(1, LONGEST_QUOTED_CELL + 1):
            chunk = "\n".join(lines[at : at + count])
            if chunk.count(QUOTE) % 2 == 0:
                records = list(csv.reader(StringIO(chunk), delimiter=TAB))
                if len(records) == 1:
                    return records[0], at + count
                break
    return lines[at].split(TAB), at + 1


def _is_table(rows: Rows) -> bool:
    """Tell a table from indented prose, which also begins with tabs."""
    if not rows or max(map(len, rows)) < 2:
        return False
    sentences = [cell.rstrip().endswith(SENTENCE_END) for row in rows for cell in row if cell.strip()]
    return not all(sentences) if len(rows) > 1 else not any(sentences)


def _build_grid(table_no: int, rows: Rows) -> Grid:
    """Place cells from the left; the export tells nothing of spans, and an empty cell may be one merged from above."""
    cells = tuple(
        Cell(row_no, col, BOOKMARK.sub("", text).strip("\n"))
        for row_no, row in enumerate(rows)
        for col, text in enumerate(row)
    )
    return Grid(table_no, len(rows), max(map(len, rows)), cells)
