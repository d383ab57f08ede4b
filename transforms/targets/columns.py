"""Sign, value and unit of three columns: the same target as in one cell."""

from dataclasses import replace

from transforms.records import Target
from transforms.targets.comparators import comparing_words
from transforms.targets.fillers import target_words
from transforms.targets.hints import find_hints
from transforms.targets.measures import read_measure
from transforms.targets.parse import clean, parse_target


def compose_target(
    sign: str | None,
    value: str,
    unit: str | None,
    *,
    year: int | None = None,
    name: str | None = None,
    level2_group: str | None = None,
) -> Target:
    """Give the meaning of sign, value and unit from three columns: the same as in one cell.

    ``raw`` is sign + value + unit as filed, without 定性, 正向 and blanks of the sign and unit columns, without a sign or
    unit that the value already carries, and without an equals sign before words (＝|及时). The other arguments are those
    of ``parse_target``. 12|月 is a duration unless the name asks for a day.
    """
    sign_text, unit_text = (sign or "").strip(), (unit or "").strip()
    if _says_nothing(sign_text):
        sign_text = ""
    if _says_nothing(unit_text):
        unit_text = ""
    own = read_measure(clean(value), 0)
    if comparing_words("prefix").match(clean(value), 0) is not None and own is not None:
        sign_text = ""
    if own is not None and own.unit is not None:
        unit_text = ""
    if _is_equals(sign_text) and value.strip() and not _is_comparable(value, year, name, level2_group):
        sign_text = ""
    raw = sign_text + value + unit_text
    if not sign_text and unit_text == "月" and not (name is not None and find_hints(name).date):
        months = parse_target(value, year=year, name=name, unit_hint=unit_text, level2_group=level2_group)
        return replace(months, raw=raw)
    target = parse_target(raw, year=year, name=name, level2_group=level2_group)
    without_unit = target.target_kind == "quantity" and target.unit is None and unit_text
    if not (sign_text or unit_text) or (target.target_kind not in ("text", None) and not without_unit):
        return target
    alone = parse_target(
        sign_text + value, year=year, name=name, unit_hint=unit_text or None, level2_group=level2_group
    )
    if alone.target_kind == "quantity" and alone.unit is None and unit_text:
        return replace(alone, raw=raw, unit=unit_text, notes=(*alone.notes, "unit_unknown"))
    if alone.target_kind == "text":
        alone = parse_target(value, year=year, name=name, level2_group=level2_group)
    return replace(alone, raw=raw)


def _is_equals(sign: str) -> bool:
    said = comparing_words("prefix").get(clean(sign)) if sign else None
    return said is not None and said.firm and said.comparator == "="


def _is_comparable(value: str, year: int | None, name: str | None, level2_group: str | None) -> bool:
    """Tell whether a value column's cell is a number or a day, to which an equals sign belongs."""
    kind = parse_target(value, year=year, name=name, level2_group=level2_group).target_kind
    return kind not in ("text", "grade", None)


def _says_nothing(text: str) -> bool:
    """Tell whether a sign or unit column's cell is a blank, 无, 定性, 正向, a code …"""
    words = target_words()
    bare = clean(text)
    return not bare or bare in words.blanks or bare in words.signs or bare.isdigit()
