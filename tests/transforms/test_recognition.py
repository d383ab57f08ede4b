"""What was recognised unsurely, or cannot be right, is doubted and held; what a file says itself is not."""

from collections.abc import Sequence

import pytest

from extractors.document import Cell, Document, Grid
from transforms.doubts import doubt_reasons
from transforms.filings import transform
from transforms.records import Doubt

ROWS = (
    ("项目名称", "道路养护经费", "项目编码", "13020823P000001100079"),
    ("预算数（万元）", "10.00", "其中：财政资金（万元）", "8.00"),
    ("其他资金（万元）", "2.00", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "养护道路长度", "≥24公里"),
    ("产出指标", "质量指标", "验收合格率", "≥95%"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥92%"),
)


def doubts_of(
    changed: dict[tuple[int, int], str] | None = None, sure: dict[tuple[int, int], float] | None = None
) -> list[Doubt]:
    """Give the doubts of the form with some texts changed and some cells read less surely than the others."""
    changed, sure = changed or {}, sure or {}
    cells: Sequence[Cell] = [
        Cell(r, c, changed.get((r, c), text), page=1) for r, row in enumerate(ROWS) for c, text in enumerate(row)
    ]
    confidences = tuple(sure.get((cell.row, cell.col), 0.99) if cell.text else None for cell in cells)
    grid = Grid(1, len(ROWS), 4, tuple(cells), (1,) * len(ROWS), confidences=confidences)
    return list(transform(Document("扫描件2024年.pdf", "pdf", "0" * 64, (grid,), 1)).doubts)


def test_surely_read_form_raises_no_doubt() -> None:
    assert {one.reason for one in doubts_of()} <= {"recognised_code", "width_not_told"}


def test_width_of_a_sign_is_left_open_without_holding_the_value() -> None:
    found = [one for one in doubts_of() if one.reason == "width_not_told"]
    assert [(one.field, one.value_read) for one in found] == [("target_raw", "≥95%"), ("target_raw", "≥92%")]
    assert not doubt_reasons()["width_not_told"].holds


@pytest.mark.parametrize(("confidence", "is_doubted"), [(0.89, True), (0.91, False)])
def test_value_read_unsurely_is_doubted(confidence: float, is_doubted: bool) -> None:
    found = [one for one in doubts_of(sure={(5, 3): confidence}) if one.reason == "low_confidence"]
    assert [(one.field, one.value_read, one.indicator_no, one.col_no) for one in found] == (
        [("target_raw", "≥95%", 2, 4)] if is_doubted else []
    )


@pytest.mark.parametrize(
    ("place", "text", "reason", "field"),
    [
        ((1, 1), "70.00", "recognised_sum", "budget_raw"),
        ((4, 3), "≥24公甲", "recognised_odd", "target_raw"),
        ((5, 3), "295%", "recognised_odd", "target_raw"),
        ((5, 3), "≥9S%", "recognised_odd", "target_raw"),
    ],
)
def test_what_cannot_be_right_is_doubted(place: tuple[int, int], text: str, reason: str, field: str) -> None:
    assert (reason, field) in [(one.reason, one.field) for one in doubts_of({place: text})]


def test_text_of_a_file_is_not_doubted_for_recognition() -> None:
    cells = tuple(Cell(r, c, text, page=1) for r, row in enumerate(ROWS) for c, text in enumerate(row))
    grid = Grid(1, len(ROWS), 4, cells, (1,) * len(ROWS))
    assert transform(Document("文本2024年.pdf", "pdf", "0" * 64, (grid,), 1)).doubts == ()


COLUMNS = (
    ("项目名称", "道路养护经费", "", "", "", ""),
    ("预算数（万元）", "10.00", "", "", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标符号", "指标值", "计量单位"),
    ("产出指标", "质量指标", "验收合格率", "≥", "295", "%"),
)


def test_what_several_cells_say_is_doubted_at_the_one_that_a_correction_would_change() -> None:
    cells = [Cell(r, c, text, page=1) for r, row in enumerate(COLUMNS) for c, text in enumerate(row)]
    sure = tuple(0.99 if cell.text else None for cell in cells)
    grid = Grid(1, len(COLUMNS), 6, tuple(cells), (1,) * len(COLUMNS), confidences=sure)
    doubts = transform(Document("扫描件2024年.pdf", "pdf", "0" * 64, (grid,), 1)).doubts
    found = [one for one in doubts if one.reason == "recognised_odd"]
    assert [(one.value_read, one.col_no) for one in found] == [("295", 5)]


@pytest.mark.parametrize(("levels", "is_doubted"), [(("", ""), True), (("产出指标", "数量指标"), False)])
def test_an_indicator_without_any_level_is_doubted_in_a_picture(levels: tuple[str, str], is_doubted: bool) -> None:
    found = [one for one in doubts_of({(4, 0): levels[0], (4, 1): levels[1]}) if one.reason == "recognised_level"]
    assert [(one.field, one.indicator_no) for one in found] == ([("level2", 1)] if is_doubted else [])
