"""Forms that give each indicator a card of labels and values."""

from tests.transforms.grids import document
from transforms.filings import transform

CARD = [
    "指标{n}|<|<|<",
    "指标名称|{name}|目标值|{value}",
    "所属一级指标|{level1}|所属二级指标|{level2}",
    "指标说明|{what}|<|<",
]
HEAD = ["项目名称|渠道清淤|<|<", "预算金额|300,000元|<|<", "绩效目标|水流畅通|<|<"]
FACTS = [
    {"n": "1", "name": "清淤长度", "value": "≥5公里", "level1": "产出指标", "level2": "数量指标", "what": "按施工图"},
    {"n": "2", "name": "合格率", "value": "≥95%", "level1": "产出指标", "level2": "质量指标", "what": "监理评定"},
    {"n": "3", "name": "农户受益", "value": "明显", "level1": "效益指标", "level2": "社会效益指标", "what": "回访"},
]


def test_each_card_is_an_indicator() -> None:
    cards = [row.format(**facts) for facts in FACTS for row in CARD]
    records = transform(document("石桥镇2024年绩效目标卡片", [*HEAD, *cards], file_name="石桥镇2024.docx"))
    assert [(p.project_name, p.budget_yuan) for p in records.projects] == [("渠道清淤", 300000)]
    assert [(i.level1, i.level2, i.indicator_raw, i.target.raw, i.description) for i in records.indicators] == [
        (f["level1"], f["level2"], f["name"], f["value"], f["what"]) for f in FACTS
    ]
    assert records.unread_cells == () and records.doubts == ()
    assert [i.place.row_no for i in records.indicators] == [5, 9, 13]
    used = {(c.row_no, c.col_no): c.use for c in records.used_cells if c.indicator_no == 2}
    assert used == {(9, 2): "name", (9, 4): "value", (10, 2): "level1", (10, 4): "level2", (11, 2): "description"}


def test_a_card_without_a_value_keeps_its_place() -> None:
    facts = [*FACTS[:2], {**FACTS[2], "value": ""}]
    cards = [row.format(**one) for one in facts for row in CARD]
    records = transform(document("石桥镇2024年绩效目标卡片", [*HEAD, *cards], file_name="石桥镇2024.docx"))
    assert [i.indicator_raw for i in records.indicators] == [f["name"] for f in FACTS]
    assert records.indicators[2].target.target_kind is None


def test_a_grade_in_a_card_is_a_value_and_no_heading() -> None:
    facts = [*FACTS[:2], {**FACTS[2], "value": "优"}]
    cards = [row.format(**one) for one in facts for row in CARD]
    records = transform(document("石桥镇2024年绩效目标卡片", [*HEAD, *cards], file_name="石桥镇2024.docx"))
    assert [(i.indicator_raw, i.target.raw) for i in records.indicators][2] == ("农户受益", "优")
    assert records.unread_cells == ()
