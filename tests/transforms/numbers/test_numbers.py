from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.numbers.numbers import parse_number, read_number
from transforms.words.folding import fold

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")


def _below_ten_thousand(value: int) -> str:
    text, zero = "", False
    for mark, worth in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // worth % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + mark
            zero = False
        else:
            zero = True
    return text


def in_words(value: int) -> str:
    """Write a whole number below 10^12 as Chinese words, independently of the reader."""
    if value == 0:
        return "零"
    text = ""
    for mark, worth in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part = value // worth % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + _below_ten_thousand(part) + mark
        elif text and not text.endswith("零") and value % worth:
            text += "零"
    return text.replace("零零", "零")


@given(st.integers(0, 10**12 - 1))
def test_words_of_a_number_give_the_number(value: int) -> None:
    words = in_words(value)
    assert parse_number(words) == value
    assert parse_number(words.translate(_FORMAL)) == value


@given(st.integers(0, 10**12), st.integers(0, 9999))
def test_thousands_marks_and_full_width_digits_do_not_change_a_number(whole: int, fraction: int) -> None:
    text = f"{whole:,}.{fraction:04}"
    wide = text.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    expected = Decimal(f"{whole}.{fraction:04}")
    assert parse_number(text) == parse_number(fold(wide)) == expected


@given(st.decimals(0, 10**6, places=3, allow_nan=False), st.sampled_from(["万", "亿", "百万", "千万"]))
def test_a_decimal_before_a_scale_is_exact(value: Decimal, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7}[scale]
    assert parse_number(f"{value:f}{scale}") == value * factor


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十四", 24),
        ("廿五", 25),
        ("两千六", 2600),
        ("两千零六", 2006),
        ("三万五", 35000),
        ("一百二十万三", 1203000),
        ("2万5千", 25000),
        ("一亿零三百", 100000300),
        ("一千零一十", 1010),
        ("一七二〇", 1720),
        ("三点一四", "3.14"),
        ("一点五亿", 150000000),
        ("负三点八", "-3.8"),
        (".75", "0.75"),
        ("-.5", "-0.5"),
        (".75万", 7500),
        ("两个亿", 200000000),
        ("3千万亿", 3 * 10**15),
    ],
)
def test_reads(text: str, value: int | str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "10.1万零100",
        "10..1万",
        "零点",
        "点零",
        "负",
        "万",
        "百",
        "一百二三",
        "5两",
        "12,34",
        "一二百三",
        "9" * 60,
        "1 200",
        "150 000",
        "854 万",
        "1..5",
        "7,00.0,77",
    ],
)
def test_a_run_without_sense_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_half_a_run_is_never_read() -> None:
    assert read_number("10.1万零100元", 0) is None


@pytest.mark.parametrize(("text", "low", "high"), [("三五百", 300, 500), ("四五千", 4000, 5000), ("十七八", 17, 18)])
def test_neighbouring_digits_are_about(text: str, low: int, high: int) -> None:
    number = read_number(text, 0)
    assert number is not None
    assert (number.low, number.high, number.end) == (low, high, len(text))
