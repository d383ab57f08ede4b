"""Joins indicator rows that a page break cut in two."""

import re

from transforms.forms.cut_text import join_cut_text, join_texts
from transforms.forms.labels import is_blank_value, is_filler
from transforms.forms.rows.columns import LEVEL_ROLES, PROJECT_ROLES
from transforms.forms.rows.flat import restarts_levels
from transforms.forms.rows.indicators import IndicatorRow, one_line
from transforms.names.bases import read_basis
from transforms.names.levels import read_level1, read_level2
from transforms.records import MEASURED_KINDS
from transforms.targets.parse import parse_target

_ENDING = re.compile(r"^(?:[前后内底末]|之?[前内]|以[内上下前]|完成|[%％元]|\d*[.,]\d|0\d|[年月日])")
_COLUMNS_OF_ROW = frozenset({"weight", "unit", "sign", "basis", "description", "actual", "score", "level2"})

LEAST_OTHERS = 2
"""So many other rows show what a row of the table usually fills; one alone may be the exception itself."""


def join_cut_rows(rows: list[IndicatorRow], measure: str) -> list[IndicatorRow]:
    """Join each row that a page break cut in two.

    The second part lacks its name or its measure, or the first does; where both have both, what the other rows fill
    and what the joined texts mean decides. Level cells cut by the break ("服务对象满意" | "度指标") are joined for
    every row that they cover.
    """
    joined: list[IndicatorRow] = []
    stepwise = any(_is_step(row, measure) for row in rows if not row.starts_page)
    for row in rows:
        if row.starts_page and joined and not (stepwise and _is_step(row, measure)):
            anew = _is_complete(row, measure) and restarts_levels(joined, row)
            looks_cut = not anew and _looks_cut(joined[-1], row, rows, measure)
            _join_levels(joined, row, rows, cut=looks_cut or not _is_complete(row, measure))
            if looks_cut or _is_cut(joined[-1], row, measure):
                _merge(joined[-1], row)
                continue
        joined.append(row)
    return joined


def _is_step(row: IndicatorRow, measure: str) -> bool:
    """Tell whether a row only names a project or a level, as in tables that give those rows of their own."""
    if row.fresh & {"name", measure} or not row.fresh & {"project_name", "level1", "level2"}:
        return False
    if "project_name" in row.fresh:
        return not row.fresh & {"level1", "level2"}
    known = (("level1", read_level1), ("level2", read_level2))
    return all(read(row.text(role)) is not None for role, read in known if role in row.fresh)


def _is_complete(row: IndicatorRow, measure: str) -> bool:
    return "name" in row.fresh and measure in row.fresh


def _is_cut(above: IndicatorRow, below: IndicatorRow, measure: str) -> bool:
    if _is_complete(above, measure) and _is_complete(below, measure):
        return False
    if "name" in below.fresh and is_filler(below.text("name")):
        return False
    if not below.fresh - {"level1", "level2"}:
        return bool(below.fresh) and not (read_level1(below.text("level1")) and "level1" in below.fresh)
    if _is_complete(below, measure):
        return "name" not in above.fresh and measure not in above.fresh and not above.fresh & {"level1", "level2"}
    overlap = {"level2", "name", measure} & above.fresh & below.fresh
    if "level2" in overlap and read_level2(above.text("level2")) and read_level2(below.text("level2")):
        return False
    return len(overlap) < 2


def _looks_cut(above: IndicatorRow, below: IndicatorRow, rows: list[IndicatorRow], measure: str) -> bool:
    """Tell whether two parts that both have a name and a measure are one row all the same."""
    if not (_is_complete(above, measure) and _is_complete(below, measure)):
        return False
    if "level2" in below.fresh and read_level2(below.text("level2")) and read_level2(above.text("level2")):
        return False
    if is_filler(below.text("name")) or is_blank_value(below.text(measure)):
        return False
    return (
        _lacks_usual_cells(above, below, rows, measure)
        or _is_target_cut(above.text(measure), below.text(measure))
        or _is_basis_cut(above.text("basis"), below.text("basis"))
    )


def _lacks_usual_cells(above: IndicatorRow, below: IndicatorRow, rows: list[IndicatorRow], measure: str) -> bool:
    """Tell whether the second part lacks a cell that every other row of the table fills.

    A level 2 alone does not tell (it may be merged down just here), unless one part's target says nothing by itself.
    """
    others = [row for row in rows if row is not above and row is not below and "name" in row.fresh]
    if len(others) < LEAST_OTHERS:
        return False
    usual = {role for role in _COLUMNS_OF_ROW if all(role in row.fresh for row in others)}
    lacking = usual - below.fresh
    if lacking == {"level2"}:
        return any(
            parse_target(one_line(row.text(measure))).target_kind not in MEASURED_KINDS for row in (above, below)
        )
    return bool(lacking)


def _is_target_cut(above: str, below: str) -> bool:
    """Tell whether two texts are one target: only together do they mean something, or the second only ends the first."""
    first, second = one_line(above), one_line(below)
    whole = parse_target(join_texts(first, second))
    if whole.target_kind not in MEASURED_KINDS or {"leftover", "several_values"} & set(whole.notes):
        return False
    alone = parse_target(first)
    if alone.target_kind not in MEASURED_KINDS:
        return True
    return bool(_ENDING.match(second)) or first.endswith((".", ",", "，", "万", "-", "~"))


def _is_basis_cut(above: str, below: str) -> bool:
    first, second = one_line(above), one_line(below)
    if not first or not second:
        return False
    whole, parts = read_basis(first + second), [read_basis(first), read_basis(second)]
    return bool(whole and whole.families) and not any(part and part.families for part in parts)


def _merge(above: IndicatorRow, below: IndicatorRow) -> None:
    for role, text in below.texts.items():
        if role in LEVEL_ROLES - {"name"} and (role not in below.fresh or above.texts.get(role)):
            if role in below.fresh and not above.texts.get(role):
                above.texts[role] = text
        elif role not in below.fresh:
            pass
        elif role in PROJECT_ROLES and role not in above.fresh:
            above.tails[role] = text  # the rest of a cell that is merged down from a row above
        elif role in ("goal", "purpose"):
            above.texts[role] = join_cut_text(above.text(role), text)
        else:
            above.texts[role] = join_texts(above.text(role), text)
            above.fresh.add(role)
        above.cells[role] = above.cells.get(role, []) + below.cells.get(role, [])
    above.parts += below.parts


def _join_levels(joined: list[IndicatorRow], row: IndicatorRow, rows: list[IndicatorRow], cut: bool) -> None:
    """Join level cells that the break cut; a whole name below is joined only where the row itself is cut (经济|成本指标)."""
    for role, known in (("level1", read_level1), ("level2", read_level2)):
        if role not in row.fresh:
            continue
        below = row.text(role)
        last = next((r for r in reversed(joined) if r.text(role)), None)
        whole = join_texts(last.text(role), below) if last is not None else ""
        if last is None or (known(below) and not (cut and known(whole))):
            continue
        above = known(last.text(role))
        level = known(whole) or above
        whole = level.name if level is not None else whole
        for other in [*joined, *rows]:
            if other.cells.get(role) in (last.cells.get(role), row.cells.get(role)):
                other.texts[role] = whole
                if other is row:
                    other.fresh.discard(role)
