"""Rows across an indicator table: what they say belongs to what follows, and is never left out."""

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

HEADING = "序号|一级指标|二级指标|三级指标|指标值|备注"


def _read(*rows: str) -> FilingRecords:
    return transform(document("石桥镇2024年专项资金绩效目标表", [HEADING, *rows], file_name="石桥镇2024.docx"))


def _rows(number: int) -> list[str]:
    return [
        f"{number}.1|产出指标|数量指标|清淤长度|≥{number}公里|",
        f"{number}.2|效益指标|社会效益指标|农户受益|明显|",
    ]


@pytest.mark.parametrize("word", ["子项目", "项目"])
def test_parts_of_a_programme_are_projects_with_their_sums(word: str) -> None:
    records = _read(
        f"{word}一：渠道清淤（29.79万元）|<|<|<|<|<",
        "绩效目标：水流畅通。|<|<|<|<|<",
        *_rows(1),
        f"{word}二：道路维修（预算：20万元）|<|<|<|<|<",
        "绩效目标：出行方便。|<|<|<|<|<",
        *_rows(2),
    )
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("渠道清淤", 297900), ("道路维修", 200000)]
    assert [(i.project_no, i.target.value_low) for i in records.indicators if i.indicator_no == 1] == [(1, 1), (2, 2)]
    assert [o.objective_text for o in records.objectives] == ["水流畅通。", "出行方便。"]
    assert records.unread_cells == () and records.doubts == ()


def test_a_band_that_was_not_understood_is_unread_and_doubts_what_stands_below_it() -> None:
    records = _read(*_rows(1), "甲区片（沿河）|<|<|<|<|<", *_rows(2))
    assert [cell.text for cell in records.unread_cells] == ["甲区片（沿河）"]
    assert ("band_unread", 1, None) in [(d.reason, d.project_no, d.indicator_no) for d in records.doubts]


def test_one_band_above_all_rows_doubts_nothing() -> None:
    records = _read("全部内容如下所列各行|<|<|<|<|<", *_rows(1))
    assert records.doubts == () and len(records.unread_cells) == 1
