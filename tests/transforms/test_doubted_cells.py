"""What the reader is not sure of becomes doubts about the fields that comparisons rest on."""

from dataclasses import replace

import pytest

from extractors.document import Document, Grid, ReadNote
from extractors.rejection import Reason, RejectedFile
from tests.transforms.grids import document, grid
from transforms.doubted_cells import place_doubts
from transforms.filings import transform
from transforms.records import Doubt, FilingRecords, Place, UsedCell

ROWS = [
    ["项目名称", "培训经费", "", "预算数（万元）", "12.00"],
    ["一级指标", "二级指标", "三级指标", "指标值", "依据"],
    ["产出指标", "数量指标", "培训期数", "", "工作需要"],
    ["产出指标", "质量指标", "合格率", "≥95%", "行业标准"],
]


def read(*notes: ReadNote) -> FilingRecords:
    return transform(replace(document(grid(ROWS)), notes=notes))


def test_a_picture_in_the_place_of_a_target_is_a_doubt_about_it() -> None:
    records = read(ReadNote("picture_cell", "", None, 1, 3, 4))
    (doubt,) = records.doubts
    assert (doubt.field, doubt.reason, doubt.indicator_no, doubt.col_no) == ("target_raw", "picture_cell", 1, 4)
    assert [(f.rule, f.severity) for f in records.findings if f.rule == "picture_cell"] == [("picture_cell", "warning")]


def test_an_uncertain_amount_is_a_doubt_about_the_project() -> None:
    (doubt,) = read(ReadNote("text_clipped", "", 1, 1, 1, 5, "12.00")).doubts
    assert (doubt.field, doubt.value_read, doubt.project_no, doubt.indicator_no) == ("budget_raw", "12.00", 1, None)


def test_a_description_holds_nothing_back() -> None:
    records = read(ReadNote("text_clipped", "", 1, 1, 3, 5, "工作需要"))
    assert records.doubts == ()
    assert [f.severity for f in records.findings if f.rule == "text_clipped"] == ["info"]


def test_a_page_that_is_a_picture_is_a_warning() -> None:
    findings = read(ReadNote("page_is_picture", "本页是图片", 2)).findings
    assert [(f.severity, f.place.page) for f in findings if f.rule == "page_is_picture"] == [("warning", 2)]


def test_a_document_whose_tables_are_pictures_is_refused_as_such() -> None:
    only = Document("a.docx", "docx", "", document().blocks, notes=(ReadNote("picture_not_read", ""),))
    try:
        transform(only)
    except RejectedFile as rejected:
        assert rejected.reason is Reason.IMAGE_ONLY
    else:
        raise AssertionError("it was read")
    assert not [block for block in only.blocks if isinstance(block, Grid)]


@pytest.mark.parametrize(
    ("texts", "col_no"),
    [
        ({5: "≤10.00"}, 5),
        ({5: "目标：≤10.00"}, 5),
        ({4: "≤", 5: "10.00"}, None),
        ({4: "≤10.00", 5: "≤10.00"}, None),
        ({5: "≤10.00至≤10.00"}, None),
    ],
)
def test_a_doubt_without_a_cell_is_placed_at_the_only_one_that_holds_its_value(
    texts: dict[int, str], col_no: int | None
) -> None:
    used = [UsedCell(2, 3, 7, col, "value", "target_raw", 1, 4) for col in texts]
    doubt = Doubt("target_raw", "≤10.00", "amount_apart", 1, 4, Place(2, 3, 7), None)
    (placed,) = place_doubts([doubt], used, lambda table, row, col: texts.get(col, ""))
    assert (placed.col_no, placed.place) == (col_no, Place(2, 3, 7))


def test_a_budgets_doubt_is_placed_where_its_text_stands() -> None:
    used = [UsedCell(1, 2, 3, 4, "amount_total", "budget_raw", 1, None)]
    doubt = Doubt("budget_yuan", "14.93", "amount_apart", 1, None, Place(1, 2, 1), None)
    (placed,) = place_doubts([doubt], used, lambda table, row, col: "14.93")
    assert (placed.col_no, placed.place) == (4, Place(1, 2, 3))
