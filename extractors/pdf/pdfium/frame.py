"""PDFium's coordinates: from the page's own space, y upwards, to the page as a person sees it, y downwards."""

import ctypes
import math

from extractors.document import Box
from extractors.pdf.page import OBLIQUE
from extractors.pdf.pdfium import calls as calls

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_LEVEL = 0.035
"""Text may rise or fall by so much of its length (2 degrees) and still be level."""


def page_frame(page: int) -> Matrix:
    """Give the matrix from a page's own space to the page as shown (``/Rotate`` and crop box applied)."""
    bounds = (ctypes.c_float * 4)()
    calls.page_bounds(page, ctypes.addressof(bounds))
    left, top, right, bottom = bounds
    match calls.page_rotation(page):
        case 1:
            return 0.0, 1.0, 1.0, 0.0, -bottom, -left
        case 2:
            return -1.0, 0.0, 0.0, 1.0, right, -bottom
        case 3:
            return 0.0, -1.0, -1.0, 0.0, top, right
        case _:
            return 1.0, 0.0, 0.0, -1.0, -left, top


def chain(first: Matrix, then: Matrix) -> Matrix:
    """Give the matrix that does one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def object_matrix(item: int) -> Matrix:
    """Give a page object's own matrix."""
    values = (ctypes.c_float * 6)()
    return tuple(values) if calls.object_matrix(item, ctypes.addressof(values)) else IDENTITY


def turned_box(frame: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """Give the box around a box that a matrix has moved."""
    a, b, c, d, e, f = frame
    xs = [x * a + y * c + e for x in (left, right) for y in (bottom, top)]
    ys = [x * b + y * d + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)


def angle_of(dx: float, dy: float) -> int:
    """Give the angle (clockwise, as shown) of text that runs in a direction: 0, 90, 180, 270 or OBLIQUE."""
    length = math.hypot(dx, dy)
    if not length:
        return OBLIQUE
    if abs(dy) <= _LEVEL * length:
        return 0 if dx > 0 else 180
    if abs(dx) <= _LEVEL * length:
        return 90 if dy > 0 else 270
    return OBLIQUE
