"""A sheet that a camera saw from one side, on whatever it lay on: found by its edges, and put square."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pdf.page import Projection
from extractors.scan.ink import even_out, find_dark
from extractors.scan.models import Grey
from extractors.scan.picture import POINT, Picture, Pixels

_LOOKED_AT = 700
"""Longest side of the picture in which the sheet's edges are looked for."""
_LEAST_SHEET = 0.3
"""A sheet takes up this share of its picture."""
_DARKER = 30
"""What a sheet lies on is so much darker than its paper."""
_PAPER_OUTSIDE = 0.05
"""Where more than this share of what is left out is as bright as paper, it is not what the sheet lies on."""
_INK_OUTSIDE = 0.01
"""Nor where more than this share is ink: a part of the sheet that lies in a shadow would be left out with its text."""
_NEAR = 24
"""Ink is not looked for so near the sheet's edge (pixels looked at): the edge itself is one."""
_ACROSS = 5
"""Brightness is compared so many pixels (looked at) on both sides of an edge: a sheet's edge is sharp, a shadow's is not."""
_SHARP = 0.8
"""So large a share of the edges that do not lie at the picture's own border are sharp."""
_SAMPLES = 60
"""Points looked at on each edge."""
_SQUARE = 0.4
"""Corners that are right angles but for so many degrees are a scanner's, whose pages need no more than to be turned."""


class Squared(NamedTuple):
    """A page put square, and the way back from its points to those of the picture; None where nothing was to be done."""

    pixels: Pixels
    way_back: Projection | None


def square_up(picture: Picture) -> Squared:
    """Give a picture's pixels at the working resolution, with a sheet seen from one side put square.

    The sheet then fills the picture; what it lay on is white.
    """
    pixels = picture.at_work_size()
    corners = find_sheet(pixels)
    if corners is None:
        return Squared(pixels, None)
    height, width = pixels.shape[:2]
    wide, high = _sides(corners)
    scale = min(width / wide, height / high)
    left, top = (width - scale * wide) / 2, (height - scale * high) / 2
    square = np.array(
        [(left, top), (width - left, top), (width - left, height - top), (left, height - top)], np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), square)
    seen = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(seen, np.rint(square).astype(np.int32), (255,))
    fine, zoom = _finer(picture, pixels)
    warped = cv2.warpPerspective(
        fine, matrix @ np.diag([1 / zoom, 1 / zoom, 1.0]), (width, height), flags=cv2.INTER_CUBIC
    )
    warped[seen == 0] = 255
    back = np.linalg.inv(matrix)
    points = np.diag([1 / POINT, 1 / POINT, 1.0]) @ back @ np.diag([POINT, POINT, 1.0])
    a, b, c, d, e, f, g, h, i = (float(value) for value in (points / points[2, 2]).ravel())
    return Squared(np.asarray(warped, np.uint8), (a, b, c, d, e, f, g, h, i))


def _finer(picture: Picture, pixels: Pixels) -> tuple[Pixels, float]:
    """Give the picture at up to twice the working size, so that a sheet that is enlarged stays sharp, and by how much."""
    zoom = min(2.0, picture.pixels.shape[1] / pixels.shape[1])
    if zoom <= 1:
        return pixels, 1.0
    size = round(pixels.shape[1] * zoom), round(pixels.shape[0] * zoom)
    return np.asarray(cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)), zoom


def find_sheet(pixels: Pixels) -> NDArray[Any] | None:
    """Find the corners of a sheet seen from one side: upper left, upper right, lower right, lower left (pixels).

    None where the picture shows nothing but paper, where the sheet lies square, and where it cannot be told what is sheet.
    """
    grey: Grey = np.asarray(pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    scale = _LOOKED_AT / max(grey.shape)
    small: Grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    smooth = cv2.morphologyEx(cv2.GaussianBlur(small, (5, 5), 0), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    found, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return None
    hull = cv2.convexHull(max(found, key=cv2.contourArea))
    if cv2.contourArea(hull) < _LEAST_SHEET * small.size:
        return None
    corners = _four_corners(hull)
    if corners is None or _is_square(corners):
        return None
    if not _has_sharp_edges(smooth, corners) or not _is_all(small, smooth, hull):
        return None
    return np.asarray(corners / scale)


def _four_corners(hull: NDArray[Any]) -> NDArray[Any] | None:
    around = cv2.arcLength(hull, True)
    for share in (0.01, 0.015, 0.02, 0.03, 0.04):
        near = cv2.approxPolyDP(hull, share * around, True).reshape(-1, 2)
        if len(near) == 4:
            sums, differences = near.sum(axis=1), near[:, 0] - near[:, 1]
            order = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
            return near[order].astype(np.float64) if len(set(order)) == 4 else None
    return None


def _sides(corners: NDArray[Any]) -> tuple[float, float]:
    """Give the longer of the sheet's level sides, and of its upright ones: the nearer ones are seen larger."""
    lengths = [float(np.linalg.norm(corners[k] - corners[(k + 1) % 4])) for k in range(4)]
    return max(lengths[0], lengths[2]), max(lengths[1], lengths[3])


def _is_square(corners: NDArray[Any]) -> bool:
    for k in range(4):
        one, other = corners[k - 1] - corners[k], corners[(k + 1) % 4] - corners[k]
        angle = np.degrees(np.arccos(np.dot(one, other) / (np.linalg.norm(one) * np.linalg.norm(other))))
        if abs(float(angle) - 90) > _SQUARE:
            return False
    return True


def _has_sharp_edges(smooth: Grey, corners: NDArray[Any]) -> bool:
    """Tell whether it grows dark at once beyond the edges: of a shadow that falls on the sheet, it does so by and by."""
    height, width = smooth.shape
    drops: list[bool] = []
    for k in range(4):
        start, end = corners[k], corners[(k + 1) % 4]
        along = (end - start) / np.linalg.norm(end - start)
        inward = np.array([-along[1], along[0]])
        for share in np.linspace(0.05, 0.95, _SAMPLES):
            middle = start + share * (end - start)
            inside, outside = (np.rint(middle + sign * _ACROSS * inward).astype(int) for sign in (1, -1))
            if all(0 <= x < width and 0 <= y < height for x, y in (inside, outside)):
                drops.append(int(smooth[inside[1], inside[0]]) - int(smooth[outside[1], outside[0]]) >= _DARKER)
    return bool(drops) and float(np.mean(drops)) >= _SHARP


def _is_all(small: Grey, smooth: Grey, hull: NDArray[Any]) -> bool:
    """Tell whether all of the sheet lies within its edges: what is outside is dark, and nothing is written there."""
    inside = np.zeros(small.shape, np.uint8)
    cv2.fillConvexPoly(inside, hull, (1,))
    outside = inside == 0
    if not outside.any():
        return True
    paper = float(np.median(smooth[inside == 1]))
    if float((smooth[outside] > paper - _DARKER).mean()) > _PAPER_OUTSIDE:
        return False
    far = cv2.dilate(inside, np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8)) == 0
    return not far.any() or float(find_dark(even_out(small))[far].mean()) <= _INK_OUTSIDE
