"""Personal data in texts: numbers and names are hidden, amounts and codes are not. All of it is invented."""

import pytest

from transforms.words.personal import HIDDEN, hide_contact, hide_personal


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("联系13900001234办理", f"联系{HIDDEN}办理"),
        ("咨询 139-0000-1234。", f"咨询 {HIDDEN}。"),
        ("+8613900001234", HIDDEN),
        ("办公室0315-1234567", f"办公室{HIDDEN}"),
        ("电话：1234567", f"电话：{HIDDEN}"),
        ("身份证130000199001011234", f"身份证{HIDDEN}"),
        ("身份证13000019900101123X，户主", f"身份证{HIDDEN}，户主"),
        ("填报人：甲乙丙 日期：2023年1月", f"填报人：{HIDDEN} 日期：2023年1月"),
    ],
)
def test_numbers_and_names_are_hidden(text: str, hidden: str) -> None:
    assert hide_personal(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        *("13900001234元", "补助资金13900001234.50元", "13900001234 万元", "≥24个", "2023年12月31日", "18000000000个"),
        *("13090023P00011310001X", "130900231310000113100", "冀财预〔2023〕139号", "1390000123", "139000012345"),
        *("负责人：由各村负责组织实施", "13.90001234"),
    ],
)
def test_amounts_codes_and_sentences_are_left(text: str) -> None:
    assert hide_personal(text) == text


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        *(("甲乙丙", HIDDEN), ("联系人：甲乙丙", f"联系人：{HIDDEN}"), ("12345678", HIDDEN)),
        *(("联系人", "联系人"), ("项目负责人及联系电话：", "项目负责人及联系电话："), ("", "")),
    ],
)
def test_a_contacts_cell_keeps_its_label_only(text: str, hidden: str) -> None:
    assert hide_contact(text) == hidden
