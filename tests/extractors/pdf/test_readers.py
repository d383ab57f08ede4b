"""The fast reader and pdfplumber give the same cells, and every character of a page is accounted for."""

from pathlib import Path

import pytest

from extractors.pdf.layout import FoundTable, PageLayout, count_visible, lay_out_page
from extractors.pdf.page import GlyphStyle, PageContent, Word, make_upright, turn_page
from extractors.pdf.pages import read_pages
from tests.extractors.pdf.pdf_fixtures import FOLDER, READABLE
from tests.places import SHARED

FILINGS = sorted((SHARED / "filings").glob("*.pdf")) + sorted((SHARED / "accuracy" / "dev" / "inbox").glob("*.pdf"))
KNOWN_TO_DIFFER = {"recognised", "overfull", "owner_password"}
"""pdfplumber tells neither invisible text nor runs, and cannot map the fonts of an encrypted file."""


def outline(layout: PageLayout) -> list[object]:
    """Give a page's tables and lines without blanks: of several in a row PDFium gives one."""
    found: list[object] = []
    for item in layout.items:
        if isinstance(item, FoundTable):
            cells = tuple((*cell[:4], cell.text.replace(" ", "")) for cell in item.cells)
            found.append((len(item.ys), len(item.xs), cells))
        else:
            found.append(item.text.replace(" ", ""))
    return found


def assert_readers_agree(path: Path) -> None:
    for fast, reference in zip(read_pages(path), read_pages(path, reader="pdfplumber"), strict=True):
        assert outline(lay_out_page(fast.content)) == outline(lay_out_page(reference.content))


@pytest.mark.parametrize("path", [p for p in READABLE if p.stem not in KNOWN_TO_DIFFER], ids=lambda path: path.stem)
def test_both_readers_give_the_same_cells(path: Path) -> None:
    assert_readers_agree(path)


@pytest.mark.skipif(not FILINGS, reason="the filings beside the project are not here")
def test_both_readers_give_the_same_cells_of_real_filings() -> None:
    for path in FILINGS:
        assert_readers_agree(path)


@pytest.mark.parametrize("path", READABLE + FILINGS, ids=lambda path: path.stem)
def test_every_character_is_accounted_for(path: Path) -> None:
    for content, fallback in read_pages(path):
        count = lay_out_page(content).count
        assert count.total == count_visible(content.words) > 0
        assert count.lost == 0
        assert fallback == ""


def test_the_account_shows_where_characters_went() -> None:
    (page,) = (lay_out_page(content).count for content, _ in read_pages(FOLDER / "struck.pdf"))
    assert (page.in_cells, page.in_lines, page.struck, page.hidden) == (14, 0, 5, 0)
    (page,) = (lay_out_page(content).count for content, _ in read_pages(FOLDER / "watermark.pdf"))
    assert page.hidden == len("内部资料样稿")


def test_turning_a_page_round_gives_it_back() -> None:
    for content, _ in read_pages(FOLDER / "lines_bars.pdf"):
        turned = content
        for angle in (90, 180, 90):
            turned = turn_page(turned, angle)
        assert outline(lay_out_page(turned)) == outline(lay_out_page(content))
        for angle in (90, 180, 270):
            assert outline(lay_out_page(turn_page(content, angle))) == outline(lay_out_page(content))


def test_a_page_of_few_sideways_words_stays_as_it_is() -> None:
    level, sideways = GlyphStyle(10.0), GlyphStyle(10.0, 90)
    words = (Word("产", 10, 10, 20, 20, level), Word("出", 30, 10, 40, 20, level), Word("标", 10, 50, 20, 60, sideways))
    page = PageContent(1, 200, 300, words, ())
    assert make_upright(page) is page
