"""What each column of a heading means, where its words leave it open: by the cells below it, its place, the others."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Grid, own_cells
from transforms.forms.heads.inline import names_project
from transforms.forms.labels import find_header_role, find_ignored_row, label_key
from transforms.forms.rows.contents import HALF, MOSTLY, SOME, holds_bases, holds_signs, is_measure, level_held, share
from transforms.forms.rows.heading import Column
from transforms.forms.rows.told import role_told
from transforms.names.levels import read_level1, read_level2
from transforms.targets.named import split_named_target

_OFFICE = re.compile(r".{6}|(?:镇|乡|街道|局|办|中心|政府|学校|小学|中学|医院|卫生院|委员会)(?:\([^()]*\))?$")
"""What a filer's name ends with; units of measure (公里, 个) are shorter and end otherwise."""
_PLACE_OR_YEAR = re.compile(
    r"20\d\d|(?:镇|乡|街道|村|社区|县|区|市|局|办|所|站|中心|政府|学校|小学|中学|医院|卫生院|委员会)(?:\([^()]*\))?$"
)
"""The heading of a column of values that are one place's, one office's or one year's."""
GRADE_ROLES = frozenset({"grade_excellent", "grade_good", "grade_medium", "grade_poor"})


def settle(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Decide by cell contents what words leave open: 绩效标准, 指标性质, 单位, 绩效指标 beside 三级指标, 说明."""
    columns = _settle_by_names(grid, last, columns)
    roles = [column.role for column in columns]
    has_name = any(column.role == "name" and label_key(column.heading) not in _SIDE_WORDS for column in columns)
    settled = []
    for column in columns:
        role = column.role
        texts = texts_below(grid, last, column)
        if role == "name" and label_key(column.heading) in _SIDE_WORDS and (has_name or roles.count("name") > 1):
            role = "side" if has_name and not _is_inner_name(column, columns) else role
        elif role == "standard":
            role = "basis" if holds_bases(texts) else "description"
            if "value" not in roles and role != "basis":
                role = "value"
        elif role == "property":
            role = "sign" if holds_signs(texts) else "attribute"
        elif role == "direction" and "sign" not in roles and holds_signs(texts):
            role = "sign"
        elif (role == "scoring" or _is_lone_standard(column, columns)) and "basis" not in roles and holds_bases(texts):
            role = "basis"
        elif role in ("unknown", "purpose") and share(texts, names_project) >= HALF:
            role = "project_name"
        elif role == "unknown" and _is_cut_side_label(column.heading, texts):
            role = "side"
        elif _names_filers(column, texts):
            role = "unit_name"
        elif role == "unknown":
            role = role_told(columns, texts) or role
        settled.append(replace(column, role=role))
    return _settle_levels(grid, last, _settle_contents(_one_weight(settled)))


def _one_weight(columns: list[Column]) -> list[Column]:
    """Keep of several columns of points (一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重) the one behind the names."""
    names = [column.start for column in columns if column.role == "name"]
    behind = [c for c in columns if c.role == "weight" and names and c.start > names[0]]
    others = [column for column in columns if column.role == "weight" and behind and column is not behind[0]]
    return [replace(column, role="unknown") if column in others else column for column in columns]


def filers_named(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Make 单位 the column of filers where its cells name offices or townships and no units of measure."""
    return [
        replace(column, role="unit_name") if _names_filers(column, texts_below(grid, last, column)) else column
        for column in columns
    ]


def _names_filers(column: Column, texts: Sequence[str]) -> bool:
    if column.role != "unit" or label_key(column.heading) != "单位":
        return False
    return share(texts, lambda text: bool(_OFFICE.search(label_key(text)))) > HALF


def by_contents(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Make columns the value's, where no heading is: the changed value, or unknown ones whose cells are measures.

    Several of them are one value for each place or year, if their headings name such (石臼镇 | 泉头乡): ``places``. Else
    which of them is promised is for a person to say.
    """
    if len(filed := [c for c in columns if c.role == "value" and _FILED.search(label_key(c.heading))]) == 1 and any(
        column.role == "value_adjusted" and _FIXED.search(label_key(column.heading)) for column in columns
    ):
        columns = [replace(column, role="value_before") if column is filed[0] else column for column in columns]
    if {column.role for column in columns} & (GRADE_ROLES | {"value", "actual", "name_value", "standard"}):
        return columns
    if any(column.role == "value_adjusted" for column in columns):
        return [replace(c, role="value") if c.role == "value_adjusted" else c for c in columns]
    names = [column.start for column in columns if column.role == "name"]
    if names and all(c.role in ("level1", "level2", "name", "side", "remark", "row_number") for c in columns):
        named = [c for c in columns if c.role == "name"][-1]
        if share(texts_below(grid, last, named), lambda text: bool(split_named_target(text)[1])) >= MOSTLY:
            return [replace(c, role="name_value") if c is named else c for c in columns]
    unknown = [column for column in columns if column.role in _MAYBE_VALUE and names and column.start > names[0]]
    least = SOME if any(column.role == "sign" for column in columns) else MOSTLY
    held = [column for column in unknown if share(texts_below(grid, last, column), is_measure) >= least]
    held = [column for column in held if not _DUE.search(label_key(column.heading))] or held
    promised = [column for column in held if _is_promise(column)]
    if len(held) > 1 and len(promised) == 1:
        held = promised
    if len(held) > 1 and not all(_PLACE_OR_YEAR.search(label_key(column.heading)) for column in held):
        return columns
    role = "value" if len(held) == 1 else "places"
    return [replace(column, role=role) if column in held else column for column in columns]


def _settle_contents(columns: list[Column]) -> list[Column]:
    """Make 指标内容 the description where 三级指标 names the indicators of the same block."""
    settled: list[Column] = []
    named = False
    for column in columns:
        key = label_key(column.heading)
        if column.role in ("level1", "level2"):
            named = False
        if column.role == "name" and named and key.endswith(("内容", "要求")):
            column = replace(column, role="description")
        named = named or (column.role == "name" and (key.startswith("三级") or key.endswith(("指标", "名称"))))
        settled.append(column)
    return settled


def _is_lone_standard(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether 评价标准 is a column of its own and not the group heading above 优 良 中 差."""
    return label_key(column.heading) == "评价标准" and not any(other.role in GRADE_ROLES for other in columns)


_PROMISE = re.compile(r"目标|计划|指标|预期|任务|要求")
_NO_PROMISE = re.compile(r"上年|往年|去年|前年|增|降|差|比|基[准期线]|现状|底线|挑战|完成|实际|原")


def _is_promise(column: Column) -> bool:
    """Tell whether a heading speaks of what is aimed at, and not of another year, a change or a limit beside it."""
    key = label_key(column.heading)
    return _PROMISE.search(key) is not None and _NO_PROMISE.search(key) is None


_FILED, _FIXED = re.compile(r"申报|上报|填报|报送"), re.compile(r"[审核][定批]|批复")
"""What a unit filed, and what was fixed after review: 单位申报值 | 审定指标值."""
_DUE = re.compile(r"时限|时间|期限|日期|时点|节点")
"""Heads the days by which indicators are to be met, which stand beside their values."""
_MAYBE_VALUE = frozenset({"unknown", "scoring", "basis", "goal", "description", "name"})
"""考核标准 may be how points are given, or the value itself: its cells tell, where no other column is the value's."""
_MAYBE_LEVEL = frozenset({"level1", "level2", "unknown", "goal", "property", "attribute"})


def _settle_by_names(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Make columns levels whose cells say so, whatever their heading: 指标类型 above 数量指标, 质量指标 … is level 2.

    A column that a heading names rightly stays; its level is then taken.
    """
    held = [level_held(texts_below(grid, last, c)) if c.role in _MAYBE_LEVEL else None for c in columns]
    roles = {1: "level1", 2: "level2"}
    if any(c.role == "level1" and texts_below(grid, last, c) for c in columns):
        # 二级指标 above 产出指标 stays level 2 where another column's cells are level 1's, whatever they say
        held = [None if c.role == "level2" and level == 1 else level for c, level in zip(columns, held, strict=True)]
    right = {c.role for c, level in zip(columns, held, strict=True) if level is not None and c.role == roles[level]}
    staying = {c.role for c, level in zip(columns, held, strict=True) if level is None or c.role == roles[level]}
    settled = []
    for column, level in zip(columns, held, strict=True):
        role = roles[level] if level is not None else column.role
        taken = role in right or (column.role not in ("level1", "level2") and role in staying)
        settled.append(column if taken else replace(column, role=role))
    return settled


def _is_cut_side_label(heading: str, texts: Sequence[str]) -> bool:
    """Tell whether a heading is the upper part of a side label that a page break cut ("绩" | "效指标")."""
    wholes = (heading + "".join(texts[:count]) for count in (1, 2))
    return any(find_header_role(whole) in ("name", "side") for whole in wholes)


_SIDE_WORDS = frozenset({"绩效指标", "年度绩效指标", "指标", "项目绩效指标"})


def _is_inner_name(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether 绩效指标 stands to the right of the levels, where it is the name and not a side label."""
    return any(other.role in ("level1", "level2") and other.start < column.start for other in columns)


def _settle_levels(grid: Grid, last: int, columns: list[Column]) -> list[Column]:
    """Re-read level columns by what stands below: a 二级指标 column full of free names is the name column."""
    if any(column.role == "name" for column in columns):
        return columns
    candidates = [column for column in columns if column.role in ("level2", "unknown", "description")]
    candidates.sort(key=lambda column: (column.role == "description", -column.start))  # an explanation last of all
    for column in candidates:
        texts = texts_below(grid, last, column)
        if column.role == "unknown" and share(texts, is_measure) >= MOSTLY:
            continue  # points, or another value
        if texts and share(texts, lambda t: read_level2(t) is not None or read_level1(t) is not None) < 0.5:
            return [replace(c, role="name") if c is column else c for c in columns]
    return columns


def texts_below(grid: Grid, last: int, column: Column, most: int = 40) -> list[str]:
    """Give the texts of a column in indicator rows: cells that reach into other columns (a total, a remark) are none."""
    texts = []
    for row in range(last + 1, min(grid.n_rows, last + 1 + most)):
        cell = grid.cell_at(row, column.start)
        if cell is None or cell.row != row or not cell.text.strip():
            continue
        if cell.col == column.start and cell.col + cell.col_span <= column.stop and not _is_other_row(grid, row):
            texts.append(cell.text)
    return texts


def _is_other_row(grid: Grid, row: int) -> bool:
    """Tell whether a row is no indicator's: a total, a note, a signature."""
    first = next((cell for cell in own_cells(grid, row) if cell.text.strip()), None)
    return first is not None and find_ignored_row(first.text) is not None
