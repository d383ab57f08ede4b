import pytest

from tests.transforms.grids import document
from transforms.filings import transform

FORM = ["项目名称|绿化|<|<|<"]


def kind(title: str, heading: str, row: str = "产出指标|数量指标|新栽行道树|≥40棵|20棵") -> str:
    return transform(document(title, [*FORM, heading, row, row.replace("新栽", "补栽")])).filing.doc_kind


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("2024年度项目支出绩效目标表", "一级指标|二级指标|三级指标|指标值|备注", "targets"),
        ("2024年度项目支出绩效自评表", "一级指标|二级指标|三级指标|指标值|实际完成值", "self_evaluation"),
        ("2024年度项目绩效运行监控表", "一级指标|二级指标|三级指标|年度指标值|1-8月执行情况", "monitoring"),
        ("2024年度项目支出情况", "一级指标|二级指标|三级指标|年度指标值|1-8月执行情况", "monitoring"),
        ("2024年度绩效执行监控表", "一级指标|二级指标|三级指标|年度指标值|实际完成值", "monitoring"),
        ("2024年度项目绩效目标调整申请表", "一级指标|二级指标|三级指标|调整后指标值|调整原因", "adjustment"),
        ("2024年度项目绩效监控和自评表", "一级指标|二级指标|三级指标|指标值|实际完成值", "self_evaluation"),
    ],
)
def test_the_kind_of_a_filing(title: str, heading: str, expected: str) -> None:
    assert kind(title, heading) == expected


def test_a_change_s_target_is_what_holds_from_now_on() -> None:
    rows = [
        "项目名称|绿化|<|<|<",
        "一级指标|二级指标|三级指标|调整前指标值|调整后指标值",
        "产出指标|数量指标|新栽行道树|≥40棵|≥30棵",
        "产出指标|质量指标|成活率|≥90%|≥90%",
    ]
    records = transform(document("2024年度项目绩效目标调整表", rows))
    assert [i.target.raw for i in records.indicators] == ["≥30棵", "≥90%"]
    assert records.unread_cells == ()
