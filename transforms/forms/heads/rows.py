"""Which row of a table opens, or goes on with, a project's head."""

import re

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import find_head_role, label_key, split_inline

GOAL_ROLES = frozenset({"goal", "goal_long", "goal_actual"})


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
        return len(texts) <= 4 or any(others)
    if role in GOAL_ROLES:
        return len(texts) <= 3
    inline = split_inline(first.text)
    if inline is not None and inline[0] in ("project_name", "project_code", "unit_name", "department"):
        return True
    return is_unit_row(texts)


def is_unit_row(texts: list[Cell]) -> bool:
    """Tell whether a row is a form's first line: "482001…人民政府本级 | 单位：万元"."""
    key = label_key(texts[0].text)
    return len(texts) <= 3 and bool(re.match(r"^[(\[]?\d{3,9}[)\]]?-?[\u4e00-\u9fff]", key)) and len(key) < 40
