"""Boxes that the detection model puts around more than one line: parted where white parts the lines, else doubted."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from extractors.scan.lines import find_strips
from extractors.scan.models import ReadLetter, TextBox
from extractors.scan.reading import _says_all
from extractors.scan.strip import Strip

LETTER = 24


def inked(lines: list[tuple[int, int]]) -> tuple[np.ndarray, list[TextBox]]:
    """Draw lines of square letters, each given by its top and its number of letters; give the boxes of whole lines too."""
    dark = np.zeros((600, 800), np.uint8)
    boxes = []
    for top, letters in lines:
        for k in range(letters):
            x = 100 + k * (LETTER + 2)
            dark[top : top + LETTER, x : x + LETTER] = 1
        boxes.append(TextBox(98, top - 2, 102 + letters * (LETTER + 2), top + LETTER + 2, 0.9))
    return dark, boxes


def heights(dark: np.ndarray, boxes: list[TextBox]) -> list[tuple[int, int]]:
    return sorted((strip.top, strip.bottom) for strip in find_strips(dark, boxes, []))


def test_a_short_last_line_is_parted_from_the_line_that_it_was_found_with() -> None:
    dark, boxes = inked([(50, 7), (100, 7), (150, 7), (300, 7), (330, 1)])
    around = TextBox(boxes[3].x0, boxes[3].top, boxes[3].x1, boxes[4].bottom, 0.9)
    assert heights(dark, [*boxes[:3], around])[-2:] == [(300, 324), (330, 354)]


def test_a_line_of_letters_with_white_in_them_stays_one() -> None:
    dark, boxes = inked([(50, 7), (100, 7), (150, 7)])
    dark[108:112] = 0  # as the strokes of 二 and 三 are parted
    assert heights(dark, boxes) == [(50, 74), (100, 124), (150, 174)]


def test_a_large_title_stays_one() -> None:
    dark, boxes = inked([(50, 7), (100, 7), (150, 7)])
    dark[300:342, 100:700] = 1
    assert (300, 342) in heights(dark, [*boxes, TextBox(98, 298, 702, 344, 0.9)])


@pytest.mark.parametrize(("width", "all_of_it"), [(113, True), (112, False)])
def test_letters_far_narrower_than_high_are_not_all_that_a_box_holds(width: int, all_of_it: bool) -> None:
    reading = tuple(ReadLetter(letter, 0.5, 0.99, 0.0) for letter in "人均费")
    assert _says_all(Strip(0, 0, width, 60, None), reading) is all_of_it
    assert _says_all(Strip(0, 0, 40, 60, None), tuple(ReadLetter(digit, 0.5, 0.99, 0.0) for digit in "123"))
