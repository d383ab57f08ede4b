"""Further damage to pictures of pages: what copiers, faxes, pens, cameras and old age do to paper and ink."""

from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.uint8]


def _thin(page: Image.Image, rng: Random) -> Image.Image:
    """Ink shrinks by half a pixel on all sides: a copy of a copy, too light."""
    return Image.blend(page, page.filter(ImageFilter.MaxFilter(3)), 0.6)


def _thick(page: Image.Image, rng: Random) -> Image.Image:
    """Ink runs: a copy that is too dark."""
    return page.filter(ImageFilter.MinFilter(3))


def _fax(page: Image.Image, rng: Random) -> Image.Image:
    """Black and white only, at half the resolution down the page."""
    grey = page.convert("L").resize((page.width, page.height // 2), Image.Resampling.BOX)
    return grey.point(lambda value: 255 * (value > 150)).resize(page.size, Image.Resampling.BILINEAR).convert("RGB")


def _moire(page: Image.Image, rng: Random) -> Image.Image:
    """A fine pattern of brightness, as from a photograph of a screen."""
    values = np.asarray(page).astype(np.float32)
    y, x = np.mgrid[0 : values.shape[0], 0 : values.shape[1]]
    pattern = 14 * np.sin(x * 0.71 + y * 0.13) + 10 * np.sin(y * 0.83 - x * 0.05)
    return Image.fromarray(np.clip(values - 20 + pattern[:, :, None], 0, 255).astype(np.uint8))


def _uneven(page: Image.Image, rng: Random) -> Image.Image:
    """A lamp on one side and the shadow of a hand."""
    values = np.asarray(page).astype(np.float32)
    height, width = values.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    centre = rng.uniform(0.2, 0.8) * width, rng.uniform(0.3, 0.9) * height
    hand = np.exp(-(((x - centre[0]) / (0.25 * width)) ** 2) - ((y - centre[1]) / (0.2 * height)) ** 2)
    light = 1 - 0.35 * hand - 0.2 * x / width
    return Image.fromarray((values * light[:, :, None]).astype(np.uint8))


def _stripes(page: Image.Image, rng: Random) -> Image.Image:
    """Pale stripes down the page, where the toner ran out."""
    values = np.asarray(page).astype(np.float32)
    x = np.arange(values.shape[1])
    pale = np.zeros(values.shape[1])
    for _ in range(5):
        middle, width = rng.uniform(0.05, 0.95) * len(x), rng.uniform(12, 45)
        pale = np.maximum(pale, rng.uniform(0.45, 0.85) * np.exp(-(((x - middle) / width) ** 2)))
    return Image.fromarray((values + (255 - values) * pale[None, :, None]).astype(np.uint8))


def _rubbed(page: Image.Image, rng: Random) -> Image.Image:
    """Rules (long dark lines) are interrupted: a third of their length is gone, in pieces."""
    values = np.array(page)
    for turned in (False, True):
        grid = values.transpose(1, 0, 2) if turned else values
        dark = grid[:, :, 0] < 128
        rows = np.flatnonzero(dark.sum(axis=1) > 0.25 * dark.shape[1])
        for row in rows:
            if row - 1 in rows:
                continue
            at = 0
            while at < dark.shape[1]:
                at += rng.randrange(30, 140)
                length = rng.randrange(12, 60)
                bar = grid[row - 1 : row + 4, at : at + length]
                thin = ~dark[row - 4 : row - 1, at : at + length].any(axis=0) if row > 4 else None
                if thin is not None and bar.size:
                    bar[:, thin] = 255
                at += length
    return Image.fromarray(values)


def _torn(page: Image.Image, rng: Random) -> Image.Image:
    """The lower right corner is torn off, with a ragged edge."""
    torn = page.copy()
    width, height = page.size
    edge = [(width, round(height * 0.35))]
    while edge[-1][0] > width * 0.75 and edge[-1][1] < height * 0.6:
        x, y = edge[-1]
        edge.append((x - rng.randrange(2, 22), y + rng.randrange(4, 22)))
    ImageDraw.Draw(torn).polygon([*edge, (width, edge[-1][1])], "white")
    return torn


def _pen(page: Image.Image, rng: Random) -> Image.Image:
    """A signature, ticks and underlines in blue ink over the text."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(6):
        x, y = rng.uniform(0.15, 0.75) * page.width, rng.uniform(0.15, 0.6) * page.height
        points = [(x, y)]
        for _ in range(rng.randrange(4, 12)):
            points.append((points[-1][0] + rng.uniform(-8, 30), points[-1][1] + rng.uniform(-18, 18)))
        draw.line(points, (40, 50, 120), rng.choice((2, 3)), "curve")
    return marked


def _stamped(page: Image.Image, rng: Random) -> Image.Image:
    """Violet date stamps (a box with lines) over whatever stands there."""
    marked = page.copy()
    draw = ImageDraw.Draw(marked)
    for _ in range(3):
        x, y = round(rng.uniform(0.2, 0.75) * page.width), round(rng.uniform(0.2, 0.6) * page.height)
        draw.rectangle((x, y, x + 190, y + 90), outline=(90, 40, 130), width=4)
        draw.line((x, y + 45, x + 190, y + 45), (90, 40, 130), 3)
    return marked


def _photo(page: Image.Image, rng: Random) -> Image.Image:
    """Taken by hand: one side is farther away, the sheet lies on a dark table."""
    width, height = page.size
    a, b = rng.uniform(0.01, 0.03) * width, rng.uniform(0.005, 0.02) * height
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [(a, b), (width - a / 2, 0), (width, height), (0, height - b)]
    rows = []
    for (x, y), (u, v) in zip(corners, seen, strict=True):
        rows += [[u, v, 1, 0, 0, 0, -u * x, -v * x, x], [0, 0, 0, u, v, 1, -u * y, -v * y, y]]
    system = np.array(rows)
    found = np.linalg.solve(system[:, :8], system[:, 8])
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, found, Image.Resampling.BICUBIC, fillcolor=(90, 80, 70)
    )


DAMAGE: dict[str, Callable[[Image.Image, Random], Image.Image]] = {
    "thin": _thin,
    "thick": _thick,
    "fax": _fax,
    "moire": _moire,
    "uneven": _uneven,
    "stripes": _stripes,
    "rubbed": _rubbed,
    "torn": _torn,
    "pen": _pen,
    "stamped": _stamped,
    "photo": _photo,
}
"""What can happen, by name."""
