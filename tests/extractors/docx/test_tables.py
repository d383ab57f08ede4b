import random
from pathlib import Path

import docx
import pytest

from extractors.document import Grid
from extractors.limits import Limits
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import cell, first_grid, paragraph, read, row, run, table, texts, write_docx

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
ACROSS, ALONG = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def grid_of(tmp_path: Path, *rows: str) -> Grid:
    return first_grid(read(write_docx(tmp_path / "a.docx", table(*rows))))


def test_spans_of_merged_cells(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path,
        row(cell("一级", DOWN), cell("标题", span(2))),
        row(cell("", ON), "甲", "乙"),
        row(cell("", ON), "丙", "丁"),
        row("另一", "戊", "己"),
    )
    assert grid.rows() == [["一级", "标题", None], [None, "甲", "乙"], [None, "丙", "丁"], ["另一", "戊", "己"]]
    head = grid.cell_at(0, 0)
    assert head is not None
    assert (head.row_span, head.col_span) == (3, 1)


def test_block_merged_both_ways(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path, row(cell("块", DOWN + span(2)), "甲"), row(cell("", ON + span(2)), "乙"), row("丙", "丁", "戊")
    )
    assert grid.rows() == [["块", None, "甲"], [None, None, "乙"], ["丙", "丁", "戊"]]


def test_old_style_horizontal_merge(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path,
        row(cell("块", ACROSS + DOWN), cell("", ALONG + DOWN), "甲"),
        row(cell("", ACROSS + ON), cell("", ALONG + ON), "乙"),
    )
    assert grid.rows() == [["块", None, "甲"], [None, None, "乙"]]


def test_two_merges_below_each_other_stay_two(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, row(cell("产出", DOWN)), row(cell("", ON)), row(cell("效益", DOWN)), row(cell("", ON)))
    assert [(one.text, one.row_span) for one in grid.cells] == [("产出", 2), ("效益", 2)]


def test_merge_that_goes_on_below_nothing_begins_there(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, row("甲", "乙"), row(cell("孤", ON), "丙"), row(cell("", ON), "丁"))
    assert grid.rows() == [["甲", "乙"], ["孤", "丙"], [None, "丁"]]


def test_merge_of_other_width_does_not_go_on(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, row(cell("宽", DOWN + span(2)), "甲"), row(cell("窄", ON), "乙", "丙"))
    assert grid.rows() == [["宽", None, "甲"], ["窄", "乙", "丙"]]


def test_text_in_a_covered_cell_is_hidden_and_said(tmp_path: Path) -> None:
    document = read(write_docx(tmp_path / "a.docx", table(row(cell("见", DOWN), "甲"), row(cell("不见", ON), "乙"))))
    assert first_grid(document).rows() == [["见", "甲"], [None, "乙"]]
    assert [note.code for note in document.notes] == ["hidden_text_dropped"]


def test_columns_left_out_before_and_after(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path, row("甲", "乙", "丙"), row("丁", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    )
    assert grid.n_cols == 3
    assert grid.rows() == [["甲", "乙", "丙"], [None, "丁", None]]
    assert grid.cell_at(1, 0) is None


def test_rows_of_different_length(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, row("甲"), row("乙", "丙", "丁"), row("戊", "己"))
    assert (grid.n_rows, grid.n_cols) == (3, 3)
    assert grid.rows() == [["甲", None, None], ["乙", "丙", "丁"], ["戊", "己", None]]


@pytest.mark.parametrize("wrapper", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:ins>{}</w:ins>"])
def test_rows_and_cells_inside_wrappers(tmp_path: Path, wrapper: str) -> None:
    rows = row("甲", wrapper.format(cell("乙"))) + wrapper.format(row("丙", "丁"))
    assert grid_of(tmp_path, rows).rows() == [["甲", "乙"], ["丙", "丁"]]


def test_rows_and_cells_inside_repeating_sections(tmp_path: Path) -> None:
    inner = "<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    assert grid_of(tmp_path, inner.format(row("甲", "乙")), row("丙", "丁")).rows() == [["甲", "乙"], ["丙", "丁"]]


def test_deleted_and_hidden_rows_and_cells_are_out(tmp_path: Path) -> None:
    rows = (
        row("甲", cell("删", "<w:cellDel/>"), "乙"),
        row("删", "删", properties="<w:del/>"),
        row("藏", "藏", properties="<w:hidden/>"),
        row("丙", "丁", properties="<w:ins/>"),
    )
    document = read(write_docx(tmp_path / "a.docx", table(*rows)))
    assert first_grid(document).rows() == [["甲", "乙"], ["丙", "丁"]]
    assert {note.code for note in document.notes} == {"tracked_deletion_dropped", "hidden_text_dropped"}


def test_paragraphs_of_a_cell_are_lines(tmp_path: Path) -> None:
    lines = paragraph("1.甲") + paragraph() + paragraph("2.乙") + paragraph()
    assert grid_of(tmp_path, row(cell(lines), "丙")).rows() == [["1.甲\n\n2.乙", "丙"]]


def test_blanks_in_a_cell_are_as_filed(tmp_path: Path) -> None:
    assert grid_of(tmp_path, row(cell(f"<w:p>{run('  ')}</w:p>"), "其中：财政    资金")).rows() == [
        ["  ", "其中：财政    资金"]
    ]


def test_nested_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = table(row("内1", "内2"), row("内3", "内4"))
    body = table(row(cell(paragraph("外") + inner + paragraph()), "乙"), row("丙", "丁")) + table(row("后", "后"))
    document = read(write_docx(tmp_path / "a.docx", body))
    assert [(grid.table_no, grid.rows()) for grid in document.grids()] == [
        (1, [["外", "乙"], ["丙", "丁"]]),
        (2, [["内1", "内2"], ["内3", "内4"]]),
        (3, [["后", "后"]]),
    ]
    assert [note.code for note in document.notes] == ["nested_table"]


def test_nested_frame_of_one_column_is_text_of_the_cell(tmp_path: Path) -> None:
    inner = table(row("第一"), row("第二"))
    document = read(write_docx(tmp_path / "a.docx", table(row(cell(inner + paragraph()), "乙"))))
    assert [grid.rows() for grid in document.grids()] == [[["第一\n第二", "乙"]]]


def test_frame_around_a_table_leaves_the_table_whole(tmp_path: Path) -> None:
    inner = table(row("甲", "乙"), row("丙", "丁"))
    document = read(write_docx(tmp_path / "a.docx", table(row(cell(inner + paragraph())))))
    assert [grid.rows() for grid in document.grids()] == [[[""]], [["甲", "乙"], ["丙", "丁"]]]


def test_tables_nested_too_deep_are_refused(tmp_path: Path) -> None:
    body = "甲"
    for _ in range(12):
        body = table(row(cell(body), "乙"), row("丙", "丁"))
    path = write_docx(tmp_path / "a.docx", body)
    assert len(list(read(path).grids())) == 12
    with pytest.raises(RejectedFile) as caught:
        read(path, Limits(nesting=11))
    assert caught.value.reason is Reason.TOO_DEEP


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", table(row(cell("甲", span(1_000_000)), "乙")))
    with pytest.raises(RejectedFile) as caught:
        read(path)
    assert caught.value.reason is Reason.TOO_LARGE


def test_paragraphs_and_tables_keep_their_order(tmp_path: Path) -> None:
    body = (
        paragraph("前")
        + table(row("甲", "乙"))
        + paragraph()
        + paragraph("中")
        + table(row("丙", "丁"))
        + paragraph("后")
    )
    document = read(write_docx(tmp_path / "a.docx", body))
    assert [block.table_no if isinstance(block, Grid) else block.text for block in document.blocks] == [
        "前",
        1,
        "中",
        2,
        "后",
    ]
    assert texts(document) == ["前", "中", "后"]


@pytest.mark.parametrize("seed", range(5))
def test_merged_tables_read_as_python_docx_sees_them(tmp_path: Path, seed: int) -> None:
    """python-docx repeats a merged cell's text at each place: so must the covering cell here, on regular tables."""
    rng = random.Random(seed)
    word = docx.Document()
    built = word.add_table(7, 6)
    for r in range(7):
        for c in range(6):
            built.cell(r, c).text = f"{r}.{c}"
    for _ in range(4):
        top, left = rng.randrange(7), rng.randrange(6)
        bottom, right = min(6, top + rng.randrange(3)), min(5, left + rng.randrange(3))
        covered = {id(built.cell(r, c)._tc) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(covered) == (bottom - top + 1) * (right - left + 1):
            built.cell(top, left).merge(built.cell(bottom, right))
    path = tmp_path / "a.docx"
    word.save(str(path))
    grid = first_grid(read(path))
    seen = [[one.text.strip("\n") for one in line.cells] for line in docx.Document(str(path)).tables[0].rows]
    assert [[grid.cell_at(r, c).text for c in range(6)] for r in range(7)] == seen  # type: ignore[union-attr]
