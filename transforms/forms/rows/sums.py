"""A list of projects: columns of sums whose headings only a project's head calls so, 预算（元） or 资金安排{合计, 本级}."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.document import Grid
from transforms.forms.labels import find_head_role, find_header_role, label_key, sum_role
from transforms.forms.rows.contents import MOSTLY, share
from transforms.forms.rows.heading import Column
from transforms.numbers.money import is_amount

Texts = Callable[[Grid, int, Column], list[str]]
_ROLES = {
    "amount_total": "budget",
    "amount_fiscal": "fiscal",
    "amount_other": "other",
    "goal": "goal",
    "amount_part": "part",
    "amount_last_year": "last_year_sum",
}
SUM_WORDS = frozenset({"合计", "小计", "总额", "总计", "金额", "合计数", "预算数"})
"""Headings below a band of sums that name the band's own total."""


def name_sums(grid: Grid, last: int, columns: Sequence[Column], texts_below: Texts) -> list[Column]:
    """Say of a list's unknown columns of sums what they are: the budget once, parts of a band of sums as ``part``."""
    if not any(column.role == "project_name" for column in columns):
        return list(columns)
    columns = _this_year_s(columns)
    named: list[Column] = []
    for column in columns:
        role = _role_of(column) if column.role == "unknown" else None
        is_sum = role == "goal" or (role and share(texts_below(grid, last, column), is_amount) >= MOSTLY)
        taken = role not in ("part", "last_year_sum") and any(other.role == role for other in (*columns, *named))
        named.append(replace(column, role=role) if role and is_sum and not taken else column)
    return named


def _this_year_s(columns: Sequence[Column]) -> list[Column]:
    """Let this year's sum be the budget, where the list has the whole term's beside it: 总预算 | 本年预算."""
    sums = [c for c in columns if c.role == "budget" or (c.role == "unknown" and _role_of(c) == "budget")]
    whole = [c for c in sums if _WHOLE.search(label_key(c.heading))]
    own = [c for c in sums if _OWN_YEAR.search(label_key(c.heading))]
    if len(whole) != 1 or len(own) != 1 or whole == own:
        return list(columns)
    roles = {id(whole[0]): "unknown", id(own[0]): "budget"}
    return [replace(column, role=roles.get(id(column), column.role)) for column in columns]


_WHOLE, _OWN_YEAR = re.compile(r"总(?!额|计|数)|概算"), re.compile(r"本年|当年|今年|年度|20\d\d年")


def _role_of(column: Column) -> str | None:
    """Give a column's role by its own heading as a head's label, else by the band of sums that it is a part or total of."""
    role = _ROLES.get(find_head_role(column.heading) or sum_role(column.heading) or "")
    if label_key(column.heading) not in SUM_WORDS and role is not None:
        return role
    band = next(iter(column.bands), None)
    above = _band_role(band) if band is not None else None
    if above is None:
        return role
    return above if label_key(column.heading) in SUM_WORDS else "part"


def _band_role(band: str) -> str | None:
    role = _ROLES.get(find_head_role(band) or "")
    if role is not None:
        return role
    return find_header_role(band) if find_header_role(band) in ("budget", "fiscal", "other") else None
