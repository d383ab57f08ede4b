"""Which row opens a project's head, with the number of cells and letters on each side of what decides."""

import pytest

from tests.transforms.grids import grid
from transforms.forms.heads.rows import LONGEST_UNIT_ROW, is_head_row


@pytest.mark.parametrize(
    ("row", "opens"),
    [
        ("单位名称|甲镇人民政府|甲|乙", True),
        ("单位名称|甲镇人民政府|甲|乙|丙", False),
        ("年度目标|修好道路|修好了", True),
        ("年度目标|修好道路|修好了|优", False),
        ("482001甲镇人民政府本级|单位：万元|年", True),
        ("482001甲镇人民政府本级|单位：万元|年|表", False),
        ("482001" + "镇" * (LONGEST_UNIT_ROW - 7), True),
        ("482001" + "镇" * (LONGEST_UNIT_ROW - 6), False),
        ("项目名称|道路|甲|乙|丙|丁", True),
        ("养护里程|5公里", False),
    ],
)
def test_a_row_opens_a_head(row: str, opens: bool) -> None:
    assert is_head_row(grid([row]), 0) is opens
