from hypothesis import given
from hypothesis import strategies as st

from transforms.words.folding import fold, squash


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squash(squash(text)) == squash(text)


def test_look_alikes_become_one() -> None:
    assert fold("≧９５％—１００％") == "≥95%-100%"
    assert fold("﹥5（个）") == ">5(个)"
    assert fold("满\u200b意\ufeff度") == "满意度"
    assert fold("㎡㎞") == "m2km"
    assert fold("⼈") == "人"


def test_marks_that_are_no_digits_stay() -> None:
    assert fold("①②") == "①②"
    assert fold("5²") == "5²"
    assert fold("……") == "……"
    assert fold("《条例》") == "《条例》"
