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


LEVELS = ("产出指标|数量指标|修路里程|≥5公里", "效益指标|社会效益指标|出行条件|改善")


def _form(name: str, *rows: str) -> list[str]:
    return [
        f"项目名称|{name}|<|<",
        *rows,
        "预算数（万元）|30|其中：财政拨款|30",
        "一级指标|二级指标|三级指标|指标值",
        *LEVELS,
    ]


def _two(
    above: tuple[str, str], row: tuple[str, ...], *, first: str = "", file: str = "汇总2024.docx"
) -> FilingRecords:
    """Read a file of two forms: a line above each, and a row inside each ("" for none)."""
    blocks: list[str | list[str]] = [first] if first else []
    for name, line, inside in zip(("道路维修", "河道治理"), above, (*row, "", ""), strict=False):
        blocks += [line, _form(name, *([inside] if inside else []))]
    return transform(document(*blocks, file_name=file))


FILLERS = ("填报单位：石桥镇人民政府", "填报单位：柳林镇人民政府")
TITLES = ("石桥镇2024年项目支出绩效目标表", "柳林镇2024年项目支出绩效目标表")
DOERS = ("实施单位|石桥镇人民政府|<|<", "实施单位|柳林镇人民政府|<|<")


@pytest.mark.parametrize(
    ("above", "row"),
    [
        (FILLERS, ()),
        (TITLES, ()),
        (("2024年项目绩效目标表", "2024年项目绩效目标表"), DOERS),
        (("2024年目标表", "2024年目标表"), ("主管部门|石桥镇人民政府|<|<", "主管部门|柳林镇人民政府|<|<")),
        (("2024年目标表", "2024年目标表"), ("填报单位|青山县第一小学|<|<", "填报单位|青山县第二小学|<|<")),
        ((FILLERS[0], TITLES[1]), ()),
        ((TITLES[0], ""), ("", DOERS[1])),
    ],
)
def test_forms_of_several_filers_in_one_file_are_held_and_none_of_them_files(
    above: tuple[str, str], row: tuple[str, ...]
) -> None:
    records = _two(above, row)
    assert (records.filing.township, records.filing.unit_name) == (None, None)
    assert [(d.reason, d.project_no, d.indicator_no) for d in records.doubts] == [
        ("several_units", 1, None),
        ("several_units", 2, None),
    ]


def test_the_doubt_names_the_filer_that_each_form_names() -> None:
    records = _two(FILLERS, (), file="石桥镇2024.docx")
    assert [d.value_read for d in records.doubts] == ["石桥镇人民政府", "柳林镇人民政府"]
    assert records.filing.township is None


@pytest.mark.parametrize(
    ("above", "row", "first"),
    [
        ((FILLERS[0], FILLERS[0]), DOERS, ""),
        ((FILLERS[0], ""), (), ""),
        (("", ""), DOERS, "青山县水利局关于下达2024年水利资金的通知"),
        (("填报单位：青山县水利局", TITLES[1]), (), ""),
        (("", ""), ("主管部门|青山县农业农村局|<|<", "主管部门|青山县水利局|<|<"), "石桥镇2024年项目绩效目标"),
        (("", ""), ("实施单位|石桥镇农业综合服务中心|<|<", "实施单位|青山县路通工程有限公司|<|<"), "石桥镇2024年"),
    ],
)
def test_forms_of_one_filer_stay_its_own(above: tuple[str, str], row: tuple[str, ...], first: str) -> None:
    assert _two(above, row, first=first).doubts == ()
