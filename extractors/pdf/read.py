"""PDF → Document: tables from ruling lines, paragraphs from the lines between them, over page breaks."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.document import Document, Grid, Paragraph, ReadNote
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.pdf.grids import build_grid, continues
from extractors.pdf.layout import FoundTable, PageLayout, lay_out_page
from extractors.pdf.pages import PdfReader, find_damage, read_pages
from extractors.pdf.paragraphs import (
    build_paragraphs,
    find_lines_beside_tables,
    find_running_lines,
    find_text_area,
    is_left_or_right,
)
from extractors.pdf.pictures import UNKNOWN, Recognise, is_picture
from extractors.pdf.tables.lines import TextLine
from extractors.rejection import Reason, RejectedFile

_ALLOCATIONS = 50_000
"""Garbage in circles is looked for after so many more allocations than releases."""


def read_pdf(
    path: Path,
    *,
    sha256: str,
    file_name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    reader: PdfReader = "fast",
    recognise: Recognise | None = None,
) -> Document:
    """Read a PDF into paragraphs and grids; raises RejectedFile.

    ``reader`` "pdfplumber" reads every page with the reference reader, "fast" only those that PDFium cannot vouch for
    (each with a ``page_fallback`` note). Pages that are pictures are read by ``recognise``; without it a document of
    nothing else is refused as one that waits for it.
    """
    pages: list[PageLayout] = []
    notes: list[ReadNote] = []
    pictures = unmapped = 0
    with _collecting_rarely():
        for content, fallback in read_pages(path, limits=limits, reader=reader, recognise=recognise):
            pictures += content.recognised or is_picture(content)
            unmapped += content.unmapped
            if fallback:
                notes.append(ReadNote("page_fallback", f"本页改用 pdfplumber 读取：{fallback}", content.number))
            layout = lay_out_page(content)
            notes += layout.notes
            pages.append(layout)
    total = sum(page.count.total for page in pages)
    damage = find_damage(path) if not total and not pictures else None
    if damage is not None:
        raise RejectedFile(Reason.DAMAGED, damage)
    if pictures and (not total or unmapped > UNKNOWN * total):
        if recognise is None:
            raise RejectedFile(Reason.NEEDS_OCR, f"共 {len(pages)} 页，其中 {pictures} 页只能看，不能直接读取")
        raise RejectedFile(Reason.IMAGE_ONLY, f"共 {len(pages)} 页，图片中没有认出文字")
    blocks = tuple(build_blocks(pages, notes))
    return Document(
        file_name=file_name or path.name,
        format="pdf",
        sha256=sha256,
        blocks=blocks,
        page_count=len({page.number for page in pages}),
        notes=tuple(notes),
    )


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Let Python look for circular garbage less often: a page gives thousands of tuples, none of them in a circle.

    pdfplumber's pages leave such garbage, so that it is not switched off.
    """
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def build_blocks(pages: list[PageLayout], notes: list[ReadNote]) -> Iterator[Paragraph | Grid]:
    """Put the pages' items together in document order: lines into paragraphs, cut tables into one.

    Text beside a table comes after it. What there is to say of cells is added to ``notes``.
    """
    running = find_running_lines(pages)
    beside = find_lines_beside_tables(pages)
    area = find_text_area(pages, running | beside)
    heights = {page.number: page.height for page in pages}
    lines: list[tuple[int, TextLine]] = []
    asides: list[tuple[int, TextLine]] = []
    parts: list[FoundTable] = []
    table_no = 0
    for page in pages:
        for item in page.items:
            if id(item) in running:
                continue
            if isinstance(item, FoundTable) and parts:
                room = heights[parts[-1].page] - area.below - parts[-1].ys[-1]
                if continues(parts[-1], item, room):
                    parts.append(item)
                    continue
            if isinstance(item, TextLine) and (id(item) in beside or (parts and is_left_or_right(item, parts[-1]))):
                asides.append((page.number, item))
                continue
            if parts:
                table_no += 1
                grid, doubts = build_grid(table_no, parts)
                notes += doubts
                yield grid
                yield from build_paragraphs(asides, area)
                parts, asides = [], []
            if isinstance(item, TextLine):
                lines.append((page.number, item))
            elif item.is_single:
                lines += [(page.number, line) for line in item.lines]
            else:
                yield from build_paragraphs(lines, area)
                lines, parts = [], [item]
    if parts:
        grid, doubts = build_grid(table_no + 1, parts)
        notes += doubts
        yield grid
    yield from build_paragraphs(asides, area)
    yield from build_paragraphs(lines, area)
