"""Levels in rows of their own, across the table."""

import pytest

from tests.transforms.grids import document
from transforms.filings import transform

HEAD = ["项目名称|设备购置|<|<", "预算（万元）|97.30|其中：财政拨款|97.30", "序号|指标名称|目标值|备注"]


def _levels(rows: list[str]) -> list[tuple[str | None, str | None, str]]:
    records = transform(document("2023年度项目绩效目标表", [*HEAD, *rows]))
    assert records.unread_cells == ()
    return [(i.level1, i.level2, i.indicator_raw) for i in records.indicators]


@pytest.mark.parametrize(("first", "second"), [("一、", "（一）"), ("", ""), ("1.", "（1）")])
def test_the_rows_below_a_level_belong_to_it(first: str, second: str) -> None:
    rows = [
        f"{first}产出指标|<|<|<",
        f"{second}数量指标|<|<|<",
        "1|购置设备|=4台|",
        f"{second}成本指标|<|<|<",
        "1|购置总价|≤51万元|",
        f"{first}满意度指标|<|<|<",
        f"{second}服务对象满意度指标|<|<|<",
        "1|患者满意度|≥95%|",
    ]
    assert _levels(rows) == [
        ("产出指标", "数量指标", "购置设备"),
        ("产出指标", "成本指标", "购置总价"),
        ("满意度指标", "服务对象满意度指标", "患者满意度"),
    ]


def test_a_cost_level_of_its_own() -> None:
    rows = ["一、成本指标|<|<|<", "（一）经济成本指标|<|<|<", "1|总价|≤51万元|", "二、产出指标|<|<|<"]
    rows += ["（一）数量指标|<|<|<", "1|购置设备|=4台|"]
    assert _levels(rows) == [("成本指标", "经济成本指标", "总价"), ("产出指标", "数量指标", "购置设备")]
