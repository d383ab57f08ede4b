"""Lines outside tables → paragraphs, over page breaks; running heads, feet and page numbers are left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.document import Paragraph
from extractors.pdf.layout import FoundTable, PageLayout
from extractors.pdf.tables.lines import TextLine
from extractors.pdf.tables.text import begins_item, glue, numbering, would_have_fitted

_HEAD, _FOOT, _NUMBER = 61.0, 72.0, 101.0
"""How far from the page's edge running heads, running feet, and page numbers or marked lines reach (points).

A title stands lower than a running head; page numbers of official documents stand higher than others (GB/T 9704).
"""

_SIDE = 54.0
"""How far from the page's left or right edge what is printed there (page numbers, binding lines) reaches (points)."""

_PAGE_NUMBER = re.compile(
    r"[-—–－~·\s]*(?:第\s*)?[\dIVXivx]{1,4}(?:\s*页)?(?:\s*[/／,，共of\s]+\s*\d{1,4}\s*页?)?[-—–－~·\s]*"
    r"|Page\s*\d+(?:\s*of\s*\d+)?|第?[一二三四五六七八九十百]{1,4}页",
    re.IGNORECASE,
)


_CELL_MARGIN = 5.4
"""How far a table without indentation reaches into the page's margins on both sides (Word's and WPS's default)."""

_CONTENTS_LINE = re.compile(r"(?:…|\.{3}|·{3}|．{3})\s*\d{1,4}\s*$")
"""A line of a table of contents ends with dots and a page number."""


@dataclass(frozen=True, slots=True)
class TextArea:
    """The left and right edge of a document's running text, and how far from a page's lower edge it ends."""

    left: float
    right: float
    below: float


def find_running_lines(pages: Sequence[PageLayout]) -> set[int]:
    """Give the ids of the lines that are running heads, feet or page numbers, also at the pages' sides.

    They stand alone in a page's margin and are marked so in the file, are page numbers, or come again on another page
    at the same height in small letters (a title that heads the form on each page is larger or close to its table).
    """
    sizes = [line.size for page in pages for line in page.items if isinstance(line, TextLine)]
    usual = median(sizes) if sizes else 0.0
    keys: dict[int, str] = {}
    running: set[int] = set()
    for page in pages:
        for line, at_top in _margin_lines(page):
            if line.artifact or _PAGE_NUMBER.fullmatch(line.text.strip()):
                running.add(id(line))
            elif line.size <= usual * 1.2 + 0.1 and _reach(line, page, at_top) <= (_HEAD if at_top else _FOOT):
                text = re.sub(r"[0-9]+", "#", re.sub(r"\s", "", line.text))
                keys[id(line)] = f"{at_top}{round(line.top / 6)}{text}"
        for line in _side_lines(page):
            if line.artifact or _PAGE_NUMBER.fullmatch(line.text.strip()):
                running.add(id(line))
            else:
                text = re.sub(r"\s", "", line.text)
                keys[id(line)] = f"{round(line.x0 / 6)},{round(line.top / 6)}{text}"
    counts = Counter(keys.values())
    return running | {ident for ident, key in keys.items() if counts[key] > 1}


def _margin_lines(page: PageLayout) -> Iterator[tuple[TextLine, bool]]:
    """Give the lines of a page's top and bottom margins that keep their distance from what else is on the page."""
    for items, at_top in ((page.items, True), (page.items[::-1], False)):
        found = []
        for item in items[:4]:
            if isinstance(item, FoundTable) or _reach(item, page, at_top) > _NUMBER:
                break
            found.append(item)
        rest = items[len(found)] if len(found) < len(items) else None
        while found and rest is not None and _gap(found[-1], rest, at_top) <= 0.5 * found[-1].size:
            rest = found.pop()
        yield from ((line, at_top) for line in found)


def _side_lines(page: PageLayout) -> Iterator[TextLine]:
    """Give the lines within a page's left and right margins."""
    for item in page.items:
        if isinstance(item, TextLine) and (item.x1 <= _SIDE or item.x0 >= page.width - _SIDE):
            yield item


def find_lines_beside_tables(pages: Sequence[PageLayout]) -> set[int]:
    """Give the ids of the lines that stand at the height of a table (notes in the margin, stamps)."""
    beside: set[int] = set()
    for page in pages:
        spans = [
            (item.ys[0], item.ys[-1]) for item in page.items if isinstance(item, FoundTable) and not item.is_single
        ]
        for item in page.items if spans else ():
            if isinstance(item, TextLine):
                middle = (item.top + item.bottom) / 2
                if any(top < middle < bottom for top, bottom in spans):
                    beside.add(id(item))
    return beside


def is_left_or_right(line: TextLine, table: FoundTable) -> bool:
    """Tell whether a line lies wholly left or right of where a table stands, at whatever height."""
    return line.x1 <= table.xs[0] or line.x0 >= table.xs[-1]


def _reach(line: TextLine, page: PageLayout, at_top: bool) -> float:
    """Give how far from the page's edge a line of its margin reaches."""
    return line.bottom if at_top else page.height - line.top


def _gap(line: TextLine, item: FoundTable | TextLine, at_top: bool) -> float:
    top, bottom = (item.ys[0], item.ys[-1]) if isinstance(item, FoundTable) else (item.top, item.bottom)
    return top - line.bottom if at_top else line.top - bottom


def find_text_area(pages: Sequence[PageLayout], running: set[int]) -> TextArea:
    """Find the edges between which the document's text runs, apart from running lines (their ids).

    Where several long lines end at one right edge, that is it; otherwise the page's right margin is taken to be as wide
    as the left one, or tables show how far text may run.
    """
    lines = [item for page in pages for item in page.items if isinstance(item, TextLine) and id(item) not in running]
    tables = [item for page in pages for item in page.items if isinstance(item, FoundTable)]
    left = min([line.x0 for line in lines] + [table.xs[0] + _CELL_MARGIN for table in tables], default=0.0)
    return TextArea(left, _find_right(lines, tables, left, pages), _find_below(pages, running))


def _find_right(
    lines: Sequence[TextLine], tables: Sequence[FoundTable], left: float, pages: Sequence[PageLayout]
) -> float:
    if not lines:
        return 0.0
    size = median(line.size for line in lines)
    rights = sorted((line.x1 for line in lines), reverse=True)
    needed = max(3, len(rights) // 10)
    alike = (a for a, b in zip(rights, rights[needed - 1 :], strict=False) if a - b <= 1.5 * size)
    right = next(alike, 0.0)
    if right - left >= 0.6 * max(page.width - 2 * left for page in pages):
        return right
    return max(rights[0], pages[0].width - left, *(table.xs[-1] - _CELL_MARGIN for table in tables))


def _find_below(pages: Sequence[PageLayout], running: set[int]) -> float:
    """Find the lower margin: no body line or table reaches lower, and it is hardly wider than the upper one."""
    margins = []
    for page in pages:
        body = [item for item in page.items if id(item) not in running]
        if body:
            first, last = body[0], body[-1]
            top = first.ys[0] if isinstance(first, FoundTable) else first.top
            bottom = last.ys[-1] if isinstance(last, FoundTable) else last.bottom
            margins += [page.height - bottom, 1.3 * top]
    return max(0.0, min(margins, default=0.0))


def build_paragraphs(lines: Sequence[tuple[int, TextLine]], area: TextArea) -> list[Paragraph]:
    """Join the (page, line) pairs between two tables into paragraphs; a paragraph may run on over a page break."""
    paragraphs: list[Paragraph] = []
    text = ""
    start_page = 0
    number: int | None = None
    pitch = 0.0
    sure: float | None = None
    before: tuple[int, TextLine] | None = None
    for page, line in lines:
        found = numbering(line.text)
        if before is not None and not _starts_paragraph(before, (page, line), area, pitch, found, number):
            text = glue(text, line.text, before[1])
            sure = line.confidence if sure is None else min(sure, line.confidence or sure)
            if page == before[0]:
                pitch = line.bottom - before[1].bottom
        else:
            if before is not None:
                paragraphs.append(Paragraph(text, start_page, sure))
            text, start_page, pitch, sure = line.text, page, 0.0, line.confidence
            number = found if found is not None else number
        before = (page, line)
    if before is not None:
        paragraphs.append(Paragraph(text, start_page, sure))
    return paragraphs


def _starts_paragraph(
    before: tuple[int, TextLine],
    after: tuple[int, TextLine],
    area: TextArea,
    pitch: float,
    found: int | None,
    number: int | None,
) -> bool:
    """Tell whether a line begins a paragraph; ``pitch`` is the line distance in the paragraph so far, 0 if unknown."""
    (above_page, above), (page, line) = before, after
    if abs(line.size - above.size) > 0.08 * max(line.size, above.size):
        return True
    if line.x0 > area.left + 1.2 * line.size:
        return True
    if begins_item(found, number, above) or _CONTENTS_LINE.search(above.text):
        return True
    if would_have_fitted(above, line, area.left, max(area.right, above.x1)):
        return True
    if page != above_page:
        return False
    return line.bottom - above.bottom > (1.5 * pitch if pitch else 3.5 * line.size)
