"""Words → lines → a cell's text, from words given by hand."""

import pytest

from extractors.pdf.page import GlyphStyle, Word
from extractors.pdf.tables.cells import assign_words, read_cells
from extractors.pdf.tables.lattice import Lattice, LatticeCell
from extractors.pdf.tables.lines import build_lines
from extractors.pdf.tables.text import join_lines, numbering

SIZE = 10.0


def word(text: str, x: float, top: float, size: float = SIZE) -> Word:
    """Make a word of full-width characters at a place."""
    starts = tuple(x + k * size for k in range(len(text))) if len(text) > 1 else ()
    return Word(text, x, top, x + len(text) * size, top + size, GlyphStyle(size), 0, starts)


def two_rows(width: float = 100.0, first: float = 15.0) -> Lattice:
    """Make a lattice of two cells, one above the other."""
    ys = (0.0, first, first + 100)
    cells = tuple(LatticeCell(row, 0, 1, 1, (0.0, ys[row], width, ys[row + 1])) for row in (0, 1))
    return Lattice((0.0, width), ys, cells)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.规范资金", 1),
        ("2.2022年经费", 2),
        ("2.5万元", None),
        ("（三）宣传", 3),
        ("④备注", 4),
        ("目标5：完成", 5),
        ("第十二条", 12),
        ("二十一、结论", 21),
        ("指标值：优", None),
        ("2022年", None),
    ],
)
def test_numbers_that_begin_an_item(text: str, number: int | None) -> None:
    assert numbering(text) == number


def test_an_item_that_fills_its_line_still_ends_there() -> None:
    lines = build_lines([word("目标1：甲乙丙丁戊己", 0, 0), word("目标2：甲", 0, 12), word("目标2：乙", 0, 24)])
    assert join_lines(lines, 0, 100) == "目标1：甲乙丙丁戊己\n目标2：甲\n目标2：乙"


def test_letters_of_one_line_may_differ_in_size() -> None:
    (line,) = build_lines([word("面积", 0, 0), word("㎡", 20, 0.2, 6.0), word("合计", 26, 0)])
    assert line.text == "面积㎡合计"


def test_a_gap_is_a_blank_between_latin_words_only() -> None:
    (line,) = build_lines([word("单位", 0, 0), word("万元", 40, 0)])
    assert line.text == "单位万元"
    (line,) = build_lines([word("单位", 0, 0), word("万元", 40, 0)], wide_gap=1.5)
    assert line.text == "单位 万元"
    (line,) = build_lines([word("ab", 0, 0), word("cd", 25, 0)])
    assert line.text == "ab cd"


def test_a_line_drawn_across_the_first_rows_edge_goes_to_the_empty_cell() -> None:
    lattice = two_rows()
    words = [word("标", 5, 11), word("经济效益", 5, 50), word("指标", 5, 62)]
    (held,) = assign_words(words, [lattice]).held
    texts, _ = read_cells(lattice, held, 200, 200)
    assert texts[0].text == "标"
    assert texts[1].text.replace("\n", "") == "经济效益指标"


def test_a_first_line_that_touches_the_edge_stays_with_the_lines_below_it() -> None:
    lattice = two_rows()
    (held,) = assign_words([word("经济效益", 5, 11), word("指标", 5, 24)], [lattice]).held
    assert list(held) == [1]


def test_a_word_over_the_edge_of_a_column_is_cut_and_doubted_where_nothing_tells_its_cell() -> None:
    cells = tuple(LatticeCell(0, col, 1, 1, (100.0 * col, 0.0, 100.0 * col + 100, 20.0)) for col in (0, 1))
    lattice = Lattice((0.0, 100.0, 200.0), (0.0, 20.0), cells)
    assigned = assign_words([word("甲乙丙丁", 75, 5)], [lattice])
    assert {k: part.text for k, (part,) in assigned.held[0].items()} == {0: "甲乙", 1: "丙丁"}
    assert assigned.unsure == ((0, 0), (0, 1))
    (held,) = assign_words([word("甲乙丙丁戊己庚辛壬癸子丑", 3, 5)], [lattice]).held
    assert {k: part.text for k, (part,) in held.items()} == {0: "甲乙丙丁戊己庚辛壬癸子丑"}
