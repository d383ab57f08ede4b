"""One picture of a page, as pixels with their size on paper, and what it may cost."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]
"""Rows × columns (grey) or rows × columns × blue, green, red."""

WORK_DPI = 200
"""Pages are read at this resolution: finer ones are shrunk, coarser ones enlarged, so that lengths below hold in pixels."""

POINT = WORK_DPI / 72
"""Pixels a point at the working resolution."""

A4 = (595.0, 842.0)
"""Width and height (points) that a picture is taken to have which does not say its size on paper."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page of ``width`` × ``height`` points; ``is_photo`` where no scanner made it."""

    pixels: Pixels
    width: float
    height: float

    def at_work_size(self) -> Pixels:
        """Give the pixels at the working resolution."""
        columns, rows = max(1, round(self.width * POINT)), max(1, round(self.height * POINT))
        shrinks = columns < self.pixels.shape[1]
        sized = cv2.resize(self.pixels, (columns, rows), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        return np.asarray(sized, np.uint8)


def picture_without_size(pixels: Pixels, dpi: tuple[float, float] | None = None) -> Picture:
    """Give a picture that stands for itself: its size by its own resolution where that gives a sensible page, else A4's."""
    rows, columns = pixels.shape[:2]
    if dpi is not None and all(60 <= value <= 1300 for value in dpi):
        width, height = columns / dpi[0] * 72, rows / dpi[1] * 72
        if 200 <= max(width, height) <= 2600:
            return Picture(pixels, width, height)
    longest = A4[1] if max(rows, columns) > 1.2 * min(rows, columns) else A4[0]
    scale = longest / max(rows, columns)
    return Picture(pixels, columns * scale, rows * scale)


def turn_quarters(pixels: Any, angle: int) -> Any:
    """Turn pixels clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(pixels, codes[angle]) if angle else pixels
