"""Which row of a table opens, or goes on with, a project's head."""

import re

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import find_head_role, label_key, split_inline

GOAL_ROLES = frozenset({"goal", "goal_long", "goal_actual"})
MOST_OF_TWO_PAIRS = 4
"""A head's row holds two labels with their values; one with more cells is a row of a list (单位名称 among its columns)."""
MOST_OF_A_GOAL = 3
"""A goal's label stands with the goal, and with what was reached of it; more cells are a table's headings (预期目标 | …)."""
MOST_OF_A_UNIT = 3
"""A unit's line has its name, a note of the money unit and a date."""
LONGEST_UNIT_ROW = 40
"""A unit's line is its code and name with a note of the money unit; what is longer only begins with a number."""


def is_head_row(grid: Grid, row: int) -> bool:
    """Tell whether a row begins (or goes on with) a project's head: it opens with one of a head's labels."""
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    if not texts:
        return False
    first = texts[0]
    role = find_head_role(first.text)
    if role in ("project_name", "project_code", "plan", "budget_group"):
        return True
    if role in ("unit_name", "department", "amount_total", "attribute", "person"):
        others = [find_head_role(cell.text) for cell in texts[1:]]
        return len(texts) <= MOST_OF_TWO_PAIRS or any(others)
    if role in GOAL_ROLES:
        return len(texts) <= MOST_OF_A_GOAL
    inline = split_inline(first.text)
    if inline is not None and inline[0] in ("project_name", "project_code", "unit_name", "department"):
        return True
    return is_unit_row(texts)


def is_unit_row(texts: list[Cell]) -> bool:
    """Tell whether a row is a form's first line: "482001…人民政府本级 | 单位：万元"."""
    key = label_key(texts[0].text)
    begins = re.match(r"^[(\[]?\d{3,9}[)\]]?-?[\u4e00-\u9fff]", key)
    return begins is not None and len(texts) <= MOST_OF_A_UNIT and len(key) < LONGEST_UNIT_ROW
