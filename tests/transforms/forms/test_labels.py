import pytest

from transforms.forms.labels import (
    bracket_hint,
    find_head_role,
    find_header_role,
    find_ignored_row,
    is_filler,
    split_inline,
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("一级 指标", "level1"),
        ("1.一级指标", "level1"),
        ("①一级指标", "level1"),
        ("⑵ 三级指标", "name"),
        ("㈡、二级指标", "level2"),
        ("⒊指标值", "value"),
        ("三级\n指标", "name"),
        ("年度（/项目）指标值", "value"),
        ("指标值（或计划水平）", "value"),
        ("分值（权重）", "weight"),
        ("2023年指标值", "value"),
        ("偏差原因分析及\n改进措施", "reason"),
        ("绩效度量单位", "unit"),
        ("绩效指标值", "value"),
        ("当年预期指标值", "value"),
        ("单位名称、项目名称", "project_name"),
        ("1—8月\n执行情况", "monitor"),
        ("1-6月完成值", "monitor"),
        ("1-12月完成情况", None),
        ("全年预计完成值", "monitor"),
        ("上半年目标值", None),
        ("产出指标", None),
        ("绩效产出指标", None),
        ("道路硬化长度", None),
    ],
)
def test_column_headings_are_known_in_their_spellings(text: str, role: str | None) -> None:
    assert find_header_role(text) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("其中：财政    资金", "amount_fiscal"),
        ("项目资金\n（万元）", "budget_group"),
        ("年度资金总额：", "amount_total"),
        ("执行率（B/A）", "column_rate"),
        ("一、项目名称", "project_name"),
        ("联系电话", "person"),
        ("当年整体绩效目标", "goal"),
        ("项目绩效总目标", "goal"),
        ("项目年度资金总额", "amount_total"),
        ("项目实施期目标", "goal_long"),
        ("1—7月执行数", "column_monitor"),
        ("全年预计执行数", "column_monitor"),
        ("道路硬化", None),
        ("项目道路硬化", None),
    ],
)
def test_field_names_are_known_in_their_spellings(text: str, role: str | None) -> None:
    assert find_head_role(text) == role


def test_a_label_may_hold_its_value() -> None:
    assert split_inline("年度资金总额:50万") == ("amount_total", "年度资金总额", "50万")
    assert split_inline("工作时间：全年") is None


def test_an_amount_may_follow_its_label_without_a_colon() -> None:
    assert split_inline("其中：财政拨款44.6万元") == ("amount_fiscal", "财政拨款", "44.6万元")
    assert split_inline("1—7月执行数") is None
    assert split_inline("财政拨款用于修路") is None


def test_brackets_of_a_label_hint_at_the_unit() -> None:
    assert bracket_hint("预算金额（万元）") == "万元"
    assert bracket_hint("预算金额") is None


@pytest.mark.parametrize("text", ["指标2：", "……", "/", "-", "指标1：/", "...", ""])
def test_fillers_say_nothing(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize("text", ["无", "采购次数", "指标1：采购次数", "5G基站数"])
def test_names_are_no_fillers(text: str) -> None:
    assert not is_filler(text)


def test_tail_rows_are_told_from_names_that_begin_alike() -> None:
    assert find_ignored_row("注：本表一式两份") == "note_row"
    assert find_ignored_row("合 计") == "total_row"
    assert find_ignored_row("注册人数") is None
    assert find_ignored_row("说明会场次") is None
