"""Heads whose values stand on printed lines, below sums' labels, behind lost gaps, or in a unit that a note gives."""

from collections.abc import Sequence

from tests.transforms.grids import document
from transforms.filings import transform
from transforms.records import FilingRecords

TABLE = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|修路里程|≥5公里"]


def read(*blocks: str | Sequence[str]) -> FilingRecords:
    return transform(document("石桥镇2024年", *blocks, file_name="石桥镇2024.docx"))


def test_values_on_the_lines_of_a_printed_form() -> None:
    found = read("项目名称：__道路维修__", "项目预算：__30.5__万元", TABLE)
    assert (found.projects[0].project_name, found.projects[0].budget_yuan) == ("道路维修", 305000)


def test_sums_below_labels_by_source() -> None:
    rows = ["项目名称|道路维修|<|<|<", "资金来源（万元）|合计|中央|省级|县级配套", "^|30|20|6|4"]
    found = read([*rows, *(f"{row}|" for row in TABLE)])
    assert found.projects[0].budget_yuan == 300000
    assert (found.findings, found.unread_cells) == ((), ())


def test_sums_whose_gaps_were_lost() -> None:
    found = read(["项目名称|道路维修|<|<", "项目资金|总计：30万元财政拨款：28万元其他资金：2万元|<|<", *TABLE])
    project = found.projects[0]
    assert (project.budget_yuan, project.fiscal_yuan, project.other_yuan) == (300000, 280000, 20000)


def test_a_note_below_the_table_gives_the_unit_of_money() -> None:
    rows = ["项目名称|预算金额|一级指标|二级指标|三级指标|指标值", "道路维修|300,000|产出指标|数量指标|修路里程|≥5公里"]
    assert read(rows, "注：本表金额以元为单位。").projects[0].budget_yuan == 300000
    assert read(rows, "注：本表数据以元旦为准。").projects[0].budget_yuan is None


def test_a_sign_column_may_say_that_the_value_is_a_text() -> None:
    heading = "一级指标|二级指标|三级指标|比较符|目标值"
    found = read(
        ["项目名称|道路维修|<|<|<", heading, "产出指标|时效指标|完成|文字描述|按月上报", "^|数量指标|里程|≥|5公里"]
    )
    assert [one.target.raw for one in found.indicators] == ["按月上报", "≥5公里"]


def test_labels_beside_a_group_s_label_have_sums_of_their_own() -> None:
    rows = ["项目名称|道路维修|<|<|<", "预算（万元）|财政|28|自筹|2"]
    project = read([*rows, *(f"{row}|" for row in TABLE)]).projects[0]
    assert (project.fiscal_yuan, project.other_yuan) == (280000, 20000)


def test_this_year_s_application_counts_before_the_whole_sum() -> None:
    found = read(["项目名称|道路维修|<|<", "项目总投资（万元）|90|本年度申请（万元）|30", *TABLE])
    assert [project.budget_yuan for project in found.projects] == [300000]


def test_sums_by_year_take_the_unit_of_their_row() -> None:
    found = read(["项目名称|道路维修|<|<", "年度|2023年|2024年|2025年", "预算（万元）|20|30|40", *TABLE])
    assert (found.projects[0].budget_yuan, found.findings) == (300000, ())


def test_half_a_year_s_results_are_monitored() -> None:
    rows = ["项目名称|道路维修|<|<", "预算数（万元）|30|上半年支出|15", "二级指标|三级指标|年度指标值|上半年完成"]
    found = read([*rows, "数量指标|修路里程|≥5公里|3公里", "质量指标|合格率|≥95%|96%"])
    assert (found.filing.doc_kind, found.unread_cells, found.doubts) == ("monitoring", (), ())
