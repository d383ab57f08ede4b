"""Lines outside tables → paragraphs, over page breaks; running heads, feet and page numbers are left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.document import Paragraph
from extractors.pdf_layout import FoundTable, PageLayout
from extractors.tables_lines import TextLine
from extractors.tables_text import begins_item, glue, numbering, would_have_fitted

_MARGIN = 0.085
"""The share of the page height at its top and bottom in which running heads and page numbers stand."""

_PAGE_NUMBER = re.compile(
    r"[-—–－~·\s]*(?:第\s*)?[\dIVXivx]{1,4}(?:\s*页)?(?:\s*[/／,，共of\s]+\s*\d{1,4}\s*页?)?[-—–－~·\s]*"
    r"|Page\s*\d+(?:\s*of\s*\d+)?|第?[一二三四五六七八九十百]{1,4}页",
    re.IGNORECASE,
)


_CELL_MARGIN = 5.4
"""How far a table without indentation reaches into the page's margins on both sides (Word's and WPS's default)."""


@dataclass(frozen=True, slots=True)
class TextArea:
    """The left and right edge of a document's running text."""

    left: float
    right: float


def find_running_lines(pages: Sequence[PageLayout]) -> set[int]:
    """Give the ids of the lines that are running heads, feet or page numbers.

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
            elif line.size <= usual * 1.2 + 0.1:
                text = re.sub(r"[0-9]+", "#", re.sub(r"\s", "", line.text))
                keys[id(line)] = f"{at_top}{round(line.top / 6)}{text}"
    counts = Counter(keys.values())
    return running | {ident for ident, key in keys.items() if counts[key] > 1}


def _margin_lines(page: PageLayout) -> Iterator[tuple[TextLine, bool]]:
    """Give the lines of a page's top and bottom margins that keep their distance from what else is on the page."""
    for items, at_top in ((page.items, True), (page.items[::-1], False)):
        found = []
        for item in items[:4]:
            if isinstance(item, FoundTable):
                break
            if (item.bottom > page.height * _MARGIN) if at_top else (item.top < page.height * (1 - _MARGIN)):
                break
            found.append(item)
        rest = items[len(found)] if len(found) < len(items) else None
        if found and (rest is None or _gap(found[-1], rest, at_top) > 0.5 * found[-1].size):
            yield from ((line, at_top) for line in found)


def _gap(line: TextLine, item: FoundTable | TextLine, at_top: bool) -> float:
    top, bottom = (item.ys[0], item.ys[-1]) if isinstance(item, FoundTable) else (item.top, item.bottom)
    return top - line.bottom if at_top else line.top - bottom


def find_text_area(pages: Sequence[PageLayout], running: set[int]) -> TextArea:
    """Find the edges between which the document's text runs.

    Where several long lines end at one right edge, that is it; otherwise the page's right margin is taken to be as wide
    as the left one, or tables show how far text may run.
    """
    lines = [item for page in pages for item in page.items if isinstance(item, TextLine) and id(item) not in running]
    tables = [item for page in pages for item in page.items if isinstance(item, FoundTable)]
    if not lines:
        return TextArea(0.0, 0.0)
    left = min([line.x0 for line in lines] + [table.xs[0] + _CELL_MARGIN for table in tables])
    size = median(line.size for line in lines)
    rights = sorted((line.x1 for line in lines), reverse=True)
    for right in rights:
        if sum(1 for other in rights if right - 1.5 * size <= other <= right) >= max(3, len(rights) // 10):
            break
    else:
        right = 0.0
    if right - left < 0.6 * max(page.width - 2 * left for page in pages):
        right = max(
            rights[0], *(page.width - left for page in pages[:1]), *(table.xs[-1] - _CELL_MARGIN for table in tables)
        )
    return TextArea(left, right)


def build_paragraphs(lines: Sequence[tuple[int, TextLine]], area: TextArea) -> list[Paragraph]:
    """Join the (page, line) pairs between two tables into paragraphs; a paragraph may run on over a page break."""
    paragraphs: list[Paragraph] = []
    text = ""
    start_page = 0
    number: int | None = None
    pitch = 0.0
    before: tuple[int, TextLine] | None = None
    for page, line in lines:
        found = numbering(line.text)
        if before is not None and not _starts_paragraph(before, (page, line), area, pitch, found, number):
            text = glue(text, line.text, before[1])
            if page == before[0]:
                pitch = line.bottom - before[1].bottom
        else:
            if before is not None:
                paragraphs.append(Paragraph(text, start_page))
            text, start_page, pitch = line.text, page, 0.0
            number = found if found is not None else number
        before = (page, line)
    if before is not None:
        paragraphs.append(Paragraph(text, start_page))
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
    if begins_item(found, number, above):
        return True
    if would_have_fitted(above, line, area.left, max(area.right, above.x1)):
        return True
    if page != above_page:
        return False
    return line.bottom - above.bottom > (1.5 * pitch if pitch else 3.5 * line.size)
