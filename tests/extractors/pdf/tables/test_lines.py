"""Words → lines, from words given by hand."""

import pytest

from extractors.pdf.page import GlyphStyle, Word
from extractors.pdf.tables.lines import build_lines

EM = 10.0


def letters(*placed: tuple[str, float]) -> list[Word]:
    """Give each character as a word of its own, as browsers print them; ``x`` is where its text begins."""
    return [
        Word(letter, x + EM * k, 0.0, x + EM * (k + 1), EM, GlyphStyle(EM))
        for text, x in placed
        for k, letter in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("placed", "text"),
    [
        ((("产业项目", 0.0), ("预算金额：12万元", 60.0)), "产业项目 预算金额：12万元"),
        ((("预", 0.0), ("算", 30.0), ("数", 60.0)), "预算数"),
        ((("项目", 0.0), ("名称", 40.0)), "项目名称"),
        ((("其中：财政", 0.0), ("资金额", 58.0)), "其中：财政资金额"),
    ],
)
def test_a_wide_gap_between_phrases_of_a_cell_is_a_blank(placed: tuple[tuple[str, float], ...], text: str) -> None:
    assert [line.text for line in build_lines(letters(*placed))] == [text]
