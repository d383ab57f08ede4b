import pytest

from transforms.forms.heads.inline import Pair, split_pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "项目名称：道路维修　　预算金额：30万元",
            [("project_name", "项目名称", "道路维修"), ("amount_total", "预算金额", "30万元")],
        ),
        (
            "项目2：环卫 清洁；预算数：1,200.00元",
            [("project_name", "项目2", "环卫 清洁"), ("amount_total", "预算数", "1,200.00元")],
        ),
        (
            "项目预算：5万元，其中财政拨款4万元",
            [("amount_total", "项目预算", "5万元"), ("amount_fiscal", "财政拨款", "4万元")],
        ),
        ("绩效目标：修路，其中财政资金20万元，养路", [("goal", "绩效目标", "修路，其中财政资金20万元，养路")]),
        (
            "项目1：道路维修预算金额：30万元",
            [("project_name", "项目1", "道路维修"), ("amount_total", "预算金额", "30万元")],
        ),
        ("其中：财政拨款：5万元", [("amount_fiscal", "财政拨款", "5万元")]),
        ("修路，预算金额：30万元", []),
        ("道路维修", []),
    ],
)
def test_a_text_is_split_where_the_next_label_begins(text: str, pairs: list[Pair]) -> None:
    assert split_pairs(text) == pairs
