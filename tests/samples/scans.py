"""Draws invented pages as pictures, and wears them as copiers, scanners and seals do."""

import io
import math
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.samples.damage import DAMAGE

Pixels = NDArray[np.uint8]
"""Rows × columns × red, green, blue."""

DPI = 200
SEAL = (205, 40, 45)


@cache
def chinese_font() -> str | None:
    """Give the file of a font with Chinese letters, or None where the machine has none."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    found = subprocess.run([program, "-f", "%{file}|%{lang}", "sans:lang=zh-cn"], capture_output=True, text=True)
    file, _, languages = found.stdout.partition("|")
    return file if "zh-cn" in languages.split("|") else None


@dataclass(frozen=True, slots=True)
class Wear:
    """What happened to a page: its resolution (dots an inch), turn and skew (degrees), and what lies over it.

    ``noise`` is the deviation of each pixel's brightness (0–255), ``quality`` that of JPEG, ``shadow`` how much darker
    one side is than the other (0–1), ``seals`` how many seals stand on the text, ``broken`` the share of ink lost,
    ``damage`` names what else happened (``tests/samples/damage.py``).
    """

    dpi: int = DPI
    turn: int = 0
    skew: float = 0.0
    noise: float = 0.0
    quality: int = 92
    shadow: float = 0.0
    seals: int = 0
    blur: float = 0.0
    broken: float = 0.0
    grey: bool = False
    damage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: lines above its table, and the table's rows; a text may span columns as ``(text, columns)``."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str | tuple[str, int], ...], ...]
    widths: tuple[int, ...]
    ruled: bool = True


def draw_plan(plan: PagePlan, size: tuple[int, int] = (595, 842), points: float = 10.5) -> Pixels:
    """Draw a page at 200 dpi; widths and sizes are in points."""
    scale = DPI / 72
    page = Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), "white")
    draw = ImageDraw.Draw(page)
    file = chinese_font()
    assert file is not None
    font, title = (ImageFont.truetype(file, round(s * scale)) for s in (points, points * 1.6))
    y = 60.0
    for k, line in enumerate(plan.lines):
        draw.text((60 * scale, y * scale), line, "black", title if not k else font)
        y += points * (2.4 if not k else 1.9)
    pitch = points * 1.9
    for row in plan.rows:
        x = 60.0
        column = 0
        for cell in row:
            text, span = cell if isinstance(cell, tuple) else (cell, 1)
            width = sum(plan.widths[column : column + span])
            if plan.ruled:
                corners = [x * scale, y * scale, (x + width) * scale, (y + pitch) * scale]
                draw.rectangle(corners, outline="black", width=2)
            draw.text(((x + 4) * scale, (y + 0.2 * points) * scale), text, "black", font)
            x += width
            column += span
        y += pitch
    return np.asarray(page)


def wear(pixels: Pixels, how: Wear, rng: Random) -> Pixels:
    """Wear a page drawn at 200 dpi (or finer); the same ``rng`` gives the same picture."""
    page = Image.fromarray(pixels)
    for _ in range(how.seals):
        page = _stamp(page, rng)
    for name in how.damage:
        page = DAMAGE[name](page, rng)
    if how.grey:
        page = page.convert("L").convert("RGB")
    if how.skew:
        page = page.rotate(how.skew, Image.Resampling.BICUBIC, expand=False, fillcolor="white")
    if how.turn:
        page = page.rotate(-how.turn, expand=True)
    if how.dpi != DPI:
        size = (round(page.width * how.dpi / DPI), round(page.height * how.dpi / DPI))
        page = page.resize(size, Image.Resampling.LANCZOS)
    if how.blur:
        page = page.filter(ImageFilter.GaussianBlur(how.blur))
    values = np.asarray(page).astype(np.float32)
    random = np.random.default_rng(rng.randrange(2**32))
    if how.broken:
        lost = random.random(values.shape[:2]) < how.broken
        values[lost] = 255
    if how.shadow:
        fall = np.linspace(1.0, 1.0 - how.shadow, values.shape[1], dtype=np.float32)
        values *= fall[None, :, None]
    if how.noise:
        values = values - 12 + random.normal(0, how.noise, values.shape[:2])[:, :, None]
    stored = io.BytesIO()
    Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).save(stored, "JPEG", quality=how.quality)
    return np.asarray(Image.open(stored).convert("RGB"))


def _stamp(page: Image.Image, rng: Random) -> Image.Image:
    """Put an official seal (a ring of 42 mm with a star) somewhere on the upper half."""
    across = round(42 / 25.4 * DPI)
    seal = Image.new("RGBA", (across, across), (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    opaque = (*SEAL, rng.randint(150, 215))
    draw.ellipse((2, 2, across - 3, across - 3), outline=opaque, width=round(across * 0.035))
    middle = across / 2
    star = [
        (
            middle + r * math.sin(k * math.pi / 5),
            middle - r * math.cos(k * math.pi / 5),
        )
        for k, r in enumerate([across * 0.16, across * 0.065] * 5)
    ]
    draw.polygon(star, fill=opaque)
    file = chinese_font()
    assert file is not None
    font = ImageFont.truetype(file, round(across * 0.11))
    for k, letter in enumerate("澄溪县某某镇人民政府"):
        turn = (k - 4.5) * 24
        glyph = Image.new("RGBA", (across, across), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((middle, across * 0.13), letter, opaque, font, anchor="mm")
        seal.alpha_composite(glyph.rotate(-turn, Image.Resampling.BICUBIC))
    seal = seal.rotate(rng.uniform(-20, 20), Image.Resampling.BICUBIC)
    layer = page.convert("RGBA")
    left = rng.randrange(max(1, page.width // 4), max(2, page.width - across))
    top = rng.randrange(page.height // 12, max(page.height // 12 + 1, page.height // 2))
    layer.alpha_composite(seal, (left, top))
    return layer.convert("RGB")


def side_by_side(left: Pixels, right: Pixels) -> Pixels:
    """Put two pages beside each other, as an open book lies on the glass."""
    height = max(left.shape[0], right.shape[0])
    sheets = [
        np.pad(page, ((0, height - page.shape[0]), (0, 0), (0, 0)), constant_values=255) for page in (left, right)
    ]
    return np.concatenate(sheets, axis=1)


def pdf_of(pages: Sequence[Pixels], dpi: int, quality: int = 88) -> bytes:
    """Give a PDF whose pages are these pictures."""
    images = [Image.fromarray(page) for page in pages]
    stored = io.BytesIO()
    images[0].save(stored, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=quality)
    return stored.getvalue()
