"""Tables without upright rules → their columns, from rules and words given by hand."""

from extractors.pdf.layout import FoundTable, PageLayout, lay_out_page
from extractors.pdf.page import GlyphStyle, PageContent, Rule, Word

EM = 10.0
LEFT, RIGHT = 50.0, 450.0
COLUMNS = (LEFT, 150.0, 250.0, 350.0)
FORM = (
    ("项目名称", "", "村级组织运转经费", ""),
    ("主管部门", "", "财政局", "实施单位"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "保障村级数", "≥24个"),
    ("", "质量指标", "", "≥95%"),
)


def level(at: float, start: float = LEFT, end: float = RIGHT) -> Rule:
    return Rule(True, at, start, end, 0.5)


def word(text: str, x: float, bottom: float) -> Word:
    starts = tuple(x + EM * k for k in range(len(text))) if len(text) > 1 else ()
    return Word(text, x, bottom - EM, x + EM * len(text), bottom, GlyphStyle(EM), starts=starts)


def rows(texts: tuple[tuple[str, ...], ...], top: float = 100.0, height: float = 20.0) -> list[Word]:
    return [
        word(text, x + 5, top + height * (k + 1) - 5)
        for k, row in enumerate(texts)
        for x, text in zip(COLUMNS, row, strict=True)
        if text
    ]


def lay_out(words: list[Word], rules: list[Rule]) -> PageLayout:
    return lay_out_page(PageContent(1, 500, 800, tuple(words), tuple(rules)))


def tables(layout: PageLayout) -> list[dict[tuple[int, int], tuple[str, int, int]]]:
    return [
        {(cell.row, cell.col): (cell.text, cell.row_span, cell.col_span) for cell in item.cells}
        for item in layout.items
        if isinstance(item, FoundTable)
    ]


def test_columns_are_told_from_the_blanks_between_them() -> None:
    layout = lay_out(rows(FORM), [level(100 + 20 * k) for k in range(6)])
    (found,) = tables(layout)
    assert [found[3, col][0] for col in range(4)] == ["产出指标", "数量指标", "保障村级数", "≥24个"]
    assert [found[4, col][0] for col in range(4)] == ["", "质量指标", "", "≥95%"], "an empty cell stays a cell"
    assert [note.code for note in layout.notes] == ["columns_from_gaps"]
    assert layout.count.lost == 0


def test_a_label_over_two_columns_is_one_cell_beside_its_value() -> None:
    (found,) = tables(lay_out(rows(FORM), [level(100 + 20 * k) for k in range(6)]))
    assert found[0, 0] == ("项目名称", 1, 2)
    assert found[0, 2][0] == "村级组织运转经费"


def test_outer_rules_alone_leave_the_columns_to_be_told() -> None:
    sides = [Rule(False, x, 100, 200, 0.5) for x in (LEFT, RIGHT)]
    (found,) = tables(lay_out(rows(FORM), [*sides, *(level(100 + 20 * k) for k in range(6))]))
    assert [found[3, col][0] for col in range(4)] == ["产出指标", "数量指标", "保障村级数", "≥24个"]


def test_a_shorter_rule_ends_where_a_cell_over_several_rows_does() -> None:
    (found,) = tables(
        lay_out(
            rows((FORM[2], FORM[3], FORM[4], ("效益指标", "社会效益", "群众获得感", "显著"))),
            [level(100), level(120), level(140, start=150), level(160), level(180)],
        )
    )
    assert found[1, 0] == ("产出指标", 2, 1)


def test_a_line_stretched_to_fill_its_cell_makes_no_column() -> None:
    words = [*rows(FORM), word("其中财政", 255, 194), word("资", 304, 194)]
    (found,) = tables(lay_out(words, [level(100 + 20 * k) for k in range(6)]))
    assert found[4, 2][0] == "其中财政资"


def test_a_title_between_two_tables_parts_them() -> None:
    between = [word("绩效目标表", 225, 215)]
    words = [*rows(FORM[2:]), *between, *rows(FORM[2:], top=240)]
    layout = lay_out(words, [*(level(100 + 20 * k) for k in range(4)), *(level(240 + 20 * k) for k in range(4))])
    assert [len(table) for table in tables(layout)] == [12, 12]
    assert [item.text for item in layout.items if not isinstance(item, FoundTable)] == ["绩效目标表"]


def test_paragraphs_between_two_tables_part_them() -> None:
    between = [word("项目名称：道路维修", 50, 190), word("预算金额：5万元", 50, 210)]
    words = [*rows(FORM[2:]), *between, *rows(FORM[2:], top=240)]
    layout = lay_out(words, [*(level(100 + 20 * k) for k in range(4)), *(level(240 + 20 * k) for k in range(4))])
    assert [len(table) for table in tables(layout)] == [12, 12]
    assert [item.text for item in layout.items if not isinstance(item, FoundTable)] == [
        "项目名称：道路维修",
        "预算金额：5万元",
    ]


def test_a_table_with_uprights_on_the_same_page_changes_nothing() -> None:
    ruled = [Rule(False, x, 240, 300, 0.5) for x in (*COLUMNS, RIGHT)]
    words = [*rows(FORM[2:]), *rows(FORM[2:], top=240)]
    levels = [*(level(100 + 20 * k) for k in range(4)), *(level(240 + 20 * k) for k in range(4))]
    assert [len(table) for table in tables(lay_out(words, [*levels, *ruled]))] == [12, 12]


def test_a_centred_heading_over_two_columns_parts_no_table() -> None:
    heads = [word("一级指标", 55, 125), word("三级指标", 155, 125), word("指标值", 235, 115), word("上年", 255, 135)]
    words = [*heads, word("今年", 355, 135), *rows(FORM[3:], top=140)]
    (found,) = tables(lay_out(words, [level(100), *(level(140 + 20 * k) for k in range(3))]))
    assert [found[0, col][0] for col in (0, 1)] == ["一级指标", "三级指标"]


def test_columns_told_apart_by_narrow_gaps_too() -> None:
    full = ("项目支出绩效目标", "三级指标的名称", "指标值的单位元", "")
    words = [*rows((FORM[2],)), *(w for w in rows((full, FORM[3], FORM[3]), top=120))]
    (found,) = tables(lay_out(words, [level(100 + 20 * k) for k in range(5)]))
    assert [found[1, col][0] for col in range(3)] == list(full[:3])


def test_a_three_line_table_has_a_row_a_line() -> None:
    body = (FORM[3], ("", "质量指标", "合格率", "≥95%"), ("效益指标", "社会效益", "知晓率", "≥90%"))
    (found,) = tables(lay_out(rows((FORM[2], *body)), [level(100), level(120), level(180)]))
    assert [found[row, 3][0] for row in range(4)] == ["指标值", "≥24个", "≥95%", "≥90%"]
    assert [found[row, 0][0] for row in range(1, 4)] == ["产出指标", "", "效益指标"]


def test_wrapped_lines_of_a_three_line_table_stay_with_their_row() -> None:
    """A description on two lines, the other cells beside its first one."""
    body = (FORM[3], ("产出指标", "质量指标", "合格率", "≥95%"), FORM[3])
    words = rows((FORM[2], *body), height=30)
    words += [word("的总个数", COLUMNS[2] + 5, 100 + 60 + 7)]
    (found,) = tables(lay_out(words, [level(100), level(130), level(222)]))
    assert [found[row, 2][0].replace("\n", "") for row in range(1, 4)] == ["保障村级数的总个数", "合格率", "保障村级数"]


def test_lines_that_the_layout_broke_are_one_row() -> None:
    """Three full columns of two lines each between two rules: the second lines would not have fitted above."""
    full = ("产出指标的各项", "数量指标的各项", "保障村级的各项", "≥24个")
    words = rows((FORM[2],)) + [
        word(text[:end], x + 5, 135 + 13 * k)
        for x, text in zip(
            COLUMNS, ("产出指标的各项目标", "数量指标的各项目标", "保障村级数及组织数", "≥24个"), strict=True
        )
        for k, end in ((0, 9),)
    ]
    words += [word(text[:3], x + 5, 148) for x, text in zip(COLUMNS[:3], full, strict=False)]
    (found,) = tables(lay_out(words, [level(100), level(120), level(160)]))
    assert max(row for row, _ in found) == 1


def test_letters_one_below_the_other_stay_in_the_cell_they_began_in() -> None:
    rules = [level(100), level(150), level(200), *(Rule(False, x, 100, 200) for x in (LEFT, 150.0, RIGHT))]
    letters = [word(letter, 90, 118 + 13 * k)._replace(run=k + 1) for k, letter in enumerate("产出指标")]
    others = [word("数量指标", 160, 120)._replace(run=9), word("效益", 160, 180)._replace(run=10)]
    (found,) = tables(lay_out(letters + others, rules))
    assert (found[0, 0][0], found[1, 0][0]) == ("产出指标", "")


def test_underlined_text_is_no_table() -> None:
    lines = [word("本表由各乡镇填写并于年底前报送县财政局审核", 60, 115 + 20 * k) for k in range(6)]
    assert tables(lay_out(lines, [level(120 + 20 * k) for k in range(6)])) == []


def test_a_running_head_between_two_rules_is_no_table() -> None:
    assert tables(lay_out([word("李钊庄镇", 60, 115), word("第一页", 400, 115)], [level(100), level(120)])) == []


def test_a_blank_cell_left_of_a_row_s_texts_stays_where_the_row_s_other_cells_differ() -> None:
    form = (*FORM[2:4], ("", "质量指标", "验收合格率与完成率", ""), ("", "时效指标", "完成时间", "2024年12月底前"))
    words = [*rows(form), word("工作需要", 410, 155.0)]
    (found,) = tables(lay_out(words, [level(100 + 20 * k) for k in range(5)]))
    assert [found[row, 0][0] for row in range(4)] == ["一级指标", "产出指标", "", ""]
    assert [found[row, 1][0] for row in range(4)] == ["二级指标", "数量指标", "质量指标", "时效指标"]


def test_labels_one_below_the_other_are_rows_though_one_fills_its_column() -> None:
    form = (("项目名称", "村级培训经费"), ("预算金额（万元）", "12.00"), ("年度目标", "完成培训任务"))
    words = [
        word(text, x, 115.0 + 20 * k) for k, row in enumerate(form) for x, text in zip((55.0, 146.0), row, strict=True)
    ]
    (found,) = tables(lay_out([*words, *rows(FORM[2:], top=160.0)], [level(at) for at in (100, 160, 180, 200, 220)]))
    assert [[text for (at, _), (text, *_) in sorted(found.items()) if at == row and text] for row in range(3)] == [
        list(texts) for texts in form
    ]
