"""Targets whose sign was lost, or that hold several values."""

from collections.abc import Iterator, Sequence

from transforms.forms.form import Form, FormRow
from transforms.forms.rows.contents import is_sign
from transforms.records import MEASURED_KINDS, Doubt, Indicator


def value_doubts(indicators: Sequence[Indicator]) -> Iterator[Doubt]:
    """Yield the targets that hold several values, of which none was taken."""
    for row in indicators:
        if "several_values" in row.target.notes:
            yield Doubt("target_raw", row.target.raw, "several_values", row.project_no, row.indicator_no, row.place)


def sign_doubts(indicators: Sequence[Indicator], forms: Sequence[Form]) -> Iterator[Doubt]:
    """Yield the measured targets of a project whose form writes signs in cells, but of which none has a stated sign."""
    for number, form in enumerate(forms, start=1):
        measured = [
            row
            for row in indicators
            if row.project_no == number and row.target.target_kind in MEASURED_KINDS - {"date"}
        ]
        if any(row.target.comparator_stated for row in measured) or not any(_has_sign(row) for row in form.rows):
            continue
        for row in measured:
            yield Doubt("target_raw", row.target.raw, "sign_column_unread", number, row.indicator_no, row.place)


def _has_sign(row: FormRow) -> bool:
    return any(is_sign(cell.text) for cell in row.grid.row_cells(row.row.row))
