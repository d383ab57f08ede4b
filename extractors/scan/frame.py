"""The way from a page put straight, turned upright and parted back to the picture as it is shown."""

from extractors.pdf.page import Projection

IDENTITY: Projection = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def chain(first: Projection, then: Projection) -> Projection:
    """Give the matrix that does one and then the other."""
    rows = [[sum(then[3 * row + k] * first[3 * k + col] for k in range(3)) for col in range(3)] for row in range(3)]
    (a, b, c), (d, e, f), (g, h, i) = rows
    return a, b, c, d, e, f, g, h, i


def shifted(x: float) -> Projection:
    """Give the matrix that moves points to the right."""
    return 1.0, 0.0, x, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0


def turned_back(angle: int, width: float, height: float) -> Projection:
    """Give the matrix that undoes a clockwise turn by quarters which gave a page of ``width`` × ``height``."""
    match angle:
        case 90:
            return 0.0, 1.0, 0.0, -1.0, 0.0, width, 0.0, 0.0, 1.0
        case 180:
            return -1.0, 0.0, width, 0.0, -1.0, height, 0.0, 0.0, 1.0
        case 270:
            return 0.0, -1.0, height, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0
        case _:
            return IDENTITY
