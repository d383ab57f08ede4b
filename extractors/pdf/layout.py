"""One page's content → its tables with cell texts, and the lines of text outside them, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Box, ReadNote
from extractors.pdf.marks import Marked, drop_marked
from extractors.pdf.page import PageContent, Rule, Word, make_upright, turn_box, turn_words
from extractors.pdf.pictures import is_picture, may_hold_a_table
from extractors.pdf.tables.cells import Assigned, CellText, assign_words, read_cells
from extractors.pdf.tables.doubts import CROWDED, CUT, PICTURE, TWINS, find_cells_of, find_picture_cells
from extractors.pdf.tables.gaps import find_missing_uprights
from extractors.pdf.tables.lattice import Lattice, build_lattices, find_lattices, join_rules
from extractors.pdf.tables.lines import TextLine, build_lines
from extractors.pdf.tables.recognised import find_recognised_doubts, looks_like_a_table
from extractors.pdf.tables.sideways import Place
from extractors.pdf.tables.unruled import UNRULED, find_unruled

_BLANK = CellText("")
_TAB = 1.5
"""A gap of so many ems between two characters outside tables stands for a blank (a tab, a right-aligned note)."""


class FoundCell(NamedTuple):
    """One cell of one page's table; ``box`` is in the frame of the page as shown, the others as in CellText."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    room: float
    need: float
    confidence: float | None
    doubts: tuple[str, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One page's ruled table; ``xs`` and ``ys`` are its columns' and rows' edges, ``half`` as in PageContent.

    ``lines`` are the text lines of a single box, which may turn out to be no table.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[FoundCell, ...]
    lines: tuple[TextLine, ...]
    half: int = 0

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
    hidden: int

    @property
    def lost(self) -> int:
        """Give the number of characters that nothing accounts for."""
        return self.total - self.in_cells - self.in_lines - self.struck - self.hidden


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
    marked = drop_marked(make_upright(content))
    page = marked.page
    rules = join_rules(page.rules)
    missing = find_missing_uprights(rules, page.words)
    lattices = _choose_tables(find_lattices([*rules, *missing]) if missing else build_lattices(rules))
    assigned = assign_words(page.words, lattices)
    unruled = find_unruled(assigned.outside) if not content.recognised else []
    if unruled:
        lattices = sorted((*lattices, *(find_lattices(drawn)[0] for drawn in unruled)), key=lambda one: one.ys[0])
        assigned = assign_words(page.words, lattices)
    guessed = [rule for drawn in unruled for rule in drawn]
    tables, in_cells = _read_tables(page, lattices, assigned, missing, guessed)
    if any(CROWDED in cell.doubts for table in tables for cell in table.cells):
        assigned = assign_words(page.words, lattices, _find_crowded(lattices, assigned, tables))
        tables, in_cells = _read_tables(page, lattices, assigned, missing, guessed)
    lines = _outside_lines(assigned.outside, page)
    items: list[FoundTable | TextLine] = [*tables, *lines]
    items.sort(key=_top)
    count = CharCount(
        total=count_visible(content.words),
        in_cells=in_cells,
        in_lines=sum(line.visible for line in lines),
        struck=count_visible(marked.struck),
        hidden=count_visible(marked.hidden),
    )
    notes = _notes(content, marked, assigned.stray, count)
    if content.recognised and looks_like_a_table(assigned.outside):
        message = "图片中有排成行列的文字，像是表格，但没有认出表格线，未按表格读取"
        notes += (ReadNote("table_not_told", message, content.number),)
    if missing:
        notes += (ReadNote("columns_from_gaps", "表格没有竖线，各列按文字间的空白分开，请核对", content.number),)
    if len(find_cells_of(page.twins, lattices)) < bool(page.twins):
        message = "有两种字形对应同一个字符“2”，可能有一个不是它（例如“≥”）"
        notes += (ReadNote("twin_glyphs", message, content.number),)
    if any(_inside(one.box, other.box) for one in lattices for other in lattices if one is not other):
        notes += (ReadNote("nested_table", "单元格内另有嵌套表格，已作为单独的表格读取", content.number),)
    return PageLayout(page.number, page.width, page.height, tuple(items), notes, count)


def count_visible(words: Sequence[Word]) -> int:
    """Count the characters that are not blank."""
    return len("".join("".join([word.text for word in words]).split()))


def _top(item: FoundTable | TextLine) -> float:
    return item.ys[0] if isinstance(item, FoundTable) else item.top


def _choose_tables(lattices: list[Lattice]) -> list[Lattice]:
    """Leave out frames around other tables (page borders, layout boxes)."""
    return [
        lattice
        for lattice in lattices
        if len(lattice.cells) > 2
        or not any(_inside(other.box, lattice.box) for other in lattices if other is not lattice)
    ]


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - 1 and inner[1] >= outer[1] - 1 and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1
    )


def _read_tables(
    page: PageContent,
    lattices: Sequence[Lattice],
    assigned: Assigned,
    guessed: Sequence[Rule],
    unruled: Sequence[Rule],
) -> tuple[list[FoundTable], int]:
    """Read the tables that hold text, and count their visible characters.

    ``guessed`` rules were made from blanks between drawn ones, ``unruled`` are those of tables of which none was drawn.
    """
    counts = [count_visible([word for words in held.values() for word in words]) for held in assigned.held]
    doubts: dict[Place, tuple[str, ...]] = dict.fromkeys(assigned.unsure, (CUT,))
    for place in find_picture_cells(page.images, lattices, assigned.held):
        doubts[place] = (*doubts.get(place, ()), PICTURE)
    for place in find_cells_of(page.twins, lattices):
        doubts[place] = (*doubts.get(place, ()), TWINS)
    for number, lattice in enumerate(lattices):
        if any(lattice.xs[0] <= rule.at <= lattice.xs[-1] and rule.start == lattice.ys[0] for rule in unruled):
            for k in range(len(lattice.cells)):
                doubts[number, k] = (*doubts.get((number, k), ()), UNRULED)
    for place, code in find_recognised_doubts(page, lattices, assigned.held, guessed):
        doubts[place] = (*doubts.get(place, ()), code)
    tables = [
        _read_table(page, lattice, held, {k: own for (n, k), own in doubts.items() if n == number})
        for number, (lattice, held, count) in enumerate(zip(lattices, assigned.held, counts, strict=True))
        if count
    ]
    return tables, sum(counts)


def _find_crowded(lattices: Sequence[Lattice], assigned: Assigned, tables: Sequence[FoundTable]) -> frozenset[int]:
    """Give the ids of the words in cells where text lies over text."""
    crowded = {cell.box for table in tables for cell in table.cells if CROWDED in cell.doubts}
    return frozenset(
        id(word)
        for lattice, held in zip(lattices, assigned.held, strict=True)
        for k, words in held.items()
        if lattice.cells[k].box in crowded
        for word in words
    )


def _read_table(
    page: PageContent, lattice: Lattice, held: dict[int, list[Word]], doubts: dict[int, tuple[str, ...]]
) -> FoundTable:
    """Read the cells' texts; a cell left open on one side counts only where it holds text."""
    texts, lines = read_cells(lattice, held, page.width, page.height)
    for k, codes in doubts.items():
        text = texts.get(k, _BLANK)
        texts[k] = text._replace(doubts=(*text.doubts, *codes))
    cells = tuple(
        FoundCell(row, col, row_span, col_span, *texts.get(k, _BLANK), page.display_box(box))
        for k, (row, col, row_span, col_span, box, open_sides) in enumerate(lattice.cells)
        if not open_sides or k in texts
    )
    return FoundTable(page.number, lattice.xs, lattice.ys, cells, lines if len(cells) == 1 else (), page.half)


def _outside_lines(words: Sequence[Word], page: PageContent) -> list[TextLine]:
    """Give the lines outside tables; lines of sideways text stand at their own place on the page."""
    lines = build_lines([word for word in words if word.style.angle == 0], wide_gap=_TAB)
    for angle in {word.style.angle for word in words} - {0}:
        turned = [word for word in words if word.style.angle == angle]
        width, height = (page.width, page.height) if angle == 180 else (page.height, page.width)
        for line in build_lines(turn_words(turned, -angle % 360, page.width, page.height), wide_gap=_TAB):
            x0, top, x1, bottom = turn_box((line.x0, line.top, line.x1, line.bottom), angle, width, height)
            lines.append(line._replace(x0=x0, top=top, x1=x1, bottom=bottom))
    return lines


def _notes(content: PageContent, marked: Marked, stray: Sequence[Word], count: CharCount) -> tuple[ReadNote, ...]:
    notes = []
    number = content.number
    if content.unmapped:
        message = f"有 {content.unmapped} 个字符的字体没有文字编码，读作“\ufffd”，请核对原文"
        notes.append(ReadNote("unmapped_text", message, number))
    if marked.struck:
        notes.append(ReadNote("struck_text_dropped", f"已略去划掉的文字：{_sample(marked.struck)}", number))
    if marked.hidden:
        notes.append(ReadNote("hidden_text_dropped", f"已略去水印或看不见的文字：{_sample(marked.hidden)}", number))
    if content.recognised and content.doubts:
        message = f"本页是图片，识别失败（{'、'.join(content.doubts)}），没有读出任何内容，请对照原件"
        notes.append(ReadNote("page_not_recognised", message, number))
    elif content.recognised:
        message = "本页是图片，文字由程序识别，请对照原件核对数字和符号"
        notes.append(ReadNote("page_recognised", message, number))
        if content.photographed:
            notes.append(ReadNote("page_photographed", "本页是斜着拍的照片，已拉正后识别，请对照原件核对", number))
        if content.unread:
            notes.append(ReadNote("text_unread", f"有 {len(content.unread)} 处像文字的笔迹没有认出来", number))
    if marked.recognised:
        notes.append(ReadNote("recognised_text", "文字来自扫描件的识别结果，请核对数字和符号", number))
    if stray or count.lost:
        notes.append(ReadNote("text_not_in_a_cell", f"表格范围内有文字不属于任何单元格：{_sample(stray)}", number))
    picture = max(content.images, key=_area, default=(0.0, 0.0, 0.0, 0.0))
    if is_picture(content) and not marked.recognised and not content.recognised:
        notes.append(ReadNote("page_is_picture", "本页是图片（扫描件），图中的文字没有读取", number))
    elif not count.total:
        notes.append(ReadNote("page_without_text", "本页没有可读取的文字", number))
    elif not marked.recognised and may_hold_a_table(picture, content):
        notes.append(ReadNote("picture_not_read", "本页有一幅大图，可能是表格的图片，图中的文字没有读取", number))
    return tuple(notes)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _sample(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)[:60]
