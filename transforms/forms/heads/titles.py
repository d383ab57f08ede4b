"""Lines above a form: the project's title, the unit with its code, the money unit."""

import re

from transforms.names.levels import read_level1, read_level2
from transforms.names.townships import find_township_in, read_unit_line
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
_SECTION = re.compile(
    r"(?:项目|部门|单位|资金|预算|绩效|年度|总体|基本|主要|实施|组织|工作|自评|评价|存在|有关|其他|保障|支出|整体|安排|的|及|和|与)*"
    r"(?:情况|概况|目标|指标|内容|依据|措施|说明|安排|计划|职责|职能|信息|问题|建议|分析|结论|简介|结果|要求)"
)
"""A filing's own parts, which are numbered as projects are: 二、项目概况, （三）绩效指标."""
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
    if not name or len(name) > LONGEST_PROJECT or name.endswith(("。", "；", "，", "：", ":")):
        return None
    if _is_part(name, bare):
        return None
    return name if numbered and re.search(r"[\u4e00-\u9fff]", name) else None


def bare_title(line: str) -> str | None:
    """Give the project name in a form's title without a number: "2024年道路维修项目绩效目标表"; None for other lines.

    What stands before the year names the filer; a title that says no more than 项目支出 or the filer's name has none. A
    number in brackets may head a project as well as a point of its description: （一）道路维修项目, （5）起止时间：2021-2023.
    """
    if (listed := _LISTED.match(line.strip())) is not None:
        return None if _is_part(listed.group(1), listed.group(1)) else listed.group(1).strip()
    title = _FORM_TITLE.match(squash(line))
    name = _BEFORE_YEAR.sub("", title.group(1)) if title is not None and len(title.group()) <= LONGEST_TITLE else ""
    if len(_GENERIC.sub("", name)) < _SHORTEST_PROJECT or find_township_in(name) is not None:
        return None
    unit = read_unit_line(name)
    return None if unit is not None or _is_part(name, name) else name


def _is_part(name: str, whole: str) -> bool:
    """Tell whether a title is a level's or names a part of the filing, and so no project."""
    return bool(read_level1(name) or read_level2(name) or _SECTION.fullmatch(name) or _SECTION.fullmatch(whole))


_LISTED = re.compile(r"[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s*[)）]\s*([^:：，。；]{2,30})$")


_FORM_TITLE = re.compile(r"([\u4e00-\u9fff0-9A-Za-z():、“”]+?)(?:支出)?绩效目标(?:申报|批复|自评)?(?:表|情况表)?$")
_BEFORE_YEAR = re.compile(r"^(?:附件\d*[:：]?)?.*?20\d\d年(?:度)?|^附件\d*[:：]?")
_GENERIC = re.compile(
    r"项目|支出|部门|单位|整体|预算|专项|资金|财政|县级|镇级|本级|年度|区域|转移(?:支付)?|中央|对|地方|第.部分|政府|人民|[省市县区镇乡]|(?:延续|新增|重点|其他)性?|和|及|与|的|[()]"
)
_SHORTEST_PROJECT = 2
"""Characters that name a project beside the words that every form's title has."""


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
