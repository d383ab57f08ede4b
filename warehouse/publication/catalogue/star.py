"""The picture of the tables: what was filed in the middle, what is compared around it, lines along the keys."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, BOX_WIDTH, BOX_HEIGHT, ROW = 960, 250, 40, 54
LEFT, MIDDLE, RIGHT = 10, 355, 700
INK, CORE, MART, LINE = "#2b3440", "#e3eef8", "#fdf3e1", "#8fa5bd"

Titles = Mapping[str, str]
"""Table name with schema → Chinese title."""


def draw_star(titles: Titles, references: Mapping[str, str]) -> str:
    """Draw every table as a box that leads to its part of the page, and a line from each to the one it belongs to."""
    columns = _columns(titles, references)
    places = {
        name: (x, 20 + ROW * row)
        for x, names in zip((LEFT, MIDDLE, RIGHT), columns, strict=True)
        for row, name in enumerate(names)
    }
    height = 20 + ROW * max((len(names) for names in columns), default=0)
    lines = [
        _line(places[name], places[other]) for name, other in references.items() if name in places and other in places
    ]
    boxes = [_box(name, titles[name], *place) for name, place in places.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="各表之间的关系" viewBox="0 0 {WIDTH} {height}" '
        f'font-size="14" fill="{INK}">{"".join(lines)}{"".join(boxes)}</svg>'
    )


def _columns(titles: Titles, references: Mapping[str, str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Put the core tables that others hang on in the middle, the other core tables left, the marts right."""
    leans = Counter(references.values())
    centre = sorted((name for name in titles if name in leans), key=lambda name: -leans[name])
    core = [name for name in titles if name.startswith("core.") and name not in centre]
    return core, centre, [name for name in titles if not name.startswith("core.")]


def _line(one: tuple[int, int], other: tuple[int, int]) -> str:
    """Draw from a table to the one it belongs to, from side to side; between boxes of one column as a bow."""
    (x1, y1), (x2, y2) = one, other
    y1, y2 = y1 + BOX_HEIGHT // 2, y2 + BOX_HEIGHT // 2
    if x1 == x2:
        edge = x1 + BOX_WIDTH
        path = f"M{edge} {y1}C{edge + 45} {y1} {edge + 45} {y2} {edge} {y2}"
    else:
        start, end = (x1 + BOX_WIDTH, x2) if x1 < x2 else (x1, x2 + BOX_WIDTH)
        half = (start + end) // 2
        path = f"M{start} {y1}C{half} {y1} {half} {y2} {end} {y2}"
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'


def _box(name: str, title: str, x: int, y: int) -> str:
    colour = CORE if name.startswith("core.") else MART
    return (
        f'<a href="#{escape(name)}"><rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6" fill="{colour}" '
        f'stroke="{LINE}"/><text x="{x + 12}" y="{y + 17}" font-weight="700">{escape(title)}</text>'
        f'<text x="{x + 12}" y="{y + 33}" font-size="11.5" fill="#5b6470">{escape(name)}</text></a>'
    )
