"""Sheets that a camera saw from one side: put square, unless a part of the sheet would be lost."""

from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.reading import read_filing
from extractors.scan.camera import find_sheet
from extractors.scan.picture import Pixels
from tests.extractors.scan.test_scanned_pages import PLAN, TABLE
from tests.samples.scans import PagePlan, Wear, draw_plan, wear
from transforms.doubts import doubt_reasons
from transforms.filings import transform

DESK = (95, 110, 130)
CORNERS = np.array([(190, 130), (1560, 60), (1690, 2250), (60, 2180)], np.float32)


def photograph(page: Pixels, shadow: float = 0.0, desk: tuple[int, int, int] = DESK) -> Pixels:
    """Lay a page on a desk, seen from one side; ``shadow`` is how much darker the lower right is (0–1)."""
    height, width = page.shape[:2]
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    size = round(width * 1.08), round(height * 1.02)
    matrix = cv2.getPerspectiveTransform(flat, CORNERS)
    seen = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC, borderValue=desk)
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    light = 1 - shadow * (0.5 * x / size[0] + 0.5 * y / size[1])
    return np.clip(seen * light[:, :, None], 0, 255).astype(np.uint8)


def test_corners_of_a_sheet_on_a_desk_are_found() -> None:
    found = find_sheet(photograph(draw_plan(PLAN)))
    assert found is not None
    assert np.abs(found - CORNERS).max() < 8


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(wear(draw_plan(PLAN), Wear(noise=6), Random("plain")), id="a scan"),
        pytest.param(wear(draw_plan(PLAN), Wear(skew=2, shadow=0.3), Random("askew")), id="a scan that lies askew"),
        pytest.param(np.pad(draw_plan(PLAN), ((40, 0), (60, 0), (0, 0))), id="a scanner's black edges"),
        pytest.param(photograph(draw_plan(PLAN), desk=(240, 240, 240)), id="a desk as bright as paper"),
    ],
)
def test_what_lies_square_or_cannot_be_told_is_left_as_it_is(page: Pixels) -> None:
    assert find_sheet(page) is None


def test_a_shadow_that_falls_on_the_sheet_is_not_taken_for_the_desk() -> None:
    page = draw_plan(PagePlan(PLAN.lines[:1], PLAN.rows[:3], PLAN.widths))  # nothing is written in the shadow
    y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    dark = 1 / (1 + np.exp(-(y + 0.6 * x - 2200) / 60))
    seen = np.clip(page * (1 - 0.5 * dark)[:, :, None], 0, 255).astype(np.uint8)
    assert find_sheet(seen) is None


def test_a_part_of_the_sheet_in_a_deep_shadow_is_not_taken_for_the_desk() -> None:
    page = photograph(draw_plan(PLAN))
    y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]]
    page[y > 400 + 0.05 * x] //= 3  # the shadow's edge runs askew through the table
    assert find_sheet(page) is None


@pytest.mark.needs_ocr
@pytest.mark.parametrize("shadow", [0.0, 0.45])
def test_a_photographed_table_is_read_and_doubted_as_a_whole(tmp_path: Path, shadow: float) -> None:
    path = tmp_path / "石桥镇2024年.png"
    Image.fromarray(photograph(draw_plan(PLAN), shadow)).save(path, dpi=(200, 200))
    document = read_filing(path)
    (grid,) = document.grids()
    assert grid.rows() == TABLE
    cell = grid.cell_at(2, 3)
    assert cell is not None and cell.box is not None
    middle = (cell.box[0] + cell.box[2]) / 2 / 72 * 200, (cell.box[1] + cell.box[3]) / 2 / 72 * 200
    flat = np.array([(0, 0), (1653, 0), (1653, 2339), (0, 2339)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, CORNERS)
    drawn = np.array([[[(60 + 350 + 50) / 72 * 200, (60 + 10.5 * 4.3 + 10.5 * 1.9 * 2.5) / 72 * 200]]], np.float32)
    assert middle == pytest.approx(cv2.perspectiveTransform(drawn, matrix)[0][0], abs=15), "outlined where it is seen"
    doubts = [one for one in transform(document).doubts if one.reason == "photographed"]
    assert [(one.project_no, one.value_read) for one in doubts] == [(None, "第1页")]
    assert not doubt_reasons()["photographed"].holds
