"""Gaps in rules are closed where an end hangs in mid-air; letters neither lengthen a rule nor become one."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from extractors.scan.pieces import Piece, mend_pieces

NOTHING = np.zeros((2000, 2000), np.uint8)


def mended(levels: list[Piece], uprights: list[Piece], texts: list[tuple[int, int, int, int]]) -> list[Piece]:
    """Give the uprights after mending; ``texts`` are left, upper, right, lower on the page."""
    turned = [(upper, left, lower, right) for left, upper, right, lower in texts]
    mend_pieces((levels, uprights), (NOTHING, NOTHING), (texts, turned))
    return uprights


LEVELS = [Piece(at, 100, 900, 2) for at in (100, 140, 180, 220, 260)]


def test_end_in_mid_air_goes_on() -> None:
    assert mended(list(LEVELS), [Piece(500, 100, 158, 2), Piece(500, 195, 260, 2)], [])[0][1:3] == (100, 260)


def test_gap_from_rule_to_rule_is_a_merged_cell() -> None:
    assert len(mended(list(LEVELS), [Piece(500, 100, 140, 2), Piece(500, 180, 260, 2)], [])) == 2


def test_end_lengthened_by_a_letter_is_cut_back() -> None:
    uprights = mended(list(LEVELS), [Piece(500, 100, 140, 2), Piece(500, 160, 260, 2)], [(420, 145, 700, 175)])
    assert sorted(piece[1:3] for piece in uprights) == [(100, 140), (180, 260)]


def test_stroke_in_a_line_of_text_is_no_rule() -> None:
    assert mended(list(LEVELS), [Piece(500, 151, 168, 2)], [(420, 145, 700, 175)]) == []
