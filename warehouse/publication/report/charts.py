"""Draws the report's charts: spending curves, costs beside the median, budgets."""

import math
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from warehouse.publication.marts.curves import Bar, CostGroup, Curve
from warehouse.publication.marts.values import plain_figure
from warehouse.publication.report.svg import (
    AMBER,
    AXIS,
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    RED,
    SIZE,
    SOFT,
    Lettering,
    clip,
    dot,
    linked,
    path,
    picture,
    room_of,
    stroke,
    words,
)

NAMED_CURVES = 3
"""So many of the latest and of the earliest spenders are named at the end of their curve."""

LEAST_LOADING = 1.0
"""A township is named only when it spends so many percentage points later or earlier than the county."""

LABEL_GAP = 4.0
"""Curves whose labels would be nearer than this, in percentage points, share one label."""

WIDE_RATIO = 4
"""Costs that differ by more than this are drawn on a logarithmic scale."""

MOST_TICKS, RATIO_STEPS = 7, (0.1, 0.25, 0.5, 1.0)
LABEL_SIZE = 11
WHOLE_COUNTY = "全县"
COST_NAME_ROOM, TOWNSHIP_ROOM = 260, 200
COST_WIDTH, COST_STEP = 640, 26
BUDGET_WIDTH, BUDGET_STEP, BUDGET_BAR = 480, 21, 14
CURVE_WIDTH, CURVE_HEIGHT = 560, 300

Links = Mapping[str, str]
"""Where a click on a mark leads: name → anchor."""

Scale = Callable[[float], float]
"""Gives the pixel of a value."""


def draw_curves(county: Curve | None, townships: Sequence[Curve], links: Links) -> str:
    """Draw the county's cumulative curve over those of its townships; the latest and the earliest are named."""
    left, top = 48.0, 14.0
    kinds = _curve_kinds(county, townships)
    colours = {"late": RED, "early": GREEN}

    def place(point: tuple[float, float]) -> tuple[float, float]:
        month, percent = point
        return left + month / 12 * CURVE_WIDTH, top + (1 - min(max(percent, 0), 100) / 100) * CURVE_HEIGHT

    drawn = []
    for percent in range(0, 101, 25):
        _, y = place((0, percent))
        drawn += [
            stroke((left, y), (left + CURVE_WIDTH, y), LINE),
            words(left - 8, y + 4, f"{percent}%", Lettering(anchor="end", fill=SOFT)),
        ]
    for month in range(0, 13, 3):
        x, y = place((month, 0))
        drawn.append(words(x, y + 20, "年初" if month == 0 else f"{month}月底", Lettering(anchor="middle", fill=SOFT)))
    for curve in sorted(townships, key=lambda one: one.name in kinds):
        colour = colours.get(kinds.get(curve.name, ""), GREY)
        drawn.append(linked(path([place(point) for point in curve.points], colour, 1.4), links.get(curve.name)))
    drawn += _county_line(county, place) if county is not None else []
    for kind, colour in colours.items():
        named = [curve for curve in townships if kinds.get(curve.name) == kind]
        for name, at_month, spent in _curve_labels(named):
            x, y = place((at_month, spent))
            at, anchor = ((x + 7, y + 14), "start") if kind == "late" else ((x - 7, y - 8), "end")
            room = left + CURVE_WIDTH - x if kind == "late" else x - left
            drawn.append(
                words(*at, clip(name, room, LABEL_SIZE), Lettering(anchor=anchor, size=LABEL_SIZE, fill=colour))
            )
    return picture(drawn, left + CURVE_WIDTH + room_of("12月底") / 2 + 4, top + CURVE_HEIGHT + 30)


def _county_line(county: Curve, place: Callable[[tuple[float, float]], tuple[float, float]]) -> list[str]:
    points = [place(point) for point in county.points]
    x, y = points[-2] if len(points) > 1 else points[0]
    return [
        path(points, BLUE, 3.5),
        *(dot(*point, 3.4, BLUE) for point in points),
        words(x + 8, y + 18, county_word(county), Lettering(fill=BLUE, bold=True)),
    ]


def county_word(county: Curve) -> str:
    """Say in a chart whose line it is: all townships', or only of those that have a plan."""
    return WHOLE_COUNTY if county.name.startswith(WHOLE_COUNTY) else "合计"


def _curve_kinds(county: Curve | None, townships: Sequence[Curve]) -> dict[str, str]:
    """Tell which townships to name: those that spend latest and earliest, compared with the county as a whole."""
    middle = county.loading if county is not None and county.loading is not None else 0.0
    ranked = sorted((c for c in townships if c.loading is not None), key=lambda c: (c.loading or 0.0, c.name))
    late = [c.name for c in ranked[:NAMED_CURVES] if (c.loading or 0.0) < middle - LEAST_LOADING]
    early = [c.name for c in ranked[-NAMED_CURVES:] if (c.loading or 0.0) > middle + LEAST_LOADING]
    return dict.fromkeys(late, "late") | dict.fromkeys(early, "early")


def _curve_labels(curves: Sequence[Curve]) -> list[tuple[str, int, float]]:
    """Give (names, month, percent) of named curves at half-year; curves that lie close together share one label."""
    labels: list[tuple[str, int, float]] = []
    for curve in sorted(curves, key=lambda c: _half_year(c)[1]):
        month, percent = _half_year(curve)
        if labels and percent - labels[-1][2] < LABEL_GAP:
            labels[-1] = (f"{labels[-1][0]}、{curve.name}", *labels[-1][1:])
        else:
            labels.append((curve.name, month, percent))
    return labels


def _half_year(curve: Curve) -> tuple[int, float]:
    return min(curve.points, key=lambda point: abs(point[0] - 6))


def draw_costs(groups: Sequence[CostGroup], links: Links) -> str:
    """Draw a row of dots a cost: each township's ratio to the county's median, outliers red or amber and named."""
    shown = [group for group in groups if group.median > 0 and any(bar.value > 0 for bar in group.bars)]
    names = [clip(f"{group.indicator}（{group.unit}）", COST_NAME_ROOM) for group in shown]
    left = round(max(map(room_of, names), default=0)) + 12
    ratios = [bar.value / group.median for group in shown for bar in group.bars if bar.value > 0]
    scale, ticks = _ratio_scale(ratios, wide=any(group.spread > WIDE_RATIO for group in shown))
    bottom, width = 8 + COST_STEP * len(shown), left + COST_WIDTH + room_of("0.00倍") / 2
    drawn = []
    for tick in ticks:
        x = left + scale(tick)
        said = "中位数" if tick == 1 else f"{plain_figure(tick, 3)}倍"
        drawn += [stroke((x, 8), (x, bottom), LINE), words(x, bottom + 18, said, Lettering(anchor="middle", fill=SOFT))]
    for at, name in enumerate(names):
        y = 8 + COST_STEP * (at + 0.5)
        drawn += [
            stroke((left, y), (left + COST_WIDTH, y), LINE),
            words(left - 8, y + 4, name, Lettering(anchor="end")),
        ]
    middle = left + scale(1)
    drawn.append(stroke((middle, 8), (middle, bottom), INK, dashed=True))
    for at, group in enumerate(shown):
        row, end = _cost_row(group, 8 + COST_STEP * (at + 0.5), lambda ratio: left + scale(ratio))
        drawn.append(linked(row, links.get(group.indicator)))
        width = max(width, end)
    return picture(drawn, width + 12, bottom + 28)


def _cost_row(group: CostGroup, y: float, place: Scale) -> tuple[str, float]:
    """Draw one cost's dots, with outliers that stand close together under one label, and give where its labels end."""
    drawn, labels, width = [], dict[str, list[tuple[float, str]]](), 0.0
    for bar in sorted((bar for bar in group.bars if bar.value > 0), key=lambda one: one.value):
        x, colour = place(bar.value / group.median), {"high": RED, "low": AMBER}.get(bar.outlier or "", BLUE)
        drawn.append(dot(x, y, 4.5, colour, clear=True))
        if colour == BLUE:
            continue
        said, own = f"{bar.township} {bar.value:,.0f}", labels.setdefault(colour, [])
        if own and x < own[-1][0] + 8 + room_of(own[-1][1], LABEL_SIZE):
            own[-1] = (x, f"{own[-1][1]}、{said}")
        else:
            own.append((x, said))
    for colour, found in labels.items():
        for x, said in found:
            drawn.append(words(x + 8, y + 4, said, Lettering(size=LABEL_SIZE, fill=colour, halo=True)))
            width = max(width, x + 8 + room_of(said, LABEL_SIZE))
    return "".join(drawn), width


def _ratio_scale(ratios: Sequence[float], *, wide: bool) -> tuple[Scale, list[float]]:
    """Give where a ratio stands in the chart's width, and the ratios to be named below it, 1 among them."""
    least, most = min([1.0, *ratios]), max([1.0, *ratios])
    if not wide:
        step = next(step for step in RATIO_STEPS if (most - least) / step < MOST_TICKS - 1 or step == RATIO_STEPS[-1])
        first, last = math.floor(least / step), max(math.ceil(most / step), round(1 / step) + 1)
        ticks = [step * n for n in range(first, last + 1)]
        return lambda ratio: (ratio / step - first) / (last - first) * COST_WIDTH, ticks
    low, high = math.floor(math.log2(least)), max(math.ceil(math.log2(most)), 1)
    every = math.ceil((high - low) / MOST_TICKS)
    ticks = [2.0**power for power in range(low, high + 1) if power % every == 0]
    return lambda ratio: (math.log2(ratio) - low) / (high - low) * COST_WIDTH, ticks


def draw_budgets(bars: Sequence[Bar], links: Links) -> str:
    """Draw each township's budget in 万元, largest first, with the median."""
    names = [clip(bar.township, TOWNSHIP_ROOM) for bar in bars]
    left, most = round(max(map(room_of, names))) + 12, max((bar.value for bar in bars), default=0) or 1
    amounts = [f"{bar.value / 10000:,.1f}" for bar in bars]
    bottom = 8 + BUDGET_STEP * len(bars)
    drawn, figures = list[str](), list[str]()
    for at, (bar, name, amount) in enumerate(zip(bars, names, amounts, strict=True)):
        y, end = 8 + BUDGET_STEP * (at + 0.5), left + max(bar.value, 0) / most * BUDGET_WIDTH
        column = f'<rect x="{left}" y="{y - BUDGET_BAR / 2:g}" width="{end - left:.1f}" height="{BUDGET_BAR}" fill="{BLUE}"/>'
        drawn += [words(left - 8, y + 4, name, Lettering(anchor="end")), linked(column, links.get(bar.township))]
        figures.append(words(end + 5, y + 4, amount, Lettering(size=LABEL_SIZE, halo=True)))
    middle = left + max(median([bar.value for bar in bars]), 0) / most * BUDGET_WIDTH
    drawn += [
        stroke((left, 8), (left, bottom), AXIS),
        stroke((middle, 8), (middle, bottom), AMBER, 1.5, dashed=True),
        words(middle, bottom + 16, "中位数", Lettering(anchor="middle", fill=AMBER)),
        *figures,  # last, so that the median's line does not cross them out
    ]
    width = left + BUDGET_WIDTH + 5 + max((room_of(amount, LABEL_SIZE) for amount in amounts), default=0)
    return picture(drawn, max(width, middle + room_of("中位数", SIZE) / 2) + 8, bottom + 26)
