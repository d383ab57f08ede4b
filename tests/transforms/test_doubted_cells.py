"""What the reader is not sure of becomes doubts about the fields that comparisons rest on."""

from dataclasses import replace

from extractors.document import Document, Grid, ReadNote
from extractors.rejection import Reason, RejectedFile
from tests.transforms.grids import document, grid
from transforms.filings import transform
from transforms.records import FilingRecords

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
