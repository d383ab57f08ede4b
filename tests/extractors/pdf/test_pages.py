"""Tables and prose over page breaks, running heads, and files that are rejected."""

from pathlib import Path

import pytest

from extractors.limits import Limits
from extractors.pdf.read import read_pdf
from extractors.rejection import Reason, RejectedFile
from tests.extractors.pdf.pdf_fixtures import FOLDER, INDICATORS, grids_of, note_codes, read_fixture, texts_of


def test_a_table_cut_by_a_page_break_is_one_grid_with_the_columns_of_both_parts() -> None:
    (grid,) = grids_of("page_break")
    assert grid.rows() == [
        ["项目名称", "石桥修缮", None, None, None, None],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注", None],
        ["产出指标", "数量指标", "修缮桥梁座数", "≥3座", "", None],
        ["效益指标", "社会效益指标", "出行便利程度明", "提升", "", None],
        ["", "", "显提高", "", "", None],
        ["满意度指标", "服务对象满意", "村民满意度", "≥90%", "调查", "问卷"],
    ]
    assert grid.page_starts == (4,)
    assert grid.cut_rows == (4,)
    assert grid.row_pages == (1, 1, 1, 1, 2, 2)
    assert texts_of("page_break") == ["1.石桥修缮绩效目标表", "填表人：略"]


def test_text_beside_a_table_does_not_part_it() -> None:
    (grid,) = grids_of("side_notes")
    assert [row[3] for row in grid.rows()] == ["指标值", "≥3座", "≥95%", "明显提升", "≥90%"]
    assert texts_of("side_notes") == ["石桥修缮绩效目标表", "附件3", "归档", "续", "已核", "填表人：略"]


def test_a_whole_row_after_a_repeated_head_is_not_taken_for_the_rest_of_another() -> None:
    (grid,) = grids_of("fresh_row")
    assert grid.rows() == [*INDICATORS, INDICATORS[0], ["满意度指标", "服务对象满意", "村民满意度", "≥90%", ""]]
    assert (grid.page_starts, grid.cut_rows) == ((4,), ())


def test_forms_under_titles_of_their_own_stay_apart() -> None:
    assert [grid.rows() for grid in grids_of("separate_pages")] == [INDICATORS, INDICATORS]
    assert texts_of("separate_pages") == ["石桥修缮绩效目标表", "水渠清淤绩效目标表"]


def test_lines_become_paragraphs_over_the_page_break() -> None:
    assert texts_of("paragraphs") == [
        "部门整体绩效目标",
        "一、总体目标",
        "保障全乡十二个村的道路桥梁水渠日常养护，方便群众出行和农业生产，全年不发生安全事故。",
        "（一）道路养护。",
        "绩效目标：加强巡查，及时修补破损路面。",
        "绩效指标：路面完好率大于等于95%，修补及时率不低于90%；",
        "（二）桥梁修缮。按照先急后缓的原则安排年度修缮计划，保证汛期以前完工。",
        "（三）水渠清淤。",
    ]
    assert [paragraph.page for paragraph in read_fixture("paragraphs").paragraphs()] == [1] * 7 + [2]


def test_recognised_text_is_kept_and_hidden_text_dropped() -> None:
    assert texts_of("recognised") == ["项目支出绩效目标表", "修缮桥梁座数 3座", "看得见的一行"]
    assert note_codes("recognised") == ["recognised_text", "hidden_text_dropped"]


@pytest.mark.parametrize(("name", "reason"), [("image_only", Reason.NEEDS_OCR), ("password", Reason.ENCRYPTED)])
def test_files_that_cannot_be_read_are_rejected_with_their_reason(name: str, reason: Reason) -> None:
    with pytest.raises(RejectedFile) as caught:
        read_fixture(name)
    assert caught.value.reason is reason


def test_a_file_that_was_not_copied_to_its_end_is_rejected(tmp_path: Path) -> None:
    whole = (FOLDER / "spans.pdf").read_bytes()
    for share in (0.5, 0.9):
        path = tmp_path / f"{share}.pdf"
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(RejectedFile) as caught:
            read_pdf(path, sha256="")
        assert caught.value.reason is Reason.DAMAGED


def test_empty_and_foreign_files_are_rejected(tmp_path: Path) -> None:
    for content, reason in ((b"", Reason.EMPTY_FILE), (b"%PDF-1.4 no objects %%EOF", Reason.DAMAGED)):
        path = tmp_path / "file.pdf"
        path.write_bytes(content)
        with pytest.raises(RejectedFile) as caught:
            read_pdf(path, sha256="")
        assert caught.value.reason is reason


def test_the_limit_on_pages_holds() -> None:
    with pytest.raises(RejectedFile) as caught:
        read_pdf(FOLDER / "page_break.pdf", sha256="", limits=Limits(pages=1))
    assert caught.value.reason is Reason.TOO_MANY_PAGES
    assert read_pdf(FOLDER / "page_break.pdf", sha256="", limits=Limits(pages=2)).page_count == 2
