"""The charts: words stay within the drawing whatever is long, large or far from the median, and figures are plain."""

import re

import pytest

from warehouse.publication.marts.curves import Bar, CostGroup, Curve
from warehouse.publication.marts.values import plain_figure
from warehouse.publication.report.charts import draw_budgets, draw_costs, draw_curves
from warehouse.publication.report.svg import clip, room_of

LONG = "非常长的一个乡镇名称办事处街道"


def bounds(svg: str) -> list[tuple[str, float, float]]:
    """Give (text, left, right) of each text of a drawing, as its measure says."""
    found = []
    for marks, said in re.findall(r"<text ([^>]*)>([^<]*)</text>", svg):
        x, size = (float((re.search(rf' ?{name}="([^"]+)"', marks) or ["", "12"])[1]) for name in ("x", "font-size"))
        room = room_of(said, size)
        shift = {"end": room, "middle": room / 2}.get((re.search('anchor="([a-z]+)"', marks) or ["", ""])[1], 0)
        found.append((said, x - shift, x - shift + room))
    return found


def width_of(svg: str) -> float:
    found = re.search(r'<svg [^>]*width="(\d+)"', svg)
    assert found
    return float(found[1])


def costs(*values: float, median: float = 100) -> list[CostGroup]:
    bars = tuple(Bar(f"{LONG}{n}", v, "high" if v > 2 * median else "normal") for n, v in enumerate(values))
    return [CostGroup("成本", "一个很长很长很长很长很长的成本指标名称", "money", "元/平方公里", "cap", median, bars)]


@pytest.mark.parametrize(
    "svg",
    [
        draw_costs(costs(90, 100, 110), {}),
        draw_costs(costs(1, 100, 260, 265, 90_000_000), {}),
        draw_budgets([Bar(LONG, 9.87e12, None), Bar("甲乡", 0, None)], {}),
        draw_budgets([Bar("甲乡", 0, None), Bar("乙乡", 0, None)], {}),
        draw_curves(
            Curve("合计", ((0, 0.0), (6, 40.0), (12, 100.0)), None, 0.0),
            [Curve(f"{LONG}{n}", ((0, 0.0), (6, 40.0 - n), (12, 100.0)), None, -5.0 * n) for n in range(4)],
            {},
        ),
    ],
)
def test_no_word_is_cut(svg: str) -> None:
    assert [one for one in bounds(svg) if one[1] < 0 or one[2] > width_of(svg)] == []
    assert not re.search(r"\de[+-]\d|nan|inf", svg)


def test_dear_costs_are_named_with_their_amount_and_the_median_with_its_name() -> None:
    said = [one[0] for one in bounds(draw_costs(costs(90, 100, 260), {}))]
    assert f"{LONG}2 260" in said and "中位数" in said


def test_names_that_would_cover_each_other_stand_together() -> None:
    said = [one[0] for one in bounds(draw_costs(costs(100, 260, 262), {}))]
    assert f"{LONG}1 260、{LONG}2 262" in said


def test_what_has_no_room_is_shortened_by_its_measure() -> None:
    assert clip("甲乙丙丁", 48) == "甲乙丙丁" and clip("甲乙丙丁", 47) == "甲乙…"
    assert clip("abcd", 48) == "abcd"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2_304_000.0, "2,304,000"),
        (12.5, "12.5"),
        (0.00001234, "0.00001234"),
        (-3744.25, "-3,744.25"),
        (0.0, "0"),
        (1e15, "1,000,000,000,000,000"),
    ],
)
def test_no_figure_is_written_with_an_exponent(value: float, text: str) -> None:
    assert plain_figure(value) == text
