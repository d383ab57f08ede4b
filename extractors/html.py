"""Reads web pages (HTML), which budget systems save under the name of a workbook: tables and the lines between them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from extractors.document import Cell, Document, Grid, Paragraph, ReadNote
from extractors.formats.encoding import decode_text
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rejection import Reason, RejectedFile

_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "section", "form", "hr"}
)
_UNSEEN = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "textarea"})
_STRUCK = frozenset({"s", "del", "strike"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "base", "wbr", "area", "source", "param", "embed"}
)
_ENDED_BY = {
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "tr", "table", "tbody"})),
    "tr": frozenset({"tr", "table", "tbody"}),
    "option": frozenset({"option", "select"}),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LONGEST_SPAN = 1000
_MESSAGES = {
    "hidden_cells_dropped": "网页中有隐藏的内容，未读取。",
    "struck_text_dropped": "文中有加删除线的文字，已按删除处理，未读取。",
    "nested_table": "表格中嵌有表格，已分别读取。",
}


def read_html(path: Path, *, sha256: str, file_name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a web page; RejectedFile where it is no text or its tables break a limit. Nothing that it links to is opened."""
    reader = _Page(limits)
    reader.feed(decode_text(path.read_bytes()))
    reader.close()
    reader.end()
    notes = tuple(ReadNote(code, _MESSAGES[code]) for code in sorted(reader.notes))
    return Document(file_name, "html", sha256, tuple(reader.blocks), notes=notes)


@dataclass(slots=True)
class _Table:
    """A table under way: its cells so far, the places that they cover, and the cell whose text is being read."""

    cells: list[Cell] = field(default_factory=list)
    covered: set[tuple[int, int]] = field(default_factory=set)
    row: int = -1
    open: tuple[int, int] | None = None
    text: str = ""

    def begin_cell(self, rows: int, cols: int) -> None:
        self.end_cell()
        self.row = max(self.row, 0)
        col = 0
        while (self.row, col) in self.covered:
            col += 1
        self.covered |= {(r, c) for r in range(self.row, self.row + rows) for c in range(col, col + cols)}
        self.cells.append(Cell(self.row, col, "", rows, cols))
        self.open, self.text = (self.row, col), ""

    def end_cell(self) -> None:
        if self.open is not None:
            self.cells[-1] = self.cells[-1]._replace(text=_tidy(self.text))
        self.open = None


class _Page(HTMLParser):
    """Walks the tags of a page; ``blocks`` are the paragraphs and tables so far."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.blocks: list[Paragraph | Grid] = []
        self.notes: set[str] = set()
        self._tables: list[_Table] = []
        self._line = ""
        self._shut: list[str] = []
        self._count = self._stored = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag that opens: a table, a row, a cell, a line, or what is not to be seen."""
        given = {name: value or "" for name, value in attrs}
        if self._shut and not self._reopens(tag):
            if tag not in _VOID:
                self._shut.append(tag)
            return
        hidden = "hidden" in given or _HIDDEN.search(given.get("style", "")) is not None
        if tag in _UNSEEN or tag in _STRUCK or (hidden and tag not in _VOID):
            self.notes |= {"struck_text_dropped"} if tag in _STRUCK else {"hidden_cells_dropped"} if hidden else set()
            self._shut.append(tag)
        elif tag == "table":
            self._open_table()
        elif tag == "tr" and self._tables:
            self._tables[-1].end_cell()
            self._tables[-1].row += 1
        elif tag in ("td", "th") and self._tables:
            self._open_cell(given)
        elif tag == "br" or tag in _BLOCKS:
            self._say("\n")
        elif tag == "input":
            self._say(_shown(given))
        elif tag == "option" and "selected" not in given:
            self._shut.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take a tag that closes; one that was never opened closes nothing."""
        if self._shut and tag in self._shut:
            del self._shut[len(self._shut) - 1 - self._shut[::-1].index(tag) :]
        elif self._shut and not self._reopens(tag):
            return
        elif tag == "table" and self._tables:
            self._close_table()
        elif tag in ("td", "th", "tr") and self._tables:
            self._tables[-1].end_cell()
        elif tag in _BLOCKS:
            self._say("\n")

    def _reopens(self, tag: str) -> bool:
        """Tell whether a tag ends what is not to be seen: a hidden cell's end need not be written."""
        if tag not in _ENDED_BY.get(self._shut[0], frozenset()) or "table" in self._shut:
            return False
        self._shut.clear()
        return True

    def handle_data(self, data: str) -> None:
        """Take text: a cell's, or a line's between tables."""
        if not self._shut:
            self._say(_BLANKS.sub(" ", data))

    def end(self) -> None:
        """Close what the page leaves open."""
        while self._tables:
            self._close_table()
        self._end_lines()

    def _say(self, text: str) -> None:
        if self._tables and self._tables[-1].open is not None:
            self._tables[-1].text += text
        elif not self._tables:
            self._line += text

    def _end_lines(self) -> None:
        self.blocks += [Paragraph(line) for line in _tidy(self._line).split("\n") if line]
        self._line = ""

    def _open_table(self) -> None:
        if self._tables:
            self.notes.add("nested_table")
        else:
            self._end_lines()
        if len(self._tables) >= self.limits.nesting:
            raise RejectedFile(Reason.TOO_LARGE, f"表格嵌套超过 {self.limits.nesting} 层")
        self._tables.append(_Table())

    def _open_cell(self, given: dict[str, str]) -> None:
        rows, cols = (_span(given.get(name, "")) for name in ("rowspan", "colspan"))
        self._stored += rows * cols
        if self._stored > self.limits.sheet_cells:
            raise RejectedFile(Reason.TOO_LARGE, f"表格超过 {self.limits.sheet_cells} 个单元格")
        self._tables[-1].begin_cell(rows, cols)

    def _close_table(self) -> None:
        table = self._tables.pop()
        table.end_cell()
        if not any(cell.text for cell in table.cells):
            return
        self._count += 1
        rows, cols = table.row + 1, max(col for _, col in table.covered) + 1
        cells = (cell._replace(row_span=min(cell.row_span, rows - cell.row)) for cell in table.cells)
        self.blocks.append(Grid(self._count, rows, cols, tuple(sorted(cells, key=lambda cell: cell[:2]))))


def _span(text: str) -> int:
    return min(max(int(text), 1), _LONGEST_SPAN) if text.strip().isdecimal() else 1


def _shown(given: dict[str, str]) -> str:
    """Give what a form's field shows: its value, a box ticked or not."""
    kind = given.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in given else "□"
    return given.get("value", "") if kind in ("text", "number", "date") else ""


def _tidy(text: str) -> str:
    lines = (_BLANKS.sub(" ", line.replace("\u00a0", " ")).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
