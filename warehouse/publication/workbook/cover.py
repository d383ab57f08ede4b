"""The workbook's first sheet: what to decide, the findings counted, what was filed, the contents; the charts below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.county.returned_workbook import NOTE_HEADING, STATE_HEADING
from warehouse.publication.marts.facts import Facts, YearFacts, year_name
from warehouse.publication.marts.tables import Row
from warehouse.publication.workbook.paper import BookParts, set_paper
from warehouse.publication.workbook.sheets import Sheet
from warehouse.publication.workbook.widths import line_count, row_height

COVER = "封面"
COLUMNS = 10
FIRST_WIDTH, WIDTH = 24, 14
ACROSS = FIRST_WIDTH + (COLUMNS - 1) * WIDTH
MOST_TOWNSHIPS = 40
"""More townships than that are counted in the sheet of findings only."""

SEVERITIES = ("error", "warning", "info")
WAN = 10_000


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One thing to decide: a sentence with its figures, and what is asked."""

    sentence: str
    question: str


@dataclass(frozen=True, slots=True)
class CoverMatter:
    """What the cover says: the counts of its year (None: nothing filed), conclusions, caveats, the year's findings."""

    facts: Facts
    year: int | None
    conclusions: tuple[Conclusion, ...]
    findings: Sequence[Row]

    @property
    def counted(self) -> YearFacts | None:
        """Give the counts of the year."""
        return next((each for each in self.facts.years if each.year == self.year), None)

    @property
    def caveats(self) -> tuple[str, ...]:
        """Give what must be known before use, without what concerns other years only."""
        others = tuple(year_name(each.year) for each in self.facts.years if each.year != self.year)
        return tuple(said for said in self.facts.caveats if not said.startswith(others))


class Cover:
    """The cover while it is written, from the top down."""

    def __init__(self, parts: BookParts, matter: CoverMatter) -> None:
        """Begin the sheet with its title."""
        self.parts, self.formats, self.matter = parts, parts.formats, matter
        self.sheet: Any = parts.book.add_worksheet(COVER)
        self.row = 3
        self.sheet.hide_gridlines(2)
        self.sheet.set_column(0, 0, FIRST_WIDTH)
        self.sheet.set_column(1, COLUMNS - 1, WIDTH)
        self.sheet.set_row(0, 40)
        facts = matter.facts
        name = f"{facts.county or ''}{year_name(matter.year) if matter.counted else ''}乡镇绩效目标对比表"
        self.sheet.write_string(0, 0, name, self.formats.big)
        said = f"数据截至 {facts.published_on.isoformat()}" if facts.published_on else "尚无数据"
        self.sheet.write_string(
            1, 0, f"{said}　·　供财政局内部比较审核使用　·　每行都注明来源文件的页、表、行", self.formats.note
        )

    def write(self, sheets: Sequence[Sheet], changes: int) -> int:
        """Write everything but the charts; give the row where these begin."""
        self._conclusions()
        findings = next((one for one in sheets if one.table.name == "review_findings"), None)
        if findings is not None:
            self._findings(findings)
        self._filed()
        if caveats := self.matter.caveats:
            self._section("使用前请注意")
            for caveat in caveats:
                self._said(caveat, self.formats.caveat)
        self._contents(sheets, changes)
        set_paper(self.sheet, COVER, counted=False)  # it is also the overview to forward
        self.sheet.activate()
        return self.row + 1

    def _conclusions(self) -> None:
        self._section("请先定（按把握和金额排列）")
        for number, one in enumerate(self.matter.conclusions, 1):
            self._said(f"{number}．{one.sentence}{one.question}")
        if not self.matter.conclusions:
            self._said("没有需要先定的事项。")

    def _findings(self, sheet: Sheet) -> None:
        table, rows = sheet.table, self.matter.findings
        labels = [self.parts.warehouse.label(table, "severity", code) for code in SEVERITIES]
        self._section("审核问题")
        told = "；点数字可看算式，整改状态改动后自动重算" if sheet.is_table else ""
        self._said(f"按乡镇和审核内容计数{told}。尚未处理：整改状态为新发现或待改正。", self.formats.note)
        for name, heading in (("dimension", "审核内容"), ("township", "乡镇")):
            self._counts(sheet, name, (heading, *labels, "尚未处理"), rows)
            self.row += 1
        if sheet.is_table:
            self._said(
                f"在“{table.title}”表填写黄色的“{STATE_HEADING}”和“{NOTE_HEADING}”，把本工作簿另存到 config 文件夹，"
                "下次运行时读回，反馈单和以后的工作簿随之更新。",
                self.formats.note,
            )

    def _counts(self, sheet: Sheet, column: str, heads: tuple[str, ...], rows: Sequence[Row]) -> None:
        table = sheet.table
        counted = Counter((table.text(row, column), table.text(row, "severity")) for row in rows)
        waiting = Counter(table.text(row, column) for row in rows if table.text(row, "state") in ("new", "open"))
        named = {name for name, _ in counted if name}
        order = sorted(named, key=lambda name: (*(-counted[name, code] for code in SEVERITIES), name))
        for col, heading in enumerate(heads):
            self.sheet.write_string(self.row, col, heading, self.formats.head)
        for name in order[:MOST_TOWNSHIPS]:
            self.row += 1
            self.sheet.write_string(self.row, 0, name, self.formats.text)
            for col, code in enumerate(SEVERITIES, 1):
                self._count(sheet, col, counted[name, code], heads, (("程度", f'"{heads[col]}"'),))
            self._count(sheet, 4, waiting[name], heads, None)
        if len(order) > MOST_TOWNSHIPS:
            self.row += 1
            self.sheet.write_string(
                self.row, 0, f"其余 {len(order) - MOST_TOWNSHIPS} 个见“{table.title}”表", self.formats.note
            )
        self.row += 1

    def _count(
        self, sheet: Sheet, col: int, value: int, heads: tuple[str, ...], also: tuple[tuple[str, str], ...] | None
    ) -> None:
        """Write how many findings there are, as a formula over the sheet of findings where that is a table."""
        style, name = self.formats.by_form["count"], sheet.table.title
        if not sheet.is_table:
            self.sheet.write_number(self.row, col, value, style)
            return
        base = f"{name}[{heads[0]}],$A{self.row + 1}"
        if also is None:
            labels = [self.parts.warehouse.label(sheet.table, "state", code) for code in ("new", "open")]
            parts = [f'COUNTIFS({base},{name}[{STATE_HEADING}],"{label}")' for label in labels]
            formula = "=" + "+".join(parts)
        else:
            formula = f"=COUNTIFS({base}," + ",".join(f"{name}[{column}],{text}" for column, text in also) + ")"
        self.sheet.write_formula(self.row, col, formula, style, value)

    def _filed(self) -> None:
        counted = self.matter.counted
        self._section("报送情况和规模")
        if counted is None:
            self._said("还没有可以对比的报送文件。")
            return
        budget = "—" if counted.budget_yuan is None else f"{counted.budget_yuan / WAN:,.2f} 万元"
        self._said(
            f"{counted.townships} 个乡镇报送 {counted.filings} 份文件，{counted.projects} 个项目，预算合计 {budget}，"
            f"绩效指标 {counted.indicators} 条。"
        )
        for names, said in ((counted.missing, "未报"), (counted.late, "迟报")):
            if names:
                self._said(f"{said} {len(names)} 个：{'、'.join(names)}。")
        if self.matter.facts.rejected:
            self._said(f"退回 {len(self.matter.facts.rejected)} 个文件，原因和处理办法见“报送情况”表下方。")

    def _contents(self, sheets: Sequence[Sheet], changes: int) -> None:
        self._section("目录")
        listed = [(one.name, one.table.meaning, one.rows) for one in sheets]
        for name, meaning, count in (*listed, ("变化", "与上一次发布相比的变化和引起变化的文件", changes)):
            self.sheet.write_url(self.row, 0, f"internal:'{name}'!A1", self.formats.link, name)
            self.sheet.write_number(self.row, 1, count, self.formats.by_form["count"])
            self.sheet.merge_range(self.row, 2, self.row, COLUMNS - 1, "", self.formats.text)
            self.sheet.write_string(self.row, 2, meaning, self.formats.text)
            self.row += 1
        kept = {one.table.name for one in sheets}
        others = [table.title for table in self.parts.warehouse.marts() if table.name not in kept]
        if others:
            self._said(f"另有 {'、'.join(others)}：见网页报告和“数据”文件夹。")

    def _section(self, title: str) -> None:
        self.row += 1
        self.sheet.set_row(self.row, 22)
        for col in range(COLUMNS):
            self.sheet.write_blank(self.row, col, None, self.formats.section)
        self.sheet.write_string(self.row, 0, title, self.formats.section)
        self.row += 1

    def _said(self, text: str, style: Any = None) -> None:
        """Write a sentence over the whole width, its row as high as it needs."""
        style = style or self.formats.said
        self.sheet.set_row(self.row, row_height(line_count(text, ACROSS)) + 3)
        self.sheet.merge_range(self.row, 0, self.row, COLUMNS - 1, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.row += 1
