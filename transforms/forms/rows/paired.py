"""Two columns under one heading: what is aimed at with what was reached (目标：≥5公里 完成：6公里), 分值/得分 with 10/9.5."""

import re
from dataclasses import replace

from transforms.forms.labels import find_header_role
from transforms.forms.rows.heading import Heading
from transforms.forms.rows.indicators import IndicatorRow
from transforms.targets.parse import parse_target

_BOTH = re.compile(
    r"^\s*(?:年度|年初|预期|绩效|计划|设定)?(?:目标|指标|计划)(?:值)?\s*[:：]\s*(?P<value>.*?)[\s;；,，。/／]*"
    r"(?:全年|年末|年终)?(?:实际)?(?:完成|实际|达成|实现)(?:值|情况)?\s*[:：]\s*(?P<actual>.*?)\s*$",
    re.DOTALL,
)
_SLASH = re.compile(r"[/／]")
_NUMBER = re.compile(r"\s*\d+(?:\.\d+)?\s*分?\s*")


def part_pairs(row: IndicatorRow, heading: Heading) -> IndicatorRow:
    """Part the texts of a row that are two columns' in one; both columns have the cell."""
    for role in ("value", "actual"):
        both = _BOTH.match(row.text(role))
        if both is not None:
            return _part_points(_give(row, role, {part: both.group(part) for part in ("value", "actual")}), heading)
        column = heading.column(role)
        if column is not None and _roles_of(column.heading) == ("value", "actual"):
            halves = _halves(row.text(role))
            if halves is not None:
                row = _give(row, role, dict(zip(("value", "actual"), halves, strict=True)))
    return _part_points(row, heading)


def _part_points(row: IndicatorRow, heading: Heading) -> IndicatorRow:
    for role in ("weight", "score"):
        column, parts = heading.column(role), _SLASH.split(row.text(role))
        numbers = len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts)
        if column is not None and numbers and _roles_of(column.heading) == ("weight", "score"):
            row = _give(row, role, dict(zip(("weight", "score"), parts, strict=True)))
    return row


def _give(row: IndicatorRow, role: str, texts: dict[str, str]) -> IndicatorRow:
    cells = {part: row.cells.get(role, []) for part in texts}
    fresh = row.fresh | set(texts) if role in row.fresh else row.fresh
    return replace(row, texts=row.texts | texts, cells=row.cells | cells, fresh=fresh, parts=[])


def _roles_of(heading: str) -> tuple[str | None, ...]:
    """Give the roles of a heading's two halves: 分值/得分 is weight and score."""
    return tuple(find_header_role(part) for part in _SLASH.split(heading))


def _halves(text: str) -> tuple[str, str] | None:
    """Part a text at the one slash with a measure on both sides: ≥6元/个/5.8元/个; None where none or several are."""
    found = [
        (text[: one.start()].strip(), text[one.end() :].strip())
        for one in _SLASH.finditer(text)
        if all(_is_whole(half) for half in (text[: one.start()], text[one.end() :]))
    ]
    return found[0] if len(found) == 1 else None


def _is_whole(text: str) -> bool:
    target = parse_target(text.strip())
    return target.target_kind not in (None, "text") and "leftover" not in target.notes
