"""Several indicators in one cell: numbered names beside numbered values, or names with their targets behind them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.forms.labels import label_key
from transforms.forms.rows.columns import PROJECT_ROLES
from transforms.forms.rows.indicators import IndicatorRow
from transforms.names.levels import infer_level1, read_level1, read_level2
from transforms.numbers.units import unit_family
from transforms.objectives import split_objectives
from transforms.records import MEASURED_KINDS
from transforms.targets.named import split_named_target
from transforms.targets.parse import parse_target

_INDICATOR_NUMBER = re.compile(r"指标\s*(\d{1,2})\s*[:：.、．]\s*")
_NUMBERED = re.compile(r"^\s*(?:[（(]?\d{1,2}\s*(?:[、．)）:：]|\.(?!\d))|[①-⑳])")
_PARTS = re.compile(r"[\n；;]+")
_NAMED = re.compile(r"^([^:：\n]{2,40})[:：]\s*(.+)$", re.DOTALL)
_SHARED_ROLES = frozenset({"level1", "level2", "basis", "description", "remark"}) | PROJECT_ROLES


def part_rows(row: IndicatorRow, measure: str) -> Iterator[IndicatorRow]:
    """Yield the indicators of a row: itself, or one row for each item of its cells."""
    for part in _parts(row, measure):
        yield _take_level(part)


def _parts(row: IndicatorRow, measure: str) -> Iterator[IndicatorRow]:
    if row.items:
        yield from _part_columns(row)
    elif row.text("name_value"):
        items = [split_named_target(item) for item in _named_items(row.text("name_value"))]
        yield from _rows_of(row, items, "name_value", measure)
    else:
        names = _numbered_items(row.text("name"))
        values = _values_of(row.text(measure), len(names)) if names else []
        if not values:
            names, values = _parallel_lines(row.text("name"), row.text(measure))
        pairs = list(zip(names, values, strict=True)) if values else []
        yield from _rows_of(row, pairs, "name", measure) if len(pairs) > 1 else (row,)


def _take_level(row: IndicatorRow) -> IndicatorRow:
    """Take a level 2 written before the name ("数量指标：修路里程") where no column gives one."""
    named = _NAMED.match(row.text("name"))
    if (
        named is None
        or row.text("level2")
        or label_key(named.group(1))[-2:] != "指标"
        or not read_level2(named.group(1))
    ):
        return row
    return replace(row, texts=row.texts | {"level2": named.group(1).strip(), "name": named.group(2).strip()})


def _numbered_items(text: str) -> list[str]:
    """Give the items of a text that numbers them; fewer than two where it does not."""
    plain = _INDICATOR_NUMBER.sub(r"\1.", text)
    return split_objectives(plain) if _NUMBERED.match(plain) else []


def _parallel_lines(name: str, value: str) -> tuple[list[str], list[str]]:
    """Give the lines of a cell of names and of the cell of values beside it, where each line is an indicator.

    As many lines stand in both; half of the values at least are measures of their own, and all of them together are none.
    """
    names, values = ([line.strip() for line in text.split("\n") if line.strip()] for text in (name, value))
    if len(names) < 2 or len(names) != len(values) or any(line[0] in _GOES_ON for line in (*names, *values)):
        return [], []
    whole = parse_target("".join(values))
    is_one = whole.target_kind in MEASURED_KINDS and not _NOT_ONE & set(whole.notes)
    measured = [line for line in values if parse_target(line).target_kind in MEASURED_KINDS]
    return ([], []) if is_one or len(measured) * 2 < len(values) else (names, values)


_GOES_ON = frozenset("(（[【、，,;；:：)）]】以之")
"""What begins a line that goes on with the one above it."""
_NOT_ONE = frozenset({"leftover", "several_values", "number_not_read", "unit_unknown", "doubled_text"})


def _values_of(text: str, count: int) -> list[str]:
    """Give as many values as there are names: numbered, or one a line; nothing where they do not fit."""
    if count < 2:
        return []
    numbered = _numbered_items(text)
    if len(numbered) == count:
        return numbered
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) != count:
        return []
    marks = [re.match(rf"{number}[.．、]", part) for number, part in enumerate(parts, start=1)]
    if all(marks) and any(not part[2:3].isdigit() or _counts_things(part) for part in parts):
        return [part[2:].strip() for part in parts]
    return parts


def _counts_things(text: str) -> bool:
    """Tell whether a value's unit counts whole things: "2.3座" below "1.≥5公里" is number 2 and 3座."""
    return unit_family(parse_target(text).unit).startswith("count:")


def _named_items(text: str) -> list[str]:
    """Give the items of a cell of names with targets: numbered, or parts that all have a target of their own."""
    numbered = _numbered_items(text)
    if len(numbered) > 1:
        return numbered
    parts = [part for part in _PARTS.split(text) if part.strip()]
    whole = _INDICATOR_NUMBER.sub("", "".join(part.strip() for part in text.split("\n")))
    return parts if len(parts) > 1 and all(split_named_target(part)[1] for part in parts) else [whole]


def _rows_of(
    row: IndicatorRow, pairs: list[tuple[str, str]], role: str, measure: str, first: bool = True
) -> Iterator[IndicatorRow]:
    for index, (name, value) in enumerate(pairs):
        texts = {r: text for r, text in row.texts.items() if r in _SHARED_ROLES or (first and index == 0)}
        for other in set(row.texts) - _SHARED_ROLES - {role, measure, "name"}:
            own = _values_of(row.text(other), len(pairs))
            if own:
                texts[other] = own[index]
        texts |= {"name": name, measure: value}
        fresh = (row.fresh if first and index == 0 else row.fresh - PROJECT_ROLES) | {"name"}
        cells = row.cells | {"name": row.cells.get(role, [])}
        starts = row.starts_page and first and index == 0
        yield replace(row, texts=texts, cells=cells, fresh=set(fresh), starts_page=starts, parts=[], items=[])


def _part_columns(row: IndicatorRow) -> Iterator[IndicatorRow]:
    """Yield the indicators of a row whose columns are level 2 (项目名称 | 数量指标 | 质量指标 | …)."""
    first = True
    for heading, name, text, cells in row.items:
        parts = [text] if name else [item for item in _numbered_items(text) or _PARTS.split(text) if item.strip()]
        for levels, part in _with_levels(heading, parts):
            pair = (name, part) if name else split_named_target(part)
            own = replace(row, texts=row.texts | levels, cells=row.cells | {"items": cells})
            yield from _rows_of(own, [pair], "items", "value", first)
            first = False


def _with_levels(heading: str, parts: Sequence[str]) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the levels of each item of a column headed by a level, and the item without them: 数量指标：修路里程≥5公里.

    A level that an item names holds for those behind it.
    """
    is_first = read_level2(heading) is None
    level2 = "" if is_first else heading
    for part in parts:
        named = _NAMED.match(part.strip())
        if named is not None and label_key(named.group(1))[-2:] == "指标" and read_level2(named.group(1)) is not None:
            level2, part = named.group(1).strip(), named.group(2)
        is_own = is_first or (level2 != heading and read_level1(heading) is not None)
        level1 = heading if is_own else infer_level1(level2) or ""
        yield {"level1": level1, "level2": level2}, part
