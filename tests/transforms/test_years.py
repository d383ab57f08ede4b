from dataclasses import replace

import pytest

from tests.transforms.grids import document
from transforms.doubts import doubt_reasons
from transforms.filings import transform
from transforms.records import Filing, FiscalYear
from transforms.years import LONGEST_DEADLINE, LONGEST_TITLE, find_fiscal_year, implausible_year_doubts


def test_a_mark_above_the_table_beats_the_file_name() -> None:
    found = find_fiscal_year(document("（2024年度）", file_name="甲镇2023年绩效目标.docx"))
    assert found == FiscalYear(2024, "table_mark", (("file_name", 2023),))


def test_a_title_beats_the_file_name() -> None:
    found = find_fiscal_year(document("甲镇2024年部门预算绩效文本", file_name="甲镇2023年.docx"))
    assert found == FiscalYear(2024, "title", (("file_name", 2023),))


def test_a_project_title_is_no_evidence() -> None:
    found = find_fiscal_year(document("1.2022年部门经费绩效目标表", file_name="甲镇2023年绩效.docx"))
    assert found == FiscalYear(2023, "file_name")


def test_deadlines_tell_where_nothing_else_does() -> None:
    rows = ["三级指标|指标值", "完工时间|2023年12月31日完成", "支付时间|2023年6月底前"]
    assert find_fiscal_year(document(rows)) == FiscalYear(2023, "deadlines")


def test_nothing_tells() -> None:
    assert find_fiscal_year(document("绩效目标表")) == FiscalYear(None, None)


ROWS = ["三级指标|指标值", "完工时间|2023年12月31日完成", "支付时间|2023年6月底前", "养护时间|2024年3月底前"]


def test_most_deadlines_beat_a_file_name_that_says_otherwise() -> None:
    found = find_fiscal_year(document(ROWS, file_name="2033年火星镇绩效.docx"))
    assert found == FiscalYear(2023, "deadlines", (("file_name", 2033),))


def test_one_deadline_alone_beats_no_file_name() -> None:
    rows = ["三级指标|指标值", "完工时间|2023年12月31日完成"]
    assert find_fiscal_year(document(rows, file_name="甲镇2024年.docx")) == FiscalYear(2024, "file_name")
    split = [*rows, "支付时间|2024年6月底前"]
    assert find_fiscal_year(document(split, file_name="甲镇2025年.docx")) == FiscalYear(2025, "file_name")


def test_deadlines_do_not_contradict_a_year_that_the_body_states() -> None:
    found = find_fiscal_year(document("（2022年度）", ROWS, file_name="甲镇2022年.docx"))
    assert found == FiscalYear(2022, "table_mark")


def test_a_notice_tells_its_year() -> None:
    assert find_fiscal_year(document("青禾县水利局关于下达2024年乡镇水利专项资金的通知")) == FiscalYear(2024, "title")


def test_a_file_name_may_hold_a_date_or_several_years() -> None:
    assert find_fiscal_year(document(file_name="2024-01-15甲镇2023年目标.docx")) == FiscalYear(2023, "file_name")
    assert find_fiscal_year(document(file_name="20240115甲镇2023.docx")) == FiscalYear(2023, "file_name")
    both = document("（2023年度）", file_name="甲镇2022年结转2023年目标.docx")
    assert find_fiscal_year(both) == FiscalYear(2023, "table_mark")


def test_a_contradicted_year_is_a_doubt_that_holds_the_filing() -> None:
    head = ["项目名称|道路维修|预算金额（万元）|5", "绩效目标|修路|<|<"]
    rows = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|修路里程|≥5公里"]
    records = transform(document("（2023年度）", head, rows, file_name="石桥镇2033年目标.docx"))
    (doubt,) = [doubt for doubt in records.doubts if doubt.reason == "year_conflict"]
    assert (doubt.field, doubt.value_read, doubt.project_no, doubt.indicator_no) == ("fiscal_year", "2023", None, None)
    assert doubt_reasons()["year_conflict"].holds
    assert [finding.evidence for finding in records.findings if finding.rule == "fiscal_year_conflict"] == ["2033"]


def test_the_year_of_a_form_s_title_wherever_it_stands() -> None:
    for title in ("2024年度乡镇绿化绩效目标汇总表", "绿化项目绩效目标表（2024年度）", "绩效自评表(2024年)"):
        assert find_fiscal_year(document(title)).year == 2024, title
    assert find_fiscal_year(document("2022年未拨绿化资金绩效目标表")).year is None


@pytest.mark.parametrize(
    ("year", "received", "doubted"),
    [
        (2023, 2024, False),
        (2025, 2024, False),
        (2026, 2024, True),
        (2035, 2026, True),
        (2012, 2024, False),
        (2011, 2024, True),
    ],
)
def test_a_year_far_from_the_filing_s_arrival_waits_for_confirmation(year: int, received: int, doubted: bool) -> None:
    filing = Filing(None, None, None, None, None, year, "file_name", "targets", None, None)
    assert [doubt.reason for doubt in implausible_year_doubts(filing, received)] == ["year_implausible"] * doubted
    assert list(implausible_year_doubts(replace(filing, fiscal_year_source="decided"), received)) == []


def test_a_title_has_so_many_letters_and_no_more() -> None:
    title = "甲镇2024年部门预算绩效文本"
    fits = "石盘县" + "乡" * (LONGEST_TITLE - 3 - len(title)) + title
    assert find_fiscal_year(document(fits)).year == 2024
    assert find_fiscal_year(document("某" + fits)).year is None


def test_a_deadline_stands_in_a_short_cell() -> None:
    short = "2023年12月31日前完成" + "验" * (LONGEST_DEADLINE - 14)
    assert len(short) == LONGEST_DEADLINE
    rows = ["三级指标|指标值", f"完工时间|{short}", f"支付时间|{short}"]
    assert find_fiscal_year(document(rows)).year == 2023
    rows = ["三级指标|指标值", f"完工时间|{short}收", f"支付时间|{short}收"]
    assert find_fiscal_year(document(rows)).year is None
