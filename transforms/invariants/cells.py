"""Cells that were left out by a rule although they hold what an indicator needs: a sign, a sum."""

import re
from collections.abc import Callable, Iterator

from transforms.records import Doubt, FilingRecords, Place
from transforms.words.folding import fold

TextAt = Callable[[int, int, int], str]
"""Gives a cell's text by its table, row and column from 1."""

CHECKED = frozenset(
    {
        *("ignored:column_attribute", "ignored:column_property", "ignored:side_label", "ignored:section_title"),
        *("ignored:filler_row", "ignored:empty_level_row", "ignored:label", "ignored:project_attribute"),
    }
)
"""Rules whose cells hold no number of their own; totals, scores, last year's values and remarks may."""
_VALUE = re.compile(r"[≥≤]|^[<>=]{1,2}$|^\s*[<>]=?\s*\d|^\d[\d.,]*(?:万|亿)?元$")


def ignored_cell_doubts(records: FilingRecords, text_at: TextAt) -> Iterator[Doubt]:
    """Yield a doubt for each such cell: about the indicator of its row, else about the project of its table."""
    rows = {(i.place.table_no, i.place.row_no): (i.project_no, i.indicator_no) for i in records.indicators}
    projects = {project.place.table_no: project.project_no for project in reversed(records.projects)}
    for used in records.used_cells:
        text = text_at(used.table_no, used.row_no, used.col_no)
        if used.use not in CHECKED or not _VALUE.search(fold(text).strip()):
            continue
        project_no, indicator_no = rows.get((used.table_no, used.row_no), (projects.get(used.table_no), None))
        field = "target_raw" if indicator_no is not None else "budget_yuan"
        place = Place(used.page, used.table_no, used.row_no)
        yield Doubt(field, text.strip(), "ignored_cell_holds_value", project_no, indicator_no, place, used.col_no)
