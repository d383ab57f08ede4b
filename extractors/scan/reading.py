"""A page's strips of text → what each says, single signs read beside what stands right of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pdf.tables.lines import is_wide
from extractors.scan.lines import MARGIN, cut_out
from extractors.scan.models import Grey, Models, Reading
from extractors.scan.strip import Strip, stack_of

_SINGLE = 1.3
"""A strip no wider than this (in usual heights) holds a single sign."""
_SURE = 0.97
"""A single digit or Chinese letter read so surely needs no second reading."""
_BESIDE = 0.3
"""Strips that share so much of the lower one's height stand in one row."""
_NARROW = 1.6
"""Wide letters that would be so many times narrower than high are not all that a box holds; fonts go down to two thirds."""
_GAP = 0.25
"""White between a sign and its neighbour in the picture that both are read from (in usual heights)."""


class ReadStrips(NamedTuple):
    """The strips that say something with what they say, and those of which nothing was read, or a part at most."""

    strips: list[Strip]
    readings: list[Reading]
    unread: list[Strip]


def read_strips(models: Models, grey: Grey, dark: NDArray[Any], strips: Sequence[Strip]) -> ReadStrips:
    """Read all strips; what runs down is read letter by letter."""
    level = [strip for strip in strips if not strip.is_standing]
    for strip in strips:
        if strip.is_standing:
            level += stack_of(dark, strip)
    usual = float(np.median([strip.height for strip in level])) if level else 0.0
    readings = models.read_lines([cut_out(grey, strip, usual) for strip in level])
    _read_signs_again(models, grey, level, readings, usual)
    kept = [(strip, reading) for strip, reading in zip(level, readings, strict=True) if _says_anything(reading)]
    unread = [strip for strip, reading in zip(level, readings, strict=True) if not _says_all(strip, reading)]
    return ReadStrips([strip for strip, _ in kept], [reading for _, reading in kept], unread)


def _says_anything(reading: Reading) -> bool:
    return any(not letter.text.isspace() for letter in reading)


def _says_all(strip: Strip, reading: Reading) -> bool:
    """Tell whether a reading can be all that a strip holds: wide letters in one line are as many as squares fit in it.

    Of two lines in one box that no white parts the model reads one, and its letters are too narrow for the box.
    """
    wide = sum(is_wide(letter.text) for letter in reading)
    return _says_anything(reading) and wide * strip.height <= _NARROW * (strip.x1 - strip.x0)


def _read_signs_again(
    models: Models, grey: Grey, strips: Sequence[Strip], readings: list[Reading], usual: float
) -> None:
    """Read single signs (≥ in a column of its own) in one picture with the text right of them; keep what is surer.

    Alone they are taken for letters (V, M): the model knows lines of text.
    """
    again: list[tuple[int, Grey, float]] = []
    for k, strip in enumerate(strips):
        if strip.x1 - strip.x0 <= _SINGLE * usual and strip.height <= _SINGLE * usual and _is_unsure(readings[k]):
            beside = _right_of(strip, strips)
            if beside is not None:
                again.append((k, *_both(grey, strip, beside, usual)))
    found = models.read_lines([line for _, line, _ in again])
    for (k, _, share), reading in zip(again, found, strict=True):
        own = [letter for letter in reading if letter.at < share and not letter.text.isspace()]
        before = min((letter.sure for letter in readings[k]), default=0.0)
        if len(own) == 1 and own[0].sure > before:
            readings[k] = (own[0]._replace(at=0.5),)


def _is_unsure(reading: Reading) -> bool:
    if len(reading) != 1:
        return True
    letter = reading[0]
    return letter.sure < _SURE or not (letter.text.isdigit() or is_wide(letter.text))


def _right_of(strip: Strip, strips: Sequence[Strip]) -> Strip | None:
    row = [
        other
        for other in strips
        if other.x0 >= strip.x1
        and min(other.bottom, strip.bottom) - max(other.top, strip.top) > _BESIDE * min(other.height, strip.height)
    ]
    return min(row, key=lambda other: other.x0, default=None)


def _both(grey: Grey, strip: Strip, beside: Strip, usual: float) -> tuple[Grey, float]:
    """Give a picture of both strips close to each other, and the share of its width up to the middle between them."""
    top, bottom = min(strip.top, beside.top), max(strip.bottom, beside.bottom)
    gap = np.full((bottom - top, max(2, round(_GAP * usual))), 250, np.uint8)
    first, second = grey[top:bottom, strip.x0 : strip.x1], grey[top:bottom, beside.x0 : beside.x1]
    line = np.hstack([gap, first, gap, second, gap])
    margin = max(2, round(MARGIN * usual))
    share = (1.5 * gap.shape[1] + first.shape[1]) / line.shape[1]
    return cv2.copyMakeBorder(line, margin, margin, 0, 0, cv2.BORDER_CONSTANT, value=(250,)), share
