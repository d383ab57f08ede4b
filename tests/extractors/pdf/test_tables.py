"""Tables drawn in every way: lines, merges, missing borders, shading, sideways text, overfull cells."""

import pytest

from tests.extractors.pdf.pdf_fixtures import INDICATORS, grids_of, note_codes, read_fixture, texts_of


@pytest.mark.parametrize(
    "name",
    ["lines_stroked", "lines_bars", "lines_dashes", "lines_dots", "lines_double", "fills", "owner_password", "doubled"],
)
def test_the_same_table_is_read_however_it_is_drawn(name: str) -> None:
    (grid,) = grids_of(name)
    assert grid.rows() == INDICATORS
    merged = grid.cell_at(2, 0)
    assert merged is not None
    assert (merged.row, merged.row_span, merged.col_span) == (1, 2, 1)


def test_cells_know_their_page_and_box() -> None:
    (grid,) = grids_of("lines_stroked")
    cell = grid.cell_at(1, 3)
    assert cell is not None
    assert cell.page == 1
    assert cell.box == pytest.approx((330, 124, 420, 148), abs=0.6)
    assert grid.row_pages == (1, 1, 1, 1)


def test_merges_over_columns_and_rows() -> None:
    (grid,) = grids_of("spans")
    assert grid.rows()[:2] == [
        ["项目名称", "石桥修缮", None, "项目编码", "130100-07"],
        ["年度目标", "修好三座石桥\n保障群众出行", None, None, None],
    ]
    goal = grid.cell_at(1, 4)
    assert goal is not None
    assert (goal.col, goal.col_span) == (1, 4)


def test_tables_without_outer_lines_keep_their_outer_columns() -> None:
    wide = [["" if cell is None else cell for cell in row] for row in INDICATORS]
    assert [grid.rows() for grid in grids_of("open_sides")] == [wide, wide]


def test_a_frame_around_the_page_and_a_boxed_note_are_no_tables() -> None:
    assert len(grids_of("fills")) == 1
    assert texts_of("nested") == ["注：本表由项目单位填写。"]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    outer, inner = grids_of("nested")
    assert outer.rows() == [["名称", "内容"], ["资金计划", "按季支付"]]
    assert inner.rows() == [["3月底", "6月底"], ["25%", "50%"]]
    assert note_codes("nested") == ["nested_table"]


def test_sideways_and_stacked_letters_read_in_their_order() -> None:
    (grid,) = grids_of("sideways")
    assert grid.rows()[0] == ["产出指标", "社会效益指标说明", "效益指标（50分）", "质量指标", "普通"]


def test_sideways_text_that_its_cell_is_too_small_for_stays_whole_and_in_order() -> None:
    (grid,) = grids_of("sideways_overlong")
    assert grid.rows()[:2] == [
        ["绩效", "社会效益", "社会效益指标", "", "", "产出指标", ""],
        ["绩效指", "", "", "社会效益指标说明", "社会效益指标说明", "社会效益指标", ""],
    ]


def test_numbers_one_below_the_other_are_no_vertical_writing() -> None:
    (grid,) = grids_of("stacked_numbers")
    assert grid.rows()[0] == ["1\n2\n3\n4", "5\n10\n5\n8", "100", "产出指标(50分)", "2024年", "成本50分", "a\nb\nc"]


def test_turned_pages_are_read_upright_and_boxes_stay_as_shown() -> None:
    grids = grids_of("rotated")
    assert [grid.rows() for grid in grids] == [INDICATORS, INDICATORS]
    for grid, (width, height) in zip(grids, ((842, 595), (595, 842)), strict=True):
        for cell in grid.cells:
            assert cell.box is not None
            x0, top, x1, bottom = cell.box
            assert 0 < x0 < x1 < width
            assert 0 < top < bottom < height


def test_text_that_runs_into_an_empty_cell_stays_whole() -> None:
    (grid,) = grids_of("overfull")
    assert grid.rows()[1:] == [["农村饮水安全巩固提升工程", "", "12.5"], ["石桥", "修缮", "3.0"]]


def test_watermarks_stay_out_of_the_cells() -> None:
    (grid,) = grids_of("watermark")
    assert grid.rows() == INDICATORS
    assert note_codes("watermark") == ["hidden_text_dropped"]


def test_struck_text_is_dropped_and_underlined_text_kept() -> None:
    (grid,) = grids_of("struck")
    assert grid.rows() == [["指标", "指标值"], ["村民满意度", "≥92%"]]
    (note,) = read_fixture("struck").notes
    assert (note.code, note.page) == ("struck_text_dropped", 1)
    assert "原值90%" in note.message


def test_wrapped_lines_are_joined_and_typed_breaks_kept() -> None:
    (grid,) = grids_of("wraps")
    assert grid.rows()[1:] == [
        ["服务对象满意度指标", "2022-11-30", "1.修好三座石桥。\n2.保障群众出行", "restored two old stone bridge works"],
        [
            "1301007P00123456000X",
            "不超过800元/村",
            "第一段写得短\n第二段另起一行",
            "前半句话写到这里没有写完，后半句接着写",
        ],
        ["产", "（万元）", "其中：财政    资金", "≥ 95 %"],
        ["项目资金（万元）", "按月", "控制在全年度预算总额12万元以内", "一、甲；\n二、乙；"],
    ]
