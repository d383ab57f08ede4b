"""By how many degrees a page lies askew, and the page put straight."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pdf.page import Projection
from extractors.scan.frame import IDENTITY
from extractors.scan.models import Grey
from extractors.scan.picture import POINT

_MOST = 8.0
"""Pages lying farther askew (degrees) are not put straight: nothing but a photograph does."""
_ROUNDS = ((400, _MOST, 0.5), (800, 0.5, 0.1), (1400, 0.1, 0.025))
"""Longest side of the picture looked at, how far around the angle found so far, and by which steps."""
_NEGLIGIBLE = 0.03
"""Askew by so little (degrees), a page is left as it is."""


class Straightened(NamedTuple):
    """The matrix (2 × 3) that puts pixels straight, and the angle (degrees, clockwise) that they lay askew by."""

    matrix: NDArray[Any]
    angle: float

    def apply(self, pixels: Grey, paper: int) -> Grey:
        """Put other pixels of the same page straight; ``paper`` is what stands beyond its edges."""
        if not self.angle:
            return pixels
        size = pixels.shape[1], pixels.shape[0]
        return cv2.warpAffine(
            pixels, self.matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,)
        )

    def way_back(self) -> Projection:
        """Give the matrix (points) from the straight page to the page as it was."""
        if not self.angle:
            return IDENTITY
        (a, b, c), (d, e, f) = cv2.invertAffineTransform(self.matrix).tolist()
        return a, b, c / POINT, d, e, f / POINT, 0.0, 0.0, 1.0


def find_skew(dark: NDArray[Any]) -> float:
    """Find the angle (degrees, clockwise) at which rules and lines of text stand out most, level and upright ones."""
    angle = 0.0
    for longest, around, step in _ROUNDS:
        scale = min(1.0, longest / max(dark.shape))
        small = cv2.resize(dark * 255, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        tries = [angle + k * step for k in range(-round(around / step), round(around / step) + 1)]
        angle = max(tries, key=lambda candidate: _sharpness(small, candidate))
    return angle


def _sharpness(picture: Grey, angle: float) -> float:
    """Measure how much neighbouring rows, and columns, differ once the picture is turned back."""
    turned = cv2.warpAffine(picture, _matrix(picture.shape[1], picture.shape[0], angle), picture.shape[::-1])
    profiles = [cv2.reduce(turned, axis, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel() / 255 for axis in (0, 1)]
    return sum(float(np.square(np.diff(profile)).sum()) for profile in profiles)


def _matrix(width: int, height: int, angle: float) -> NDArray[Any]:
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0))


def straighten(grey: Grey, angle: float) -> tuple[Grey, Straightened]:
    """Turn a page back by its skew; paper stays white beyond its edges."""
    height, width = grey.shape
    is_straight = abs(angle) < _NEGLIGIBLE
    straightened = Straightened(_matrix(width, height, 0.0 if is_straight else angle), 0.0 if is_straight else angle)
    return straightened.apply(grey, 255), straightened
