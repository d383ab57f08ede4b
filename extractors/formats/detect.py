"""Tells a file's format by its content, never by its name, and refuses what is no filing with its true name."""

import re
import struct
from enum import StrEnum
from pathlib import Path

from extractors.formats.encoding import decode_text
from extractors.formats.ole import SIGNATURE as OLE_SIGNATURE
from extractors.formats.ole import open_compound
from extractors.formats.pictures import SIGNATURES as PICTURES
from extractors.formats.zip_archive import Archive, open_archive
from extractors.limits import MEGABYTE, Limits
from extractors.rejection import Reason, RejectedFile

HEAD_BYTES = 4096
PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024
PDF_TRACES = re.compile(rb"startxref|\bendobj\b|\btrailer\s*<<|\d+ \d+ obj\b|^\s*xref\s")
DOC_ENCRYPTED_FLAG = 0x0100
WORD_ENCRYPTED_AT = 10
RIGHTS_STREAM = "\tDRMContent"
WORD_XML = re.compile(rb"<(?:\w+:)?(?:wordDocument|package)[\s>]")
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div)[\s>]", re.IGNORECASE)


class Format(StrEnum):
    """What a file is, as far as reading it goes."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    DOC = "doc"
    RTF = "rtf"
    WORD_XML = "xml"
    PICTURE = "picture"
    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    OFD = "ofd"
    ODT = "odt"
    ODS = "ods"
    HTML = "html"
    ZIP = "zip"


SHEET_FORMATS = frozenset([Format.XLS, Format.XLSB, Format.ODS])
"""Workbooks that LibreOffice converts to XLSX before they are read."""

OFFICE_FORMATS = frozenset([Format.DOC, Format.RTF, Format.WORD_XML, Format.ODT]) | SHEET_FORMATS
"""Formats that LibreOffice converts before they are read, text documents to DOCX."""

OLD_WORD_STARTS = (b"\xdb\xa5", b"\x9b\xa5")
"""Word 1 and 2, which were no compound files yet."""

PREPARED_STARTS = (b"PK", OLE_SIGNATURE, b"{\\rtf", b"<", *OLD_WORD_STARTS)

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "GIF 图片，请另存为 JPG 或 PNG 报送"),
    (b"RIFF", "图片或音视频文件"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip 压缩包"),
    (b"\x1f\x8b", "GZIP 压缩文件"),
    (b"BZh", "BZIP2 压缩文件"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"SQLite format 3\x00", "数据库文件"),
    (b"%!PS", "PostScript 文件"),
    (b"AT&TFORM", "DjVu 文件"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "Windows 快捷方式，请报送它指向的文件本身"),
)
ZIP_FORMATS = {"xl/workbook.xml": Format.XLSX, "xl/workbook.bin": Format.XLSB, "ofd.xml": Format.OFD}
"""The member that says what an archive is."""

ZIP_MEMBERS: tuple[tuple[str, str], ...] = (
    ("ppt/", "PowerPoint 演示文稿，请报送 Word 或 PDF"),
    ("visio/", "Visio 绘图"),
    ("meta-inf/manifest.mf", "程序包"),
    ("meta-inf/container.xml", "电子书"),
    ("androidmanifest.xml", "安卓程序"),
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
OPEN_DOCUMENT_FORMATS = {b"text": Format.ODT, b"spreadsheet": Format.ODS}
OPEN_DOCUMENT_KINDS = {b"presentation": "ODP 演示文稿"}
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("PowerPoint Document", "PowerPoint 演示文稿，请报送 Word 或 PDF"),
    ("VisioDocument", "Visio 绘图"),
    ("__properties_version1.0", "Outlook 邮件"),
    ("HwpSummaryInformation", "HWP 文档"),
)
SHEET_STREAMS = frozenset(["Workbook", "Book"])
"""Workbooks of Excel 5 to 2003, and WPS's own .et."""

WORD_STREAMS = frozenset(["WordDocument", "CONTENTS", "MM"])
"""Word and WPS writer documents; CONTENTS and MM are the older Works documents that LibreOffice reads too."""


def detect_format(path: Path, limits: Limits) -> Format:
    """Tell a file's format; RejectedFile with what it is where it cannot be a filing."""
    size = path.stat().st_size
    if size == 0:
        raise RejectedFile(Reason.EMPTY_FILE, "文件大小为 0 字节")
    if size > limits.file_bytes:
        raise RejectedFile(Reason.TOO_LARGE, f"文件超过 {limits.file_bytes // MEGABYTE} MB")
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _detect_zip(path, limits)
    if head.startswith(OLE_SIGNATURE):
        return _detect_ole(path.read_bytes())
    if PDF_MARK in head[:PDF_MARK_WITHIN]:
        return Format.PDF
    if head.startswith(OLD_WORD_STARTS) and b"\x00" in head:
        return Format.DOC
    if head.lstrip().startswith(b"{\\rtf"):
        return Format.RTF
    if head.startswith(PICTURES) and not _reads_as_text(head):
        return Format.PICTURE
    for signature, name in SIGNATURES:
        if head.startswith(signature) and not _reads_as_text(head):
            raise RejectedFile(Reason.UNSUPPORTED_FORMAT, f"这是 {name}")
    return _detect_text(path, head)


def may_need_preparing(path: Path) -> bool:
    """Tell by a file's first bytes whether it may be a zip of filings or an office format; costs one short read."""
    with path.open("rb") as stream:
        return stream.read(16).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(PREPARED_STARTS)


def _detect_zip(path: Path, limits: Limits) -> Format:
    with open_archive(path, limits) as archive:
        if _is_word_package(archive):
            return Format.DOCX
        for member, format in ZIP_FORMATS.items():
            if member in archive.members:
                return format
        kind = archive.members.get("mimetype")
        mime = archive.read_member(kind, HEAD_BYTES) if kind is not None else b""
        if mime.startswith(OPEN_DOCUMENT):
            kind_of = mime.removeprefix(OPEN_DOCUMENT).strip()
            if kind_of in OPEN_DOCUMENT_FORMATS:
                return OPEN_DOCUMENT_FORMATS[kind_of]
            found = OPEN_DOCUMENT_KINDS.get(kind_of, "OpenDocument 文件")
            raise RejectedFile(Reason.UNSUPPORTED_FORMAT, f"这是 {found}，请报送 Word 或 PDF")
        for prefix, name in ZIP_MEMBERS:
            if any(member.startswith(prefix) for member in archive.members):
                raise RejectedFile(Reason.UNSUPPORTED_FORMAT, f"这是 {name}")
        if "[content_types].xml" in archive.members:
            raise RejectedFile(Reason.DAMAGED, "Office 文件缺少正文部件")
        if not archive.members:
            raise RejectedFile(Reason.EMPTY_FILE, "压缩包是空的")
    return Format.ZIP


def _is_word_package(archive: Archive) -> bool:
    if "word/document.xml" in archive.members:
        return True
    if "[content_types].xml" not in archive.members and "_rels/.rels" not in archive.members:
        return False
    types = archive.read("[Content_Types].xml") or b""
    return b"wordprocessingml" in types or b"ms-word.document.macroEnabled" in types


def _detect_ole(data: bytes) -> Format:
    file = open_compound(data)
    if file is None:
        raise RejectedFile(Reason.DAMAGED, "复合文档的目录已损坏")
    streams = file.entries
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise RejectedFile(Reason.ENCRYPTED, "文件设有打开密码")
    if RIGHTS_STREAM in streams:
        raise RejectedFile(Reason.ENCRYPTED, "文件受权限管理（IRM）保护")
    if "WordDocument" in streams:
        start = file.read("WordDocument", WORD_ENCRYPTED_AT + 2)
        flags = struct.unpack_from("<H", start, WORD_ENCRYPTED_AT)[0] if len(start) > WORD_ENCRYPTED_AT + 1 else 0
        if flags & DOC_ENCRYPTED_FLAG:
            raise RejectedFile(Reason.ENCRYPTED, "Word 文件设有打开密码")
        return Format.DOC
    if SHEET_STREAMS & streams.keys():
        return Format.XLS
    for stream, name in OLE_STREAMS:
        if stream in streams:
            raise RejectedFile(Reason.UNSUPPORTED_FORMAT, f"这是 {name}")
    if WORD_STREAMS & streams.keys():
        return Format.DOC
    raise RejectedFile(Reason.UNSUPPORTED_FORMAT, "这是其他程序的复合文档，不是 Word 或 Excel 文件")


def _detect_text(path: Path, head: bytes) -> Format:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml") or start.startswith(b"<"):
        if WORD_XML.search(head):
            return Format.WORD_XML
        if HTML.search(head):
            return Format.HTML
        if start.startswith(b"<?xml"):
            raise RejectedFile(Reason.UNSUPPORTED_FORMAT, "这是 XML 数据文件，不是文档")
    if b"mime-version:" in head.lower()[:1024] and b"content-type:" in head.lower():
        raise RejectedFile(Reason.UNSUPPORTED_FORMAT, "这是 MHTML 网页或邮件，请用 Word 打开后另存为 DOCX 报送")
    data = path.read_bytes()
    if PDF_TRACES.search(data[:HEAD_BYTES]) or PDF_TRACES.search(data[-HEAD_BYTES:]):
        raise RejectedFile(Reason.DAMAGED, "文件像是 PDF，但文件头已损坏")
    if not data.strip(b"\x00 \t\r\n"):
        raise RejectedFile(Reason.EMPTY_FILE, "文件里只有空白")
    decode_text(data)
    return Format.TXT


def _reads_as_text(head: bytes) -> bool:
    """Tell apart a text that happens to begin with two letters of a signature ("BM", "MZ") from the real thing."""
    return not any(byte < 9 or 13 < byte < 32 for byte in head[:512])
