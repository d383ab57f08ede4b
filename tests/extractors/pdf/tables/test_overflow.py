"""A cell's last line that browsers print below the table's end on a page."""

import pytest

from extractors.pdf.layout import FoundTable, lay_out_page
from extractors.pdf.page import GlyphStyle, PageContent, Rule, Word

EM = 10.0
BOTTOM = 150.0


def _word(text: str, x: float, bottom: float) -> Word:
    starts = tuple(x + EM * k for k in range(len(text)))
    return Word(text, x, bottom - EM, x + EM * len(text), bottom, GlyphStyle(EM), starts=starts)


def _table(closed: bool, below: float) -> list[str]:
    uprights = [Rule(False, x, 100, BOTTOM, 0.5) for x in (50, 150, 250)]
    levels = [Rule(True, 100, 50, 250, 0.5), Rule(True, 125, 150, 250, 0.5)]
    levels.append(Rule(True, BOTTOM, 50 if closed else 150, 250, 0.5))
    words = [_word("建立台账并", 60, 138), _word("接受监督", 60, 149), _word("检查", 60, below)]
    words += [_word("数量", 160, 120), _word("质量", 160, 145)]
    layout = lay_out_page(PageContent(1, 300, 400, tuple(words), (*uprights, *levels)))
    (found,) = [item for item in layout.items if isinstance(item, FoundTable)]
    return [cell.text for cell in found.cells]


def test_a_line_below_an_open_cell_belongs_to_it() -> None:
    assert _table(closed=False, below=BOTTOM + EM)[0].endswith("接受监督\n检查")


@pytest.mark.parametrize(("closed", "below"), [(True, BOTTOM + EM), (False, BOTTOM + 2 * EM)])
def test_a_line_below_a_closed_cell_or_further_away_is_a_paragraph(closed: bool, below: float) -> None:
    assert not any("检查" in text for text in _table(closed, below))
