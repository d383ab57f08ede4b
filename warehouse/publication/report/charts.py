"""Draws the report's charts as SVG text: spending curves, costs beside the median, budgets."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.publication.marts.curves import Bar, CostGroup, Curve

FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"
INK, BLUE, RED, AMBER, GREEN, GREY = "#2B3440", "#1F4E79", "#B3261E", "#C77700", "#2E7D4F", "#B8C0CA"

NAMED_CURVES = 3
"""So many of the latest and of the earliest spenders are named at the end of their curve."""

LEAST_LOADING = 1.0
"""A township is named only when it spends so many percentage points later or earlier than the county."""

LABEL_GAP = 4.0
"""Curves whose labels would be nearer than this, in percentage points, share one label."""

WIDE_RATIO = 4
"""Costs that differ by more than this are drawn on a logarithmic scale."""

Record = dict[str, str | float]
Link = dict[str, str]
"""Where a click on a mark leads: name → anchor."""


def draw_curves(county: Curve | None, townships: Sequence[Curve], links: Link | None = None) -> str:
    """Draw the county's cumulative curve over those of its townships; the latest and the earliest are named."""
    alt = _altair()

    kinds = _curve_kinds(county, townships)
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
    lines = alt.Chart(_data(alt, records)).mark_line(strokeWidth=1.4)
    layers = [lines.encode(x, y, colour, detail="name:N", href="href:N")]
    if county is not None:
        layers += _county_line(alt, (x, y), county)
    for kind, align, dx, dy in (("late", "left", 7, 12), ("early", "right", -7, -8)):
        named = _curve_labels([curve for curve in townships if kinds.get(curve.name) == kind], kind)
        text = alt.Chart(_data(alt, named)).mark_text(fontSize=11, limit=240, align=align, dx=dx, dy=dy)
        layers.append(text.encode(x, y, text="name:N", color=colour))
    return _svg(alt, alt.layer(*layers).properties(width=560, height=300))


def _curve_kinds(county: Curve | None, townships: Sequence[Curve]) -> dict[str, str]:
    """Tell which townships to name: those that spend latest and earliest, compared with the county as a whole."""
    middle = county.loading if county is not None and county.loading is not None else 0.0
    ranked = sorted((c for c in townships if c.loading is not None), key=lambda c: (c.loading or 0.0, c.name))
    late = [c.name for c in ranked[:NAMED_CURVES] if (c.loading or 0.0) < middle - LEAST_LOADING]
    early = [c.name for c in ranked[-NAMED_CURVES:] if (c.loading or 0.0) > middle + LEAST_LOADING]
    return dict.fromkeys(late, "late") | dict.fromkeys(early, "early")


def _curve_labels(curves: Sequence[Curve], kind: str) -> list[Record]:
    """Give the labels of named curves at half-year; curves that lie close together share one."""
    labels: list[Record] = []
    for curve in sorted(curves, key=lambda c: _half_year(c)[1]):
        month, percent = _half_year(curve)
        if labels and percent - float(labels[-1]["pct"]) < LABEL_GAP:
            labels[-1]["name"] = f"{labels[-1]['name']}、{curve.name}"
        else:
            labels.append({"name": curve.name, "month": month, "pct": percent, "kind": kind})
    return labels


def _half_year(curve: Curve) -> tuple[int, float]:
    return min(curve.points, key=lambda point: abs(point[0] - 6))


def draw_costs(groups: Sequence[CostGroup], links: Link) -> str:
    """Draw a row of dots a cost: each township's ratio to the county's median, outliers red and named."""
    alt = _altair()

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
    return _svg(alt, alt.layer(rule, dots, text).properties(width=640, height=alt.Step(26)))


def draw_budgets(bars: Sequence[Bar], links: Link) -> str:
    """Draw each township's budget in 万元, largest first, with the median."""
    alt = _altair()

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
    return _svg(alt, alt.layer(columns, middle, text).properties(width=480, height=alt.Step(21)))


def _altair() -> Any:
    """Import the drawing library when something is drawn: it takes a second that other commands need not wait."""
    import altair

    return altair


def _curve_axes(alt: Any) -> tuple[Any, Any]:
    months = alt.Axis(values=[0, 3, 6, 9, 12], grid=False, labelExpr="datum.value == 0 ? '年初' : datum.value + '月底'")
    x = alt.X("month:Q", title=None, scale=alt.Scale(domain=[0, 12]), axis=months)
    y = alt.Y(
        "pct:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=4, labelExpr="datum.value + '%'")
    )
    return x, y


def _county_line(alt: Any, axes: tuple[Any, Any], county: Curve) -> list[Any]:
    """Draw the county's own curve, named beside its last but one point."""
    records = [{"month": month, "pct": percent, "name": "全县"} for month, percent in county.points]
    line = alt.Chart(_data(alt, records)).mark_line(color=BLUE, strokeWidth=3.5, point={"color": BLUE, "size": 36})
    at = records[-2:-1]
    text = alt.Chart(_data(alt, at)).mark_text(align="left", dx=8, dy=14, color=BLUE, fontWeight="bold", fontSize=12)
    return [line.encode(*axes), text.encode(*axes, text="name:N")]


def _cost_name(group: CostGroup) -> str:
    return f"{_short(group.indicator, 16)}（{group.unit}）"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _data(alt: Any, records: Sequence[Mapping[str, object]]) -> Any:
    return alt.InlineData(values=list(records))


def _svg(alt: Any, chart: Any) -> str:
    """Give the SVG, laid out without a browser; its text stays text, so that the reader's fonts draw it.

    Links get rid of the address that the drawing library puts before them; the tab key passes them by.
    """
    import vl_convert

    styled = (
        chart.configure(font=FONT, aria=False, background="transparent", padding=4)
        .configure_axis(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK, domainColor="#8A94A0")
        .configure_axis(gridColor="#E6E9ED", tickColor="#8A94A0", titleFontWeight="normal")
        .configure_view(stroke=None)
    )
    svg: str = vl_convert.vegalite_to_svg(styled.to_json(validate=False))
    svg = svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    linked = ' href="{}" tabindex="-1"'
    return re.sub(r' xlink:href="[^"#]*(#[^"]*)?"', lambda link: linked.format(link[1]) if link[1] else "", svg)
