"""Levels in rows of their own, across the table: 一、产出指标 | （一）数量指标 | 1 | 培训期数 | ≥24期."""

import re
from dataclasses import dataclass, field

from extractors.document import Cell, Grid, own_cells
from transforms.forms.labels import label_key
from transforms.forms.rows.heading import Heading
from transforms.names.levels import read_level1, read_level2

_NUMBER = re.compile(
    r"^\s*(?:[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]|[\d一二三四五六七八九十]{1,3}\s*[.、．:：)）](?!\d)|[①-⑳⑴-⒇㈠-㈩-])\s*[.、．]?\s*"
)


def style_of(text: str) -> str:
    """Give how a line is numbered, whatever its number: （一） and （二） alike; "" for a line without one."""
    found = _NUMBER.match(text)
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", found.group())).strip() if found else ""


def without_number(text: str) -> str:
    """Give a line without its number."""
    return _NUMBER.sub("", text)


def band_cell(grid: Grid, row: int) -> Cell | None:
    """Give the one written cell of a row that names a level and nothing else; None for other rows."""
    texts = [cell for cell in own_cells(grid, row) if cell.text.strip()]
    if len(texts) != 1 or texts[0].col > 0:
        return None
    name = without_number(texts[0].text)
    ending = label_key(name).split("(")[0][-2:]
    known = read_level1(name) is not None or read_level2(name) is not None
    return texts[0] if known and ending in ("指标", "目标") else None


@dataclass(slots=True)
class Bands:
    """The levels that rows of their own have named so far in a table whose heading has no column for them."""

    heading: Heading
    levels: dict[str, Cell] = field(default_factory=dict)
    style: str = ""

    def take(self, grid: Grid, row: int) -> tuple[str, Cell] | None:
        """Take a row that names a level: (level1 or level2, its cell); None for other rows."""
        cell = band_cell(grid, row)
        role = self._role_of(cell.text) if cell is not None else None
        if cell is None or role is None or self.heading.column(role) is not None:
            return None
        if role == "level1":
            self.levels, self.style = {}, style_of(cell.text)
        self.levels[role] = cell
        return role, cell

    def _role_of(self, text: str) -> str | None:
        first, second = read_level1(without_number(text)), read_level2(without_number(text))
        if first is None or second is None:
            return "level1" if first is not None else "level2" if second is not None else None
        if "level1" not in self.levels:
            return "level1"
        style = style_of(text)
        if style or self.style:
            return "level1" if style == self.style else "level2"
        above = read_level1(without_number(self.levels["level1"].text))
        if above is None or above.name == first.name:
            return "level2"
        return "level2" if first.name == "成本指标" and above.name == "产出指标" else "level1"

    def give(self, texts: dict[str, str], cells: dict[str, list[Cell]]) -> None:
        """Give a row's texts and cells by role the levels above it."""
        for role, cell in self.levels.items():
            texts[role] = without_number(cell.text)
            cells[role] = [cell]
