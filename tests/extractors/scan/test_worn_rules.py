"""Worn rules are found by the ink along them; where cells cannot be told apart, they are noted, never joined silently."""

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from extractors.document import Document, Grid
from extractors.reading import read_filing
from tests.extractors.scan.test_scanned_pages import PLAN, TABLE
from tests.samples.scans import DPI, Pixels, Wear, draw_plan, pdf_of, wear

pytestmark = pytest.mark.needs_ocr
SLIGHTLY = Wear(noise=4)
SCALE = DPI / 72


def read(tmp_path: Path, page: Pixels, how: Wear = SLIGHTLY) -> Document:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([wear(page, how, Random("page"))], how.dpi))
    return read_filing(path)


def grid_of(document: Document) -> Grid:
    (grid,) = document.grids()
    return grid


def noted(document: Document) -> dict[str, set[tuple[int | None, int | None]]]:
    codes: dict[str, set[tuple[int | None, int | None]]] = {}
    for note in document.notes:
        if note.table_no is not None:
            codes.setdefault(note.code, set()).add((note.row_no, note.col_no))
    return codes


@pytest.mark.parametrize(
    "how",
    [Wear(damage=("thick",)), Wear(broken=0.12, noise=4), Wear(damage=("thin",), noise=4), Wear(damage=("stripes",))],
    ids=str,
)
def test_rules_that_the_eye_sees_part_cells(tmp_path: Path, how: Wear) -> None:
    document = read(tmp_path, draw_plan(PLAN), how)
    assert [row[3] for row in grid_of(document).rows()][1:] == [row[3] for row in TABLE][1:]
    assert "rules_worn" not in noted(document)


def test_gap_in_a_rule_is_closed_and_a_merged_cell_stays_merged(tmp_path: Path) -> None:
    page = draw_plan(PLAN).copy()
    rows = np.flatnonzero((page[:, :, 0] < 128).mean(axis=1) > 0.5)
    middle = rows[len(rows) // 2]
    page[middle - 4 : middle + 5, round(190 * SCALE) : round(225 * SCALE)] = 255
    assert grid_of(read(tmp_path, page)).rows() == TABLE


def test_where_a_side_is_gone_the_cells_are_doubted(tmp_path: Path) -> None:
    page = draw_plan(PLAN).copy()
    x = round(410 * SCALE)  # the side between the last two columns, in all rows
    page[:, x - 4 : x + 5] = 255
    for row in np.flatnonzero((draw_plan(PLAN)[:, :, 0] < 128).mean(axis=1) > 0.5):
        page[row, x - 4 : x + 5] = 0
    document = read(tmp_path, page)
    rows = grid_of(document).rows()
    wrong = {k for k, row in enumerate(rows[1:], start=2) if row[2:4] != TABLE[k - 1][2:4]}
    assert wrong
    assert wrong <= {row for row, _ in noted(document)["cells_joined"]}


def test_ink_too_pale_to_be_read_is_noted(tmp_path: Path) -> None:
    page = draw_plan(PLAN).copy()
    whole = draw_plan(PLAN)
    dark = whole[:, :, 0] < 128
    area = np.zeros_like(dark)
    area[:, round(412 * SCALE) : round(430 * SCALE)] = True  # the first letters of the last column
    page[dark & area] = 205
    document = read(tmp_path, page)
    rows = [row[3] for row in grid_of(document).rows()][1:]
    wrong = {k + 2 for k, text in enumerate(rows) if text != TABLE[k + 1][3]}
    assert wrong <= {row for row, _ in noted(document).get("text_unread", set())}


def test_thin_faint_line_at_the_foot_is_part_of_the_page(tmp_path: Path) -> None:
    page = draw_plan(PLAN).copy()
    page[2200:2203, 700:1000] = 60
    page[2100:2230, 700:703] = 60
    document = read(tmp_path, page)
    assert grid_of(document).rows() == TABLE


def test_table_without_any_rule_is_noted(tmp_path: Path) -> None:
    document = read(tmp_path, draw_plan(replace(PLAN, ruled=False)))
    assert "table_not_told" in {note.code for note in document.notes} or grid_of(document).rows()[1:] == TABLE[1:]


def test_rows_whose_rule_is_gone_are_doubted(tmp_path: Path) -> None:
    page = draw_plan(PLAN).copy()
    dark = page[:, :, 0] < 128
    uprights = np.flatnonzero(dark[round(130 * SCALE) : round(220 * SCALE)].mean(axis=0) > 0.9)
    edge = round((105 + 3 * 10.5 * 1.9) * SCALE)  # between the third and the fourth row
    page[edge - 5 : edge + 6] = 255
    page[edge - 5 : edge + 6, uprights] = 0
    document = read(tmp_path, page)
    wrong = {k for k, row in enumerate(grid_of(document).rows(), start=1) if row not in TABLE}
    assert wrong
    assert wrong <= {row for row, _ in noted(document)["cells_joined"]}
