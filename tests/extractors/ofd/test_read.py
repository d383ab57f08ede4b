"""OFD files: text and paths at their places become the same tables as those of a PDF page."""

from itertools import pairwise
from pathlib import Path

import pytest

from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.reading import read_filing
from extractors.rejection import Reason, RejectedFile
from tests.extractors.ofd.ofd_files import NAMESPACE, SIZE, box, line, page, table, text, write_ofd

XS, YS = (20.0, 50.0, 85.0, 125.0, 180.0), (60.0, 68.0, 76.0, 84.0)
ROWS = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "培训期数", "≥24期"],
    ["效益指标", "社会效益指标", "知晓率", "≥90%"],
]


def test_a_ruled_table_and_its_title_are_read(tmp_path: Path) -> None:
    title = text(60, 30, "某乡2024年项目绩效目标表", 5.0)
    document = read_filing(write_ofd(tmp_path / "a.ofd", title + table(XS, YS, ROWS)))
    assert (document.format, document.page_count, document.notes) == ("ofd", 1, ())
    assert [paragraph.text for paragraph in document.paragraphs()] == ["某乡2024年项目绩效目标表"]
    (grid,) = document.grids()
    assert grid.rows() == ROWS
    assert grid.cells[0].page == 1
    assert grid.cells[0].box == pytest.approx([v * 72 / 25.4 for v in (20, 60, 50, 68)], abs=0.5)


def test_a_table_over_a_page_break_is_one(tmp_path: Path) -> None:
    ys = (20.0, 28.0, 36.0)
    below = table(XS, ys, [["", "生态效益指标", "绿化率", "≥30%"], ["满意度指标", "服务对象满意度", "满意度", "≥95%"]])
    lower = table(XS, (260.0, 268.0, 276.0, 284.0), ROWS)
    (grid,) = read_filing(write_ofd(tmp_path / "a.ofd", lower, below)).grids()
    assert (grid.n_rows, grid.page_starts) == (5, (3,))


def test_cells_drawn_as_boxes_and_a_form_in_the_template(tmp_path: Path) -> None:
    """Some programs draw each cell as a closed path, and put the empty form into a template."""
    form = "".join(box(left, top, right, bottom) for left, right in pairwise(XS) for top, bottom in pairwise(YS))
    labels = "".join(text(XS[c] + 1.5, YS[0] + 1.5, words) for c, words in enumerate(ROWS[0]))
    filled = "".join(text(XS[c] + 1.5, YS[r] + 1.5, words) for r in (1, 2) for c, words in enumerate(ROWS[r]))
    (grid,) = read_filing(write_ofd(tmp_path / "a.ofd", filled, template=form + labels)).grids()
    assert grid.rows() == ROWS


def test_steps_matrices_and_page_blocks(tmp_path: Path) -> None:
    spread = text(20, 20, "预算数", steps="8 8")
    scaled = text(20, 40, "培训期数", size=1.0, ctm=f"{SIZE} 0 0 {SIZE} 0 0")
    block = f'<ofd:PageBlock ID="7">{text(20, 60, "完成时间")}</ofd:PageBlock>'
    document = read_filing(write_ofd(tmp_path / "a.ofd", spread + scaled + block))
    assert [p.text.replace(" ", "") for p in document.paragraphs()] == ["预算数", "培训期数", "完成时间"]


def test_other_namespaces_and_page_boxes(tmp_path: Path) -> None:
    area = "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>"
    content = page(table(XS, YS, ROWS)).replace("<ofd:Content>", f"{area}<ofd:Content>", 1)
    content = content.replace("<ofd:", "<").replace("</ofd:", "</").replace(NAMESPACE, 'xmlns="http://www.ofdspec.org"')
    path = write_ofd(tmp_path / "a.ofd", "", extra={"Doc_0/Pages/Page_0/Content.xml": content})
    assert next(read_filing(path).grids()).rows() == ROWS


def test_refusals_have_their_names(tmp_path: Path) -> None:
    picture = '<ofd:ImageObject ID="5" Boundary="10 10 190 270" ResourceID="3"/>'
    body = table(XS, YS, ROWS)
    cases = [
        (write_ofd(tmp_path / "picture.ofd", picture), DEFAULT_LIMITS, Reason.IMAGE_ONLY),
        (write_ofd(tmp_path / "empty.ofd", ""), DEFAULT_LIMITS, Reason.EMPTY_FILE),
        (write_ofd(tmp_path / "pages.ofd", body, body), Limits(pages=1), Reason.TOO_MANY_PAGES),
        (
            write_ofd(tmp_path / "broken.ofd", body, extra={"Doc_0/Pages/Page_0/Content.xml": "<ofd"}),
            DEFAULT_LIMITS,
            Reason.DAMAGED,
        ),
        (
            write_ofd(tmp_path / "locked.ofd", body, extra={"Doc_0/Encryptions.xml": "<x/>"}),
            DEFAULT_LIMITS,
            Reason.ENCRYPTED,
        ),
        (
            write_ofd(tmp_path / "entity.ofd", body, extra={"Doc_0/Document.xml": "<!DOCTYPE x><x/>"}),
            DEFAULT_LIMITS,
            Reason.DAMAGED,
        ),
    ]
    for path, limits, reason in cases:
        with pytest.raises(RejectedFile) as caught:
            read_filing(path, limits)
        assert caught.value.reason is reason, path.name


def test_a_line_alone_is_no_table(tmp_path: Path) -> None:
    document = read_filing(write_ofd(tmp_path / "a.ofd", text(20, 20, "正文") + line(20, 30, 190, 30)))
    assert not list(document.grids())
