"""Archive bombs and poisoned packages, made here: each ends in its own reason, and nothing of it is unpacked or fetched."""

import itertools
import socket
import struct
import zipfile
from pathlib import Path

import pytest

from extractors.docx.read import read_docx
from extractors.formats.detect import detect_format
from extractors.formats.zip_archive import open_archive
from extractors.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import (
    CONTENT_TYPES,
    OFFICE,
    cell,
    paragraph,
    read,
    relations,
    row,
    table,
    texts,
    write_docx,
)

DEEP = 400


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS) -> RejectedFile:
    with pytest.raises(RejectedFile) as caught:
        detect_format(path, limits)
        read_docx(path, sha256="", file_name=path.name, limits=limits)
    return caught.value


def write_bomb(path: Path, name: str, size: int) -> Path:
    """Write a package with a member of so many zeros, in small pieces, so that the test itself stays small."""
    write_docx(path, paragraph("甲"))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        for _ in range(size // MEGABYTE):
            member.write(bytes(MEGABYTE))
    return path


def test_member_of_more_zeros_than_allowed(tmp_path: Path) -> None:
    found = refusal(write_bomb(tmp_path / "a.docx", "word/media/image1.png", 600 * MEGABYTE))
    assert (found.reason, found.detail) == (Reason.TOO_LARGE, "压缩包展开后超过 512 MB")


def test_member_that_says_it_has_ten_gigabytes(tmp_path: Path) -> None:
    """The directory names sizes before anything is unpacked: ten gigabytes need not be there to be refused."""
    path = write_docx(tmp_path / "a.docx", paragraph("甲"), extra={"word/media/image1.png": bytes(1000)})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFFE)
    path.write_bytes(data)
    assert refusal(path).reason is Reason.TOO_LARGE


def test_expansion_out_of_all_proportion(tmp_path: Path) -> None:
    found = refusal(write_bomb(tmp_path / "a.docx", "word/media/image1.png", 100 * MEGABYTE))
    assert (found.reason, found.detail) == (Reason.TOO_LARGE, "压缩包展开后超过原大小的 200 倍")


def test_header_that_says_less_than_there_is(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("甲" * 5000))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("word/document.xml")
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    while data[at + 46 : at + 46 + len(info.filename)] != info.filename.encode():
        at = data.index(b"PK\x01\x02", at + 1)
    struct.pack_into("<I", data, at + 24, 10)
    path.write_bytes(data)
    assert refusal(path).reason is Reason.DAMAGED


def test_a_hundred_thousand_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"{number:x}"), b"")
    found = refusal(path)
    assert (found.reason, found.detail) == (Reason.TOO_LARGE, "压缩包内的文件数超过 5000 个")


def test_package_inside_a_package_is_not_opened(tmp_path: Path) -> None:
    inner = write_docx(tmp_path / "inner.docx", paragraph("内")).read_bytes()
    document = read(write_docx(tmp_path / "a.docx", paragraph("外"), extra={"word/embeddings/a.docx": inner}))
    assert texts(document) == ["外"]


def test_elements_nested_without_end(tmp_path: Path) -> None:
    body = "<w:customXml>" * DEEP + paragraph("甲") + "</w:customXml>" * DEEP
    assert refusal(write_docx(tmp_path / "a.docx", body)).reason is Reason.TOO_DEEP


def test_tables_nested_without_end(tmp_path: Path) -> None:
    body = "甲"
    for _ in range(DEEP // 5):
        body = table(row(cell(body), "乙"), row("丙", "丁"))
    assert refusal(write_docx(tmp_path / "a.docx", body)).reason is Reason.TOO_DEEP


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_document_type_declarations_are_refused_and_not_fetched(
    tmp_path: Path, declaration: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = refusal(
        write_docx(tmp_path / "a.docx", paragraph("&a;" if "ENTITY" in declaration else "甲"), before=declaration)
    )
    assert found.reason is Reason.DAMAGED
    assert "DTD" in found.detail


def test_entities_that_multiply_are_refused_quickly(tmp_path: Path) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in itertools.pairwise(names)
    )
    before = f"<!DOCTYPE w:document [{entities}]>"
    path = write_docx(tmp_path / "a.docx", f'<w:p w:x="&j;"/>{paragraph("&j;")}', before=before)
    assert refusal(path).reason in (Reason.DAMAGED, Reason.TOO_DEEP)


def test_relation_with_entities(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(main="word/document.xml"))
        archive.writestr(
            "_rels/.rels", '<!DOCTYPE x [<!ENTITY a "b">]>' + relations({"officeDocument": "word/document.xml"}, OFFICE)
        )
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(path).reason is Reason.DAMAGED


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/document.xml", "../../../../etc/hostname", "file:///etc/hostname"]
)
def test_main_part_outside_the_package_is_not_followed(tmp_path: Path, target: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(main="word/document.xml"))
        archive.writestr("_rels/.rels", relations({"officeDocument": target}, OFFICE))
    assert refusal(path).reason is Reason.DAMAGED


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_package(tmp_path: Path, share: float) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("甲") * 500)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    found = refusal(path)
    assert (found.reason, found.detail) == (Reason.DAMAGED, "压缩结构不完整，文件可能被截断")


def test_damaged_bytes_inside_a_member(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("甲乙丙丁") * 500)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 80
    data[at : at + 20] = bytes(20)
    path.write_bytes(data)
    assert refusal(path).reason is Reason.DAMAGED


def test_member_that_is_encrypted(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("甲"))
    data = bytearray(path.read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    path.write_bytes(data)
    assert refusal(path).reason is Reason.ENCRYPTED


@pytest.mark.parametrize("styles", ["<w:style", "<w:style w:styleId='a'/></w:styles><x>"])
def test_broken_styles_part(tmp_path: Path, styles: str) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("甲", '<w:pStyle w:val="a"/>'), styles=f"<!-- vanish -->{styles}")
    found = refusal(path)
    assert found.reason is Reason.DAMAGED
    assert "styles.xml" in found.detail


def test_styles_based_on_each_other_end(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        for a, b in ("ab", "ba")
    )
    path = write_docx(tmp_path / "a.docx", paragraph("甲", '<w:pStyle w:val="a"/>'), styles=styles)
    assert texts(read(path)) == ["甲"]


def test_pictures_without_text(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    path = write_docx(tmp_path / "a.docx", body)
    assert refusal(path).reason is Reason.NEEDS_OCR, "it waits for the extra that reads pictures"
    with pytest.raises(RejectedFile) as caught:
        read_docx(path, sha256="", file_name=path.name, read_picture=lambda *_: None)
    assert caught.value.reason is Reason.IMAGE_ONLY, "and is not tried again where nothing can be read in it"


def test_body_that_is_an_embedded_web_page(tmp_path: Path) -> None:
    found = refusal(write_docx(tmp_path / "a.docx", '<w:altChunk r:id="r1"/>'))
    assert (found.reason, "网页" in found.detail) == (Reason.UNSUPPORTED_FORMAT, True)


def test_names_with_backslashes_and_capitals(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("A\\B.TXT", b"x")
    with open_archive(path, DEFAULT_LIMITS) as opened:
        assert opened.read("/a/b.txt") == b"x"
