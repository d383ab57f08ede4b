"""Draws the report's charts as SVG text: spending curves, costs beside the median, budgets, strictness of targets."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from warehouse.published_curves import Bar, CostGroup, Curve, StrictnessCell

FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"
INK, BLUE, RED, AMBER, GREEN, GREY = "#2B3440", "#1F4E79", "#B3261E", "#C77700", "#2E7D4F", "#B8C0CA"

NAMED_CURVES = 3
"""So many of the latest and of the earliest spenders are named at the end of their curve."""

WIDE_RATIO = 4
"""Costs that differ by more than this are drawn on a logarithmic scale."""

UPRIGHT = 4
"""Township names of so many characters stand upright over a column."""

CELL_TEXT = 8
"""Characters of a target that fit into a cell of the heat map."""

Record = dict[str, str | float]
Link = dict[str, str]
"""Where a click on a mark leads: name → anchor."""


def draw_curves(county: Curve | None, townships: Sequence[Curve], links: Link | None = None) -> str:
    """Draw the county's cumulative curve over those of its townships; the latest and the earliest are named."""
    import altair as alt

    late, early = list(townships[:NAMED_CURVES]), list(townships[NAMED_CURVES:][-NAMED_CURVES:])
    kinds = {curve.name: "late" for curve in late if (curve.loading or 0) < 0}
    kinds |= {curve.name: "early" for curve in early if (curve.loading or 0) > 0}
    records = [
        {
            "name": c.name,
            "month": m,
            "pct": p,
            "kind": kinds.get(c.name, "other"),
            "href": (links or {}).get(c.name, ""),
        }
        for c in townships
        for m, p in c.points
    ]
    colour = alt.Color("kind:N", legend=None).scale(domain=["late", "early", "other"], range=[RED, GREEN, GREY])
    x, y = _curve_axes(alt)
    lines = alt.Chart(_data(alt, records)).mark_line(strokeWidth=1.4, clip=False)
    lines = lines.encode(x, y, colour, detail="name:N", href="href:N")
    layers = [lines]
    if county is not None:
        layers += _named_line(alt, county, "全县", BLUE, 3.5, x, y)
    named = [r for r in records if r["kind"] != "other" and r["month"] == 6]
    text = alt.Chart(_data(alt, named)).mark_text(align="right", dx=-6, dy=-5, fontSize=11)
    layers.append(text.encode(x, y, text="name:N", color=colour))
    return _svg(alt, alt.layer(*layers).properties(width=560, height=300), "c")


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
    lines = _own_line(county, "全县", "#7a8594", 2, below=True) if county is not None else ""
    lines += _own_line(own, own.name, BLUE, 3, below=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 446 222" width="446" height="222" font-size="12" '
        f'fill="{INK}">{frame}{months}{lines}</svg>'
    )


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


def draw_costs(groups: Sequence[CostGroup], links: Link) -> str:
    """Draw a row of dots a cost: each township's ratio to the county's median, outliers red and named."""
    import altair as alt

    records: list[Record] = [
        {
            "cost": _cost_name(group),
            "ratio": bar.value / group.median,
            "outlier": bar.outlier if bar.outlier in ("high", "low") else "normal",
            "label": f"{bar.township} {bar.value:,.0f}",
            "href": links.get(group.indicator, ""),
        }
        for group in groups
        for bar in group.bars
        if group.median > 0 and bar.value > 0
    ]
    wide = any(group.spread > WIDE_RATIO for group in groups)
    scale = alt.Scale(type="log", base=2) if wide else alt.Scale(domainMin=0)
    axis = alt.Axis(labelExpr="datum.value == 1 ? '中位数' : format(datum.value, '.2~f') + '倍'", tickCount=6)
    x = alt.X("ratio:Q", title=None, scale=scale, axis=axis)
    y = alt.Y("cost:N", title=None, sort=None, axis=alt.Axis(labelLimit=260, grid=True))
    colour = alt.Color("outlier:N", legend=None).scale(domain=["high", "low", "normal"], range=[RED, AMBER, BLUE])
    dots = alt.Chart(_data(alt, records)).mark_circle(size=64, opacity=0.62)
    dots = dots.encode(x, y, colour, href="href:N")
    rule = alt.Chart(_data(alt, [{"ratio": 1}])).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x)
    named = [record for record in records if record["outlier"] != "normal"]
    text = alt.Chart(_data(alt, named)).mark_text(align="left", dx=8, fontSize=11)
    text = text.encode(x, y, text="label:N", color=colour)
    return _svg(alt, alt.layer(rule, dots, text).properties(width=480, height=alt.Step(26)), "k")


def draw_budgets(bars: Sequence[Bar], links: Link) -> str:
    """Draw each township's budget in 万元, largest first, with the median."""
    import altair as alt

    records = [
        {"township": b.township, "wan": round(b.value / 10000, 2), "href": links.get(b.township, "")} for b in bars
    ]
    y = alt.Y("township:N", title=None, sort=None, axis=alt.Axis(labelLimit=200))
    chart = alt.Chart(_data(alt, records))
    columns = chart.mark_bar(color=BLUE, height=alt.RelativeBandSize(0.68)).encode(
        alt.X("wan:Q", title="万元"), y, href="href:N"
    )
    text = chart.mark_text(align="left", dx=5, fontSize=11, color=INK).encode(
        x="wan:Q", y=y, text=alt.Text("wan:Q", format=",.1f")
    )
    middle = chart.mark_rule(color=AMBER, strokeDash=[4, 3], strokeWidth=1.5).encode(x="median(wan):Q")
    return _svg(alt, alt.layer(columns, middle, text).properties(width=480, height=alt.Step(21)), "b")


def draw_strictness(cells: Sequence[StrictnessCell], townships: Sequence[str], links: Link) -> str:
    """Draw a heat map: indicators down, townships across; blue is stricter, orange looser than the median."""
    import altair as alt

    records = [
        {"indicator": _short(cell.indicator, 24), "township": cell.township, "share": round(cell.share, 4)}
        | {"text": _short(cell.target_raw, CELL_TEXT), "href": links.get(cell.indicator, "")}
        for cell in cells
    ]
    colours = alt.Scale(domain=[-1, 0, 1], range=["#D9791E", "#F2F3F5", "#2F6EA5"], interpolate="rgb")
    angle = 0 if max((len(name) for name in townships), default=0) <= UPRIGHT else -60
    axis = alt.Axis(orient="top", labelAngle=angle, labelLimit=120)
    x = alt.X("township:N", title=None, sort=list(townships), axis=axis)
    y = alt.Y("indicator:N", title=None, sort=None, axis=alt.Axis(labelLimit=300))
    chart = alt.Chart(_data(alt, records))
    legend = alt.Legend(title=None, orient="bottom", values=[-1, 0, 1], gradientLength=220)
    legend.labelExpr = "datum.value < 0 ? '最松' : datum.value > 0 ? '最严' : '中位数'"
    tiles = chart.mark_rect(stroke="white").encode(
        x, y, alt.Color("share:Q", scale=colours, legend=legend), href="href:N"
    )
    ink = alt.condition("abs(datum.share) > 0.75", alt.value("white"), alt.value(INK))
    text = chart.mark_text(fontSize=10).encode(x, y, text="text:N", color=ink)
    sized = alt.layer(tiles, text).properties(width=alt.Step(58), height=alt.Step(24))
    return _svg(alt, sized, "h")


def _curve_axes(alt: Any) -> tuple[Any, Any]:
    months = alt.Axis(values=[0, 3, 6, 9, 12], grid=False, labelExpr="datum.value == 0 ? '年初' : datum.value + '月底'")
    x = alt.X("month:Q", title=None, scale=alt.Scale(domain=[0, 12]), axis=months)
    y = alt.Y(
        "pct:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=4, labelExpr="datum.value + '%'")
    )
    return x, y


def _named_line(alt: Any, curve: Curve, name: str, colour: str, width: float, x: Any, y: Any) -> list[Any]:
    records = [{"month": month, "pct": percent, "name": name} for month, percent in curve.points]
    line = alt.Chart(_data(alt, records)).mark_line(
        color=colour, strokeWidth=width, point={"color": colour, "size": 36}
    )
    at = records[len(records) // 2 : len(records) // 2 + 1]
    text = alt.Chart(_data(alt, at)).mark_text(align="left", dx=8, dy=14, color=colour, fontWeight="bold", fontSize=12)
    return [line.encode(x, y), text.encode(x, y, text="name:N")]


def _cost_name(group: CostGroup) -> str:
    return f"{_short(group.indicator, 16)}（{group.unit}）"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _data(alt: Any, records: Sequence[Mapping[str, object]]) -> Any:
    return alt.InlineData(values=list(records))


def _svg(alt: Any, chart: Any, prefix: str) -> str:
    """Give the SVG, laid out without a browser; its text stays text, so that the reader's fonts draw it.

    Ids are made unique by ``prefix`` and order: several drawings share one page.
    """
    import vl_convert

    styled = (
        chart.configure(font=FONT, aria=False, background="transparent", padding=4)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK, domainColor="#8A94A0")
        .configure_axis(gridColor="#E6E9ED", tickColor="#8A94A0", titleFontWeight="normal")
        .configure_view(stroke=None)
    )
    svg: str = vl_convert.vegalite_to_svg(styled.to_json(validate=False))
    numbers: dict[str, str] = {}
    return re.sub(
        r'((?:id="|url\(#|href="#)(?:clip|gradient)[\w-]*)',
        lambda found: _renamed(found.group(1), numbers, prefix),
        svg,
    )


def _renamed(reference: str, numbers: dict[str, str], prefix: str) -> str:
    head, name = re.split(r"(?<=[\"#])(?=clip|gradient)", reference, maxsplit=1)
    return f"{head}{numbers.setdefault(name, f'{prefix}{len(numbers)}')}"
