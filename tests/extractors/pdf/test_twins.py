"""A filing printed as PDF gives the cells and paragraphs of its DOCX twin."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.document import Document, Grid
from extractors.docx.read import read_docx
from extractors.pdf.read import read_pdf
from tests.places import SHARED

TWINS = [
    path
    for path in sorted((SHARED / "accuracy" / "dev" / "inbox").glob("*.pdf"))
    + sorted((SHARED / "filings").glob("*.pdf"))
    if path.with_suffix(".docx").exists()
]
Row = tuple[str, ...]


def squeeze(text: str) -> str:
    """Drop blanks, which PDF keeps only in part; typed line breaks stay."""
    return re.sub(r"[ \u3000\xa0\t]", "", text)


def filled(row: list[str | None]) -> Row:
    """Give a row's non-empty texts."""
    return tuple(text for cell in row if (text := squeeze(cell or "")))


def rows_of(grid: Grid) -> Iterator[Row]:
    """Give a table's rows, and beside each page break those that the two rows there may have been."""
    rows = grid.rows()
    yield from map(filled, rows)
    for start in grid.page_starts:
        for below in range(start, min(start + 2, grid.n_rows)):
            pairs = zip(rows[start - 1], rows[below], strict=True)
            yield filled([squeeze(above or "") + squeeze(rest or "") for above, rest in pairs])


def paragraphs_of(document: Document) -> list[str]:
    return [text for paragraph in document.paragraphs() if (text := re.sub(r"\s", "", paragraph.text))]


@pytest.mark.skipif(not TWINS, reason="the filings beside the project are not here")
@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_twins_have_the_same_rows_and_paragraphs(path: Path) -> None:
    printed = read_pdf(path, sha256="")
    written = read_docx(path.with_suffix(".docx"), sha256="", file_name=path.name)
    read_rows = {row for grid in printed.grids() for row in rows_of(grid)}
    texts = paragraphs_of(printed)
    borderless = []
    for grid in written.grids():
        for row in map(filled, grid.rows()):
            if row and "".join(row) in texts:
                borderless.append("".join(row))
            elif row:
                assert row in read_rows
    assert [text for text in texts if text not in borderless] == paragraphs_of(written)
