"""Totals of lists beside the forms."""

import pytest

from tests.transforms.grids import document
from transforms.filings import transform

FORM = ["项目名称|送戏下乡演出|<|<", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|演出场次|=16场"]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["乡镇|场次|金额", "甲镇|8|2.80", "乙镇|5|1.75", "丙镇|3|1.15", "合计|16|5.60"], ["金额"]),
        (["乡镇|场次|金额", "甲镇|8|2.80", "乙镇|5|1.75", "丙镇|3|1.05", "合计|16|5.60"], []),
        (["乡镇|场次|金额", "甲镇|8|1.87", "乙镇|5|1.87", "丙镇|3|1.87", "合计|16|5.60"], []),  # each one rounded
        (["乡镇|场次|单价", "甲镇|8|0.35", "乙镇|8|0.35", "合计|16|0.35"], []),
        (["乡镇|场次|金额", "甲镇|8|2.80", "乙镇||1.75", "合计|16|4.55"], []),  # a blank leaves the sum open
        (["乡镇|场次|金额", "甲镇|8|2.80", "合计|9|2.80"], []),  # one row is no list
    ],
)
def test_a_list_adds_up(rows: list[str], wrong: list[str]) -> None:
    records = transform(
        document("县文旅局2024年项目绩效目标表", rows, "送戏下乡绩效目标表", FORM, file_name="石桥镇2024.docx")
    )
    said = [found.message for found in records.findings if found.rule == "list_total_wrong"]
    assert [column for column in ("场次", "金额", "单价") if any(f"“{column}”" in text for text in said)] == wrong
