import pytest

from transforms.targets.choices import find_choices
from transforms.targets.parse import parse_target


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("☑优 □良", ("优",)),
        ("□优☑良□中", ("良",)),
        ("优□ 良√ 中□", ("良",)),
        ("■合格 □不合格", ("合格",)),
        ("☒是 ☐否", ("是",)),
        ("●优 ○良", ("优",)),
        ("□优 □良", ()),
        ("☑优 ☑良", ("优", "良")),
        ("√优", ("优",)),
    ],
)
def test_the_ticked_answers(text: str, chosen: tuple[str, ...]) -> None:
    assert find_choices(text) == chosen


@pytest.mark.parametrize(
    "text",
    ["优", "●加强管理", "√", "□", "○", "12□", "●完善基础设施建设，改善人居环境 ○提升服务能力水平和群众满意度"],
)
def test_a_mark_in_other_texts_is_no_box(text: str) -> None:
    assert find_choices(text) is None


def test_the_ticked_answer_is_read_like_any_text() -> None:
    assert parse_target("□≥90% ☑≥95%").value_low == 95
    assert parse_target("☑优 □良").raw == "☑优 □良"
    assert (parse_target("□优 □良").target_kind, parse_target("□优 □良").notes) == (None, ("filler",))
    assert (parse_target("☑优 ☑良").target_kind, parse_target("☑优 ☑良").notes) == ("text", ("several_choices",))
