"""A PDF file → its pages' contents: which reader reads which page, and why a file is rejected."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.pdf.inlays import find_inlays, read_inlays
from extractors.pdf.page import PageContent
from extractors.pdf.pdfium.reader import PageUnreadableError, open_pdfium, read_pdfium_page
from extractors.pdf.pictures import Recognise, draw_page, is_picture
from extractors.pdf.plumber import open_plumber, read_plumber_page
from extractors.rejection import Reason, RejectedFile

PdfReader = Literal["fast", "pdfplumber"]

_TAIL = 4096
_START = re.compile(rb"startxref\s+(\d{1,12})")
_TABLE = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)\b")
_PAYLOAD = b"/EncryptedPayload"
"""Names the attachment of an unencrypted wrapper that holds the encrypted document (ISO 32000-2, 7.6.7)."""

_GIVE_UP = 3
"""After so many pages on which pdfplumber knew no more than the fast reader, it is no longer asked."""
_PLUMBER_ERRORS = (
    PdfminerException,
    PDFException,
    PSException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    RecursionError,
)
"""What pdfplumber raises on broken pages besides its own errors."""


class ReadPage(NamedTuple):
    """One page's content; ``fallback`` tells why pdfplumber read it instead of the fast reader ("" if it did not)."""

    content: PageContent
    fallback: str = ""


def read_pages(
    path: Path, *, limits: Limits = DEFAULT_LIMITS, reader: PdfReader = "fast", recognise: Recognise | None = None
) -> Iterator[ReadPage]:
    """Yield each page's content, one page in memory at a time; raises RejectedFile.

    The fast reader vouches for a page when every character has a Unicode and a place and every drawn run of text gave
    characters. Where it cannot, pdfplumber reads the page, and its reading is taken if it knows more characters. A page
    that is a picture is handed to ``recognise``, where that is given.
    """
    _check_tail(path)
    reference = _Reference(path)
    try:
        document = open_pdfium(path)
    except pdfium.PdfiumError as error:
        if error.err_code not in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise RejectedFile(Reason.DAMAGED, "PDF 结构无法识别") from error
        yield from _read_without_password(reference, limits)
        return
    try:
        if document.count_attachments() and _PAYLOAD in path.read_bytes():
            raise RejectedFile(Reason.ENCRYPTED, "PDF 受权限管理（IRM）保护，能打开的只是一张说明页")
        count = len(document)
        _check_count(count, limits)
        pictures = 0
        for index in range(count):
            page = _read_page(document, reference, index, reader)
            if recognise is not None and is_picture(page.content):
                pictures += 1
                if pictures > limits.scanned_pages:
                    raise RejectedFile(Reason.TOO_MANY_PAGES, f"超过 {limits.scanned_pages} 页是图片")
                yield from _recognise_page(document, index, page, recognise)
            elif recognise is not None and pictures < limits.scanned_pages:
                boxes = find_inlays(page.content)
                if boxes:
                    pictures += 1
                    page = page._replace(
                        content=read_inlays(page.content, draw_page(document, index), boxes, recognise)
                    )
                yield page
            else:
                yield page
    finally:
        document.close()
        reference.close()


def find_damage(path: Path) -> str | None:
    """Say what is broken in a PDF in which nothing was found, or give None: it is whole and empty.

    PDFium opens what is left of a damaged file as a document of empty pages.
    """
    reference = _Reference(path)
    try:
        reference.open()
    except _PLUMBER_ERRORS:
        return "PDF 结构有损坏，读不出任何内容"
    finally:
        reference.close()
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - _TAIL))
        found = _START.findall(stream.read())
        stream.seek(min(int(found[-1]), size) if found else size)
        if not _TABLE.match(stream.read(64)):
            return "PDF 的目录表已损坏，读不出任何内容"
    return None


def _check_count(count: int, limits: Limits) -> None:
    if not count:
        raise RejectedFile(Reason.DAMAGED, "文件里没有一页可以读取")
    if count > limits.pages:
        raise RejectedFile(Reason.TOO_MANY_PAGES, f"共 {count} 页，上限 {limits.pages} 页")


def _read_without_password(reference: "_Reference", limits: Limits) -> Iterator[ReadPage]:
    """Read a document that PDFium asks a password for: it does so for some that open without one."""
    try:
        try:
            count = reference.open()
        except _PLUMBER_ERRORS as error:
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
                raise RejectedFile(Reason.ENCRYPTED, "打开文件需要密码") from error
            raise RejectedFile(Reason.DAMAGED, "PDF 的加密信息已损坏，打不开") from error
        _check_count(count, limits)
        for index in range(count):
            content = reference.read(index)
            if content is None:
                raise RejectedFile(Reason.DAMAGED, f"第 {index + 1} 页无法读取")
            yield ReadPage(content, "快速读取打不开此文件")
    finally:
        reference.close()


def _read_page(document: pdfium.PdfDocument, reference: "_Reference", index: int, reader: PdfReader) -> ReadPage:
    if reader == "pdfplumber":
        content = reference.read(index)
        if content is None:
            raise RejectedFile(Reason.DAMAGED, f"第 {index + 1} 页无法读取")
        return ReadPage(content)
    try:
        fast = read_pdfium_page(document, index)
    except PageUnreadableError as error:
        content = reference.read(index)
        if content is None or not content.words:
            raise RejectedFile(Reason.DAMAGED, f"第 {index + 1} 页无法读取") from error
        return ReadPage(content, "快速读取打不开此页")
    if not fast.doubts or reference.failures >= _GIVE_UP:
        return ReadPage(fast)
    content = reference.read(index)
    if content is None and fast.lost:
        raise RejectedFile(Reason.DAMAGED, f"第 {index + 1} 页有文字的字体已损坏，读不出来")
    if content is None or _quality(content) <= _quality(fast):
        reference.failures += 1
        return ReadPage(fast)
    return ReadPage(content, "；".join(fast.doubts))


def _recognise_page(
    document: pdfium.PdfDocument, index: int, page: ReadPage, recognise: Recognise
) -> Iterator[ReadPage]:
    content = page.content
    for recognised in recognise(draw_page(document, index), content.width, content.height, content.number):
        yield ReadPage(recognised)


def _quality(content: PageContent) -> int:
    """Count the visible characters that are known."""
    return sum(len(word.text) for word in content.words if not word.text.isspace()) - content.unmapped


class _Reference:
    """The same document in pdfplumber, opened when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document: PDF | None = None
        self.failures = 0

    def open(self) -> int:
        """Open the document and give the number of its pages; raises pdfplumber's and pdfminer's own errors."""
        if self.document is None:
            self.document = open_plumber(self.path)
        return len(self.document.pages)

    def read(self, index: int) -> PageContent | None:
        """Read a page, or give None where pdfplumber cannot."""
        try:
            self.open()
            assert self.document is not None
            return read_plumber_page(self.document, index)
        except _PLUMBER_ERRORS:
            return None

    def close(self) -> None:
        """Close the document if it was opened; of one whose pages are broken, closing them fails too."""
        if self.document is not None:
            with suppress(*_PLUMBER_ERRORS):
                self.document.close()


def _check_tail(path: Path) -> None:
    """Reject a file whose end is missing: PDFium would open what is left of it without a word."""
    size = path.stat().st_size
    if not size:
        raise RejectedFile(Reason.EMPTY_FILE, "文件长度为 0")
    with path.open("rb") as stream:
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise RejectedFile(Reason.DAMAGED, "文件不完整：缺少结尾，可能没有传完")
