"""``jixiao inspect`` for a person at a terminal: the tables with every cell marked, the records, the findings."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractors.document import Grid
from extractors.rejection import ADVICE
from pipelines.inspect.filing import Inspection
from pipelines.inspect.headings import unknown_headings
from pipelines.inspect.marks import Kind, Marks, mark_cells, mark_of
from pipelines.inspect.words import doc_kind_words, place_words, source_words, target_words
from pipelines.terminal.severities import SEVERITY_NAMES, SEVERITY_STYLES
from transforms.records import FilingRecords, Indicator, Project

STYLES = {Kind.USED: "green", Kind.IGNORED: "dim", Kind.UNREAD: "bold red reverse", Kind.OTHER: ""}
NO_TERMINAL_WIDTH = 160


def show_inspection(inspection: Inspection, console: Console) -> None:
    """Print everything that is known about one filing, the most useful last."""
    marks = mark_cells(inspection.records)
    console.print(head_of(inspection))
    if inspection.document:
        console.print(legend())
        for grid in inspection.document.grids():
            console.print(grid_table(grid, marks))
        for note in inspection.document.notes:
            console.print(Text(f"读取说明：{note.message}" + (f"（第 {note.page} 页）" if note.page else "")))
    if inspection.records:
        console.print(records_of(inspection.records))
        console.print(findings_of(inspection.records))
        console.print(unread_of(inspection.records))
        if inspection.document and (unknown := list(unknown_headings(inspection.document, inspection.records))):
            console.print(headings_to_teach(unknown))
    if inspection.rejected:
        console.print(Text(f"不能入库：{inspection.rejected.detail}", style="bold red"))
        console.print(Text(f"处理办法：{ADVICE[inspection.rejected.reason]}"))


def headings_to_teach(unknown: list[str]) -> RenderableType:
    """Give the lines that a person may add to the county's headings, with the meaning left to be filled in."""
    lines = ["以下表头未能理解。知道含义的，可在 config/headings.csv 中各加一行（第一行为 heading,means,note）："]
    lines += [f"  {text},（对应的已知表头，如 指标值、实际完成值、预算数）," for text in unknown]
    return Text("\n".join(lines))


def head_of(inspection: Inspection) -> RenderableType:
    """Give the file's facts and what it was taken for."""
    lines = [f"文件　　{inspection.path.name}", f"摘要　　{inspection.sha256}", f"来源　　{source_words(inspection)}"]
    if inspection.document:
        pages = inspection.document.page_count
        lines.insert(1, f"格式　　{inspection.document.format}" + (f"，{pages} 页" if pages else ""))
    if inspection.records:
        filing = inspection.records.filing
        lines += [
            f"乡镇　　{filing.county or ''}{filing.township or '（未找到）'}",
            f"单位　　{filing.unit_code or ''} {filing.unit_name or ''}",
            f"年度　　{filing.fiscal_year or '（未找到）'}",
            f"类别　　{doc_kind_words(filing.doc_kind)}",
        ]
    return Padding(Text("\n".join(lines)), (0, 0, 1, 0))


def legend() -> RenderableType:
    """Explain the marks."""
    line = Text("单元格标记：")
    for kind in Kind:
        if kind is not Kind.OTHER:
            line.append(f" {kind.sign} {kind.label} ", style=STYLES[kind])
    return line


def grid_table(grid: Grid, marks: Marks) -> RenderableType:
    """Draw one table as a person sees it: a place that a merged cell covers stays blank."""
    table = Table(
        show_header=False, show_lines=True, title=f"表 {grid.table_no}" + page_words(grid), title_justify="left"
    )
    for _ in range(grid.n_cols):
        table.add_column(overflow="fold")
    cells = {(cell.row, cell.col): cell for cell in grid.cells}
    for row in range(grid.n_rows):
        texts: list[RenderableType] = []
        for col in range(grid.n_cols):
            cell = cells.get((row, col))
            if cell is None or not cell.text.strip():
                texts.append("")
                continue
            kind = mark_of(marks, grid, cell).kind
            texts.append(Text(f"{kind.sign} {cell.text.strip()}".strip(), style=STYLES[kind]))
        table.add_row(*texts)
    return table


def page_words(grid: Grid) -> str:
    """Say on which pages a table stands."""
    pages = sorted({page for page in grid.row_pages if page is not None})
    if not pages:
        return ""
    return f"（第 {pages[0]} 页）" if len(pages) == 1 else f"（第 {pages[0]}—{pages[-1]} 页）"


def records_of(records: FilingRecords) -> RenderableType:
    """Show the projects, each with its indicators, and the narrative goals."""
    parts: list[RenderableType] = []
    for project in records.projects:
        parts.append(Text(project_line(project), style="bold"))
        rows = [indicator for indicator in records.indicators if indicator.project_no == project.project_no]
        parts.append(indicator_table(rows))
    if records.narrative_goals:
        table = Table(title="文字部分的目标和保障措施", title_justify="left")
        for heading in ("", "标题", "目标", "指标", "读作"):
            table.add_column(heading, overflow="fold")
        for goal in records.narrative_goals:
            kind = "措施" if goal.section == "safeguard" else "目标"
            texts = (
                f"{kind} {goal.goal_no}",
                goal.title,
                goal.goal_text,
                goal.indicator_text,
                target_words(goal.target),
            )
            table.add_row(*(Text(text or "") for text in texts))
        parts.append(table)
    return Group(*parts)


def project_line(project: Project) -> str:
    """Give a project's head in one line."""
    budget = "未读到金额" if project.budget_yuan is None else f"{project.budget_yuan:,.2f} 元"
    return f"项目 {project.project_no}　{project.project_code or ''}　{project.project_name}　{budget}"


def indicator_table(indicators: list[Indicator]) -> RenderableType:
    """Show indicator rows with the target as filed beside what it was read as."""
    table = Table("", "一级", "二级", "三级指标", "统一名称", "指标值", "读作", "位置")
    for row in indicators:
        texts = (
            *(str(row.indicator_no), row.level1, row.level2, row.indicator_raw, row.indicator),
            *(row.target.raw, target_words(row.target), place_words(row.place)),
        )
        table.add_row(*(Text(text or "") for text in texts))
    return table


def findings_of(records: FilingRecords) -> RenderableType:
    """List the findings, the gravest first."""
    if not records.findings:
        return Text("没有发现问题。", style="green")
    table = Table("级别", "问题", "原文", "位置", title=f"问题 {len(records.findings)} 条", title_justify="left")
    order = list(SEVERITY_NAMES)
    for finding in sorted(records.findings, key=lambda finding: order.index(finding.severity)):
        table.add_row(
            Text(SEVERITY_NAMES[finding.severity], style=SEVERITY_STYLES[finding.severity]),
            Text(finding.message),
            Text(finding.evidence or ""),
            Text(place_words(finding.place)),
        )
    return table


def unread_of(records: FilingRecords) -> RenderableType:
    """List the cells that were not understood."""
    if not records.unread_cells:
        return Text("绩效表中的单元格全部读懂。", style="green")
    table = Table("位置", "内容", title=f"未能理解的单元格 {len(records.unread_cells)} 个", title_justify="left")
    for cell in records.unread_cells:
        page = f"第 {cell.page} 页 " if cell.page else ""
        table.add_row(f"{page}表 {cell.table_no} 行 {cell.row_no} 列 {cell.col_no}", Text(cell.text))
    return table
