"""Which units the rows of flat tables name, and whether they are one filer's."""

import re
from collections.abc import Sequence
from itertools import combinations

from transforms.forms.form import Form
from transforms.names.townships import BudgetUnit, read_unit_line
from transforms.words.folding import squash

_DOER = re.compile(r"实施|承担|执行|用款|使用|^项目单位")
_INSIDE = re.compile(r"(?:办公室|[办站科股室村]|社区|村委会|居委会|村民委员会)$")
"""Offices and villages of a unit, which file nothing of their own."""
_SELF = re.compile(r"(?:人民政府|办事处)?(?:本级|机关)?$")


def is_doer(label: str) -> bool:
    """Tell whether a label asks who does the work and not who files: 实施单位, 用款单位."""
    return _DOER.search(squash(label)) is not None


def listed_units(forms: Sequence[Form], doers: bool = False) -> list[str]:
    """Give the units that the rows of flat tables name as filers (or as doers), once for each row."""
    found = []
    for row in (row for form in forms for row in form.rows):
        column = row.heading.column("unit_name") if row.heading.is_flat else None
        text = row.row.text("unit_name")
        if column is not None and text and is_doer(column.heading) is doers:
            found.append(text)
    return found


def lists_several_units(forms: Sequence[Form]) -> bool:
    """Tell whether flat tables list projects of units that have nothing to do with each other: then none of them files.

    Units of one township belong together, those of whose names one begins as the other, and offices inside a unit.
    """
    units = [unit for text in dict.fromkeys(listed_units(forms)) if (unit := read_unit_line(text)) is not None]
    return any(not _belong_together(one, other) for one, other in combinations(units, 2))


def _belong_together(one: BudgetUnit, other: BudgetUnit) -> bool:
    if any(unit.township is None and _INSIDE.search(unit.name) for unit in (one, other)):
        return True
    if one.township is not None and one.township == other.township:
        return True
    names = sorted((_SELF.sub("", unit.name) for unit in (one, other)), key=len)
    return names[1].startswith(names[0])
