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


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page of ``width`` × ``height`` points."""

    pixels: Pixels
    width: float
    height: float

    def at_work_size(self) -> Pixels:
        """Give the pixels at the working resolution."""
        columns, rows = max(1, round(self.width * POINT)), max(1, round(self.height * POINT))
        shrinks = columns < self.pixels.shape[1]
        sized = cv2.resize(self.pixels, (columns, rows), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        return np.asarray(sized, np.uint8)


def turn_quarters(pixels: Any, angle: int) -> Any:
    """Turn pixels clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(pixels, codes[angle]) if angle else pixels
