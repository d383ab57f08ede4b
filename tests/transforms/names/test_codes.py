"""Project codes: parts, faults, check character."""

import pytest

from transforms.names.codes import check_character, read_project_code

FILED = [
    "13020823P00000310006D",
    "13020823P000008100081",
    "13020823P00004810009H",
    "13020823P00005210007F",
    "13020823P00000510006Q",
    "13020823P00000710008B",
    "13020823P00004910010J",
    "13020823P000009100073",
]


@pytest.mark.parametrize("text", FILED)
def test_the_check_character_fits_every_code_of_the_real_filing(text: str) -> None:
    code = read_project_code(text)
    assert code is not None
    assert (code.division_code, code.year, code.letter, code.faults) == ("130208", 2023, "P", ())
    assert code.check_matches is True


def test_one_wrong_sign_or_two_swapped_ones_do_not_fit() -> None:
    for text in ("13020823P00000310007D", "13020823P00003010006D", "13020824P00000310006D"):
        code = read_project_code(text)
        assert code is not None
        assert code.check_matches is False


def test_the_parts() -> None:
    code = read_project_code(" １３０２０８23p000003\n10006d ")
    assert code is not None
    assert (code.serial, code.suffix, code.check) == ("000003", "10006", "D")


@pytest.mark.parametrize(
    ("text", "faults", "division"),
    [
        ("13020823P0000031000", ("length",), "130208"),
        ("13020823P00000310006D9", ("length",), "130208"),
        ("1302O823P00000310006D", ("form",), None),
        ("99020823P00000310006D", ("division",), None),
        ("13020899P00000310006D", ("year",), "130208"),
        ("51112323T000000012345", (), "511123"),
    ],
)
def test_faults(text: str, faults: tuple[str, ...], division: str | None) -> None:
    code = read_project_code(text)
    assert code is not None
    assert (code.faults, code.division_code) == (faults, division)


def test_other_letters_have_no_known_check_rule() -> None:
    code = read_project_code("51112323T000000012345")
    assert code is not None
    assert code.check_matches is None


@pytest.mark.parametrize("text", ["", "无", "/", "待定", "2023"])
def test_texts_without_a_code(text: str) -> None:
    assert read_project_code(text) is None


def test_signs_outside_the_alphabet_have_no_check_character() -> None:
    assert check_character("13020823I00000310006") is None


def test_fewer_digits_than_a_divisions_code_are_no_code() -> None:
    assert read_project_code("13020") is None
    broken = read_project_code("130208")
    assert broken is not None and broken.faults == ("length",)
