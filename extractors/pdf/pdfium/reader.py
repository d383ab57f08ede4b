"""The fast reader: characters and drawn lines straight from PDFium, through its raw calls."""

from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from extractors.document import Box
from extractors.pdf.page import PageContent, Word
from extractors.pdf.pdfium import calls as calls
from extractors.pdf.pdfium.drawn import DrawnReader
from extractors.pdf.pdfium.frame import page_frame
from extractors.pdf.pdfium.text import TextReader


class PageUnreadableError(Exception):
    """PDFium cannot load a page of a document that it could open."""


def open_pdfium(path: Path) -> pdfium.PdfDocument:
    """Open a document; raises ``pdfium.PdfiumError`` (its ``err_code`` tells why) where PDFium cannot."""
    return pdfium.PdfDocument(path)


def read_pdfium_page(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Read one page (0-based ``index``) and close it again; raises PageUnreadableError."""
    page = calls.load_page(calls.handle_of(document.raw), index)
    if not page:
        raise PageUnreadableError(f"page {index + 1}")
    text_page = calls.load_text(page)
    try:
        if not text_page:
            raise PageUnreadableError(f"text of page {index + 1}")
        frame = page_frame(page)
        width, height = calls.page_width(page), calls.page_height(page)
        drawn = DrawnReader(frame)
        drawn.read(page)
        text = TextReader(text_page, frame, height)
        text.read(drawn.runs)
        return PageContent(
            number=index + 1,
            width=width,
            height=height,
            words=tuple(text.words),
            rules=tuple(drawn.rules),
            fills=tuple(drawn.fills),
            images=tuple(drawn.images),
            unmapped=text.unmapped,
            curves=drawn.curves,
            doubts=_doubts(text, drawn),
        )
    finally:
        if text_page:
            calls.close_text(text_page)
        calls.close_page(page)


def _doubts(text: TextReader, drawn: DrawnReader) -> tuple[str, ...]:
    """Give the reasons not to trust a page's characters; a run drawn twice (imitated bold) is read once, and is none."""
    doubts = []
    if text.unmapped:
        doubts.append(f"{text.unmapped} 个字符没有对应的文字编码")
    if text.placeless:
        doubts.append(f"{text.placeless} 个字符没有位置")
    unread = [box for box in drawn.find_unread(text.runs_read()) if not _is_covered(box, text.words)]
    if unread:
        doubts.append(f"{len(unread)} 段文字没有读出")
    return tuple(doubts)


def _is_covered(box: Box, words: list[Word]) -> bool:
    x0, top, x1, bottom = box
    return any(word.x0 < x1 and x0 < word.x1 and top <= (word.top + word.bottom) / 2 <= bottom for word in words)
