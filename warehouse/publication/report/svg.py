"""Writes drawings as SVG text: the room of words is measured by their signs, so that no font is needed here."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

INK, SOFT, LINE, AXIS = "#2B3440", "#5B6470", "#E6E9ED", "#8A94A0"
BLUE, RED, AMBER, GREEN, GREY = "#1F4E79", "#B3261E", "#C77700", "#2E7D4F", "#B8C0CA"

SIZE = 12
"""Pixels of a drawing's usual text."""

WIDE, NARROW = 1.0, 0.62
"""A Chinese sign is as wide as it is high; Latin letters and digits of the fonts that readers have are narrower."""


def room_of(text: str, size: float = SIZE) -> float:
    """Give the pixels that a text takes, rather too many than too few: the reader's font draws it, not ours."""
    signs = sum(WIDE if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)
    return round(signs * size, 1)


def clip(text: str, room: float, size: float = SIZE) -> str:
    """Shorten a text to the pixels that are there."""
    if room_of(text, size) <= room:
        return text
    kept = text
    while kept and room_of(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept}…"


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a text is written: which end of it stands at its place (start, middle, end), its pixels and its colour.

    A ``halo`` keeps lines below the text from crossing it out.
    """

    anchor: str = "start"
    size: float = SIZE
    fill: str = ""
    bold: bool = False
    halo: bool = False


def words(x: float, y: float, text: str, lettering: Lettering = Lettering()) -> str:
    """Write a text at a place."""
    marks = f' text-anchor="{lettering.anchor}"' if lettering.anchor != "start" else ""
    marks += f' font-size="{lettering.size:g}"' if lettering.size != SIZE else ""
    marks += f' fill="{lettering.fill}"' if lettering.fill else ""
    marks += ' font-weight="700"' if lettering.bold else ""
    marks += ' paint-order="stroke" stroke="#fff" stroke-width="3"' if lettering.halo else ""
    return f'<text x="{_short(x)}" y="{_short(y)}"{marks}>{escape(text)}</text>'


def stroke(
    one: tuple[float, float], other: tuple[float, float], colour: str, width: float = 1, *, dashed: bool = False
) -> str:
    """Draw a line between two points."""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    ends = f'x1="{_short(one[0])}" y1="{_short(one[1])}" x2="{_short(other[0])}" y2="{_short(other[1])}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"{dashes}/>'


def path(points: Sequence[tuple[float, float]], colour: str, width: float) -> str:
    """Draw a line through points."""
    through = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    return (
        f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"/>'
    )


def dot(x: float, y: float, radius: float, colour: str, *, clear: bool = False) -> str:
    """Draw a dot; a ``clear`` one lets those below it be seen."""
    opacity = ' fill-opacity="0.62"' if clear else ""
    return f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{radius:g}" fill="{colour}"{opacity}/>'


def linked(drawing: str, href: str | None) -> str:
    """Link a mark; the tab key passes it by, for there are a thousand of them and the tables hold the same links."""
    return f'<a href="{escape(href)}" tabindex="-1">{drawing}</a>' if href else drawing


def picture(drawn: Sequence[str], width: float, height: float) -> str:
    """Put drawn parts together; the figure's own words say to a screen reader what is seen."""
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" {size} font-size="{SIZE}" fill="{INK}">'
        f"{''.join(drawn)}</svg>"
    )


def _short(number: float) -> str:
    return f"{round(number, 1):g}"
