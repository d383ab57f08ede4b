"""On each side of the lengths, counts and shares by which forms are told from what stands about them."""

import pytest

from tests.transforms.grids import document, grid
from transforms.filings import transform
from transforms.forms.bounds import band_title, is_head, looks_like_indicators, resumes
from transforms.forms.cuts.heads import heal_head
from transforms.forms.heads.titles import project_title, unit_line
from transforms.forms.rows.bare import find_bare_heading
from transforms.forms.rows.columns import find_heading
from transforms.forms.rows.contents import holds_bases, holds_signs
from transforms.forms.rows.ignored import numbers_columns, subtotal_rule


@pytest.mark.parametrize(("length", "is_title"), [(60, True), (61, False)])
def test_a_numbered_line_is_a_projects_title_up_to_its_length(length: int, is_title: bool) -> None:
    name = "路" * length
    assert project_title(f"3.{name}绩效目标表") == (name if is_title else None)


@pytest.mark.parametrize(("length", "is_unit"), [(40, True), (41, False)])
def test_a_filers_name_has_an_end(length: int, is_unit: bool) -> None:
    name, coded = "镇" * length, "482001" + "镇" * (length - 6)
    assert unit_line(f"填报单位：{name}") == (name if is_unit else None)
    assert unit_line(coded) == (coded if is_unit else None)


@pytest.mark.parametrize(("length", "is_note"), [(16, True), (17, False)])
def test_a_text_that_states_a_money_unit_is_a_note_while_it_is_short(length: int, is_note: bool) -> None:
    note = "本".ljust(length - 7, "表") + "计量单位:万元"
    rows = ["项目名称|修路|<|<", f"{note}|<|<|<", "预算数|5|<|<", "绩效目标|修好|<|<"]
    rows += ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|里程|≥5公里"]
    records = transform(document(rows))
    assert records.projects[0].budget_yuan == (50_000 if is_note else None)


@pytest.mark.parametrize(("signs", "holds"), [(3, True), (2, False)])
def test_three_signs_in_ten_cells_make_a_column_of_signs(signs: int, holds: bool) -> None:
    assert holds_signs(["≥"] * signs + ["定量"] * (10 - signs)) is holds


@pytest.mark.parametrize(("bases", "holds"), [(5, True), (4, False)])
def test_half_of_a_standards_cells_must_name_bases(bases: int, holds: bool) -> None:
    assert holds_bases(["计划标准"] * bases + ["按要求验收"] * (10 - bases)) is holds


@pytest.mark.parametrize(("text", "holds"), [("历史标准（上年度完成数）", True), ("历史标准（上年度完成情况）", False)])
def test_a_sentence_that_names_a_basis_is_none(text: str, holds: bool) -> None:
    assert holds_bases([text]) is holds


@pytest.mark.parametrize(("named", "role"), [(2, "project_name"), (1, "unknown")])
def test_half_of_an_unknown_columns_cells_must_name_projects(named: int, role: str) -> None:
    cells = [f"项目名称：道路维修{n}" for n in range(named)] + [f"第{n}片" for n in range(4 - named)]
    rows = ["甲乙|一级指标|二级指标|三级指标|指标值"]
    rows += [f"{cell}|产出指标|数量指标|采购次数|≥5次" for cell in cells]
    heading = find_heading(grid(rows), 0)
    assert heading is not None and heading.columns[0].role == role


@pytest.mark.parametrize(("offices", "role"), [(2, "unit_name"), (1, "unit")])
def test_more_than_half_of_the_units_must_be_offices(offices: int, role: str) -> None:
    cells = [f"石{n}镇" for n in range(offices)] + ["公里"] * (3 - offices)
    rows = ["单位|一级指标|二级指标|三级指标|指标值"]
    rows += [f"{cell}|产出指标|数量指标|采购次数|≥5次" for cell in cells]
    heading = find_heading(grid(rows), 0)
    assert heading is not None and heading.columns[0].role == role


LEVELS = ("数量指标", "质量指标", "时效指标", "社会效益指标", "经济效益指标")


def bare_rows(measured: int = 10, filled: int = 10, measured_names: int = 0) -> list[str]:
    """Give ten rows without a heading: so many targets are measures, so many rows filled, so many names read as measures."""
    rows = []
    for n in range(10):
        name = f"{n + 1}公里" if n < measured_names else "修路"
        value = f"≥{n + 1}公里" if n < measured else "良好"
        rows.append("|".join([LEVELS[n % 5], *((name, value) if n < filled else ("", ""))]))
    return rows


@pytest.mark.parametrize(("filled", "found"), [(8, True), (7, False)])
def test_four_of_five_rows_without_a_heading_are_filled(filled: int, found: bool) -> None:
    assert (find_bare_heading(grid(bare_rows(filled=filled))) is not None) is found


@pytest.mark.parametrize(("measured", "found"), [(4, True), (3, False)])
def test_two_of_five_values_without_a_heading_are_measures(measured: int, found: bool) -> None:
    assert (find_bare_heading(grid(bare_rows(measured))) is not None) is found


@pytest.mark.parametrize(("measured", "found"), [(2, True), (3, False)])
def test_one_of_five_names_without_a_heading_may_read_as_a_measure(measured: int, found: bool) -> None:
    assert (find_bare_heading(grid(bare_rows(measured_names=measured))) is not None) is found


@pytest.mark.parametrize(("levels", "found"), [(3, True), (2, False)])
def test_three_level_names_across_head_a_table_of_projects(levels: int, found: bool) -> None:
    names = ["数量指标", "质量指标", "时效指标"][:levels]
    rows = ["|".join(["项目名称", *names]), "|".join(["修路", "5公里", "合格", "6月底前"][: levels + 1])]
    assert (find_heading(grid(rows), 0) is not None) is found


@pytest.mark.parametrize(("texts", "first"), [(4, 0), (5, 1)])
def test_a_row_of_four_texts_may_group_the_columns_below_it(texts: int, first: int) -> None:
    groups = ["长期|<", "年度|<", "中期|<", "全年|<"][: texts - 1]
    columns = ["二级指标", *(["三级指标", "指标值"] * (texts - 1))]
    rows = [
        "|".join(["一级指标", *groups]),
        "|".join(columns),
        "|".join(["数量指标", *(["里程", "≥5公里"] * (texts - 1))]),
    ]
    heading = find_heading(grid(rows), 1)
    assert heading is not None and heading.first == first


@pytest.mark.parametrize(("length", "first"), [(14, 0), (15, 1)])
def test_a_heading_that_names_a_period_is_short(length: int, first: int) -> None:
    group = "年度" + "甲" * (length - 4) + "目标"
    rows = [f"一级指标|{group}|<", "二级指标|三级指标|指标值", "数量指标|里程|≥5公里"]
    heading = find_heading(grid(rows), 1)
    assert heading is not None and heading.first == first


@pytest.mark.parametrize(("text", "first"), [("1年度", 1), ("第1年度", 0)])
def test_a_number_so_short_is_a_value_and_groups_nothing(text: str, first: int) -> None:
    rows = [f"一级指标|{text}|<", "二级指标|三级指标|指标值", "数量指标|里程|≥5公里"]
    heading = find_heading(grid(rows), 1)
    assert heading is not None and heading.first == first


@pytest.mark.parametrize(("rows_deep", "last"), [(3, 1), (4, 0)])
def test_a_headings_cell_reaches_down_so_far_at_most(rows_deep: int, last: int) -> None:
    rows = [
        "一级指标|二级指标|三级指标|指标值",
        "^|^|^|甲乙",
        *["^|^|^|5"] * (rows_deep - 2),
        "产出指标|数量指标|里程|≥5公里",
    ]
    heading = find_heading(grid(rows), 0)
    assert heading is None or heading.last >= last
    assert (heading is not None and heading.last >= 1) is (last == 1)


@pytest.mark.parametrize(("texts", "rule"), [(4, "subtotal_row"), (5, None)])
def test_a_subtotal_has_four_texts_at_most(texts: int, rule: str | None) -> None:
    columns = "序号|预算单位|预算金额|其他资金|用途|项目名称|一级指标|二级指标|三级指标|指标值"
    row = "第一组|石桥镇|5|1|修路"
    table = grid([columns, "1|石桥镇|5|1|修路|道路|产出指标|数量指标|里程|≥5公里", row + "|||||"])
    heading = find_heading(table, 0)
    assert heading is not None and heading.is_flat
    cells = [cell for cell in table.cells if cell.row == 2 and cell.text][:texts]
    assert subtotal_rule(heading, cells) == rule


@pytest.mark.parametrize(("levels", "looks"), [(2, True), (1, False)])
def test_two_level_names_make_a_table_look_like_indicators(levels: int, looks: bool) -> None:
    rows = ["数量指标|里程|5", "质量指标|合格|95"][:levels]
    assert looks_like_indicators(grid(rows)) is looks


@pytest.mark.parametrize(("labels", "heads"), [(2, True), (3, False)])
def test_two_labels_abreast_are_a_form_and_three_a_list(labels: int, heads: bool) -> None:
    row = ["项目名称", "主管部门", "实施单位"][:labels]
    table = grid(["|".join(row), "|".join(["修路", "甲局", "乙镇"][:labels])])
    indicators = grid(["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|里程|≥5公里"])
    assert is_head(table, [indicators]) is heads


@pytest.mark.parametrize(("span", "found"), [(3, 1), (4, None)])
def test_a_cell_of_more_than_three_columns_is_a_band(span: int, found: int | None) -> None:
    heading = find_heading(grid(["二级指标|<|<|<|三级指标|指标值", "数量指标|<|<|<|里程|≥5公里"]), 0)
    assert heading is not None
    row = "|".join(["质量指标", *["<"] * (span - 1), *[""] * (4 - span), "合格率", "≥95%"])
    assert resumes(grid(["二级指标|<|<|<|三级指标|指标值", row]), heading, range(1, 2)) == found


@pytest.mark.parametrize(("span", "title"), [(3, "环卫清洁"), (2, None)])
def test_a_band_reaches_across_the_table(span: int, title: str | None) -> None:
    row = "|".join(["二、环卫清洁", *["<"] * (span - 1), *[""] * (4 - span)])
    assert band_title(grid([row, "甲|乙|丙|丁"]), 0) == title


def healed(above: str, below: str, start: int = 1) -> list[list[str | None]]:
    return heal_head(grid(["项目名称|道路维修", above, below], page_starts=(start + 1,))).rows()


@pytest.mark.parametrize(("above", "below", "whole"), [("本年度", "总体目标", True), ("本年绩效", "总体目标", False)])
def test_of_two_labels_only_a_very_short_first_one_is_cut(above: str, below: str, whole: bool) -> None:
    rows = healed(f"{above}|修好道路方便群众", f"{below}|出行")
    assert (rows[1][0] == above + below) is whole


@pytest.mark.parametrize(("value", "whole"), [("修好道路方便群", True), ("修好道路方便", False)])
def test_of_two_labels_the_first_is_cut_only_beside_a_long_value(value: str, whole: bool) -> None:
    assert (healed(f"年度|{value}", "总体目标|出行")[1][0] == "年度总体目标") is whole


@pytest.mark.parametrize(
    ("above", "below", "whole"), [("保证项目", "实施的制度、措施", True), ("保证项", "目实施的制度、措施", False)]
)
def test_a_page_break_cuts_a_short_end_off_a_label(above: str, below: str, whole: bool) -> None:
    assert (healed(f"{above}|修好道路", f"{below}|方便出行")[1][0] == above + below) is whole


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (["序号|项目名称|安排资金", "1|修路|5万元", "2|养路|3万元", "绩效目标|修好|<"], False),
        (["项目名称|安排资金", "修路|5万元", "养路|3万元", "绩效目标|修好"], True),
        (["序号|项目名称|安排资金", "1|修路|5万元", "绩效目标|修好|<"], True),
    ],
)
def test_a_list_of_projects_has_three_columns_and_two_projects(rows: list[str], heads: bool) -> None:
    assert is_head(grid(rows), []) is heads


@pytest.mark.parametrize(
    ("others", "names"), [(2, ["里程0", "里程1", "清运垃圾数量"]), (1, ["里程0", "清运垃圾", "数量"])]
)
def test_two_other_rows_show_what_a_row_has(others: int, names: list[str]) -> None:
    rows = [
        "一级指标|二级指标|三级指标|指标值|指标值确定依据",
        *(f"产出指标|数量指标|里程{n}|≥5公里|计划标准" for n in range(others)),
    ]
    rows += ["产出指标|数量指标|清运垃圾|≥5吨|计划标准", "||数量|及时|"]
    head = ["项目名称|道路维修|<|<|<", "绩效目标|修路|<|<|<"]
    records = transform(document(head, grid(rows, table_no=2, page_starts=(others + 2,))))
    assert [indicator.indicator_raw for indicator in records.indicators] == names


@pytest.mark.parametrize(
    ("texts", "told"), [("1 2 3", True), ("1 2", False), ("1 2 4", False), ("甲 乙 1 2 3", True), ("3 4 5", False)]
)
def test_three_numbers_in_order_number_the_columns(texts: str, told: bool) -> None:
    cells = list(grid([texts.replace(" ", "|")]).cells)
    assert numbers_columns(cells) is told
