import pytest

from transforms.forms.labels import find_head_role, find_header_role, misspelt_role
from transforms.forms.taught import Headings, teaching


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("年末达成值", "actual"),
        ("全年实现水平（B）", "actual"),
        ("核定目标值", "value"),
        ("调整后指标值", "value_adjusted"),
        ("考核分值", "weight"),
        ("指标得分", "score"),
        ("财政评分", "other_score"),
        ("指标值类型", "property"),
        ("去年完成值", "last_year_value"),
        ("指标比较符", "sign"),
        ("指标计量单位", "unit"),
        ("偏离原因和整改措施", "reason"),
        ("是否关键指标", "attribute"),
        ("数量指标", None),  # a level, not a column
        ("项目完成指标", None),
        ("达成年份", None),  # one part is not known
    ],
)
def test_a_column_s_heading_is_read_by_its_parts(text: str, role: str | None) -> None:
    assert find_header_role(text) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("当年资金总额", "amount_total"),
        ("核定预算金额", "amount_total"),
        ("下达省级补助（万元）", "amount_total"),
        ("县级（万元）", "amount_part"),
        ("市级财政安排", "amount_part"),
        ("其中-财政拨款：", "amount_fiscal"),
        ("单位自筹（元）", "amount_other"),
        ("执行进度说明", "remark"),
        ("执行进度评议", None),  # one part is not known
        ("项目说明", None),  # may as well say what the money is for
        ("预算调整数", "amount_change"),
        ("调整后预算数", "column_adjusted"),
        ("预算支付数", "column_executed"),
        ("去年预算数", "amount_last_year"),
        ("目标实际达成情况", "goal_actual"),
        ("实施周期总目标", "goal_long"),
        ("专项经费", None),  # may as well be a value
        ("专项经费：", "amount_total"),
        ("金额单位：", None),
        ("资金单位", None),
    ],
)
def test_a_field_s_name_is_read_by_its_parts(text: str, role: str | None) -> None:
    assert find_head_role(text) == role


def test_one_wrong_character_in_an_amount_s_label_is_seen_through() -> None:
    assert misspelt_role("其中：财政拔款") == "amount_fiscal"
    assert misspelt_role("财政") is None


def test_a_taught_heading_holds_while_a_filing_is_read() -> None:
    taught = Headings(headers={"应知晓率": "value"}, heads={"核拨数": "amount_total"})
    with teaching(taught):
        assert find_header_role("应知晓率") == "value"
        assert find_head_role("核拨数：") == "amount_total"
    assert find_header_role("应知晓率") is None
