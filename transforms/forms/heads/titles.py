"""Lines above a form: the project's title, the unit with its code, the money unit."""

import re

from transforms.numbers.money import find_money_unit
from transforms.words.folding import squash

LONGEST_NOTE = 60
"""Characters, without blanks, of a line that notes a unit; gaps part it from the filer's name and a date."""

LONGEST_TITLE = 40
"""Characters of a form's or document's title: a line or two of print; what is longer is a sentence."""

LONGEST_PROJECT = 60
"""Characters of a project's name in a numbered title; what is longer is a paragraph that begins with a number."""

LONGEST_FILER = 40
"""Characters of a filer's name with its code: a department's full name with those of its county and province has 30."""

_TITLE_NUMBER = re.compile(
    r"^\s*(?:\[bookmark:[^\]]*\]\s*)?(?:[（(]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s*[)）]?\s*[.、．:：]\s*)"
)
_PART = re.compile(r"^[子分]项目\s*(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s*[:：、.．]\s*(\S.{1,70})$")
"""A title that numbers a programme's parts: 子项目一：渠道清淤."""
_SUM_AT_END = re.compile(
    r"^(.{2,60}?)\s*[（(]\s*(?:预算|资金|金额|安排|总额)*\s*[:：]?\s*(\d[\d,]*(?:\.\d+)?\s*[百千万亿]*元)\s*[)）]$"
)
_CONTENTS_LINE = re.compile(r"[.．…·‥]{3,}\s*\d*$|\t\d+$")
_TITLE_END = re.compile(r"(?:项目)?(?:支出)?(?:部门预算)?绩效(?:目标)?(?:自评|申报|批复)?(?:情况)?表?$")


def project_title(line: str) -> str | None:
    """Give the project name in a title line ("3.财政所经费绩效目标表"); None for other lines."""
    text = line.strip()
    if _CONTENTS_LINE.search(text):
        return None
    numbered = _TITLE_NUMBER.match(text)
    if (part := _PART.match(text)) is not None:
        return part.group(1).strip()
    bare = _TITLE_NUMBER.sub("", text).strip()
    name = _TITLE_END.sub("", bare).strip()
    if not name or len(name) > LONGEST_PROJECT or name.endswith(("。", "；", "，")):
        return None
    return name if numbered and re.search(r"[\u4e00-\u9fff]", name) else None


def split_title_sum(title: str) -> tuple[str, str | None]:
    """Split a sum in the brackets at the end of a project's title: "渠道清淤（29.79万元）"; None where there is none."""
    found = _SUM_AT_END.match(title)
    return (found.group(1).strip(), found.group(2)) if found is not None else (title, None)


def unit_line(line: str) -> str | None:
    """Give the unit of a line above a table: coded ("482001…人民政府本级 单位：万元") or behind a label ("填报单位：…").

    What follows behind a gap or another label (单位：万元, 填报日期：, a person) is no part of the name.
    """
    labelled = _UNIT_LABEL.match(line.strip())
    if labelled is not None:
        name = plain_unit(labelled.group(1))
        return name if name and find_money_unit(f"单位：{name}") is None and len(name) <= LONGEST_FILER else None
    text = re.split(r"(?:金额)?单位\s*[:：]", line.strip())[0].strip()
    coded = re.match(r"^[(（\[]?\d{3,9}[)）\]]?-?[\u4e00-\u9fff]", text)
    return text if coded and len(text) <= LONGEST_FILER else None


def plain_unit(text: str) -> str:
    """Give a unit's name without what else its cell holds: a person, a telephone, a date, a seal."""
    return _NAME_ENDS.split(text.strip())[0].strip()


_UNIT_LABEL = re.compile(
    r"^(?:填报|填表|编制|申报|报送|预算|项目|主管)?(?:单位|部门)(?:名称)?\s*(?:[(（][^()（）]{0,6}[)）])?\s*[:：]\s*(\S.*)$"
)
_NAME_ENDS = re.compile(
    r"\s{2,}|\t|　|\s*(?:金额)?单位\s*[:：]|\s*[填联负经报][\u4e00-\u9fff]{1,4}\s*[:：]|[(（](?:盖章|公章)[)）]"
)


def note_unit(line: str) -> str | None:
    """Give the money unit that a note line states ("单位：万元"); None for other lines."""
    return find_money_unit(line) if "单位" in line and len(squash(line)) <= LONGEST_NOTE else None
