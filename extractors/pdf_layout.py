"""One page's content → its tables with cell texts, and the lines of text outside them, in reading order."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.document import Box, ReadNote
from extractors.pdf_marks import drop_marked
from extractors.pdf_page import OBLIQUE, Char, PageContent, make_upright, turn_box
from extractors.tables_lattice import Lattice, LatticeCell, find_lattices
from extractors.tables_text import TextLine, build_lines, find_padding, join_lines


_PROTRUDES = 0.25
"""The share of its height by which a character's middle may lie above or below a table and still be in it.

LibreOffice draws the last line of a row that a page break cut partly over the row's rule.
"""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """One cell of one page's table; ``box`` is in the frame of the page as shown."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One page's ruled table. ``lines`` are its text lines, for a single box that turns out to be no table."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[FoundCell, ...]
    lines: tuple[TextLine, ...]

    @property
    def is_single(self) -> bool:
        """Tell whether this is one box: a frame around text, or the rest of a table that began a page earlier."""
        return len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class CharCount:
    """Where a page's visible characters went; ``total`` is their number before."""

    total: int
    in_cells: int
    in_lines: int
    struck: int
    stamped: int

    @property
    def lost(self) -> int:
        """Give the number of characters that nothing accounts for."""
        return self.total - self.in_cells - self.in_lines - self.struck - self.stamped


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page: tables and lines from top to bottom, what to say about it, and the account of its characters."""

    number: int
    width: float
    height: float
    items: tuple[FoundTable | TextLine, ...]
    notes: tuple[ReadNote, ...]
    count: CharCount


def lay_out_page(content: PageContent) -> PageLayout:
    """Find a page's tables and lines, and account for every visible character."""
    page, struck, stamped = drop_marked(make_upright(content))
    lattices = _choose_tables(find_lattices(page.rules))
    held, outside, stray = _assign(page.chars, lattices)
    tables = []
    in_cells = 0
    for lattice, cell_chars in zip(lattices, held, strict=True):
        if not any(_visible(chars) for chars in cell_chars.values()):
            continue
        table, lines_of_table = _read_table(page, lattice, cell_chars)
        in_cells += sum(_visible(chars) for chars in cell_chars.values())
        tables.append(table)
        outside += lines_of_table
    lines = build_lines([c for c in outside if c.style.angle == 0], wide_gap=1.5)
    sideways = [c for c in outside if c.style.angle != 0]
    for angle in (90, 180, 270):
        lines += _sideways_lines([c for c in sideways if c.style.angle == angle], angle, page)
    items: list[FoundTable | TextLine] = [*tables, *lines]
    items.sort(key=_top)
    count = CharCount(
        total=_visible(content.chars),
        in_cells=in_cells,
        in_lines=sum(len(line.chars) for line in lines),
        struck=_visible(struck),
        stamped=_visible(stamped),
    )
    notes = _notes(content, struck, stamped, stray, count)
    return PageLayout(page.number, page.width, page.height, tuple(items), notes, count)


def _top(item: FoundTable | TextLine) -> float:
    return item.ys[0] if isinstance(item, FoundTable) else item.top


def _visible(chars: Sequence[Char]) -> int:
    return sum(1 for char in chars if not char.text.isspace())


def _choose_tables(lattices: list[Lattice]) -> list[Lattice]:
    """Leave out frames around other tables (page borders, layout boxes); small tables come before those around them."""
    chosen = []
    for lattice in lattices:
        if len(lattice.cells) <= 2 and any(
            _inside(other.box, lattice.box) for other in lattices if other is not lattice
        ):
            continue
        chosen.append(lattice)
    return chosen


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - 1 and inner[1] >= outer[1] - 1 and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1
    )


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def _assign(
    chars: Sequence[Char], lattices: list[Lattice]
) -> tuple[list[dict[int, list[Char]]], list[Char], list[Char]]:
    """Give each lattice's characters by cell, those outside all tables, and those inside a table but in no cell."""
    held: list[dict[int, list[Char]]] = [{} for _ in lattices]
    places = [
        {
            (r, c): k
            for k, cell in enumerate(lattice.cells)
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.col, cell.col + cell.col_span)
        }
        for lattice in lattices
    ]
    order = sorted(range(len(lattices)), key=lambda n: _area(lattices[n]))
    outside: list[Char] = []
    stray: list[Char] = []
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        missed = False
        for n in order:
            xs, ys = lattices[n].xs, lattices[n].ys
            slack = _PROTRUDES * (char.bottom - char.top)
            if xs[0] <= x <= xs[-1] and ys[0] - slack <= y <= ys[-1] + slack:
                place = (_interval(ys, y), _interval(xs, x))
                k = places[n].get(place)
                if k is not None:
                    held[n].setdefault(k, []).append(char)
                    break
                missed = True
        else:
            outside.append(char)
            if missed and not char.text.isspace():
                stray.append(char)
    return held, outside, stray


def _interval(edges: Sequence[float], at: float) -> int:
    return max(0, min(bisect_right(edges, at), len(edges) - 1) - 1)


def _read_table(
    page: PageContent, lattice: Lattice, cell_chars: dict[int, list[Char]]
) -> tuple[FoundTable, list[Char]]:
    """Read the cells' texts; a cell left open on one side counts only where it holds text."""
    lines_of: dict[int, list[TextLine]] = {}
    sideways: dict[int, str] = {}
    for k, chars in cell_chars.items():
        angle = _main_angle(chars)
        if angle:
            sideways[k] = _read_sideways(chars, angle, lattice.cells[k].box, page)
        else:
            lines_of[k] = build_lines(chars)
    padding = find_padding(
        [min(line.x0 for line in lines) - lattice.cells[k].box[0] for k, lines in lines_of.items() if lines]
    )
    cells = []
    for k, cell in enumerate(lattice.cells):
        if cell.open_sides and not cell_chars.get(k):
            continue
        text = sideways[k] if k in sideways else _cell_text(lines_of.get(k, []), cell, padding)
        cells.append(FoundCell(cell.row, cell.col, cell.row_span, cell.col_span, text, page.display_box(cell.box)))
    all_lines = tuple(line for k in sorted(lines_of) for line in lines_of[k])
    return FoundTable(page.number, lattice.xs, lattice.ys, tuple(cells), all_lines), []


def _cell_text(lines: list[TextLine], cell: LatticeCell, padding: float) -> str:
    if not lines:
        return ""
    left = min(cell.box[0] + padding, min(line.x0 for line in lines))
    right = max(cell.box[2] - padding, max(line.x1 for line in lines))
    return join_lines(lines, left, right)


def _main_angle(chars: Sequence[Char]) -> int:
    angles = Counter(char.style.angle for char in chars if not char.text.isspace())
    return angles.most_common(1)[0][0] if angles else 0


def _read_sideways(chars: Sequence[Char], angle: int, box: Box, page: PageContent) -> str:
    if angle == OBLIQUE:
        angle = 0
    turned = _turn_chars(chars, -angle % 360, page)
    x0, _, x1, _ = turn_box(box, -angle % 360, page.width, page.height)
    lines = build_lines(turned)
    padding = find_padding([line.x0 - x0 for line in lines])
    return join_lines(lines, x0 + padding, x1 - padding)


def _turn_chars(chars: Sequence[Char], angle: int, page: PageContent) -> list[Char]:
    return [
        Char(c.text, *turn_box((c.x0, c.top, c.x1, c.bottom), angle, page.width, page.height), c.style, c.run)
        for c in chars
    ]


def _sideways_lines(chars: list[Char], angle: int, page: PageContent) -> list[TextLine]:
    """Give lines of sideways text, each at its own place on the page."""
    lines = []
    for line in build_lines(_turn_chars(chars, -angle % 360, page)):
        width, height = (page.width, page.height) if angle == 180 else (page.height, page.width)
        x0, top, x1, bottom = turn_box((line.x0, line.top, line.x1, line.bottom), angle, width, height)
        lines.append(line._replace(x0=x0, top=top, x1=x1, bottom=bottom))
    return lines


def _notes(
    content: PageContent, struck: Sequence[Char], stamped: Sequence[Char], stray: Sequence[Char], count: CharCount
) -> tuple[ReadNote, ...]:
    notes = []
    if struck:
        text = "".join(char.text for char in struck)
        notes.append(ReadNote("struck_text_dropped", f"已略去划掉的文字：{text}", content.number))
    if stamped:
        text = "".join(char.text for char in stamped)
        notes.append(ReadNote("hidden_text_dropped", f"已略去水印或印章文字：{text[:50]}", content.number))
    if stray or count.lost:
        text = "".join(char.text for char in stray)
        notes.append(ReadNote("text_not_in_a_cell", f"表格范围内有文字不属于任何单元格：{text[:50]}", content.number))
    if not count.total:
        notes.append(ReadNote("page_without_text", "本页没有可读取的文字", content.number))
    return tuple(notes)
