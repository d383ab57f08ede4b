"""What stands out on a sheet: codes in colour, a line between groups, invented samples shaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.county.returned_workbook import STATE_HEADING
from warehouse.publication.marts.facts import SAMPLE_TAG
from warehouse.publication.marts.tables import Mart
from warehouse.publication.marts.views import view_of
from warehouse.publication.workbook.formats import Formats
from warehouse.publication.workbook.paper import HEAD_ROW, BookParts, column_letter


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """The sheet to be marked: where each column stands, how many there are, and the last row (from 0)."""

    sheet: Any
    places: Mapping[str, int]
    columns: int
    last: int


def mark_rows(parts: BookParts, table: Mart, marked: MarkedSheet) -> None:
    """Colour the codes that stand out, shade invented samples, and draw a line where the view's group changes."""
    sheet, places, last = marked.sheet, marked.places, marked.last
    formats, warehouse = parts.formats, parts.warehouse
    for (name, code), tone in view_of(table).tones.items():
        if name == "state" and STATE_HEADING in places:
            name = STATE_HEADING
        if name not in places:
            continue
        flag = {"true": "是", "false": "否"}.get(code)
        text = flag if flag is not None else warehouse.label(table, "state" if name == STATE_HEADING else name, code)
        rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": formats.by_tone[tone]}
        if name == "outlier":  # what it was judged per may stand before it (村均明显偏高)
            rule = {"type": "text", "criteria": "ends with", "value": text, "format": formats.by_tone[tone]}
        sheet.conditional_format(HEAD_ROW + 1, places[name], last, places[name], rule)
    if "township" in places and any(filing.invented for filing in warehouse.current_filings()):
        _mark_samples(sheet, formats, places, last)
    group = view_of(table).group
    if group is not None and group in places:
        letter = column_letter(places[group])
        rule = {
            "type": "formula",
            "criteria": f"=${letter}{HEAD_ROW + 2}<>${letter}{HEAD_ROW + 1}",
            "format": formats.divider,
        }
        sheet.conditional_format(HEAD_ROW + 1, 0, last, marked.columns - 1, rule)


def _mark_samples(sheet: Any, formats: Formats, places: Mapping[str, int], last: int) -> None:
    """Shade the township of rows that come from an invented sample (county or file name says so)."""
    letters = [column_letter(places[name]) for name in ("county", "file_name") if name in places]
    tests = ",".join(f'ISNUMBER(SEARCH("{SAMPLE_TAG[:2]}",${letter}{HEAD_ROW + 2}))' for letter in letters)
    if tests:
        rule = {"type": "formula", "criteria": f"=OR({tests})", "format": formats.by_tone["muted"]}
        sheet.conditional_format(HEAD_ROW + 1, places["township"], last, places["township"], rule)
