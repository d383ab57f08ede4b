"""One indicator row becomes a record: names, levels, the target from one cell or three, the actual value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from transforms.building.doubts import target_doubts
from transforms.forms.form import FormRow
from transforms.forms.labels import bracket_hint, is_blank_value, is_filler, label_key
from transforms.forms.rows.indicators import one_line
from transforms.names.indicators import name_indicator
from transforms.names.levels import clean_level, find_group, infer_level1, part_path, read_level1, read_level2
from transforms.names.terms import Terms
from transforms.numbers.units import unit_family
from transforms.reading_findings import level_finding, name_finding, target_findings
from transforms.records import Doubt, Finding, Indicator, Place, Target
from transforms.targets.choices import find_choices
from transforms.targets.columns import compose_target
from transforms.targets.named import take_from_name
from transforms.targets.parse import parse_actual, parse_target

_NAME_PREFIX = re.compile(
    r"^\s*(?:指标\s*\d{1,2}\s*[:：.、．]?|\d{1,2}(?:[.．-]\d{1,2}){2,3}(?!\d)[.．、]?|\d{1,2}\s*[.、．](?!\d)|[（(]\d{1,2}[)）])\s*"
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(slots=True)
class Said:
    """What the reading of a filing has to say to a person: findings and doubts, in the order of the document."""

    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_indicator(
    found: FormRow, project_no: int, number: int, year: int | None, terms: Terms, said: Said
) -> Indicator:
    """Read one row; what a person should look at is added to ``said``."""
    row, place = found.row, found.place
    name = _NAME_PREFIX.sub("", one_line(row.text("name"))).strip()
    description = one_line(row.text("description")) or None
    first, second = part_path(row.text("level1"), row.text("level2"))
    level1, level2 = _level_text(first, 1), _level_text(second, 2)
    if is_filler(name):
        name = description or level2 or level1 or "（未写指标名称）"
        said.findings += name_finding(name, project_no, place, number)
    group = find_group(level1, level2)
    target = read_target(found, name, group, year)
    plain = name
    if target.target_kind is None and (taken := take_from_name(name, year=year, level2_group=group)):
        plain, target = taken[0], replace(taken[1], notes=(*taken[1].notes, "target_from_name"))
    said.doubts += _adjusted_doubt(found, target, project_no, number, place)
    actual_text = one_line(row.text("actual"))
    actual = parse_actual(actual_text, year=year, name=name, level2_group=group) if actual_text else None
    family = unit_family(target.unit) if target.unit else None
    named = name_indicator(level1, level2, plain, family, description, terms)
    said.findings += target_findings(target, name, project_no, number, place)
    said.doubts += target_doubts(found, target, actual, project_no, number)
    return Indicator(
        project_no=project_no,
        indicator_no=number,
        level1=level1,
        level2=level2,
        level2_group=named.level2_group,
        indicator_raw=name,
        indicator=named.indicator,
        name_method=named.method,
        name_confidence=Decimal(str(named.confidence)) if named.confidence is not None else None,
        description=description,
        target=target,
        weight=read_points(row.text("weight")),
        weight_raw=one_line(row.text("weight")) or None,
        basis=one_line(row.text("basis")) or None,
        actual=actual,
        score=read_points(row.text("score")),
        score_raw=one_line(row.text("score")) or None,
        deviation_reason=one_line(row.text("reason")) or None,
        place=place,
        direction_raw=one_line(row.text("direction")) or None,
    )


def read_target(found: FormRow, name: str, group: str | None, year: int | None) -> Target:
    """Read the target from one cell, from sign, value and unit columns, or from the best of four grades."""
    row, heading = found.row, found.heading
    role = "grade_excellent" if heading.column("grade_excellent") and not heading.column("value") else "value"
    column = heading.column(role)
    if heading.column("places"):
        return Target(row.text("places"), "text" if row.text("places") else None, notes=("by_places",))
    value = one_line("".join(row.parts) if row.parts else row.text(role))
    sign, unit = one_line(row.text("sign")), one_line(row.text("unit"))
    if sign or unit or heading.column("sign") or heading.column("unit"):
        return compose_target(sign or None, value, unit or None, year=year, name=name, level2_group=group)
    hint = bracket_hint(column.heading) if column is not None else None
    return parse_target(value, year=year, name=name, unit_hint=hint, level2_group=group)


def _adjusted_doubt(found: FormRow, target: Target, project_no: int, number: int, place: Place) -> Iterator[Doubt]:
    """Yield the doubt of a target that another column changes in the course of the year."""
    changed = one_line(found.row.text("value_adjusted"))
    if changed and not is_blank_value(changed) and label_key(changed) not in ("无", label_key(target.raw)):
        col = found.col_no(next(iter(found.row.cells.get("value_adjusted", [])), None))
        yield Doubt("target_raw", target.raw, "two_values", project_no, number, place, col)


def read_points(text: str) -> Decimal | None:
    """Read points there are or were given: "15", "9.2分"; None where no number stands."""
    found = _NUMBER.search(label_key(text))
    try:
        return Decimal(found.group()) if found else None
    except InvalidOperation:
        return None


def _level_text(text: str, level: int) -> str | None:
    """Give a level cell without blanks, numbering and score; text that is no level name is kept as filed."""
    reader = read_level1 if level == 1 else read_level2
    chosen = find_choices(text) if text else None
    text = chosen[0] if chosen is not None and len(chosen) == 1 and reader(chosen[0]) is not None else text
    read = reader(text) or reader(f"{text}标")  # a page's edge may cut the last character off
    return read.text if read is not None else (clean_level(text) or None)


def fill_level1(indicators: Sequence[Indicator], findings: list[Finding]) -> list[Indicator]:
    """Fill a level 1 that no cell states from level 2, and say so."""
    settled = []
    for found in indicators:
        level1 = infer_level1(found.level2) if found.level1 is None else None
        if level1 is not None:
            findings += level_finding(found, level1)
        settled.append(found if level1 is None else replace(found, level1=level1))
    return settled
