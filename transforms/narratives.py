"""The text part of a filing: overall goal, numbered goals with their indicators, safeguards."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.document import Grid, Paragraph
from transforms.records import NarrativeGoal, Place
from transforms.targets.prose import find_target

_BOOKMARK = re.compile(r"^\s*\[bookmark:[^\]]*\]\s*")
_CHAPTER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}[、.．])\s*(.{2,30}?)\s*[。：:]?\s*$"
)
_PART = re.compile(r"^第[一二三四五六七八九十]+部分$")
_ITEM = re.compile(r"^\s*[（(]\s*(?:[一二三四五六七八九十]{1,4}|\d{1,2})\s*[)）]\s*[、.．]?\s*(.+)$", re.DOTALL)
_DIGIT_ITEM = re.compile(r"^\s*\d{1,2}\s*[、.．]\s*(?!\d)(.+)$", re.DOTALL)
_GOAL_LABEL = re.compile(r"^\s*(?:绩效目标|工作目标|目标)\s*[:：]\s*")
_INDICATOR_LABEL = re.compile(r"^\s*(?:绩效指标|考核指标|指标)\s*[:：]\s*")
_SECTIONS = (
    ("safeguard", re.compile(r"保障措施|工作措施|实现.*目标.*措施|工作保障")),
    ("goal", re.compile(r"分项.*(?:绩效)?目标|职责.*(?:绩效)?目标|分项绩效|具体绩效目标|部门职责及工作活动")),
    ("overall", re.compile(r"总体(?:绩效)?目标|总体.*绩效目标|年度总目标")),
)
LONGEST_NUMBERED_GOAL = 30
"""A goal's heading behind "1." is short; a longer line is a numbered sentence of the goal's own text."""
_TITLE_END = re.compile(r"[。.；;：:]")


@dataclass(slots=True)
class _Item:
    section: str
    title: str
    place: Place
    goal: list[str] = field(default_factory=list)
    indicator: list[str] = field(default_factory=list)
    last: str = "goal"


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the text part says; empty where a filing has none."""

    overall_goal: str | None
    goals: tuple[NarrativeGoal, ...]


def read_narrative(blocks: Sequence[Paragraph | Grid], year: int | None) -> Narrative:
    """Read the paragraphs that stand outside the tables, in order; place.row_no is the paragraph's number from 1.

    A chapter ends at the next chapter, part (第二部分) or table.
    """
    section: str | None = None
    overall: list[str] = []
    items: list[_Item] = []
    number = 0
    for paragraph in blocks:
        if isinstance(paragraph, Grid):
            section = None
            continue
        number += 1
        text = _BOOKMARK.sub("", paragraph.text).strip()
        if not text:
            continue
        if _PART.match(text):
            section = None
            continue
        chapter = _CHAPTER.match(text)
        if chapter is not None and not _GOAL_LABEL.match(text):
            section = next((name for name, words in _SECTIONS if words.search(chapter.group(1))), None)
            continue
        if section == "overall":
            overall.append(text)
        elif section is not None:
            _read_item(text, section, Place(paragraph.page, 0, number), items)
    return Narrative("\n".join(overall) or None, tuple(_records(items, year)))


def _read_item(text: str, section: str, place: Place, items: list[_Item]) -> None:
    found = _ITEM.match(text)
    if found is None and section == "goal" and not _GOAL_LABEL.match(text) and not _INDICATOR_LABEL.match(text):
        short = _DIGIT_ITEM.match(text)
        found = short if short and len(short.group(1)) <= LONGEST_NUMBERED_GOAL else None
    if found is not None:
        title, rest = _split_title(found.group(1), section)
        items.append(_Item(section, title, place, [rest] if rest else []))
    elif items and items[-1].section == section:
        _add_text(items[-1], text)


def _split_title(text: str, section: str) -> tuple[str, str]:
    """Split "完善制度建设。提高机关干部…" at the first full stop; a goal's line is its title alone."""
    end = _TITLE_END.search(text)
    if end is None:
        return text.strip(), ""
    title, rest = text[: end.start()].strip(), text[end.end() :].strip()
    return title, rest


def _add_text(item: _Item, text: str) -> None:
    if _GOAL_LABEL.match(text):
        item.last = "goal"
        item.goal.append(_GOAL_LABEL.sub("", text))
    elif _INDICATOR_LABEL.match(text):
        item.last = "indicator"
        item.indicator.append(_INDICATOR_LABEL.sub("", text))
    else:
        (item.goal if item.last == "goal" else item.indicator).append(text)


def _records(items: Sequence[_Item], year: int | None) -> list[NarrativeGoal]:
    numbers = {"goal": 0, "safeguard": 0}
    records = []
    for item in items:
        numbers[item.section] += 1
        indicator = "\n".join(item.indicator) or None
        target = find_target(indicator, year=year) if indicator else None
        goal = "\n".join(item.goal) or None
        number = numbers[item.section]
        records.append(NarrativeGoal(item.section, number, item.title, goal, indicator, target, item.place))
    return records
