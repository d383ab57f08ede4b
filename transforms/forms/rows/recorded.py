"""Which roles of columns a record has a place for."""

from transforms.forms.rows.columns import PROJECT_ROLES

RECORDED_ROLES = PROJECT_ROLES | {
    *("level1", "level2", "name", "value", "sign", "unit", "weight", "basis", "description"),
    *("actual", "score", "reason", "grade_excellent", "name_value", "items", "direction", "places"),
}
"""Column roles whose text a record keeps; the other known columns (备注, 计算公式 …) are left out by name."""
