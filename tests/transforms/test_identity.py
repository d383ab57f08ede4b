from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Grid
from tests.transforms.grids import document
from transforms.filings import transform
from transforms.identity import unknown_filer_doubts
from transforms.records import Doubt, Place

HEAD = ["项目名称|道路维修|项目编码|13020823P00000310006D", "预算单位|{unit}|预算金额（万元）|5", "绩效目标|修路|<|<"]
ROWS = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|修路里程|≥5公里"]


def filing(unit: str, *lines: str, file_name: str = "文件.docx"):  # type: ignore[no-untyped-def]
    head = [row.format(unit=unit) for row in HEAD]
    return transform(document(*lines, head, ROWS, file_name=file_name)).filing


def test_a_field_names_the_unit() -> None:
    found = filing("219001-池州市贵池区棠溪镇人民政府")
    assert (found.unit_code, found.township, found.county) == ("219001", "棠溪镇", "贵池区")
    assert found.division_code == "130208"


def test_a_title_tells_where_the_field_is_empty() -> None:
    found = filing("", "青山县石桥镇人民政府2024年部门预算绩效文本")
    assert (found.township, found.county, found.unit_code) == ("石桥镇", "青山县", None)


def test_the_file_name_is_the_last_to_tell() -> None:
    assert filing("", file_name="【样例】石桥镇2023年绩效目标.docx").township == "石桥镇"
    assert filing("", file_name="目标表.docx").township is None


def named(label: str, unit: str, *lines: str, file_name: str = "目标表.docx"):  # type: ignore[no-untyped-def]
    head = ["项目名称|道路维修|主管部门|青禾县交通局", f"{label}|{unit}|预算金额（万元）|5", "绩效目标|修路|<|<"]
    return transform(document(*lines, head, ROWS, file_name=file_name)).filing


def test_the_sender_of_a_notice_files_and_its_addressees_do_not() -> None:
    found = filing("", "青禾县水利局关于下达2024年乡镇水利专项资金的通知", "石臼镇、泉头乡人民政府：", "附件")
    assert (found.unit_name, found.township, found.county) == ("青禾县水利局", None, "青禾县")
    found = filing("", "青禾县水利局关于下达2024年水利资金的通知", "石臼镇人民政府：", file_name="水利资金.docx")
    assert (found.unit_name, found.township) == ("青禾县水利局", None)


def test_a_department_is_no_township_though_a_title_names_one() -> None:
    found = filing("302001青禾县水利局", "石臼镇河道治理项目绩效目标表")
    assert (found.unit_name, found.township, found.county) == ("青禾县水利局", None, "青禾县")


def test_an_office_of_a_township_named_without_its_place_is_the_township_s() -> None:
    assert filing("482003财政所", "石臼镇2024年部门预算绩效文本").township == "石臼镇"


def test_a_doer_files_only_where_nobody_else_is_named() -> None:
    assert named("项目实施单位", "青禾县水利局", file_name="石臼镇2024年目标.docx").township == "石臼镇"
    assert named("项目实施单位", "青禾县水利局", "石臼镇2024年部门预算绩效文本").township == "石臼镇"
    assert named("项目实施单位", "青禾县公路段管理站").unit_name == "青禾县公路段管理站"
    assert named("填报单位", "青禾县水利局", file_name="石臼镇2024年目标.docx").unit_name == "青禾县水利局"


def test_a_company_or_cooperative_is_not_the_filer() -> None:
    found = named("项目实施单位", "石臼镇惠民养老服务有限公司")
    assert (found.unit_name, found.township) == ("青禾县交通局", None)
    assert named("项目实施单位", "丰收种植专业合作社", file_name="石臼镇2024年目标.docx").township == "石臼镇"


def test_the_department_with_which_the_file_s_name_begins_files() -> None:
    found = named("项目实施单位", "石臼镇人民政府", file_name="青禾县交通局2024年目标表.docx")
    assert (found.unit_name, found.township) == ("青禾县交通局", None)


def test_a_person_beside_the_unit_is_left_out() -> None:
    assert named("填报单位", "青禾县石臼镇人民政府 张某某").unit_name == "青禾县石臼镇人民政府"


def test_the_county_comes_from_the_unit_or_the_file_name() -> None:
    assert named("填报单位", "青神县发展和改革局").county == "青神县"
    assert filing("", file_name="蒙城县卫健委2024年目标.docx").county == "蒙城县"
    assert named("填报单位", "云台经济开发区管理委员会").county is None


def test_a_paragraph_may_name_the_unit() -> None:
    found = filing("", "单位名称：黄山市水土保持科研所        填报日期：2021年3月10日")
    assert (found.unit_name, found.county) == ("黄山市水土保持科研所", "黄山市")
    assert filing("", "填报单位（盖章）：青山县石桥镇人民政府").township == "石桥镇"


def test_counties_are_told_from_zones() -> None:
    assert named("填报单位", "丽江市古城区自然资源局").county == "古城区"
    assert named("填报单位", "化工区第一学校", file_name="青山市东山区2020年目标.docx").county == "东山区"


def test_a_filing_that_names_nobody_waits_for_a_person() -> None:
    named, nobody = (transform(document("2024年", [line, *HEAD[:1], *ROWS])) for line in ("单位|石桥镇", "目标|修路"))
    decided = Doubt("township", None, "decided", None, None, Place(None, 0, 0), decision="accepted")
    assert [doubt.reason for doubt in unknown_filer_doubts(nobody)] == ["filer_unknown"]
    assert not [*unknown_filer_doubts(replace(nobody, doubts=(decided,)))]
    assert not [*unknown_filer_doubts(replace(named, filing=replace(named.filing, unit_name="石桥镇中心小学")))]


def test_a_file_of_several_filers_is_not_said_to_name_nobody_until_its_doubts_are_decided() -> None:
    nobody = transform(document("2024年", ["目标|修路", *HEAD[:1], *ROWS]))
    several = Doubt("unit_name", "石桥镇人民政府", "several_units", 1, None, Place(None, 1, 1))
    assert not [*unknown_filer_doubts(replace(nobody, doubts=(several,)))]
    accepted = replace(nobody, doubts=(replace(several, decision="accepted"),))
    assert [doubt.reason for doubt in unknown_filer_doubts(accepted)] == ["filer_unknown"]


def workbook(*sheets: tuple[str, Sequence[str]], file_name: str):  # type: ignore[no-untyped-def]
    whole = document("2024年单位：万元", *(rows for _, rows in sheets), file_name=file_name)
    named = dict(enumerate((name for name, _ in sheets), start=1))
    blocks = [replace(b, sheet=named[b.table_no]) if isinstance(b, Grid) else b for b in whole.blocks]
    return transform(replace(whole, blocks=tuple(blocks)))


FORM = ["项目名称|村级运转|预算数|5", *ROWS]


def test_sheets_that_name_townships_are_filers_apart() -> None:
    read = workbook(("石桥镇", FORM), ("柳林镇", FORM), file_name="河口镇2024年汇总.xlsx")
    assert (read.filing.township, len(read.projects)) == (None, 2)
    assert [(d.reason, d.value_read) for d in read.doubts] == [("several_units", "石桥镇"), ("several_units", "柳林镇")]


def test_a_sheet_named_by_an_office_is_its_but_one_named_by_the_project_is_not() -> None:
    named = "项目名称|{}维修|预算数|5"
    read = workbook(("水利局", FORM), ("石桥镇", FORM), file_name="汇总2024.xlsx")
    assert [d.value_read for d in read.doubts] == ["水利局", "石桥镇"]
    school = [named.format("实验小学"), *ROWS]
    read = workbook(("实验小学", school), ("村级", FORM), file_name="石桥镇2024.xlsx")
    assert (read.filing.township, read.doubts) == ("石桥镇", ())


def test_one_township_s_sheets_say_whose_a_workbook_is() -> None:
    read = workbook(("石桥镇村级", FORM), ("Sheet2", ["项目名称|保洁|预算数|5", *ROWS]), file_name="目标表2024.xlsx")
    assert (read.filing.township, read.doubts) == ("石桥镇", ())


def test_a_sheet_and_a_file_s_name_that_name_two_townships_are_a_doubt() -> None:
    read = workbook(("石桥镇", FORM), file_name="柳林镇2024.xlsx")
    assert [(d.reason, d.field) for d in read.doubts] == [("filer_conflict", "township")]
    stated = ["填报单位|柳林镇人民政府|<|<", *FORM]
    read = workbook(("石桥镇", stated), file_name="柳林镇2024.xlsx")
    assert (read.filing.township, read.doubts) == ("柳林镇", ())


def test_a_title_inside_a_table_names_the_filer_and_two_such_are_filers_apart() -> None:
    titled = ["{}2024年项目绩效目标表|<|<|<", *FORM]
    one = [row.format("石桥镇") for row in titled]
    assert transform(document(one, file_name="目标表.docx")).filing.township == "石桥镇"
    two = transform(document(one, [row.format("柳林镇") for row in titled], file_name="目标表.docx"))
    assert (two.filing.township, {d.reason for d in two.doubts}) == (None, {"several_units"})
