"""Tables of which no rule was drawn → their rows and columns, from words given by hand."""

from extractors.pdf.layout import FoundTable, PageLayout, lay_out_page
from extractors.pdf.page import PageContent, Word
from extractors.pdf.tables.unruled import UNRULED, _part, _Row, find_unruled
from tests.extractors.pdf.tables.test_gaps import EM, rows, word

FORM = (
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "清淤长度", "≥5公里"),
    ("", "质量指标", "合格率", "≥95%"),
    ("效益指标", "社会效益指标", "农户受益", "明显"),
)


def _lay_out(words: list[Word]) -> PageLayout:
    return lay_out_page(PageContent(1, 500, 800, tuple(words), ()))


def _texts(layout: PageLayout) -> list[dict[tuple[int, int], str]]:
    tables = [item for item in layout.items if isinstance(item, FoundTable)]
    return [{(cell.row, cell.col): cell.text for cell in table.cells if cell.text} for table in tables]


def _form(form: tuple[tuple[str, ...], ...] = FORM) -> dict[tuple[int, int], str]:
    return {(r, c): text for r, row in enumerate(form) for c, text in enumerate(row) if text}


def test_texts_in_columns_are_a_table_and_every_cell_of_it_is_a_guess() -> None:
    layout = _lay_out(
        [word("石桥镇项目绩效目标表", 180, 80), *rows(FORM), word("上述目标由镇政府负责落实到位。", 50, 230)]
    )
    assert _texts(layout) == [_form()]
    table = next(item for item in layout.items if isinstance(item, FoundTable))
    assert all(cell.doubts == (UNRULED,) for cell in table.cells) and layout.count.lost == 0
    assert len(layout.items) == 3


def test_a_text_that_fills_its_column_is_parted_where_the_next_begins() -> None:
    form = (*FORM, ("满意度指标", "服务对象满意度类", "农户满意度", "≥90%"))
    words = [w for w in rows(form) if w.text != "服务对象满意度类"]
    words.append(word("服务对象满意度类别名", 155, 195)._replace(x1=253.0))
    assert _texts(_lay_out(words))[0][4, 1] == "服务对象满意度类别名"
    assert _texts(_lay_out(words))[0][4, 2] == "农户满意度"


def test_a_line_that_did_not_fit_goes_on_with_its_row() -> None:
    form = (*FORM, ("", "可持续影响", "设施管护机制持续健", "长期"))
    words = [*rows(form), word("全程度", 255, 195 + EM + 2)]
    assert _texts(_lay_out(words))[0][4, 2] == "设施管护机制持续健全程度"


def test_running_text_and_lines_of_notes_are_no_table() -> None:
    text = [word("本镇全年完成各项工作任务，保障各村运转。", 50, 100 + 20 * k) for k in range(6)]
    notes = [word(t, x, 300) for t, x in (("填报人：甲", 50), ("联系电话：略", 200), ("日期：略", 350))]
    assert find_unruled([*text, *notes]) == []
    two = [word(t, x, 100 + 20 * k) for k in range(4) for t, x in (("名称", 50), ("内容", 200))]
    assert find_unruled(two) == []


def test_a_text_without_a_word_of_its_own_before_a_column_keeps_the_rest() -> None:
    """Of a damaged page a text may begin where no word does: its box is turned round."""
    backwards = word("附", 60, 100)._replace(x0=66.0, x1=50.0)
    row = _Row(90.0, 100.0, EM, (backwards, word("说明", 66, 100)), ((50.0, 90.0),))
    assert _part(row, ((66.0, 90.0),)).texts[-1][0] == 66.0
