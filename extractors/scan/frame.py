"""The way from a page put straight, turned upright and parted back to the picture as it is shown."""

from extractors.pdf.page import Affine

IDENTITY: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def chain(first: Affine, then: Affine) -> Affine:
    """Give the matrix that does one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u


def shifted(x: float) -> Affine:
    """Give the matrix that moves points to the right."""
    return 1.0, 0.0, x, 0.0, 1.0, 0.0


def turned_back(angle: int, width: float, height: float) -> Affine:
    """Give the matrix that undoes a clockwise turn by quarters which gave a page of ``width`` × ``height``."""
    match angle:
        case 90:
            return 0.0, 1.0, 0.0, -1.0, 0.0, width
        case 180:
            return -1.0, 0.0, width, 0.0, -1.0, height
        case 270:
            return 0.0, -1.0, height, 1.0, 0.0, 0.0
        case _:
            return IDENTITY
