"""PDF → Document: pages through the fast reader, tables from ruling lines, paragraphs from the lines between them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from pdfplumber.pdf import PDF

from extractors.document import Document, Grid, Paragraph, ReadNote
from extractors.pdf_layout import FoundTable, PageLayout, lay_out_page
from extractors.pdf_page import PageContent
from extractors.pdf_paragraphs import build_paragraphs, find_running_lines, find_text_area
from extractors.pdf_pdfium import PageUnreadableError, open_pdfium, read_pdfium_page
from extractors.pdf_plumber import open_plumber, read_plumber_page
from extractors.rejection import Reason, RejectedFile
from extractors.tables_join import build_grid, continues
from extractors.tables_text import TextLine

PdfReader = Literal["fast", "pdfplumber"]


def read_pdf(
    path: Path,
    *,
    sha256: str,
    file_name: str | None = None,
    max_pages: int = 3000,
    reader: PdfReader = "fast",
) -> Document:
    """Read a PDF into paragraphs and grids.

    ``reader`` "pdfplumber" reads every page with the reference reader; "fast" only those pages that PDFium gives
    doubtful characters for (each with a ``page_fallback`` note). Raises RejectedFile.
    """
    if path.stat().st_size == 0:
        raise RejectedFile(Reason.EMPTY_FILE, "文件长度为 0")
    pages: list[PageLayout] = []
    notes: list[ReadNote] = []
    has_images = has_curves = False
    for content in read_contents(path, max_pages=max_pages, reader=reader):
        has_images |= bool(content.images)
        has_curves |= content.curves > 50
        if content.doubtful and reader == "fast":
            notes.append(ReadNote("page_fallback", "；".join(content.doubtful), content.number))
        layout = lay_out_page(content)
        notes += layout.notes
        pages.append(layout)
    if not any(page.count.total for page in pages) and (has_images or has_curves):
        raise RejectedFile(Reason.IMAGE_ONLY, f"共 {len(pages)} 页，没有一页有文字")
    return Document(
        file_name=file_name or path.name,
        format="pdf",
        sha256=sha256,
        blocks=tuple(_build_blocks(pages)),
        page_count=len(pages),
        notes=tuple(notes),
    )


def read_contents(path: Path, *, max_pages: int = 3000, reader: PdfReader = "fast") -> Iterator[PageContent]:
    """Yield each page's content, one page in memory at a time; raises RejectedFile."""
    try:
        document = open_pdfium(path)
    except pdfium.PdfiumError as error:
        raise _opening_failed(error) from error
    plumber: PDF | None = None
    try:
        count = len(document)
        if count > max_pages:
            raise RejectedFile(Reason.TOO_MANY_PAGES, f"共 {count} 页，上限 {max_pages} 页")
        if reader == "pdfplumber":
            plumber = open_plumber(path)
        for index in range(count):
            if plumber is not None and reader == "pdfplumber":
                yield read_plumber_page(plumber, index)
                continue
            try:
                yield read_pdfium_page(document, index)
            except PageUnreadableError as error:
                raise RejectedFile(Reason.DAMAGED, f"第 {index + 1} 页无法读取") from error
    finally:
        document.close()
        if plumber is not None:
            plumber.close()


def _opening_failed(error: pdfium.PdfiumError) -> RejectedFile:
    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return RejectedFile(Reason.ENCRYPTED, "打开文件需要密码")
    return RejectedFile(Reason.DAMAGED, "PDF 结构无法识别")


def _build_blocks(pages: list[PageLayout]) -> Iterator[Paragraph | Grid]:
    """Put the pages' items together in document order: lines into paragraphs, cut tables into one."""
    running = find_running_lines(pages)
    area = find_text_area(pages, running)
    lines: list[tuple[int, TextLine]] = []
    parts: list[FoundTable] = []
    table_no = 0
    for page in pages:
        for item in page.items:
            if isinstance(item, TextLine):
                if id(item) in running:
                    continue
                if parts:
                    table_no += 1
                    yield build_grid(table_no, parts)
                    parts = []
                lines.append((page.number, item))
            elif parts and continues(parts[-1], item):
                parts.append(item)
            elif item.is_single:
                if parts:
                    table_no += 1
                    yield build_grid(table_no, parts)
                    parts = []
                lines += [(page.number, line) for line in item.lines]
            else:
                if parts:
                    table_no += 1
                    yield build_grid(table_no, parts)
                yield from build_paragraphs(lines, area)
                lines = []
                parts = [item]
    if parts:
        yield build_grid(table_no + 1, parts)
    yield from build_paragraphs(lines, area)
