import pytest

from tests.transforms.grids import document
from transforms.filings import transform

HEAD = ["项目编码|13020823P00000310006D|项目名称|环卫清洁|<|<", "预算规模及资金用途|预算数|14.93万元|||"]


@pytest.mark.parametrize(
    ("headings", "cost", "count"),
    [
        (
            "一级指标|二级指标|三级指标|绩效指标描述|指标值|指标值确定依据",
            "产出指标|成本指标|人员|人员|≤25.6万|计划标准",
            "产出指标|数量指标|人员|人员|≤25.6万|计划标准",
        ),
        (
            "一级指标|二级指标|三级指标|指标符号|指标值|计量单位",
            "成本指标|经济成本指标|人员|≤|25.6万|/",
            "产出指标|数量指标|人员|≤|25.6万|/",
        ),
    ],
)
def test_the_level_of_a_row_makes_a_bare_ten_thousand_money(headings: str, cost: str, count: str) -> None:
    records = transform(document("1.环卫清洁绩效目标表", HEAD, [headings, count, cost]))
    targets = [indicator.target for indicator in records.indicators]
    assert [(target.target_kind, target.unit, target.value_high) for target in targets] == [
        ("quantity", None, 256000),
        ("money", "元", 256000),
    ]
    messages = [finding.message for finding in records.findings if finding.rule == "target_unit_inferred"]
    assert len(messages) == 1 and "“元”" in messages[0]
