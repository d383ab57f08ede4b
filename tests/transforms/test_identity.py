from tests.transforms.grids import document
from transforms.filings import transform

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
