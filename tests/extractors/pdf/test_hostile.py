"""PDFs built to keep a reader busy for ever, through the guarded reader."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.limits import MEGABYTE, Limits
from extractors.reading import read_filing, run_guarded
from extractors.rejection import Reason, RejectedFile

OBJECTS = 1_000_000
REFERENCES = 50_000
LIMITS = Limits(seconds=6, memory_bytes=600 * MEGABYTE)


def write_pdf(path: Path, objects: Iterator[str]) -> Path:
    """Write a PDF of objects numbered from 1; the first is its catalogue."""
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        places: list[int] = []
        for number, body in enumerate(objects, start=1):
            places.append(stream.tell())
            stream.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
        start = stream.tell()
        stream.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
        stream.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
        stream.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return path


def loop_of_pages() -> Iterator[str]:
    """Give a page tree whose nodes each hold the next one, the last the first."""
    yield "<</Type/Catalog/Pages 2 0 R>>"
    for number in range(2, OBJECTS):
        yield f"<</Type/Pages/Count {OBJECTS}/Kids[{number + 1} 0 R]>>"
    yield f"<</Type/Pages/Count {OBJECTS}/Kids[2 0 R]>>"


def loop_of_references() -> Iterator[str]:
    """Give a page whose content is an object that is the next object, and so on in a circle."""
    yield "<</Type/Catalog/Pages 2 0 R>>"
    yield "<</Type/Pages/Count 1/Kids[3 0 R]>>"
    yield "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 5 0 R>>"
    for number in range(4, REFERENCES):
        yield f"{number + 1} 0 R"
    yield "4 0 R"


def forms_that_draw_themselves() -> Iterator[str]:
    """Give a page with a form that draws itself ten times, and so each of those."""
    yield "<</Type/Catalog/Pages 2 0 R>>"
    yield "<</Type/Pages/Count 1/Kids[3 0 R]>>"
    yield "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    yield "<</Length 5>>stream\n/F Do\nendstream"
    draw = "/F Do " * 10
    form = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>"
    yield f"<<{form}/Length {len(draw)}>>stream\n{draw}\nendstream"


@pytest.mark.parametrize("objects", [loop_of_pages, loop_of_references, forms_that_draw_themselves])
def test_loops_end_in_a_reason(tmp_path: Path, objects: Callable[[], Iterator[str]]) -> None:
    bad = write_pdf(tmp_path / "a.pdf", objects())
    good = tmp_path / "b.txt"
    good.write_text("正文", encoding="utf-8")
    results = dict(run_guarded(read_filing, [bad, good], workers=2, limits=LIMITS))
    assert isinstance(results[good], Document)
    result = results[bad]
    assert isinstance(result, RejectedFile)
    assert result.reason in {
        Reason.DAMAGED,
        Reason.EMPTY_FILE,
        Reason.TOO_MANY_PAGES,
        Reason.TOO_SLOW,
        Reason.TOO_DEEP,
        Reason.TOO_MUCH_MEMORY,
    }


def wrapper() -> Iterator[str]:
    """Give a page that only says that the document attached to it is encrypted."""
    yield "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.pdf)4 0 R]>>>>>>"
    yield "<</Type/Pages/Count 1/Kids[3 0 R]>>"
    yield "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    yield "<</Type/Filespec/UF(a.pdf)/AFRelationship/EncryptedPayload/EF<</F 5 0 R>>>>"
    yield "<</Type/EmbeddedFile/Length 3>>stream\n???\nendstream"


def test_a_wrapper_around_an_encrypted_document_is_encrypted(tmp_path: Path) -> None:
    with pytest.raises(RejectedFile) as caught:
        read_filing(write_pdf(tmp_path / "a.pdf", wrapper()))
    assert caught.value.reason is Reason.ENCRYPTED
