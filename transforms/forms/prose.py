"""Filings without a table: levels and indicators in numbered lines (（一）产出指标 | 1.数量指标 | （1）培训期数：≥24期)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.document import Cell, Document, Grid
from transforms.forms.form import Form, FormRow
from transforms.forms.heads.head import Head
from transforms.forms.heads.inline import names_project, split_pairs
from transforms.forms.heads.lines import read_lines
from transforms.forms.heads.titles import unit_line
from transforms.forms.labels import find_head_role, find_header_role, label_key
from transforms.forms.rows.bands import style_of, without_number
from transforms.forms.rows.heading import Column, Heading
from transforms.forms.rows.indicators import IndicatorRow
from transforms.names.levels import read_level1, read_level2
from transforms.targets.named import split_named_target

LONGEST_NAME = 40
"""Characters of a project's name on a line of its own; longer ones are sentences."""
NEAR = 2
"""A sum or goal so many lines below a title belongs to it."""
LEAST_TOLD = 0.5
"""Share of the indicators that must have a target: of a table whose cells are lines of their own, hardly any line has."""
LEAST_INDICATORS = 2
"""Fewer lines with a level, a name and a target are no list of indicators."""
_LEVEL_FIRST = re.compile(r"^(.{2,14}?指标)\s*(?:[:：、/—]|为|是)\s*(.+)$", re.DOTALL)
_LABEL = re.compile(r"^(?:年度|项目)*绩效指标(?:及指标值|如下)?\s*[:：]\s*(?=\S)")
_SATISFIED = re.compile(r"满意")
_ITEMS = re.compile(r"[；;。]\s*")
_COLUMNS = tuple(Column(role, n, n + 1, "", None) for n, role in enumerate(("level1", "level2", "name", "value")))
_HEADING = Heading(0, -1, _COLUMNS, ())


@dataclass(slots=True)
class _Reader:
    """Reads the lines in order; ``rows`` are the indicators of the project under way."""

    grid: Grid
    forms: list[Form] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    rows: list[FormRow] = field(default_factory=list)
    level1: str = ""
    level2: str = ""
    style: str = ""
    title: str | None = None

    def begin(self, line: str) -> None:
        """Begin the project that a line without label names; the line leads the others that say something of it."""
        self.close()
        self.title = without_number(line).strip()
        self.lines.append(line)

    def read(self, number: int, line: str) -> None:
        """Read one line: a project's name, a level, or indicators."""
        text = _LABEL.sub("", without_number(line).strip())
        if names_project(text) and self.rows:
            self.close()
        level, style = label_key(text), style_of(line)
        both = read_level1(text) is not None and read_level2(text) is not None and bool(self.level1)
        if level.endswith("指标") and read_level1(text) is not None and not (both and style != self.style):
            self.level1, self.level2, self.style = text.rstrip("：:"), "", style
        elif level.endswith("指标") and read_level2(text) is not None:
            self.level2 = text.rstrip("：:")
        elif not self._read_items(number, text):
            self.lines.append(text)

    def _read_items(self, number: int, text: str) -> bool:
        """Read a line's indicators; False where it stands under no level and names none."""
        led = _LEVEL_FIRST.match(text)
        if not self.level2 and (led is None or read_level2(led.group(1)) is None):
            return False
        for item in (without_number(item.strip()) for item in _ITEMS.split(text) if item.strip()):
            led = _LEVEL_FIRST.match(item)
            if led is not None and read_level2(led.group(1)) is not None:
                self.level2, item = led.group(1), led.group(2)
            name, value = split_named_target(item)
            texts = {"level1": self.level1, "level2": self.level2, "name": name, "value": value}
            if led is None and _SATISFIED.search(name) and not _SATISFIED.search(self.level1 + self.level2):
                texts["level1"] = texts["level2"] = ""  # the level of the items before it is not its own
            row = IndicatorRow(number, texts, {}, {"name", "value"} if value else {"name"}, False)
            self.rows.append(FormRow(self.grid, _HEADING, row, None))
        return True

    def close(self) -> None:
        """End the project under way: its lines are its head."""
        unit = next((u for line in self.lines if (u := unit_line(line))), None)
        head = Head(unit_line=unit)
        read_lines(self.lines, head)
        form = Form(self.grid, head, self.title, None, False, rows=self.rows, lines=self.lines, first_row=0)
        if self.rows:
            form.first_row = self.rows[0].row.row
            self.forms.append(form)
        self.lines, self.rows, self.level1, self.level2, self.title = [], [], "", "", None


def find_titles_of_projects(lines: Sequence[str]) -> set[int]:
    """Give the numbers of the lines that name a project without a label: 一、道路维修, and its sums or goal follow.

    All are numbered alike, and none is a label or a level itself.
    """
    found = [number for number, line in enumerate(lines) if _may_be_title(line) and _facts_follow(lines[number + 1 :])]
    styles = {style_of(lines[number]) for number in found}
    return set(found) if len(styles) == 1 else set()


def _may_be_title(line: str) -> bool:
    name = without_number(line).strip()
    if not style_of(line) or not 3 <= len(name) <= LONGEST_NAME or re.search(r"[:：。；;，,]", name):
        return False
    return find_head_role(name) is None and find_header_role(name) is None and read_level2(name) is None


def _facts_follow(lines: Sequence[str]) -> bool:
    """Tell whether the lines below a title say a sum or a goal, before another title could stand."""
    for line in [line for line in lines if line.strip()][:NEAR]:
        if names_project(without_number(line)):
            return False
        if any(role.startswith("amount_") or role == "goal" for role, _, _ in split_pairs(without_number(line))):
            return True
    return False


def read_prose(document: Document) -> list[Form]:
    """Give the projects of a filing that writes its indicators in lines; none where too few have a target.

    A row's place is table 0 and the number of its paragraph.
    """
    lines = [paragraph.text for paragraph in document.paragraphs()]
    cells: Sequence[Cell] = [Cell(row, 0, line) for row, line in enumerate(lines)]
    pages = tuple(paragraph.page for paragraph in document.paragraphs())
    reader = _Reader(Grid(0, len(lines), 1, tuple(cells), pages))
    titles = find_titles_of_projects(lines)
    for number, line in enumerate(lines):
        if number in titles:
            reader.begin(line)
        elif line.strip():
            reader.read(number, line)
    reader.close()
    rows = [row.row for form in reader.forms for row in form.rows]
    told = sum("value" in row.fresh for row in rows)
    return reader.forms if told >= LEAST_INDICATORS and told >= LEAST_TOLD * len(rows) else []
