"""Which units a filing's forms and the rows of its flat tables name, and whether they are one filer's."""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from extractors.document import Grid, own_cells
from transforms.forms.form import Form
from transforms.names.townships import BudgetUnit, find_township_in, is_business, read_unit_line
from transforms.words.folding import squash

_DOER = re.compile(r"实施|承担|执行|用款|使用|^项目单位")
_INSIDE = re.compile(r"(?:办公室|[办站科股室村]|社区|村委会|居委会|村民委员会)$")
"""Offices and villages of a unit, which file nothing of their own."""
_OFFICE = re.compile(r"(?:局|委员会|人民政府|办事处|中学|小学)$")
"""What ends the name of a sheet that is a filer's; other endings (院, 中心, 园) are as often a project's."""
LONGEST_LETTERHEAD = 60
"""Characters of a title line; longer ones are sentences."""
TITLE_ROWS = 2
"""Rows of a table above its form: the title, and the line of filer and unit."""
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


def filers_apart(
    forms: Sequence[Form], whole: BudgetUnit | None, is_placed: bool, sheets: Mapping[int, str]
) -> list[str | None] | None:
    """Give each form's own filer where those of one file have nothing to do with each other; None where one filer is.

    ``whole`` is who the letterhead says sends the file; ``is_placed`` tells that a title or the file's name says whose it
    is. Then those who do the work are no filers, but for townships: no township's project is another's. ``sheets`` are the
    names of a workbook's sheets by table.
    """
    own = [_labelled(form) for form in forms]
    stated = [unit for unit in own if unit is not None]
    if whole is None and all(unit.township is not None for unit in stated):
        own = [
            unit or _by_title(form) or _by_sheet(form, sheets) or _by_work(form, is_placed or bool(stated))
            for unit, form in zip(own, forms, strict=True)
        ]
    named = list(dict.fromkeys(unit for unit in own if unit is not None))
    if any(not _belong_together(one, other) for one, other in combinations(named, 2)):
        return [unit.name if unit is not None else None for unit in own]
    return [None for _ in forms] if lists_several_units(forms) else None


def _labelled(form: Form) -> BudgetUnit | None:
    """Give the unit that a form names as its filer: 填报单位, 预算单位 … in the form or in a line above it."""
    values = [] if _is_flat(form) else [v.text for v in form.head.values.get("unit_name", []) if not is_doer(v.label)]
    return _first([*values, *([form.head.unit_line] if form.head.unit_line else [])])


def titles_in(grid: Grid) -> list[str]:
    """Give the texts that stand alone in the first rows of a table: its title, its filer."""
    rows = ([cell for cell in own_cells(grid, row) if cell.text.strip()] for row in range(min(TITLE_ROWS, grid.n_rows)))
    alone = [cells[0] for cells in rows if len(cells) == 1]
    return [cell.text.strip() for cell in alone if cell.col == 0 and cell.row_span == 1]


def _by_title(form: Form) -> BudgetUnit | None:
    """Give the township that a title above a form, or at the top of its table, begins with; the nearest one."""
    lines = [*form.lines, *(titles_in(form.grid) if form.first_row < TITLE_ROWS else [])]
    seats = (find_township_in(line) for line in reversed(lines) if len(line.strip()) <= LONGEST_LETTERHEAD)
    seat = next((seat for seat in seats if seat is not None), None)
    return BudgetUnit(None, seat.township, seat.county, seat.township) if seat is not None else None


def _by_sheet(form: Form, sheets: Mapping[int, str]) -> BudgetUnit | None:
    """Give the filer that a form's sheet is named by: a township, else an office that is no part of the project's name."""
    name = sheets.get(form.grid.table_no, "")
    seat = find_township_in(name)
    if seat is not None:
        return BudgetUnit(None, seat.township, seat.county, seat.township)
    named = form.head.first("project_name")
    unit = read_unit_line(name) if _OFFICE.search(name) else None
    return unit if unit is not None and (named is None or unit.name not in named.text) else None


def _by_work(form: Form, only_townships: bool) -> BudgetUnit | None:
    """Give who does the work of a form, else the department in charge."""
    doers = [] if _is_flat(form) else [v.text for v in form.head.values.get("unit_name", []) if is_doer(v.label)]
    for texts in (doers, [value.text for value in form.head.values.get("department", [])]):
        unit = _first(texts)
        if unit is not None and not is_business(unit) and (unit.township is not None or not only_townships):
            return unit
    return None


def _first(texts: Sequence[str]) -> BudgetUnit | None:
    return next((unit for text in texts if text.strip() and (unit := read_unit_line(text)) is not None), None)


def _is_flat(form: Form) -> bool:
    return bool(form.rows) and form.rows[0].heading.is_flat
