from tests.transforms.grids import document
from transforms.years import find_fiscal_year


def test_a_mark_above_the_table_beats_the_file_name() -> None:
    assert find_fiscal_year(document("（2024年度）", file_name="甲镇2023年绩效目标.docx")) == (2024, "table_mark")


def test_a_title_beats_the_file_name() -> None:
    found = find_fiscal_year(document("甲镇2024年部门预算绩效文本", file_name="甲镇2023年.docx"))
    assert found == (2024, "title")


def test_a_project_title_is_no_evidence() -> None:
    found = find_fiscal_year(document("1.2022年部门经费绩效目标表", file_name="甲镇2023年绩效.docx"))
    assert found == (2023, "file_name")


def test_deadlines_tell_where_nothing_else_does() -> None:
    rows = ["三级指标|指标值", "完工时间|2023年12月31日完成", "支付时间|2023年6月底前"]
    assert find_fiscal_year(document(rows)) == (2023, "deadlines")


def test_nothing_tells() -> None:
    assert find_fiscal_year(document("绩效目标表")) == (None, None)
