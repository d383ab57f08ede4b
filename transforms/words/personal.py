"""What is personal in a text: telephone and identity numbers anywhere, names behind words like 联系人."""

import re
from collections.abc import Iterator

HIDDEN = "［已隐去］"
"""What stands in the place of something personal."""

_UNITS = r"(?!\s*(?:[元万亿个名户件次份亩吨米年%％]|平方|公里|人次))"
"""A number of eleven digits before a unit is an amount; telephones have none."""

_NUMBERS = re.compile(
    r"(?<![\d.A-Za-z])(?:"
    r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXxＸ]"  # identity, 18 characters
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}" + _UNITS + r"|0\d{2,3}[-—－ ]\d{7,8}" + _UNITS + r")(?![\d.]*\d)"
)
_CALLED = re.compile(r"(?:电话|手机|联系方式|座机)(?:号码?)?\s*[:：]?\s*(\d[\d\- 　]{5,}\d)")
_NAMED = re.compile(
    r"(?:负责人|联系人|经办人|填报人|填表人|制表人|审核人|复核人|分管领导)(?:姓名|签[字章名])?[^:：\n]{0,6}[:：]\s*"
    r"([\u4e00-\u9fff·]{2,4})(?![\u4e00-\u9fff])"
)
_LABEL = re.compile(
    r"(?:项目|单位|部门)?(?:负责人|联系人|经办人|填报人|填表人|制表人|审核人|复核人|分管领导|联系电话|联系方式|电话|手机|"
    r"身份证号?码?|姓名)(?:[及和、/]?(?:联系)?(?:电话|手机|方式))?(?:号码?)?\s*[:：]?\s*"
)


def find_personal(text: str) -> Iterator[tuple[int, int]]:
    """Yield where something personal stands in a text, as (start, end)."""
    for match in _NUMBERS.finditer(text):
        yield match.span()
    for pattern in (_CALLED, _NAMED):
        for match in pattern.finditer(text):
            yield match.span(1)


def hide_personal(text: str) -> str:
    """Give a text with what is personal hidden; any other text as it is."""
    hidden = text
    for start, end in sorted(set(find_personal(text)), reverse=True):
        hidden = hidden[:start] + HIDDEN + hidden[end:]
    return hidden


def hide_contact(text: str) -> str:
    """Give the text of a cell that holds somebody's name or number: its label stays, the rest is hidden."""
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    return text if not rest.strip() else (label[0] if label else "") + HIDDEN
