"""Flat tables, many projects in one table: where a project begins, and its cells that a page break cut."""

from collections.abc import Sequence

from transforms.forms.cut_text import join_cut_text, join_texts
from transforms.forms.labels import label_key
from transforms.forms.rows.columns import PROJECT_ROLES
from transforms.forms.rows.indicators import IndicatorRow
from transforms.names.codes import read_project_code
from transforms.names.levels import read_level1
from transforms.numbers.money import is_amount


def begins_project(rows: Sequence[IndicatorRow], row: IndicatorRow) -> bool:
    """Tell whether a flat table's row begins another project; a name cut by a page break is not a new one."""
    if "project_name" not in row.fresh:
        return False
    before = rows[-1]
    roles = ("project_code", "budget", "unit_name")
    same = label_key(row.text("project_name")) == label_key(before.text("project_name"))
    if same and all(label_key(row.text(role)) in ("", label_key(before.text(role))) for role in roles):
        return False
    if not row.starts_page or restarts_levels(rows, row):
        return True
    code, first_code = row.text("project_code"), rows[0].text("project_code")
    if "project_code" in row.fresh and first_code:
        return _is_whole_code(code) or not _is_whole_code(first_code + code)
    return "budget" in row.fresh and is_amount(row.text("budget"))


def restarts_levels(rows: Sequence[IndicatorRow], row: IndicatorRow) -> bool:
    """Tell whether a row begins the levels anew: a level 1 that was met before another one is no rest of a row."""
    own = read_level1(row.text("level1")) if "level1" in row.fresh else None
    names = [level.name for r in rows if (level := read_level1(r.text("level1"))) is not None]
    return own is not None and bool(names) and own.name in names and own.name != names[-1]


def _is_whole_code(text: str) -> bool:
    code = read_project_code(text)
    return code is not None and not {"length", "form"} & set(code.faults)


def add_tails(rows: Sequence[IndicatorRow], row: IndicatorRow) -> None:
    """Join the rest of project cells that a page break cut to the project's first row; a cell printed again adds nothing."""
    if not rows:
        return
    first = rows[0]
    for role, tail in row.tails.items():
        if tail and tail != first.text(role) and not (role == "goal" and first.text(role).endswith(tail)):
            join = join_cut_text if role in ("goal", "purpose") else join_texts
            first.texts[role] = join(first.text(role), tail)
    for role in PROJECT_ROLES:
        row.texts[role] = first.text(role)


def opened_by(row: IndicatorRow, before: set[str]) -> set[str]:
    """Give the project roles that rows without indicator have opened for the next indicator (项目 | 一级 | 二级 stepwise).

    A name on a row of its own is a project's only if no other name follows before an indicator (单位, then 项目).
    """
    fresh = row.fresh & PROJECT_ROLES
    return fresh if "project_name" in fresh else before | fresh
