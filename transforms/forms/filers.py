"""Which units the rows of flat tables name, and whether they are one filer's."""

import re
from collections.abc import Sequence
from itertools import combinations

from transforms.forms.read import Form
from transforms.names.townships import BudgetUnit, read_unit_line

_SELF = re.compile(r"(?:人民政府|办事处)?(?:本级|机关)?$")


def listed_units(forms: Sequence[Form]) -> list[str]:
    """Give the units that the rows of flat tables name, once for each row."""
    return [text for form in forms for row in form.rows if row.heading.is_flat and (text := row.row.text("unit_name"))]


def lists_several_units(forms: Sequence[Form]) -> bool:
    """Tell whether flat tables list projects of units that have nothing to do with each other: then none of them files.

    Units of one township belong together, and those of whose names one begins as the other.
    """
    units = [unit for text in dict.fromkeys(listed_units(forms)) if (unit := read_unit_line(text)) is not None]
    return any(not _belong_together(one, other) for one, other in combinations(units, 2))


def _belong_together(one: BudgetUnit, other: BudgetUnit) -> bool:
    if one.township is not None and one.township == other.township:
        return True
    names = sorted((_SELF.sub("", unit.name) for unit in (one, other)), key=len)
    return names[1].startswith(names[0])
