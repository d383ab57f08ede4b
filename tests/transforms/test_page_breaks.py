from grids import grid

from transforms.page_breaks import heal_head, join_cut_text


def texts(rows: list[str], start: int) -> list[list[str | None]]:
    return heal_head(grid(rows, page_starts=(start,))).rows()


def test_a_value_that_goes_on_on_the_next_page_is_joined() -> None:
    rows = ["项目名称|道路维修", "年度总体目标|1.修路，方便", "|群众出行", "预算数|5"]
    assert texts(rows, 2)[1] == ["年度总体目标", "1.修路，方便群众出行"]
    assert texts(rows, 2)[2] == ["", ""]


def test_a_label_that_the_break_cut_is_joined_with_its_value() -> None:
    assert texts(["项目名称|道路维修", "年度总体目|1.修路", "标|2.养路"], 2)[1] == ["年度总体目标", "1.修路\n2.养路"]


def test_a_cut_label_leaves_the_rows_beside_it_apart() -> None:
    rows = ["资金支出计划|3月底|6月底", "（%）|25%|100%"]
    assert texts(rows, 1) == [["资金支出计划（%）", "3月底", "6月底"], ["", "25%", "100%"]]


def test_rows_of_their_own_are_left_alone() -> None:
    rows = ["项目名称|道路维修", "年度总体目标|修路", "预算数|5"]
    assert heal_head(grid(rows, page_starts=(2,))) == grid(rows, page_starts=(2,))


def test_numbered_items_stay_on_their_own_line() -> None:
    assert join_cut_text("1.修路", "2.养路") == "1.修路\n2.养路"
    assert join_cut_text("1.修", "路") == "1.修路"
