from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.review.items import Item
from pipelines.review.making import DecideError, make_decision
from transforms.decisions import Decision

ITEM = Item(
    kind="doubt",
    filing_id="ab" * 32,
    file_name="青山县石桥镇.pdf",
    filer="石桥镇",
    fiscal_year=2024,
    project_name="道路维修",
    indicator_raw="修路里程",
    field="target_raw",
    field_name="指标值（原文）",
    value_read="2280个",
    reason="low_confidence",
    sentence="文字识别的把握不够，请对照原件核对。",
    holds=True,
    confidence=0.71,
    page=1,
    table_no=2,
    row_no=4,
    col_no=5,
    project_no=1,
    indicator_no=3,
    decision="open",
    value_decided=None,
    stake_yuan=149300.0,
)


def test_a_correction_names_the_cell_the_text_read_and_the_new_text() -> None:
    decision = make_decision(ITEM, {"decision": "corrected", "value": " ≥80个 ", "by": "核对人", "note": "看原件"})
    assert decision.key == ("ab" * 32, 2, 4, 5, "target_raw")
    assert (decision.text_read, decision.value, decision.decided_by) == ("2280个", "≥80个", "核对人")
    assert decision.decided_at is not None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"decision": "maybe"}, "accepted"),
        ({"decision": "corrected", "value": "  "}, "请输入"),
        ({"decision": "corrected", "value": "2280个"}, "接受"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(said: dict[str, object], told: str) -> None:
    with pytest.raises(DecideError, match=told):
        make_decision(ITEM, said)


@pytest.mark.parametrize(
    ("field", "value", "good"),
    [
        ("fiscal_year", "2024", True),
        ("fiscal_year", "24", False),
        ("doc_kind", "monitoring", True),
        ("doc_kind", "监控", False),
    ],
)
def test_a_filings_own_facts_are_checked(field: str, value: str, good: bool) -> None:
    item = replace(ITEM, field=field, value_read="2023", table_no=0, row_no=0, col_no=0)
    said = {"decision": "corrected", "value": value}
    if good:
        assert make_decision(item, said).value == value
    else:
        with pytest.raises(DecideError):
            make_decision(item, said)


def test_a_value_of_several_cells_is_corrected_in_none() -> None:
    item = replace(ITEM, col_no=0)
    with pytest.raises(DecideError, match="单个单元格"):
        make_decision(item, {"decision": "corrected", "value": "≥80个"})
    assert make_decision(item, {"decision": "accepted"}).decision == "accepted"


def test_a_file_that_was_not_loaded_is_no_matter_of_a_decision() -> None:
    with pytest.raises(DecideError, match="文件"):
        make_decision(replace(ITEM, kind="rejected"), {"decision": "accepted"})


def test_an_item_leads_to_its_cell(tmp_path: Path) -> None:
    assert ITEM.anchor == "t2r4c5"
    assert replace(ITEM, col_no=0).anchor == "t2r4"
    assert replace(ITEM, table_no=0, row_no=0, col_no=0).anchor == "p1"
    assert isinstance(make_decision(ITEM, {"decision": "accepted"}), Decision)
