"""The fast reader: characters and drawn lines straight from PDFium, through its raw calls."""

from contextlib import suppress
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from extractors.document import Box
from extractors.pdf.page import PageContent, Word
from extractors.pdf.pdfium import calls as calls
from extractors.pdf.pdfium.drawn import DrawnReader
from extractors.pdf.pdfium.fonts import count_lost_runs
from extractors.pdf.pdfium.frame import page_frame
from extractors.pdf.pdfium.text import TextReader
from extractors.pdf.pdfium.twins import find_twins
from extractors.pdf.pdfium.typed import load_page, tick_word


class PageUnreadableError(Exception):
    """PDFium cannot load a page of a document that it could open."""


def open_pdfium(path: Path) -> pdfium.PdfDocument:
    """Open a document; raises ``pdfium.PdfiumError`` (its ``err_code`` tells why) where PDFium cannot.

    PDFium does not set its error code each time it fails: what is there may be that of a file before. So a failed
    opening is tried again after one that is known to end in a format error.
    """
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        with suppress(pdfium.PdfiumError):
            pdfium.PdfDocument(b"no PDF")
        return pdfium.PdfDocument(path)


def read_pdfium_page(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Read one page (0-based ``index``) and close it again; raises PageUnreadableError."""
    page, ticks = load_page(calls.handle_of(document.raw), index)
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
        boxes, empty = drawn.find_unread(text.runs_read())
        unread = sum(
            not _is_covered(box, text.words) for box in boxes
        )  # a run drawn twice (imitated bold) is read once
        lost = count_lost_runs(empty, text.runs, text.raw_text)
        return PageContent(
            number=index + 1,
            width=width,
            height=height,
            words=(*text.words, *(tick_word(tick, frame, len(drawn.runs) + 1) for tick in ticks)),
            rules=tuple(drawn.rules),
            fills=tuple(drawn.fills),
            images=tuple(drawn.images),
            unmapped=text.unmapped,
            curves=drawn.curves,
            doubts=_doubts(text, unread, lost),
            lost=lost,
            twins=find_twins(text_page, text.raw_text, text.upright_runs, frame),
        )
    finally:
        if text_page:
            calls.close_text(text_page)
        calls.close_page(page)


def _doubts(text: TextReader, unread: int, lost: int) -> tuple[str, ...]:
    """Give the reasons not to trust a page's characters."""
    counts = {
        f"{text.unmapped} 个字符没有对应的文字编码": text.unmapped,
        f"{text.placeless} 个字符没有位置": text.placeless,
        f"{unread} 段文字没有读出": unread,
        f"{lost} 处文字的字体已损坏或缺失": lost,
    }
    return tuple(reason for reason, count in counts.items() if count)


def _is_covered(box: Box, words: list[Word]) -> bool:
    x0, top, x1, bottom = box
    return any(word.x0 < x1 and x0 < word.x1 and top <= (word.top + word.bottom) / 2 <= bottom for word in words)
