"""A picture's ink on white paper: shadows evened out, red seals taken away, what is left as grey."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scan.models import Grey
from extractors.scan.picture import POINT, Pixels

Mask = NDArray[Any]

_SEAL = 40 * POINT
"""A red figure that reaches so far both ways is a seal (the smallest official ones measure 38 mm, 108 points)."""
_REDNESS = 40
"""Red exceeds green and blue by so much in a seal's ink, also where JPEG has washed it out."""
_EDGE, _FAINT = 0.15, 120.0
"""This share of a seal's pixels is darker than its ink, being mixed with text; ink darker than the second is not a seal's."""
_PAPER = 31
"""Paper is told from ink by the brightest spot within so many pixels of a picture shrunk to a quarter."""
_DARK = 75
"""Ink is so much darker than white paper, once shadows are evened out; more where the picture is noisy."""

_PALEST = 30
"""Less than this much darker than paper nothing is ink: stains, the other side's print."""
_USUAL, _SHARE = 20, 0.5
"""Of the ink of a page, so many hundredths are darker than its usual print; all that is this share as dark is ink."""


class InkPage(NamedTuple):
    """A page's ink in grey (dark on white), and where a seal's ink stood (1).

    ``stamped_grey`` has seals left in: rules are looked for there, since bleaching takes thin ones along.
    """

    grey: Grey
    stamped_grey: Grey
    stamped: Mask


def read_ink(pixels: Pixels) -> InkPage:
    """Even out shadows and take red seals away; text under a seal stays, since its ink is dark in red light too."""
    none = np.zeros(pixels.shape[:2], np.uint8)
    if pixels.ndim == 2:
        even = even_out(pixels)
        return InkPage(even, even, none)
    blue, green, red = (pixels[:, :, k] for k in range(3))
    even = even_out(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    reddish = (cv2.subtract(red, cv2.max(green, blue)) > _REDNESS).astype(np.uint8)
    seal = _find_seals(reddish)
    if not seal.any():
        return InkPage(even, even, none)
    in_red_light = even_out(red)
    stamped = reddish.astype(bool) & seal
    bleached = np.where(seal, _bleach(in_red_light, stamped), even)
    return InkPage(bleached, np.where(seal, in_red_light, even), stamped.astype(np.uint8))


def _bleach(red: Grey, stamped: Mask) -> Grey:
    """Raise what the seal's own ink looks like in red light to white; darker ink below it stays dark."""
    if not stamped.any():
        return red
    level = max(_FAINT, float(np.percentile(red[stamped], 100 * _EDGE)))
    raised: Grey = np.minimum(red.astype(np.float32) * (250 / level), 250).astype(np.uint8)
    return raised


def _find_seals(reddish: NDArray[Any]) -> Mask:
    """Give the regions of seals: red figures too large to be letters; red letters stay ink."""
    region = np.zeros(reddish.shape, np.uint8)
    if not reddish.any():
        return region.astype(np.bool_)
    small = cv2.resize(reddish, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    joined = cv2.dilate((small > 0).astype(np.uint8), np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for label in range(1, count):
        x, y, w, h, _ = (int(value) * 4 for value in stats[label])
        if min(w, h) >= _SEAL and max(w, h) <= 3 * min(w, h):
            region[y : y + h, x : x + w] = 1
    return region.astype(np.bool_)


def even_out(grey: Grey) -> Grey:
    """Divide by the paper's own brightness, so that paper is white everywhere."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), _PAPER)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, cv2.max(paper, np.full_like(paper, 40)), scale=250), np.uint8)


def find_dark(grey: Grey, least: float = _DARK) -> NDArray[Any]:
    """Mark ink (1) on even paper (0); the noisier the paper, the darker ink must be, and the paler the print, the less so."""
    sample = grey[::3, ::3]
    paper = float(np.median(sample))
    noise = float(np.median(np.abs(sample.astype(np.float32) - paper))) * 1.48
    inked = sample[sample < paper - max(_PALEST, 4 * noise)]
    print_ = paper - float(np.percentile(inked, _USUAL)) if inked.size else 255.0
    return (grey < paper - max(min(least, _SHARE * print_), 4 * noise)).astype(np.uint8)


def find_pale(grey: Grey) -> NDArray[Any]:
    """Mark ink (1) down to the palest that is not the paper's own noise: rules are told from stains by their shape."""
    return find_dark(grey, _PALEST)
