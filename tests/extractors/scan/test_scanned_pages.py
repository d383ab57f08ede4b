"""Pictures of pages are read into the same grids as files, each cell with its confidence."""

from pathlib import Path
from random import Random

import pytest
from PIL import Image

from extractors import reading
from extractors.document import Document, Grid
from extractors.pdf.page import PageContent
from extractors.rejection import Reason, RejectedFile
from extractors.scan import read as scan_read
from extractors.scan.picture import Picture
from tests.samples.scans import PagePlan, Wear, draw_plan, pdf_of, side_by_side, wear

PLAN = PagePlan(
    ("道路养护绩效目标表", "482001澄溪县某某镇人民政府本级"),
    (
        ("项目名称", ("道路养护经费", 3)),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "养护道路长度", "≥24公里"),
        ("产出指标", "质量指标", "验收合格率", "≥95%"),
        ("产出指标", "成本指标", "每公里养护成本", "≤7500元"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥92.5%"),
    ),
    (90, 120, 140, 100),
)
TABLE = [
    ["项目名称", "道路养护经费", None, None],
    *[list(row) for row in PLAN.rows[1:]],
]


def read(path: Path) -> Document:
    return reading.read_filing(path)


def only_grid(document: Document) -> Grid:
    (grid,) = document.grids()
    return grid


@pytest.mark.needs_ocr
@pytest.mark.parametrize(
    "how",
    [
        Wear(),
        Wear(skew=2.6, noise=10, seals=1),
        Wear(skew=-3, shadow=0.3, quality=40),
        Wear(dpi=300, noise=6),
        Wear(dpi=150, skew=1.1),
        Wear(turn=90),
        Wear(turn=180, skew=1),
        Wear(turn=270, noise=8),
        Wear(broken=0.04),
    ],
    ids=str,
)
def test_worn_page_gives_the_table(tmp_path: Path, how: Wear) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([wear(draw_plan(PLAN), how, Random("page"))], how.dpi))
    document = read(path)
    grid = only_grid(document)
    assert grid.rows() == TABLE
    assert [p.text for p in document.paragraphs()] == list(PLAN.lines)
    sure = [grid.confidence_of(cell) or 0.0 for cell in grid.cells]
    assert min(sure) > 0.5
    assert bool(how.seals) == (min(sure) <= 0.85)  # a seal stands on some of the text
    assert {note.code for note in document.notes} == {"page_recognised"}


@pytest.mark.needs_ocr
def test_cells_lie_where_the_page_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([wear(draw_plan(PLAN), Wear(skew=2.0), Random("page"))], 200))
    first = only_grid(read(path)).cells[0]
    assert first.box is not None
    assert [round(side) for side in (first.box[0], first.box[2])] == pytest.approx([49, 139], abs=2)  # of 60 and 150


@pytest.mark.needs_ocr
@pytest.mark.parametrize("how", [Wear(skew=1.5), Wear(turn=270)], ids=str)
def test_two_pages_side_by_side_are_read_one_after_the_other(tmp_path: Path, how: Wear) -> None:
    second = PagePlan(
        ("农村环卫绩效目标表", *PLAN.lines[1:]), (("项目名称", ("农村环卫经费", 3)), *PLAN.rows[1:]), PLAN.widths
    )
    sheet = side_by_side(draw_plan(PLAN), draw_plan(second))
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([wear(sheet, how, Random("book"))], 200))
    document = read(path)
    assert [grid.rows()[0][1] for grid in document.grids()] == ["道路养护经费", "农村环卫经费"]
    assert [grid.rows()[1:] for grid in document.grids()] == [TABLE[1:]] * 2
    assert [p.text for p in document.paragraphs()][::2] == ["道路养护绩效目标表", "农村环卫绩效目标表"]
    assert document.page_count == 1


@pytest.mark.needs_ocr
def test_wide_table_is_one_page(tmp_path: Path) -> None:
    wide = PagePlan(PLAN.lines, PLAN.rows, (150, 190, 220, 160))
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([draw_plan(wide, size=(842, 595))], 200))
    assert only_grid(read(path)).rows() == TABLE


@pytest.mark.needs_ocr
@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "bmp"])
def test_picture_file_is_a_page(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"scan.{ending}"
    Image.fromarray(draw_plan(PLAN)).save(path, dpi=(200, 200))
    document = read(path)
    assert (document.format, document.page_count) == ("picture", 1)
    assert only_grid(document).rows() == TABLE


@pytest.mark.needs_ocr
def test_blank_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("RGB", (1200, 1600), "white").save(path)
    with pytest.raises(RejectedFile) as refused:
        read(path)
    assert refused.value.reason is Reason.IMAGE_ONLY


@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_without_the_packages_a_scan_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setattr(reading, "_OCR_PACKAGES", ("no_such_package",))
    path = tmp_path / f"scan.{ending}"
    Image.new("RGB", (1200, 1600), "grey").save(path)
    with pytest.raises(RejectedFile) as refused:
        read(path)
    assert refused.value.reason is Reason.NEEDS_OCR


@pytest.mark.needs_ocr
def test_damaged_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.fromarray(draw_plan(PLAN)).save(path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(RejectedFile) as refused:
        read(path)
    assert refused.value.reason is Reason.DAMAGED


@pytest.mark.needs_ocr
def test_signs_in_a_column_of_their_own_are_read(tmp_path: Path) -> None:
    rows = (
        ("三级指标", "指标性质", "指标值"),
        ("养护道路长度", "≥", "24"),
        ("每公里成本", "≤", "7500"),
        ("养护次数", "=", "12"),
    )
    plan = PagePlan(PLAN.lines, rows, (140, 100, 100))
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([draw_plan(plan)], 200))
    assert only_grid(read(path)).rows() == [list(row) for row in rows]


@pytest.mark.needs_ocr
def test_page_that_the_recogniser_fails_on_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = scan_read.read_picture

    def fail_on_the_first(picture: Picture, number: int) -> tuple[PageContent, ...]:
        if number == 1:
            raise ValueError("a picture nobody thought of")
        return real(picture, number)

    monkeypatch.setattr(scan_read, "read_picture", fail_on_the_first)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([draw_plan(PLAN)] * 2, 200))
    document = read(path)
    assert only_grid(document).rows() == TABLE
    assert ("page_not_recognised", 1) in [(note.code, note.page) for note in document.notes]
