"""Lines outside tables → paragraphs, over page breaks; running heads, feet and page numbers are left out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.document import Paragraph
from extractors.pdf_layout import FoundTable, PageLayout
from extractors.tables_text import SENTENCE_END, TextLine, glue, is_wide, numbering, unit_width

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
    """Give the ids of the lines that are running heads, feet or page numbers."""
    sizes = [line.size for page in pages for line in page.items if isinstance(line, TextLine)]
    usual = median(sizes) if sizes else 0.0
    candidates: list[tuple[int, str, TextLine, PageLayout]] = []
    running: set[int] = set()
    for page in pages:
        for line, at_top in _margin_lines(page):
            text = re.sub(r"\s", "", line.text)
            if _PAGE_NUMBER.fullmatch(line.text.strip()):
                running.add(id(line))
            else:
                key = f"{at_top}{round(line.top / 6)}{re.sub(r'[0-9]+', '#', text)}"
                candidates.append((id(line), key, line, page))
    counts = Counter(key for _, key, _, _ in candidates)
    for ident, key, line, _ in candidates:
        if counts[key] > 1 and line.size <= usual * 1.2 + 0.1:
            running.add(ident)
    return running


def _margin_lines(page: PageLayout) -> Iterable[tuple[TextLine, bool]]:
    """Give the lines above and below everything else on a page, within its margins."""
    for items, at_top in ((page.items, True), (page.items[::-1], False)):
        for item in items[:3]:
            if isinstance(item, FoundTable):
                break
            if (item.bottom < page.height * _MARGIN) if at_top else (item.top > page.height * (1 - _MARGIN)):
                yield item, at_top


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
    above: TextLine | None = None
    above_page = 0
    pitch = 0.0
    for page, line in lines:
        if above is not None and not _starts_paragraph(above, line, page != above_page, area, pitch):
            text = glue(text, line.text, above, area.right)
            if page == above_page:
                pitch = line.bottom - above.bottom
        else:
            if above is not None:
                paragraphs.append(Paragraph(text, start_page))
            text, start_page, pitch = line.text, page, 0.0
        above, above_page = line, page
    if above is not None:
        paragraphs.append(Paragraph(text, start_page))
    return paragraphs


def _starts_paragraph(above: TextLine, line: TextLine, new_page: bool, area: TextArea, pitch: float) -> bool:
    """Tell whether a line begins a paragraph, given the line above it (of the page before where ``new_page``)."""
    if abs(line.size - above.size) > 0.08 * max(line.size, above.size):
        return True
    if line.x0 > area.left + 1.2 * line.size or _is_centred(line, area):
        return True
    if numbering(line.text) is not None and above.text.rstrip()[-1:] in SENTENCE_END:
        return True
    room = max(area.right, above.x1) - above.x1
    gap = 0.25 * line.size if is_wide(above.chars[-1].text) != is_wide(line.chars[0].text) else 0.0
    if room > unit_width(line) + gap + 0.1 * line.size:
        return True
    if not new_page and pitch and line.bottom - above.bottom > 1.5 * pitch:
        return True
    return not new_page and not pitch and line.bottom - above.bottom > 3.5 * line.size


def _is_centred(line: TextLine, area: TextArea) -> bool:
    left, right = line.x0 - area.left, area.right - line.x1
    return left > 3 * line.size and abs(left - right) < line.size
