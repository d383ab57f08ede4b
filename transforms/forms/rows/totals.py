"""The row below the indicators that adds up their points: 总分 | 100 | 92.5."""

import re

from extractors.document import Cell, Grid
from transforms.forms.heads.head import Head, HeadValue
from transforms.forms.labels import find_ignored_row, label_key
from transforms.forms.ledger import Ledger
from transforms.forms.rows.heading import Heading

_POINTS = re.compile(r"^\d{1,3}(?:\.\d+)?分?$")
_OF_SCORES = re.compile(r"得分|自评")


def total_points(grid: Grid, row: int, heading: Heading, texts: list[Cell]) -> dict[str, Cell]:
    """Give the cells of a total row: ``total_weight`` (the points there are) and ``total_score`` (those given).

    Each stands below its column; where the form has no column of scores, a row that names scores has one number.
    """
    found = {}
    for role in ("weight", "score"):
        column = heading.column(role)
        cell = grid.cell_at(row, column.start) if column is not None else None
        if cell is not None and cell in texts[1:] and _POINTS.match(label_key(cell.text)):
            found[f"total_{role}"] = cell
    numbers = [cell for cell in texts[1:] if _POINTS.match(label_key(cell.text))]
    if not found and len(numbers) == 1 and _OF_SCORES.search(label_key(texts[0].text)):
        found["total_score"] = numbers[0]
    return found


_GRADE = re.compile(
    r"^(?:(?:自评|评价|评定|考核)?(?:等级|等次|结论|结果):?)?(优秀?|良好?|中等?|差|合格|不合格|较差|一般)(?:等次|级)?(?:\(.*\))?$"
)


def find_grade(texts: list[Cell]) -> tuple[str, Cell] | None:
    """Give the grade that a row of totals or conclusions states: 自评等级 | 优, 总分 | 100 | 96 | 优."""
    for cell in texts:
        found = _GRADE.match(label_key(cell.text))
        if found is not None and (cell is not texts[0] or ":" in label_key(cell.text)):
            return found.group(1), cell
    return None


def keep_totals(grid: Grid, row: int, heading: Heading, texts: list[Cell], head: Head, ledger: Ledger) -> None:
    """Keep the sums of points and the grade that a self-evaluation states below its indicators."""
    rule = find_ignored_row(texts[0].text)
    for role, cell in total_points(grid, row, heading, texts).items() if rule == "total_row" else ():
        head.add(role, HeadValue(cell.text, texts[0].text, row, [], (grid, cell)))
        ledger.use(grid, cell, role)
    if rule in ("total_row", "conclusion_row") and (grade := find_grade(texts)) is not None:
        head.add("grade", HeadValue(grade[0], texts[0].text, row, [], (grid, grade[1])))
