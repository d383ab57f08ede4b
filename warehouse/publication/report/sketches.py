"""Draws by hand what the report needs by the dozen or in a thousand cells: a township's curve, the heat map of targets."""

from collections.abc import Mapping, Sequence
from html import escape

from warehouse.publication.marts.curves import Curve, StrictnessCell
from warehouse.publication.marts.values import plain_figure
from warehouse.publication.report.charts import county_word
from warehouse.publication.report.svg import BLUE, INK, clip, linked, picture, room_of

LOOSE, EVEN, STRICT = (217, 121, 30), (242, 243, 245), (47, 110, 165)
"""The heat map's colours (red, green, blue): looser, as the median, stricter; told apart by the colour-blind too."""

CELL_HEIGHT, NAME_WIDTH = 24, 250
NARROWEST, WIDEST = 38, 64
"""A cell is as wide as its longest text needs, within these bounds: thirty townships still fit on a screen or two."""

CELL_SIZE = 11
"""Pixels of the text in a cell."""

PAPER_WIDTH = 1000
"""Pixels across a landscape page: a wider heat map is printed smaller."""

NAME_ROOM = 108
"""Pixels of a township's name over its column."""

UPRIGHT = 4
"""Township names of so many characters stand upright over a column."""


def draw_own_curve(own: Curve, county: Curve | None) -> str:
    """Draw one township's cumulative curve beside the county's.

    A county has dozens of these: two lines over a fixed grid, written straight as SVG, cost nothing to draw.
    """
    frame = "".join(
        f'<line x1="44" x2="424" y1="{_y(pct)}" y2="{_y(pct)}" stroke="#e6e9ed"/>'
        f'<text x="38" y="{_y(pct) + 4}" text-anchor="end">{pct}%</text>'
        for pct in range(0, 101, 25)
    )
    months = "".join(
        f'<text x="{_x(month)}" y="212" text-anchor="middle">{"年初" if month == 0 else f"{month}月底"}</text>'
        for month in range(0, 13, 3)
    )
    lines = _own_line(county, county_word(county), "#7a8594", 2, below=True) if county is not None else ""
    lines += _own_line(own, own.name, BLUE, 3, below=False)
    return picture([frame, months, lines], 446, 222)


def _own_line(curve: Curve, name: str, colour: str, width: float, *, below: bool) -> str:
    points = " ".join(f"{_x(month)},{_y(pct)}" for month, pct in curve.points)
    dots = "".join(f'<circle cx="{_x(m)}" cy="{_y(p)}" r="{width + 0.5}" fill="{colour}"/>' for m, p in curve.points)
    month, pct = curve.points[len(curve.points) // 2]
    x, y, anchor = (_x(month) + 9, _y(pct) + 16, "start") if below else (_x(month) - 9, _y(pct) - 8, "end")
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>{dots}'
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}" font-weight="700">{escape(name)}</text>'
    )


def _x(month: float) -> float:
    return round(44 + month / 12 * 380, 1)


def _y(percent: float) -> float:
    return round(190 - min(max(percent, 0), 110) / 100 * 176, 1)


def draw_strictness(cells: Sequence[StrictnessCell], townships: Sequence[str], links: Mapping[str, str]) -> str:
    """Draw a heat map: indicators down, townships across; blue is stricter, orange looser than the median.

    Two drawings side by side: the indicators' names stay in sight while the townships are scrolled.
    """
    rows = {name: at for at, name in enumerate(dict.fromkeys(cell.indicator for cell in cells))}
    columns = {name: at for at, name in enumerate(townships)}
    slanted = max((len(name) for name in townships), default=0) > UPRIGHT
    top, across = 74 if slanted else 26, _cell_width(cells)
    width, height = round(across * len(columns)) + (60 if slanted else 30), top + CELL_HEIGHT * len(rows) + 34
    names = [
        linked(
            f'<text x="{NAME_WIDTH - 8}" y="{top + at * CELL_HEIGHT + 16}" text-anchor="end">{escape(clip(name, NAME_WIDTH - 12))}</text>',
            links.get(name),
        )
        for name, at in rows.items()
    ]
    drawn = [_column_name(name, (at + 0.5) * across, top - 8, slanted) for name, at in columns.items()]
    for cell in cells:
        left, upper = columns[cell.township] * across, top + rows[cell.indicator] * CELL_HEIGHT
        drawn.append(linked(_heat_cell(cell, left, upper, across), links.get(cell.indicator)))
    drawn.append(_heat_legend(0, height - 24))
    fit = min(1.0, PAPER_WIDTH / (NAME_WIDTH + width))
    return (
        f'<div class="heat" tabindex="0" style="--fit:{fit:.2f}">{picture(names, NAME_WIDTH, height)}'
        f"{picture(drawn, width, height)}</div>"
    )


def _cell_width(cells: Sequence[StrictnessCell]) -> int:
    longest = max((room_of(cell.short, CELL_SIZE) for cell in cells), default=0)
    return round(min(max(longest + 6, NARROWEST), WIDEST))


def _heat_cell(cell: StrictnessCell, left: int, top: int, width: int) -> str:
    colour = _mix(EVEN, STRICT if cell.share > 0 else LOOSE, abs(cell.share))
    ink = "#fff" if cell.share > 0.7 else "#14181d" if cell.share < -0.5 else INK
    middle = "" if cell.median is None else f"，全县中位数 {plain_figure(cell.median)}"
    said = escape(f"{cell.township} {cell.indicator}：{cell.target_raw}{middle}")
    return (
        f'<g><title>{said}</title><rect x="{left}" y="{top}" width="{width - 1}" height="{CELL_HEIGHT - 1}" '
        f'fill="{colour}"/><text x="{left + width // 2}" y="{top + 16}" text-anchor="middle" font-size="{CELL_SIZE}" '
        f'fill="{ink}">{escape(clip(cell.short, width - 2, CELL_SIZE))}</text></g>'
    )


def _heat_legend(left: int, top: int) -> str:
    shades = "".join(
        f'<rect x="{left + at * 20}" y="{top}" width="20" height="10" fill="{_shade((at - 5) / 5)}"/>'
        for at in range(11)
    )
    names = ((left, "start", "最松"), (left + 110, "middle", "中位数"), (left + 220, "end", "最严"))
    texts = "".join(
        f'<text x="{x}" y="{top + 23}" text-anchor="{at}" font-size="11">{name}</text>' for x, at, name in names
    )
    return shades + texts


def _column_name(name: str, x: float, y: float, slanted: bool) -> str:
    turn = f' transform="rotate(-50 {x} {y})" text-anchor="start"' if slanted else ' text-anchor="middle"'
    return f'<text x="{x}" y="{y}"{turn}>{escape(clip(name, NAME_ROOM))}</text>'


def _shade(share: float) -> str:
    return _mix(EVEN, STRICT if share > 0 else LOOSE, abs(share))


def _mix(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(one, other, strict=True))
