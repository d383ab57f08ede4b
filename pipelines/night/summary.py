"""What a run did, as a summary that a person can act on: in the terminal, as Markdown, as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from unicodedata import category

from rich.console import Console
from rich.markup import escape

from extractors.rejection import ADVICE, Reason
from pipelines.terminal.severities import SEVERITY_NAMES

REJECTED_SHOWN = 50
DEMO_WARNING = "本目录是示例目录，除李钊庄镇外都是虚构乡镇，请勿用于正式工作。"


GROUPED_ABOVE = 20
"""So many files of one zip that are rejected for the same reason are still told one by one."""

NAMES_OF_GROUP = 3


@dataclass(frozen=True, slots=True)
class Rejection:
    """One file of the inbox that is not loaded; with ``files`` above 1 a zip with so many that are rejected alike.

    ``is_news`` is False where an earlier run has told it.
    """

    file_name: str
    reason: Reason
    detail: str
    files: int = 1
    is_news: bool = True

    @property
    def advice(self) -> str:
        """What the clerk can do about it."""
        return ADVICE[self.reason]


def gather_alike(rejections: Sequence[Rejection]) -> tuple[Rejection, ...]:
    """Tell the many files of one zip that are rejected for the same reason as one; by name.

    All of them stand in core.rejected_files, each by its name.
    """
    groups: dict[tuple[str, Reason], list[Rejection]] = {}
    for one in rejections:
        container, inside, _ = one.file_name.lower().partition(".zip/")
        place = one.file_name[: len(container) + len(".zip")] if inside else one.file_name
        groups.setdefault((place, one.reason), []).append(one)
    told = [one for group in groups.values() if len(group) <= GROUPED_ABOVE for one in group]
    told += [_as_one(place, group) for (place, _), group in groups.items() if len(group) > GROUPED_ABOVE]
    return tuple(sorted(told, key=lambda one: one.file_name))


def _as_one(place: str, group: Sequence[Rejection]) -> Rejection:
    names = sorted(one.file_name[len(place) + 1 :] for one in group)[:NAMES_OF_GROUP]
    detail = f"其中 {len(group)} 份：{group[0].detail}（{'、'.join(names)} 等）"
    return Rejection(place, group[0].reason, detail, len(group), any(one.is_news for one in group))


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run: counts of the inbox's files, the rejected ones, the findings of all current filings, where to look.

    ``new`` and ``changed`` count the filings loaded now (``changed``: read again, because the file or the program
    changed); ``growing`` names files that were still being copied, ``unreadable`` those that could not be opened;
    ``duplicates`` pairs files with equal bytes.
    ``findings`` maps a severity to its count. ``rebuilt`` is False where nothing changed. ``held_back`` says why new
    tables were not published.
    """

    home: str
    inbox: str
    new: int
    changed: int
    unchanged: int
    growing: tuple[str, ...]
    unreadable: tuple[str, ...]
    duplicates: tuple[tuple[str, str], ...]
    rejected: tuple[Rejection, ...]
    findings: Mapping[str, int]
    unread_cells: int
    rebuilt: bool
    database: str
    published: str
    is_demo: bool
    seconds: float
    held_back: str = ""

    @property
    def headline(self) -> str:
        """The run in one sentence."""
        counts = f"新增 {self.new} 份，重读 {self.changed} 份，未变 {self.unchanged} 份"
        rejected = f"，未入库 {sum(one.files for one in self.rejected)} 份" if self.rejected else ""
        return f"报送文件：{counts}{rejected}。用时 {self.seconds:.1f} 秒。"

    @property
    def finding_counts(self) -> str:
        """The findings by severity, the gravest first."""
        return "，".join(f"{name} {self.findings.get(code, 0)} 条" for code, name in SEVERITY_NAMES.items())


def summary_facts(summary: RunSummary) -> dict[str, object]:
    """Give what the ledger keeps of a run: counts, and the names that somebody has to look after."""
    return {
        "headline": summary.headline,
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "rejected": [[one.file_name, one.reason.value] for one in summary.rejected],
        "rejected_now": [one.file_name for one in summary.rejected if one.is_news],
        "unreadable": list(summary.unreadable),
        "growing": list(summary.growing),
        "rebuilt": summary.rebuilt,
        "held_back": summary.held_back,
        "seconds": summary.seconds,
    }


def summary_json(summary: RunSummary) -> str:
    """Give the summary as one JSON document; what is rejected is told alike every night."""
    whole = asdict(summary)
    told = ("file_name", "reason", "detail", "files", "advice")
    whole["rejected"] = [{name: getattr(one, name) for name in told} for one in summary.rejected]
    return json.dumps(whole, ensure_ascii=False, indent=1)


def print_summary(summary: RunSummary, console: Console) -> None:
    """Print the summary; what needs a person comes before what is merely done."""
    for line in summary_lines(summary):
        console.print(line, soft_wrap=True, highlight=False)


def summary_lines(summary: RunSummary) -> Iterator[str]:
    """Yield the lines of the summary with Rich's marks."""
    yield f"[bold]{escape(summary.headline)}[/bold]"
    if summary.rejected:
        yield "[bold red]未入库的文件（其余文件不受影响）：[/bold red]"
        for one in summary.rejected[:REJECTED_SHOWN]:
            yield f"  [red]✗[/red] {escape(one_line(one.file_name))}：{escape(one_line(one.detail))}（{one.reason.value}）"
            yield f"     处理办法：{escape(one.advice)}"
        if len(summary.rejected) > REJECTED_SHOWN:
            left = len(summary.rejected) - REJECTED_SHOWN
            yield f"  另有 {left} 份，见数据库 core.rejected_files。"
    for name in summary.unreadable:
        yield f"  [red]✗[/red] {escape(one_line(name))}：打不开，没有读取权限或被其他程序占用，留待下次运行。"
    for name in summary.growing:
        yield f"  [yellow]…[/yellow] {escape(one_line(name))}：正在复制或刚刚改动，留待下次运行。"
    for name, same in summary.duplicates[:REJECTED_SHOWN]:
        yield f"  [yellow]=[/yellow] {escape(one_line(name))}：与 {escape(one_line(same))} 内容完全相同，只计一份。"
    if not summary.new + summary.changed + summary.unchanged + len(summary.rejected) + len(summary.unreadable):
        yield f"  收件目录 {escape(summary.inbox)} 中没有文件，请把报送文件放进去再运行。"
        return
    yield f"审核发现：{summary.finding_counts}；未能理解的单元格 {summary.unread_cells} 个。"
    if summary.held_back:
        yield f"[bold red]新的比较表没有发布：{escape(summary.held_back)}。[/bold red]"
        yield "     处理办法：请核对；确认无误后运行 jixiao publish 发布。"
    elif not summary.rebuilt:
        yield "没有新内容，数据库和比较表保持不变。"
    yield f"比较表：{escape(summary.published)}"
    yield f'数据库：{escape(summary.database)}（查询：jixiao --home {escape(summary.home)} sql "select …"）'
    if summary.is_demo:
        yield f"[yellow]{DEMO_WARNING}[/yellow]"


def one_line(text: str) -> str:
    """Show a file name or detail on one line: line breaks and other marks that move the cursor become blanks to see."""
    return "".join("␣" if category(mark)[0] == "C" or category(mark) in ("Zl", "Zp") else mark for mark in text)


def summary_markdown(summary: RunSummary) -> str:
    """Give the summary as Markdown, for the Prefect server's page of the run."""
    lines = [f"## {summary.headline}", ""]
    if summary.rejected:
        lines += ["### 未入库的文件", "", "| 文件 | 原因 | 处理办法 |", "|---|---|---|"]
        lines += [f"| {_cell(r.file_name)} | {_cell(r.detail)} | {r.advice} |" for r in summary.rejected]
        lines.append("")
    left = [f"- {_cell(name)}：正在复制或刚刚改动" for name in summary.growing]
    left += [f"- {_cell(name)}：打不开，没有读取权限或被其他程序占用" for name in summary.unreadable]
    if left:
        lines += ["### 留待下次", "", *left, ""]
    lines += [
        f"- 审核发现：{summary.finding_counts}",
        f"- 未能理解的单元格：{summary.unread_cells} 个",
        f"- 比较表：`{summary.published}`" + ("" if summary.rebuilt else "（没有新内容，保持不变）"),
        f"- 数据库：`{summary.database}`",
    ]
    if summary.held_back:
        lines += ["", f"**新的比较表没有发布：{_cell(summary.held_back)}。确认无误后运行 `jixiao publish`。**"]
    if summary.is_demo:
        lines += ["", f"**{DEMO_WARNING}**"]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Keep a file name or detail inside its Markdown table cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
