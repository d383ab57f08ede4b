"""What a night leaves on the Prefect server's page of the run: its summary, the way to what is published, what is new."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.night.summary import RunSummary, summary_markdown
from warehouse.publication.editions.chain import DATA_FOLDER, previous_of
from warehouse.publication.editions.filings import compare_filings
from warehouse.publication.editions.words import describe_filing

LETTERS = "反馈单"
CHANGES_SHOWN = 30


def run_markdown(summary: RunSummary) -> str:
    """Give the summary, and links to workbook, reports and letters with the filings that are new to them."""
    latest = Path(summary.published).resolve()
    if not latest.is_dir():
        return summary_markdown(summary)
    return "\n".join([summary_markdown(summary), *_published(latest), *_changes(latest)]) + "\n"


def _published(latest: Path) -> Iterator[str]:
    yield f"### 比较表 {latest.name}"
    yield ""
    for path in sorted((*latest.glob("*.xlsx"), *latest.glob("*.html"))):
        yield f"- {_link(path)}"
    letters = sorted((latest / LETTERS).glob("*.docx"))
    if letters:
        yield f"- {_link(latest / LETTERS)}：{len(letters)} 份"
    yield ""


def _changes(latest: Path) -> Iterator[str]:
    """Say which filings began or ceased to count since the publication before."""
    before = previous_of(latest)
    if before is None or not (latest.parent / before / DATA_FOLDER).is_dir():
        return
    changes = compare_filings(latest.parent / before / DATA_FOLDER, latest / DATA_FOLDER).changes
    yield f"### 与上一次发布 {before} 相比"
    yield ""
    yield from (f"- {_plain(describe_filing(one))}" for one in changes[:CHANGES_SHOWN])
    if len(changes) > CHANGES_SHOWN:
        yield f"- 另有 {len(changes) - CHANGES_SHOWN} 份"
    if not changes:
        yield "- 没有文件变动"
    yield ""
    yield "逐项的变动：工作簿“变化”表，或 `jixiao diff`。"


def _link(path: Path) -> str:
    return f"[{_plain(path.name)}](<{path.as_uri()}>)"


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("<", "&lt;").replace("\n", " ")
