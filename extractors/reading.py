"""Reads one filing of any format into a Document: the entry point of this room."""

import hashlib
import importlib.util
import tempfile
from pathlib import Path

from extractors.doc.convert import convert_one
from extractors.doc.stated import find_loss, read_stated
from extractors.document import Document, Paragraph
from extractors.docx.read import read_docx
from extractors.docx.story import PictureText, ReadPicture
from extractors.formats.detect import OFFICE_FORMATS, SHEET_FORMATS, Format, detect_format
from extractors.formats.ole import is_encrypted_workbook
from extractors.guard.pool import run_guarded
from extractors.guard.progress import tell_progress
from extractors.html import read_html
from extractors.inbox.sources import OpenedSources, Source, open_sources
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.ofd.read import read_ofd
from extractors.pdf.page import PageContent
from extractors.pdf.pictures import Pixels, Recognise
from extractors.pdf.read import read_pdf
from extractors.rejection import Reason, RejectedFile
from extractors.txt import read_txt

_OCR_PACKAGES = ("cv2", "openvino", "rapidocr")
"""What the extra ``ocr`` installs; imported only when a picture is to be read (half a second)."""

__all__ = ["OpenedSources", "Source", "open_sources", "read_filing", "read_source", "run_guarded"]


def read_filing(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one file into a Document, its format told by content; RejectedFile says why it cannot be loaded.

    To be called in a worker (``run_guarded``) for files nobody vouches for: the limits on time and memory hold
    there. Many DOC files are better prepared together with ``open_sources``.
    """
    return read_source(Source(path, path.name, path), limits)


def read_source(source: Source, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one prepared source; see ``read_filing``."""
    format = detect_format(source.path, limits)
    if format is Format.ZIP:
        raise RejectedFile(
            Reason.UNSUPPORTED_FORMAT,
            "这是压缩包，请解压后逐个报送，或直接放入收件目录（文件名以 .zip 结尾，包内不再有压缩包）",
        )
    with source.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    document = _read(source, format, sha256, limits)
    if not document.blocks:
        raise RejectedFile(Reason.EMPTY_FILE, "文件里没有任何文字")
    _check_lengths(document, limits.cell_characters)
    return document


def _check_lengths(document: Document, most: int) -> None:
    """Refuse a text that no form has: one filing must not keep all others from being compared."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if len(block.text) > most:
                raise RejectedFile(Reason.CELL_TOO_LONG, f"有一段文字长达 {len(block.text)} 字（上限 {most} 字）")
            continue
        for cell in block.cells:
            if len(cell.text) > most:
                where = f"表{block.table_no}第{cell.row + 1}行"
                raise RejectedFile(Reason.CELL_TOO_LONG, f"{where}有单元格长达 {len(cell.text)} 字（上限 {most} 字）")


def _read(source: Source, format: Format, sha256: str, limits: Limits) -> Document:
    if format is Format.PDF:
        return read_pdf(source.path, sha256=sha256, file_name=source.file_name, limits=limits, recognise=recogniser())
    if format is Format.PICTURE:
        return _read_pictures(source, sha256, limits)
    if format is Format.TXT:
        return read_txt(source.path, sha256=sha256, file_name=source.file_name)
    if format is Format.DOCX:
        return read_docx(
            source.path, sha256=sha256, file_name=source.file_name, limits=limits, read_picture=picture_reader(limits)
        )
    if format is Format.XLSX:
        return _read_workbook(source.path, source, sha256, format, limits)
    if format is Format.HTML:
        return read_html(source.path, sha256=sha256, file_name=source.file_name, limits=limits)
    if format is Format.OFD:
        return read_ofd(source.path, sha256=sha256, file_name=source.file_name, limits=limits)
    if format in OFFICE_FORMATS:
        return _read_converted(source, format, sha256, limits)
    raise AssertionError(format)


def recogniser() -> Recognise | None:
    """Give the function that reads pictures of pages, or None where the packages of the extra ``ocr`` are not installed."""
    if not all(importlib.util.find_spec(package) for package in _OCR_PACKAGES):
        return None

    def recognise(pixels: Pixels, width: float, height: float, number: int) -> tuple[PageContent, ...]:
        from extractors.scan.read import recognise

        try:
            contents = recognise(pixels, width, height, number)
        except (MemoryError, ImportError):
            raise
        except Exception as error:  # whatever a picture does to the recogniser costs that page only, and is said
            contents = (PageContent(number, width, height, (), (), recognised=True, doubts=(type(error).__name__,)),)
        tell_progress()
        return contents

    return recognise


def picture_reader(limits: Limits) -> ReadPicture | None:
    """Give the function that reads pictures inside documents, or None; see ``recogniser``."""
    recognise = recogniser()
    if recognise is None:
        return None

    def read(content: bytes, width: float, height: float) -> PictureText | None:
        from extractors.scan.read import read_embedded

        found = read_embedded(content, width, height, recognise=recognise, limits=limits)
        return None if found is None else PictureText(*found)

    return read


def _read_pictures(source: Source, sha256: str, limits: Limits) -> Document:
    recognise = recogniser()
    if recognise is None:
        raise RejectedFile(Reason.NEEDS_OCR, "文件是一张图片，不能直接读取")
    from extractors.scan.read import read_pictures

    return read_pictures(source.path, sha256=sha256, recognise=recognise, file_name=source.file_name, limits=limits)


def _read_workbook(path: Path, source: Source, sha256: str, format: Format, limits: Limits) -> Document:
    from extractors.xlsx.read import read_xlsx  # brings openpyxl along, a tenth of a run's start

    name = "xlsx" if format is Format.XLSX else "xls"
    return read_xlsx(path, sha256=sha256, file_name=source.file_name, format=name, limits=limits)


def _read_converted(source: Source, format: Format, sha256: str, limits: Limits) -> Document:
    with tempfile.TemporaryDirectory(prefix="jixiao-doc-") as folder:
        try:
            if isinstance(source.converted, RejectedFile):
                raise source.converted
            converted = source.converted or convert_one(source.path, format, Path(folder), limits)
        except RejectedFile as rejected:
            if rejected.reason is Reason.DAMAGED and format is Format.XLS and is_encrypted_workbook(source.path):
                raise RejectedFile(Reason.ENCRYPTED, "工作簿设有打开密码") from rejected
            raise
        if format in SHEET_FORMATS:
            return _read_workbook(converted, source, sha256, format, limits)
        document = read_docx(
            converted,
            sha256=sha256,
            file_name=source.file_name,
            format="doc",
            limits=limits,
            read_picture=picture_reader(limits),
        )
    if format is Format.DOC:
        stated = read_stated(source.path.read_bytes())
        loss = find_loss(stated, document) if stated is not None else None
        if loss is not None:
            raise RejectedFile(Reason.DAMAGED, loss)
    return document
