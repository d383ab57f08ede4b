"""Projects of several units in one table."""

import pytest

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

HEADING = "单位名称|项目名称|预算数（万元）|一级指标|二级指标|三级指标|指标值"


def _listed(one: str, other: str, heading: str = HEADING) -> FilingRecords:
    rows = [
        heading,
        f"{one}|道路维修|30|产出指标|数量指标|修路里程|≥5公里",
        f"{other}|河道治理|50|产出指标|数量指标|治理长度|≥8公里",
    ]
    return transform(document("2024年部门预算绩效目标汇总表", rows, file_name="汇总2024.docx"))


@pytest.mark.parametrize(("one", "other"), [("石桥镇人民政府", "柳林镇人民政府"), ("青山县水利局", "柳林镇人民政府")])
def test_projects_of_units_that_do_not_belong_together_are_held_and_none_of_them_files(one: str, other: str) -> None:
    records = _listed(one, other)
    assert (records.filing.township, records.filing.unit_name) == (None, None)
    assert [(d.reason, d.project_no, d.value_read) for d in records.doubts] == [
        ("several_units", 1, one),
        ("several_units", 2, other),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石桥镇人民政府", "石桥镇人民政府本级"),
        ("青山县水利局本级", "青山县水利局质监站"),
        ("党政办公室", "农业农村办公室"),
        ("东村", "石桥镇人民政府"),
    ],
)
def test_units_of_one_filer_are_one(one: str, other: str) -> None:
    assert _listed(one, other).doubts == ()


def test_those_who_do_the_work_file_nothing() -> None:
    assert _listed("石桥镇人民政府", "柳林镇人民政府", HEADING.replace("单位名称", "实施单位")).doubts == ()


def test_filers_as_rows_below_level_names() -> None:
    rows = [
        "单位|项目名称|预算数（万元）|数量指标|质量指标|满意度指标",
        "^|^|^|保障村数|发放率|群众满意度",
        "石桥镇|村级运转|60|≥12个|100%|≥90%",
        "柳林镇|村级运转|45|≥9个|100%|≥95%",
    ]
    records = transform(document("2024年度村级经费绩效目标表", rows, file_name="全县2024.docx"))
    assert [(p.unit_name, p.budget_yuan) for p in records.projects] == [("石桥镇", 600000), ("柳林镇", 450000)]
    assert {d.reason for d in records.doubts} == {"several_units"} and records.unread_cells == ()
