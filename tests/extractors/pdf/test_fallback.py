"""Pages that the fast reader cannot vouch for go to pdfplumber."""

from pathlib import Path

import pytest

from extractors.pdf.pages import PdfReader, read_pages
from extractors.pdf.read import read_pdf
from extractors.rejection import Reason, RejectedFile

CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
NAMED = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[65{}]>>>>"
NAMELESS = (
    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/FontDescriptor 7 0 R"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200"
    "/CapHeight 900/StemV 80>>",
)


TO_UNICODE = (
    "begincmap 1 begincodespacerange <0000><FFFF> endcodespacerange "
    "3 beginbfchar <0001><20142014><0002><0066006C><0003><7B2C> endbfchar endcmap"
)
LIGATURES = (
    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[1[2000]]/FontDescriptor 7 0 R"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    NAMELESS[2],
    f"<</Length {len(TO_UNICODE)}>>stream\n{TO_UNICODE}\nendstream",
)
"""A font that draws —— and fl with one glyph each, and says so."""


def write_pdf(path: Path, text: str, *fonts: str, count: int = 1) -> Path:
    """Write a page with one text in the first font; ``count`` is the number of pages that the file claims."""
    stream = f"BT /F 12 Tf 100 700 Td {text} Tj ET"
    content = f"<</Length {len(stream)}>>stream\n{stream}\nendstream"
    places = []
    data = b"%PDF-1.4\n"
    bodies = (CATALOGUE, f"<</Type/Pages/Count {count}/Kids[3 0 R]>>", PAGE, content, *fonts)
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(places) + 1}/Root 1 0 R>>\n"
    path.write_bytes(data + f"{tail}startxref\n{len(data)}\n%%EOF".encode())
    return path


def test_a_page_with_unknown_characters_goes_to_pdfplumber_if_it_knows_them(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "named.pdf", "(AB)", NAMED.format("/uni91D1_uni989D/uni4E07"))
    document = read_pdf(path, sha256="")
    assert [paragraph.text for paragraph in document.paragraphs()] == ["金额万"]
    assert [(note.code, note.page) for note in document.notes] == [("page_fallback", 1)]


def test_a_page_with_all_characters_known_stays_with_the_fast_reader(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "known.pdf", "(AB)", NAMED.format("/uni91D1/uni4E07"))
    (page,) = read_pages(path)
    assert (page.fallback, page.content.doubts) == ("", ())
    assert [word.text for word in page.content.words] == ["金万"]


def test_a_file_whose_fonts_do_not_name_their_characters_waits_for_recognition(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "nameless.pdf", "<00010002>", *NAMELESS)
    with pytest.raises(RejectedFile) as caught:
        read_pdf(path, sha256="")
    assert caught.value.reason is Reason.NEEDS_OCR


def test_a_few_unknown_characters_are_shown_as_such_and_noted(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "few.pdf", "(BBBBA)", NAMED.format("/g17/uni4E07"))
    document = read_pdf(path, sha256="")
    assert [paragraph.text for paragraph in document.paragraphs()] == ["万万万万\ufffd"]
    assert [note.code for note in document.notes] == ["unmapped_text"]


def test_a_file_that_lacks_a_page_is_rejected(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "short.pdf", "(B)", NAMED.format("/uni91D1/uni4E07"), count=2)
    with pytest.raises(RejectedFile) as caught:
        read_pdf(path, sha256="")
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("reader", ["fast", "pdfplumber"])
def test_one_glyph_may_stand_for_several_characters(tmp_path: Path, reader: PdfReader) -> None:
    path = write_pdf(tmp_path / "level.pdf", "<00030001000300020003>", *LIGATURES)
    assert [p.text for p in read_pdf(path, sha256="", reader=reader).paragraphs()] == ["第——第fl第"]
    turns = ("0 1 -1 0 200 300", "0 -1 1 0 300 700", "-1 0 0 -1 400 600")
    for turn in turns:
        path = write_pdf(tmp_path / "turned.pdf", f"<> Tj {turn} Tm <0003000100030003>", *LIGATURES)
        assert [p.text for p in read_pdf(path, sha256="", reader=reader).paragraphs()] == ["第——第第"]
