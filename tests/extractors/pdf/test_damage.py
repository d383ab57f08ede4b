"""Damaged PDFs: called damaged, whatever was read before; letters that PDFium leaves out are read otherwise."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.pdf.pages import read_pages
from extractors.pdf.read import read_pdf
from extractors.reading import read_filing
from extractors.rejection import Reason, RejectedFile
from tests.extractors.pdf.pdf_fixtures import FOLDER
from tests.extractors.pdf.test_fallback import LIGATURES, NAMED
from tests.extractors.pdf.test_fallback import write_pdf as write_page
from tests.extractors.pdf.test_hostile import write_pdf

PAGES = "<</Type/Catalog/Pages 2 0 R>>"
ONE = "<</Type/Pages/Count 1/Kids[3 0 R]>>"


def reason_of(path: Path) -> Reason:
    with pytest.raises(RejectedFile) as caught:
        read_filing(path)
    return caught.value.reason


def test_the_reason_does_not_depend_on_the_file_read_before(tmp_path: Path) -> None:
    damaged = write_pdf(tmp_path / "a.pdf", iter(["<</Type/Catalog>>"]))
    assert reason_of(FOLDER / "password.pdf") is Reason.ENCRYPTED
    assert reason_of(damaged) is Reason.DAMAGED


def test_what_is_left_of_a_damaged_file_is_not_called_empty(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", iter([PAGES, ONE, "<</Type/Page/MediaBox[0 0 600 800]>>"]))
    assert reason_of(path) is Reason.EMPTY_FILE
    path.write_bytes(path.read_bytes().replace(b"\nxref\n", b"\nxxxx\n"))
    assert reason_of(path) is Reason.DAMAGED


def test_a_broken_page_tree_is_no_failure_of_the_reader(tmp_path: Path) -> None:
    broken = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</A /B 6 0 R>>>>"
    tree = "<</Type/Pages/Count 2/Kids[4 0 R 3 0 R]>>"
    assert reason_of(write_pdf(tmp_path / "a.pdf", iter([PAGES, tree, broken, "[]"]))) is Reason.DAMAGED


def test_letters_without_shape_are_read_all_the_same(tmp_path: Path) -> None:
    """PDFium leaves out a run of one letter whose font has no shape for it: damaged, or not embedded and not here."""
    path = write_page(tmp_path / "a.pdf", "<0003> Tj 60 0 Td <0003>", *LIGATURES)
    document = read_pdf(path, sha256="")
    assert [paragraph.text for paragraph in document.paragraphs()] == ["第 第"]
    assert [note.code for note in document.notes] == ["page_fallback"]


def test_blanks_of_a_whole_font_raise_no_doubt(tmp_path: Path) -> None:
    path = write_page(tmp_path / "a.pdf", "(A) Tj 60 0 Td ( ) Tj 60 0 Td (A)", NAMED.format("/A"))
    (page,) = read_pages(path)
    assert (page.fallback, page.content.doubts) == ("", ())


def open_without_password(path: Path) -> Path:
    """Write a document encrypted for nobody: its user password is empty. PDFium dislikes the sum of its permissions."""
    key, salts = bytes(range(32)), b"12345678abcdefgh"
    user = hashlib.sha256(salts[:8]).digest() + salts
    wrapped = Cipher(algorithms.AES(hashlib.sha256(salts[8:]).digest()), modes.CBC(bytes(16))).encryptor().update(key)
    stream = b"BT /F 12 Tf 100 700 Td (Total 24) Tj ET"
    padding = 16 - len(stream) % 16
    body = bytes(16) + Cipher(algorithms.AES(key), modes.CBC(bytes(16))).encryptor().update(
        stream + bytes([padding]) * padding
    )
    fields = {"U": user, "UE": wrapped, "O": bytes(48), "OE": bytes(32), "Perms": bytes(16)}
    hexed = "".join(f"/{name}<{value.hex()}>" for name, value in fields.items())
    objects = [
        PAGES,
        ONE,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(body)}>>stream\n{'#' * len(body)}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Filter/Standard/V 5/R 5/Length 256/P -4/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>"
        f"/StmF/StdCF/StrF/StdCF{hexed}>>",
    ]
    write_pdf(path, iter(objects))
    data = path.read_bytes().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]")
    path.write_bytes(data.replace(b"#" * len(body), body))
    return path


def test_what_opens_without_a_password_is_read(tmp_path: Path) -> None:
    document = read_filing(open_without_password(tmp_path / "a.pdf"))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Total 24"]


def test_what_is_typed_into_a_form_is_read(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont("STSong-Light", 11)
    for top, label in ((700, "培训期数"), (680, "是否核心")):
        canvas.rect(100, top, 60, 20)
        canvas.rect(160, top, 100, 20)
        canvas.drawString(105, top + 6, label)
    canvas.acroForm.textfield(name="a", value=">=24", x=162, y=701, width=90, height=16, fontSize=10, borderWidth=0)
    for x, name, word in ((162, "b", "是"), (202, "c", "否")):
        canvas.acroForm.checkbox(name=name, checked=word == "是", x=x, y=682, size=12, borderWidth=0)
        canvas.drawString(x + 14, 686, word)
    canvas.save()
    (grid,) = read_pdf(path, sha256="").grids()
    assert grid.rows() == [["培训期数", ">=24"], ["是否核心", "☑是□否"]]
