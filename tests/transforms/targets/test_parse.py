from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.records import Target
from transforms.targets.measures import read_measure, read_whole_measure
from transforms.targets.parse import parse_target


def shown(target: Target) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """A target's kind, comparator, bounds and unit, with numbers as plain text."""
    low, high = (
        f"{value.normalize():f}" if value is not None else None for value in (target.value_low, target.value_high)
    )
    return target.target_kind, target.comparator, low, high, target.unit


@pytest.mark.parametrize(
    "text",
    [
        "≥95%",
        "大于等于95％",
        "不低于95%",
        "95%以上",
        "达到95%以上",
        "至少95%",
        "≧ 95 %",
        ">=95%",
        "＞＝95%",
        "=>95%",
        "≥≥95%",
        "》95%",
        "95%及以上",
        "95%（含）以上",
        "≥95%以上",
        "≥95%。",
        "（≥95%）",
        "“≥95%”",
        "①≥95%",
        "1、≥95%",
        "≥ 9５ %",
        "最低95%",
        "不少于百分之九十五",
        "≥95个百分点",
        "≥95百分比",
        "≥95.00(%)",
        "≥95%\u200b",
        "保持在95%以上",
        "力争达到95%以上",
        "≥95%≥95%",
    ],
)
def test_at_least_95_percent_in_any_writing(text: str) -> None:
    target = parse_target(text)
    assert shown(target) == ("percent", ">=", "95", None, "%")
    assert target.comparator_stated is True
    assert target.raw == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # contract, section 4
        ("95%", ("percent", "=", "95", "95", "%")),
        ("=95%", ("percent", "=", "95", "95", "%")),
        ("85%-95%", ("percent", "between", "85", "95", "%")),
        ("85～95%", ("percent", "between", "85", "95", "%")),
        ("85%至95%", ("percent", "between", "85", "95", "%")),
        ("≤5%", ("percent", "<=", None, "5", "%")),
        ("不超过5%", ("percent", "<=", None, "5", "%")),
        ("5%以内", ("percent", "<=", None, "5", "%")),
        ("5%以下", ("percent", "<=", None, "5", "%")),
        ("<5%", ("percent", "<", None, "5", "%")),
        ("低于5%", ("percent", "<", None, "5", "%")),
        (">12件", ("quantity", ">", "12", None, "件")),
        ("大于12件", ("quantity", ">", "12", None, "件")),
        ("多于12件", ("quantity", ">", "12", None, "件")),
        ("≥24个", ("quantity", ">=", "24", None, "个")),
        ("不少于24个", ("quantity", ">=", "24", None, "个")),
        ("≥1,200人次", ("quantity", ">=", "1200", None, "人次")),
        ("二十四个", ("quantity", "=", "24", "24", "个")),
        ("≤7500元", ("money", "<=", None, "7500", "元")),
        ("≤0.75万元/村", ("money", "<=", None, "7500", "元/村")),
        ("控制在0.75万元以内", ("money", "<=", None, "7500", "元")),
        ("7,500元以内", ("money", "<=", None, "7500", "元")),
        # comparators
        ("不小于5", ("quantity", ">=", "5", None, None)),
        ("至多3次", ("quantity", "<=", None, "3", "次")),
        ("超过100人", ("quantity", ">", "100", None, "人")),
        ("超95%", ("percent", ">", "95", None, "%")),
        ("达95%", ("percent", "=", "95", "95", "%")),
        ("小于等于120元", ("money", "<=", None, "120", "元")),
        ("100万元（不含）以下", ("money", "<", None, "1000000", "元")),
        ("100人（含100人）以上", ("quantity", ">=", "100", None, "人")),
        ("≥80%且≤90%", ("percent", "between", "80", "90", "%")),
        ("±3%以内", ("percent", "between", "-3", "3", "%")),
        ("控制在80%以上", ("percent", ">=", "80", None, "%")),
        ("近700万元", ("money", "<", None, "7000000", "元")),
        # numbers and ranges
        ("80-90%", ("percent", "between", "80", "90", "%")),
        ("2——3万元", ("money", "between", "20000", "30000", "元")),
        ("两到三百元", ("money", "between", "200", "300", "元")),
        ("三到五千万元", ("money", "between", "30000000", "50000000", "元")),
        ("5000元-1万元", ("money", "between", "5000", "10000", "元")),
        ("500米-1公里", ("quantity", "between", "0.5", "1", "公里")),
        ("百分之三十到四十一", ("percent", "between", "30", "41", "%")),
        ("九成", ("percent", "=", "90", "90", "%")),
        ("5‰", ("percent", "=", "5", "5", "‰")),
        ("万分之五", ("percent", "=", "0.05", "0.05", "%")),
        ("半年以内", ("quantity", "<=", None, "0.5", "年")),
        ("一个半月", ("quantity", "=", "1.5", "1.5", "个月")),
        ("五六次", ("quantity", "between", "5", "6", "次")),
        ("一百二十三元一角七分", ("money", "=", "123.17", "123.17", "元")),
        ("壹拾壹元整", ("money", "=", "11", "11", "元")),
        # units
        ("≥80M", ("quantity", ">=", "80", None, "米")),
        ("3.2千米", ("quantity", "=", "3.2", "3.2", "公里")),
        ("1500㎡", ("quantity", "=", "1500", "1500", "平方米")),
        ("四千瓦时", ("quantity", "=", "4", "4", "千瓦时")),
        ("二十千瓦时", ("quantity", "=", "20", "20", "千瓦时")),
        ("二十五千瓦", ("quantity", "=", "25", "25", "千瓦")),
        ("四千千瓦时", ("quantity", "=", "4000", "4000", "千瓦时")),
        ("5万千瓦时", ("quantity", "=", "5", "5", "万千瓦时")),
        ("两千米", ("quantity", "=", "2000", "2000", "米")),
        ("三千克", ("quantity", "=", "3000", "3000", "克")),
        ("三千公里", ("quantity", "=", "3000", "3000", "公里")),
        ("1人/年", ("quantity", "=", "1", "1", "人/年")),
        ("≥24个/年", ("quantity", ">=", "24", None, "个/年")),
        ("每年12次", ("quantity", "=", "12", "12", "次/年")),
        ("一年两次", ("quantity", "=", "2", "2", "次/年")),
        ("1年1次", ("quantity", "=", "1", "1", "次/年")),
        ("一年不少于2次", ("quantity", ">=", "2", None, "次/年")),
        ("一年开展两次以上", ("quantity", ">=", "2", None, "次/年")),
        ("至少一周一次", ("quantity", ">=", "1", None, "次/周")),
        ("一日三次", ("quantity", "=", "3", "3", "次/天")),
        ("一个季度1次", ("quantity", "=", "1", "1", "次/季度")),
        ("半年一次", ("quantity", "=", "1", "1", "次/半年")),
        ("每半年1次", ("quantity", "=", "1", "1", "次/半年")),
        ("1次/半年", ("quantity", "=", "1", "1", "次/半年")),
        ("每季度1次", ("quantity", "=", "1", "1", "次/季度")),
        ("每月不少于2次", ("quantity", ">=", "2", None, "次/月")),
        ("每人每年600元", ("money", "=", "600", "600", "元/人·年")),
        ("一年以上", ("quantity", ">=", "1", None, "年")),
        ("每公里补助20万元", ("money", "=", "200000", "200000", "元/公里")),
        ("每村≤7500元", ("money", "<=", None, "7500", "元/村")),
        ("人均不超过300元", ("money", "<=", None, "300", "元/人")),
        ("每人每月100元", ("money", "=", "100", "100", "元/人·月")),
        ("5000元（每村）", ("money", "=", "5000", "5000", "元/村")),
        ("2000元以内/人", ("money", "<=", None, "2000", "元/人")),
        ("28.40/株", ("quantity", "=", "28.4", "28.4", "/株")),
        ("25481港元", ("money", "=", "25481", "25481", "港元")),
        ("新台币177.1亿元", ("money", "=", "17710000000", "17710000000", "新台币")),
        ("≥1.2万人次", ("quantity", ">=", "1.2", None, "万人次")),
        ("两千万人", ("quantity", "=", "20000000", "20000000", "人")),
        ("12年以上", ("quantity", ">=", "12", None, "年")),
        ("3个工作日内", ("quantity", "<=", None, "3", "工作日")),
        ("30日内完成", ("quantity", "<=", None, "30", "天")),
        ("≥5桩", ("quantity", ">=", "5", None, "桩")),
        ("1项（次）", ("quantity", "=", "1", "1", "项次")),
        ("≥12场（次）", ("quantity", ">=", "12", None, "场次")),
        ("5个（处）以上", ("quantity", ">=", "5", None, "个")),
        ("≥5块", ("quantity", ">=", "5", None, "块")),
        ("1块（含）以上", ("quantity", ">=", "1", None, "块")),
        ("一百二十块以上", ("quantity", ">=", "120", None, "块")),
        ("5块以上10块以下", ("quantity", "between", "5", "10", "块")),
        ("宣传牌5块", ("quantity", "=", "5", "5", "块")),
        ("≤500元/块", ("money", "<=", None, "500", "元/块")),
        ("3块5角", ("money", "=", "3.5", "3.5", "元")),
        ("十块三毛五分", ("money", "=", "10.35", "10.35", "元")),
        ("至少三块钱", ("money", ">=", "3", None, "元")),
        ("三五百块", ("money", "between", "300", "500", "元")),
        ("五六块", ("quantity", "between", "5", "6", "块")),
        # words around the number
        ("全年12次", ("quantity", "=", "12", "12", "次")),
        ("≥24个村", ("quantity", ">=", "24", None, "个")),
        ("5名村干部", ("quantity", "=", "5", "5", "名")),
        ("新建道路3公里", ("quantity", "=", "3", "3", "公里")),
        ("群众满意度达到95%以上", ("percent", ">=", "95", None, "%")),
        ("一次验收合格率100%", ("percent", "=", "100", "100", "%")),
        ("≥24个，其中含社区", ("quantity", ">=", "24", None, "个")),
        ("≥95%（问卷调查）", ("percent", ">=", "95", None, "%")),
    ],
)
def test_reads(text: str, expected: tuple[str | None, ...]) -> None:
    assert shown(parse_target(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "明显提升",
        "及时",
        "长期",
        "按时完成",
        "显著",
        "有所增强",
        "不超预算",
        "预算内",
        "无",
        "一次性发放",
        "十分显著",
        "统一管理",
        "符合国家一级标准",
        "达到国家标准",
        "不低于2022年水平",
        "第3批",
        "前三名",
        "1:1",
        "7×24小时",
        "长500米，宽4米",
        "3大类",
        "≤5%以上",
        "第一年按总投资额返本20%,分红按8%分红",
        "满意度≥90%、知晓率≥95%",
        "几十万元",
        "十几个",
        "≥20几个",
        "10.1万零100元",
        "两万四千瓦时",
        "一季度1次",
        "一年三个月",
        "每两年1次",
        "两年一次",
        "大于95%小于90%",
        "大于95%小于等于95%",
        "≥80%且≤90人",
        "大于90%大于95%",
        "90%<X",
        "90%<X≥80%",
        "第一年≥80%且第二年≤90%",
    ],
)
def test_what_is_not_understood_to_its_end_is_text(text: str) -> None:
    assert shown(parse_target(text, year=2023)) == ("text", None, None, None, None)


@pytest.mark.parametrize("text", ["", " ", "/", "-", "——", "……", "...", "*", "≥**个", "XX", "\u3000"])
def test_a_filler_has_no_kind(text: str) -> None:
    target = parse_target(text)
    assert target.target_kind is None
    assert target.notes in (("filler",), ("empty",))


@pytest.mark.parametrize(
    "grade",
    [
        "优",
        "良",
        "优良",
        "好",
        "合格",
        "优秀",
        "达标",
        "中",
        "良好",
        "较好",
        "一般",
        "不合格",
        "较差",
        "差",
        "优等",
        "良等",
        "及格",
        "不及格",
        "A级",
        "甲级",
        "不达标",
    ],
)
def test_grades(grade: str) -> None:
    for text in (grade, f" {grade} ", f"达到{grade}", f"评定为{grade}", f"{grade}。"):
        target = parse_target(text)
        assert (target.target_kind, target.grade, target.comparator) == ("grade", grade, None)
    bounded = parse_target(f"{grade}及以上")
    assert (bounded.grade, bounded.comparator) == (grade, ">=")


@pytest.mark.parametrize(
    ("text", "grade", "comparator"),
    [
        ("优秀等次", "优秀", None),
        ("良好等次以上", "良好", ">="),
        ("≥良好档次", "良好", ">="),
        ("A级及以上", "A级", ">="),
    ],
)
def test_a_grade_may_be_called_one(text: str, grade: str, comparator: str | None) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.grade, target.comparator) == ("grade", grade, comparator)


@pytest.mark.parametrize("text", ["满意", "非常满意", "优质", "一级", "明显", "合理", "差异化", "好转"])
def test_a_word_that_is_no_step_of_a_scale_is_no_grade(text: str) -> None:
    assert parse_target(text).target_kind == "text"


def test_base_values_have_one_unit_per_dimension() -> None:
    def base(text: str) -> tuple[Decimal | None, str | None]:
        target = parse_target(text)
        return target.base_value_low, target.base_unit

    assert base("≥3公里") == base("≥3000米") == (Decimal(3000), "米")
    assert base("≥1.5万株") == base("≥15000株") == (Decimal(15000), "株")
    assert base("≥2吨") == base("≥4000斤") == (Decimal(2000), "公斤")
    assert base("≥1公顷") == base("≥10000㎡") == (Decimal(10000), "平方米")
    assert base("≥5名") == base("≥5人") != base("≥5人次")


def test_only_what_is_stated_is_stated() -> None:
    assert parse_target("95%").comparator_stated is False
    assert parse_target("=95%").comparator_stated is True
    assert parse_target("约95%").comparator_stated is False
    assert parse_target("约95%").notes == ("approximate",)


@pytest.mark.parametrize(
    ("text", "name", "kind", "unit", "note"),
    [
        ("95", "群众满意度", "percent", "%", "unit_inferred"),
        ("≥95", "项目验收合格率指标", "percent", "%", "unit_inferred"),
        ("95以上", "补贴发放比例", "percent", "%", "unit_inferred"),
        ("150", "收入增长率", "quantity", None, None),
        ("95", "办事效率", "quantity", None, None),
        (">=85", "某指标（≥**%）", "percent", "%", "unit_from_name"),
        ("85", "交通事故处理群众满意度（%）", "percent", "%", "unit_from_name"),
        ("18.5", "项目总成本（≥**万元）", "money", "元", "unit_from_name"),
        ("≥200", "培训人数（人次）", "quantity", "人次", "unit_from_name"),
        ("5次", "培训人数（人次）", "quantity", "次", None),
        ("3", "项目数", "quantity", None, None),
        ("25", "路灯数量（盏，含旧灯）", "quantity", "盏", "unit_from_name"),
        ("30", "培训人数（年度）", "quantity", None, None),
        ("30", "使用年限（年）", "quantity", "年", "unit_from_name"),
        ("15", "宣传次数(A)", "quantity", None, None),
        ("15", "作业道长度(m)", "quantity", "米", "unit_from_name"),
        ("10.00", "补助总额（亿）", "money", "元", "unit_from_name"),
        ("≤620万/月", "人员经费", "money", "元/月", "unit_inferred"),
        ("854万", "项目投资", "money", "元", "unit_inferred"),
        ("854万", "受益人数", "quantity", None, None),
    ],
)
def test_a_missing_unit_comes_from_the_name_and_is_marked(
    text: str, name: str, kind: str, unit: str | None, note: str | None
) -> None:
    target = parse_target(text, name=name)
    assert (target.target_kind, target.unit) == (kind, unit)
    assert (note in target.notes) if note else not target.notes


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("250万", 2500000, 2500000),
        ("25.6万", 256000, 256000),
        ("≤30万", None, 300000),
        ("1.2亿", 12 * 10**7, 12 * 10**7),
    ],
)
@pytest.mark.parametrize("name", [None, "人员", "受益人数", "总成本"])
def test_a_bare_ten_thousand_in_a_cost_row_is_yuan(text: str, low: int, high: int, name: str | None) -> None:
    target = parse_target(text, name=name, level2_group="成本")
    assert (target.target_kind, target.value_low, target.value_high, target.unit) == ("money", low, high, "元")
    assert target.notes == ("unit_inferred",)


def test_the_level_gives_a_unit_to_nothing_but_a_bare_ten_thousand_in_a_cost_row() -> None:
    assert parse_target("250万", level2_group="数量").target_kind == "quantity"
    assert parse_target("250", name="人员", level2_group="成本").unit is None
    assert parse_target("250万人次", name="人员", level2_group="成本").unit == "万人次"
    assert parse_target("5%", level2_group="成本").target_kind == "percent"


def test_a_scale_in_the_name_counts_once() -> None:
    assert parse_target("≤10.00", name="补助总额（亿）").value_high == 10**9
    assert parse_target("3", name="受益人数（万）").value_low == 30000
    assert parse_target("3万", name="受益人数（万）").value_low == 30000
    assert parse_target("3万人", name="受益人数（万）").value_low == 3


@pytest.mark.parametrize("hint", ["年度", "A", "本年度"])
def test_a_heading_s_brackets_may_hold_no_unit(hint: str) -> None:
    assert parse_target("2", unit_hint=hint).unit is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("95%（上年93%）", "several_values"),
        ("≥24个，其中重点村5个", "several_values"),
        ("每村5万元，共12个村，合计60万元", "several_values"),
        ("至少五十六担子", "number_not_read"),
        ("辖区24个村覆盖率100%", "number_not_read"),
        ("7,00.0,77", "number_not_read"),
        ("150 000元", "number_not_read"),
        ("500元件", "number_not_read"),
        ("前10名", "number_not_read"),
        ("12月31日前完成率100%", "number_not_read"),
        ("≥95 %（20个）", "several_values"),
    ],
)
def test_a_text_with_an_unused_number_or_unit_never_becomes_a_number(text: str, note: str) -> None:
    target = parse_target(text, year=2023)
    assert (target.target_kind, target.value_low, target.value_high) == ("text", None, None)
    assert note in target.notes


@pytest.mark.parametrize("text", ["5名村干部", "2023年合格率95%", "3所学校", "一次验收合格率100%"])
def test_a_noun_or_the_year_beside_a_number_does_not_hide_it(text: str) -> None:
    assert parse_target(text, year=2023).value_low is not None


@pytest.mark.parametrize("text", ["公里", "≧ %", "≥", "元/人*月", "不低于%", "万元"])
def test_a_sign_or_unit_without_a_number_is_not_filled(text: str) -> None:
    target = parse_target(text)
    assert (target.target_kind, target.notes) == (None, ("filler",))


@pytest.mark.parametrize("text", ["完成", "达到", "突破", "全部"])
def test_a_word_that_also_compares_is_a_text(text: str) -> None:
    assert parse_target(text).target_kind == "text"


def test_a_hinted_unit_converts_the_value_once() -> None:
    assert parse_target("18.5", name="总成本（万元）").value_low == 185000
    assert parse_target("18.5", unit_hint="万元").value_low == 185000
    assert parse_target("18万", unit_hint="万元").value_low == 180000
    assert parse_target("18元", unit_hint="万元").value_low == 18


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("854万854万", "项目投资", "doubled_text"),
        ("292%", "群众满意度", "ge_read_as_2"),
        ("2280次", "任务完成率", "ge_read_as_2"),
        ("0", "培训次数", "zero_may_be_placeholder"),
        ("》95%", "合格率", "comparator_mistyped"),
        ("20次左右", "宣传次数", "approximate"),
        ("95%-85%", "合格率", "range_reversed"),
        ("28.40/株", "苗木单价", "unit_missing"),
        ("≥3大类", "服务种类", "unit_unknown"),
    ],
)
def test_a_suspicion_is_noted_and_nothing_is_repaired(text: str, name: str, note: str) -> None:
    target = parse_target(text, name=name)
    assert note in target.notes
    assert target.raw == text


def test_a_misread_sign_keeps_the_value_as_read() -> None:
    assert parse_target("292%", name="群众满意度").value_low == 292
    assert "ge_read_as_2" not in parse_target("292%", name="亩均产出").notes
    assert "ge_read_as_2" not in parse_target("≥292%", name="满意率").notes
    assert "ge_read_as_2" in parse_target("250%", name="群众满意度").notes
    assert "ge_read_as_2" not in parse_target("29%", name="群众满意度").notes


@pytest.mark.parametrize(
    ("text", "kind"), [("1899年", "quantity"), ("1900年", "date"), ("≥1901年", "date"), ("≥2101年", "quantity")]
)
def test_a_number_of_years_is_a_year_where_it_may_be_one(text: str, kind: str) -> None:
    assert parse_target(text).target_kind == kind


@given(
    st.text(
        alphabet="0123456789一二十百千万半.,-~至≥≤<>=%年月日季度底前以上内约每人个元/（）；。 \n成分块毛", max_size=16
    )
)
def test_any_text_gives_a_consistent_target(text: str) -> None:
    target = parse_target(text, year=2023)
    assert target.raw == text
    has_value = target.value_low is not None or target.value_high is not None
    assert has_value == (target.target_kind in ("percent", "quantity", "money"))
    if target.comparator == "between":
        assert target.value_low is not None and target.value_high is not None
        assert target.value_low <= target.value_high
    assert (target.grade is not None) == (target.target_kind == "grade")
    assert target.due_date is None or target.target_kind == "date"


@given(
    st.sampled_from(["≥", "≤", "不低于", "不超过", "<", "大于"]),
    st.decimals(0, 10**6, places=2, allow_nan=False),
    st.sampled_from(["%", "元", "万元/村", "人次", "公里", "个工作日"]),
    st.sampled_from(["", " ", "\u3000", "\n"]),
)
def test_blanks_between_the_parts_mean_nothing(sign: str, value: Decimal, unit: str, blank: str) -> None:
    assert shown(parse_target(f"{sign}{blank}{value}{blank}{unit}")) == shown(parse_target(f"{sign}{value}{unit}"))


@given(
    st.sampled_from(["", "≥", "不超过", "控制在", "±", "约", "每村", "人均≤", "达到"]),
    st.one_of(st.integers(0, 10**7).map("{:,}".format), st.decimals(0, 10**4, places=3, allow_nan=False).map(str)),
    st.sampled_from(
        [
            "",
            "%",
            "元",
            "万",
            "万元/村",
            "万人次",
            "千米",
            "‰",
            "成",
            "个月",
            "年半",
            "个半月",
            "余户",
            "分",
            "/株",
            "大类",
        ]
    ),
    st.sampled_from(["", "以上", "以内", "左右", "(含)以下", "(每村)", "起"]),
)
def test_what_is_remembered_of_the_words_around_a_number_fits_every_number(
    before: str, number: str, unit: str, after: str
) -> None:
    text = before + number + unit + after
    direct = read_measure(text, 0)
    assert read_whole_measure(text) == (direct if direct is not None and direct.end == len(text) else None)


def test_a_deadline_takes_the_fiscal_year() -> None:
    assert parse_target("12月底前", year=2024).due_date == date(2024, 12, 31)
