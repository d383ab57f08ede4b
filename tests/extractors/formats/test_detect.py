import struct
import zipfile
from pathlib import Path

import pytest

from extractors.formats.detect import Format, detect_format
from extractors.formats.ole import SIGNATURE
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import paragraph, write_docx

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_ole(path: Path, streams: dict[str, bytes]) -> Path:
    """Write a compound file whose streams lie one after another, each at least 4096 bytes long."""
    names = list(streams)
    sectors: list[bytes] = [b"", b""]  # allocation table, directory
    fat = [FAT, END]
    starts: list[int] = []
    for name in names:
        data = streams[name].ljust(4096, b"\x00")
        starts.append(len(fat))
        parts = [data[at : at + 512].ljust(512, b"\x00") for at in range(0, len(data), 512)]
        sectors.extend(parts)
        fat.extend([*range(len(fat) + 1, len(fat) + len(parts)), END])
    entries = [directory_entry("Root Entry", 5, FREE, 1 if names else FREE, END, 0)]
    for number, name in enumerate(names, start=1):
        right = number + 1 if number < len(names) else FREE
        entries.append(directory_entry(name, 2, right, FREE, starts[number - 1], max(4096, len(streams[name]))))
    sectors[0] = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    sectors[1] = b"".join(entries).ljust(512, b"\x00")
    header = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, END, 0, END, 0, 0)[:36]
    path.write_bytes(header.ljust(76, b"\x00")[:76] + struct.pack("<I", 0) + b"\xff" * (512 - 80) + b"".join(sectors))
    return path


def directory_entry(name: str, kind: int, right: int, child: int, start: int, length: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    head = raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return head.ljust(116, b"\x00") + struct.pack("<III", start, length, 0)


def word_stream(flags: int = 0) -> bytes:
    return struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)


def zip_of(path: Path, names: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Reason, str]:
    with pytest.raises(RejectedFile) as caught:
        detect_format(path, limits)
    return caught.value.reason, caught.value.detail


def test_names_say_nothing_about_the_format(tmp_path: Path) -> None:
    assert detect_format(write_docx(tmp_path / "a.pdf", paragraph("甲")), DEFAULT_LIMITS) is Format.DOCX
    for name, data, expected in (
        ("b.docx", "一级指标\t二级指标\n".encode(), Format.TXT),
        ("c.txt", b"%PDF-1.7\n1 0 obj", Format.PDF),
        ("d.docx", b"\x00\x00junk\n%PDF-1.4\n", Format.PDF),
        ("e.doc", b"{\\rtf1\\ansi x}", Format.RTF),
        ("h.doc", b"\xdb\xa5-\x001@\t\x04\x00\x00", Format.DOC),
        ("f.doc", b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', Format.WORD_XML),
        ("g.doc", b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', Format.WORD_XML),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert detect_format(path, DEFAULT_LIMITS) is expected, name


def test_word_document_in_a_compound_file(tmp_path: Path) -> None:
    assert detect_format(write_ole(tmp_path / "a.wps", {"WordDocument": word_stream()}), DEFAULT_LIMITS) is Format.DOC


@pytest.mark.parametrize(
    ("streams", "reason", "word"),
    [
        ({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}, Reason.ENCRYPTED, "密码"),
        ({"WordDocument": word_stream(0x0100)}, Reason.ENCRYPTED, "密码"),
        ({"WordDocument": word_stream(), "\tDRMContent": b"x"}, Reason.ENCRYPTED, "权限"),
        ({"PowerPoint Document": b"x"}, Reason.UNSUPPORTED_FORMAT, "PowerPoint"),
        ({"Something": b"x"}, Reason.UNSUPPORTED_FORMAT, "不是 Word"),
    ],
)
def test_other_compound_files(tmp_path: Path, streams: dict[str, bytes], reason: Reason, word: str) -> None:
    found, detail = refusal(write_ole(tmp_path / "a.doc", streams))
    assert found is reason
    assert word in detail


def test_damaged_compound_file(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(SIGNATURE + b"\xff" * 600)
    assert refusal(path)[0] is Reason.DAMAGED


@pytest.mark.parametrize(
    ("data", "reason", "word"),
    [
        (b"", Reason.EMPTY_FILE, "0 字节"),
        (b" \r\n\t\n", Reason.EMPTY_FILE, "空白"),
        (b"\x00" * 5000, Reason.EMPTY_FILE, "空白"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00", Reason.UNSUPPORTED_FORMAT, "GIF"),
        (b"Rar!\x1a\x07\x00", Reason.UNSUPPORTED_FORMAT, "RAR"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 60, Reason.UNSUPPORTED_FORMAT, "快捷方式"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", Reason.UNSUPPORTED_FORMAT, "MHTML"),
        (b'<?xml version="1.0"?><root/>', Reason.UNSUPPORTED_FORMAT, "XML"),
        (b"trailer<</Root 1 0 R>>", Reason.DAMAGED, "PDF"),
        (bytes(range(256)) * 8, Reason.UNSUPPORTED_FORMAT, "不是文本"),
        (b"PK\x03\x04 and then nothing", Reason.DAMAGED, "压缩"),
    ],
)
def test_what_is_no_filing_is_called_by_its_name(tmp_path: Path, data: bytes, reason: Reason, word: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    found, detail = refusal(path)
    assert found is reason
    assert word in detail


@pytest.mark.parametrize(
    ("members", "reason", "word"),
    [
        ({"[Content_Types].xml": b"x", "ppt/presentation.xml": b"x"}, Reason.UNSUPPORTED_FORMAT, "PowerPoint"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.presentation", "META-INF/manifest.xml": b"x"},
            *(Reason.UNSUPPORTED_FORMAT, "ODP"),
        ),
        ({"META-INF/MANIFEST.MF": b"x", "a.class": b"x"}, Reason.UNSUPPORTED_FORMAT, "程序"),
        ({"[Content_Types].xml": b"x"}, Reason.DAMAGED, "正文"),
        ({}, Reason.EMPTY_FILE, "空"),
    ],
)
def test_other_packages(tmp_path: Path, members: dict[str, bytes], reason: Reason, word: str) -> None:
    found, detail = refusal(zip_of(tmp_path / "a.docx", members))
    assert found is reason
    assert word in detail


def test_sheets_and_fixed_pages_are_told_by_what_they_hold(tmp_path: Path) -> None:
    for members, expected in (
        ({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}, Format.XLSX),
        ({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}, Format.XLSB),
        ({"OFD.xml": b"x"}, Format.OFD),
    ):
        assert detect_format(zip_of(tmp_path / "a.docx", members), DEFAULT_LIMITS) is expected
    for stream in ("Workbook", "Book"):
        assert detect_format(write_ole(tmp_path / "a.et", {stream: b"x"}), DEFAULT_LIMITS) is Format.XLS


def test_zip_of_filings(tmp_path: Path) -> None:
    assert detect_format(zip_of(tmp_path / "a.zip", {"甲.docx": b"x"}), DEFAULT_LIMITS) is Format.ZIP


def test_text_that_begins_like_a_picture_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("BM镇2023年绩效目标".encode())
    assert detect_format(path, DEFAULT_LIMITS) is Format.TXT


def test_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2_000_000)
    assert refusal(path, Limits(file_bytes=1_000_000))[0] is Reason.TOO_LARGE


def test_open_documents_and_web_pages_are_told_by_what_they_hold(tmp_path: Path) -> None:
    for kind, format in ((b"text", Format.ODT), (b"spreadsheet", Format.ODS)):
        mime = b"application/vnd.oasis.opendocument." + kind
        packed = zip_of(tmp_path / "a.docx", {"mimetype": mime, "META-INF/manifest.xml": b"x"})
        assert detect_format(packed, DEFAULT_LIMITS) is format
    for page in (b"<!DOCTYPE html><html><body>x</body></html>", b"\xef\xbb\xbf\r\n<html xmlns:w='x'><head>"):
        (tmp_path / "a.xls").write_bytes(page)
        assert detect_format(tmp_path / "a.xls", DEFAULT_LIMITS) is Format.HTML
