"""On each side of the counts and lengths that decide whether a row, a label or a heading is one."""

import pytest

from tests.transforms.grids import document, grid
from transforms.filings import transform
from transforms.forms.bounds import opens_head
from transforms.forms.labels import find_header_role
from transforms.forms.rows.bare import find_bare_heading
from transforms.forms.rows.columns import find_heading

HEAD = [
    "项目名称|道路维修|项目编码|13020823P00000310006D",
    "预算单位|青山县石桥镇人民政府|预算金额（万元）|5",
    "绩效目标|修路|<|<",
]
TOP = "一级指标|二级指标|三级指标|指标值|指标值确定依据"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("二级目录", "level2"),
        ("年度二级目录", "level2"),
        ("年度绩效二级目录", "level2"),
        ("年度绩效项目二级目录", None),
    ],
)
def test_a_label_bears_two_words_before_it_that_say_of_when(text: str, role: str | None) -> None:
    assert find_header_role(text) == role


@pytest.mark.parametrize(
    ("text", "opens"), [("支持项目名称", True), ("乡镇支持项目名称", False), ("该支持项目名称", False)]
)
def test_the_name_label_of_a_head_begins_its_cell(text: str, opens: bool) -> None:
    assert opens_head(grid([text]), range(1)) is opens


@pytest.mark.parametrize(("others", "is_heading"), [(2, True), (3, False)])
def test_known_headings_must_make_up_most_of_the_row(others: int, is_heading: bool) -> None:
    """Three known headings bear two unknown ones beside them, but not three: that is a row of values."""
    row = "|".join(["一级指标", "指标值", "三级指标", *"甲乙丙"[:others]])
    below = "|".join(["产出指标", "≥5次", "采购次数", *"子丑寅"[:others]])
    assert (find_heading(grid([row, below]), 0) is not None) is is_heading


def test_columns_of_a_table_without_a_heading_are_named_from_left_to_right() -> None:
    rows = [
        "绩效指标|产出指标|数量指标|修路里程|≥5公里",
        "^|^|质量指标|合格率|≥95%",
        "^|效益指标|社会效益指标|出行条件|明显提升",
        "^|^|生态效益指标|扬尘天数|≤5天",
    ]
    heading = find_bare_heading(grid(rows))
    assert heading is not None
    assert [column.role for column in heading.columns] == ["side", "level1", "level2", "name", "value"]
    assert [column.start for column in heading.columns] == [0, 1, 2, 3, 4]


def test_only_the_first_row_of_a_table_that_goes_on_may_be_the_rest_of_a_row() -> None:
    """Below it, a row without a name is a row without a name: to join it would change two targets silently."""
    first = grid([TOP, "产出指标|数量指标|修路里程|≥5公里|计划标准"], table_no=2)
    rest = ["效益指标|社会效益指标|来访群众满意率|≥95%|计划标准", "||群众出行|明显提升|", "|||逐步提升|"]
    records = transform(document(HEAD, first, grid(rest, table_no=3)))
    assert [indicator.target.raw for indicator in records.indicators] == ["≥5公里", "≥95%", "明显提升", "逐步提升"]


def test_a_level_stays_known_where_what_the_page_break_added_makes_it_no_other() -> None:
    rows = [
        TOP,
        "产出指标|数量指标|修路里程|≥5公里|计划标准",
        "效益指标|社会效益指标|来访群众满意率|≥95%|计划标准",
        "|等|群众出行|明显提升|计划标准",
    ]
    records = transform(document(HEAD, grid(rows, table_no=2, page_starts=(3,))))
    assert [indicator.level2_group for indicator in records.indicators] == ["数量", "社会效益", "社会效益"]
