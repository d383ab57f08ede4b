import pytest

from transforms.names.indicators import name_indicator
from transforms.names.wording import _cut_brackets, _key


def _name(level2: str, raw: str, unit_family: str) -> str:
    return name_indicator(None, level2, raw, unit_family).indicator


@pytest.mark.parametrize(
    ("level2", "unit_family", "one", "other"),
    [
        ("数量指标", "count:人", "网格员人数", "网格员数量"),
        ("数量指标", "count:人", "农民培训人数", "培训农民人数"),
        ("数量指标", "count:人", "特困供养人数", "特困人员人数"),
        ("数量指标", "count:户", "改厕户数", "厕所改造户数"),
        ("数量指标", "count:户", "走访慰问贫困户户数", "慰问贫困户数"),
        ("数量指标", "count:次", "环境整治行动次数", "开展环境整治次数"),
        ("数量指标", "count:次", "巡河次数", "河道巡查次数"),
        ("数量指标", "length", "渠道维修公里数", "维修渠道里程"),
        ("数量指标", "count:场", "电影放映场次", "放映电影场次"),
        ("数量指标", "weight", "垃圾清运量", "清运垃圾吨数"),
        ("质量指标", "percent", "设备正常运行率", "设备正常运转率"),
        ("质量指标", "percent", "验收合格率%", "验收合格率"),
        ("质量指标", "percent", "工程质量情况", "工程质量"),
        ("时效指标", "percent", "养老金按时发放率", "养老金发放及时率"),
        ("时效指标", "percent", "材料报送及时率", "材料上报及时率"),
        ("时效指标", "percent", "补助款发放及时率", "补助资金发放及时率"),
        ("时效指标", "percent", "项目（工程）完成及时率（≥**%）", "项目完成及时率"),
        ("成本指标", "money", "党建工作经费", "党建经费"),
        ("成本指标", "money", "差旅费用", "差旅费"),
        ("成本指标", "money", "设备采购费", "采购设备费用"),
        ("成本指标", "money", "保洁员工资标准", "保洁员工资"),
        ("社会效益指标", "text", "群众生产生活条件改善状况", "改善群众生产生活条件"),
        ("社会效益指标", "text", "提升政府公信力", "提高政府公信力"),
        ("可持续影响指标", "text", "长效机制建立情况", "建立长效机制"),
        ("服务对象满意度指标", "percent", "服务对象满意度指标", "服务对象满意度"),
    ],
)
def test_wordings_of_one_indicator(level2: str, unit_family: str, one: str, other: str) -> None:
    assert _name(level2, one, unit_family) == _name(level2, other, unit_family)


@pytest.mark.parametrize(
    ("level2", "unit_family", "one", "other"),
    [
        ("数量指标", "count:个", "新建文化广场数", "新建文化广场场次"),
        ("数量指标", "count:人", "护林员人数", "保洁员人数"),
        ("数量指标", "count:人", "发展党员人数", "党员人数"),
        ("数量指标", "length", "渠道维修里程", "渠道新建里程"),
        ("数量指标", "count:人", "医疗救助人数", "医疗救助人次"),
        ("质量指标", "percent", "设备正常运转率", "设备完好率"),
        ("质量指标", "percent", "隐患排查率", "隐患整改率"),
        ("时效指标", "percent", "补贴足额发放率", "补贴及时发放率"),
        ("时效指标", "percent", "工程按期开工率", "工程按期完工率"),
        ("时效指标", "percent", "资金发放及时率", "补贴发放及时率"),
        ("时效指标", "percent", "项目按时完成率", "任务按时完成率"),
        ("成本指标", "money", "设备维修费", "设备采购费"),
        ("成本指标", "money", "保洁员工资", "护林员工资标准"),
        ("成本指标", "money", "会议费用", "会议成本"),
        ("可持续影响指标", "text", "建立长效机制", "建立监管机制"),
        ("服务对象满意度指标", "percent", "学员满意度", "群众满意度"),
    ],
)
def test_wordings_that_stay_apart(level2: str, unit_family: str, one: str, other: str) -> None:
    assert _name(level2, one, unit_family) != _name(level2, other, unit_family)


def test_a_name_that_is_only_a_word_of_the_rules_stays() -> None:
    assert _name("数量指标", "活动次数", "count:次") == "活动次数"
    assert _name("成本指标", "工作经费", "money") == "工作经费"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("垃圾清运(吨)道路养护", ["垃圾清运", "道路养护"]),
        ("垃圾清运(吨)道路长", ["垃圾清运道路长"]),
        ("垃圾量(吨)道路养护", ["垃圾量道路养护"]),
    ],
)
def test_two_names_are_glued_where_both_are_longer_than_a_scrap(text: str, pieces: list[str]) -> None:
    assert _cut_brackets(text) == (pieces, "吨")


@pytest.mark.parametrize(
    ("text", "group", "key"),
    [
        ("合格率合格率", "质量", "合格率"),
        ("天好天好", "质量", "天好天好"),
        ("组织培训场次", "数量", "培训场次"),
        ("组织培训会", "数量", "组织培训会"),
    ],
)
def test_a_double_and_a_lead_go_where_a_name_is_left(text: str, group: str, key: str) -> None:
    assert _key(text, group) == key
