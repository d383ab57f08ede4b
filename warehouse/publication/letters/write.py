"""A feedback letter (DOCX) for each township and kind of filing: what to correct, and how it stands among the others."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from warehouse.publication.letters.comparisons import write_comparisons, write_outcomes, write_results
from warehouse.publication.letters.letterhead import Letter, LetterText, write_letter
from warehouse.publication.letters.remarks import remarks_of, write_remarks
from warehouse.publication.letters.tables import LetterTable
from warehouse.publication.marts.facts import SAMPLE_TAG, Facts, year_name
from warehouse.publication.marts.filings import FilingSource
from warehouse.publication.marts.places import Places
from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.marts.years import YearRows

FOLDER = "反馈单"
SUBJECTS = {
    "targets": "绩效目标",
    "self_evaluation": "绩效自评",
    "monitoring": "绩效监控",
    "adjustment": "绩效目标调整",
}
"""The kinds of filing that get letters, in the order of the year."""

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))

Body = Iterator[LetterText | LetterTable]


@dataclass(frozen=True, slots=True)
class LetterMatter:
    """What letters tell of: the rows of each year, the facts about the whole, and where rows stand in the filings."""

    year_rows: Callable[[int | None], YearRows]
    facts: Facts
    places: Places


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that was written: to whom, about what (绩效目标, 绩效自评 …), and where it lies."""

    township: str
    subject: str
    path: Path


def write_feedback(
    warehouse: Warehouse,
    matter: LetterMatter,
    template: Path | None,
    folder: Path,
    on_sheet: Callable[[int, int], None] = lambda done, total: None,
) -> list[SentLetter]:
    """Write the letters on each township's newest filings of each kind into ``folder``/反馈单 and say where they lie."""
    facts = matter.facts
    newest: dict[tuple[str, str], int | None] = {}
    for year in warehouse.years():
        for filing in warehouse.current_filings(year):
            if filing.township:
                newest.setdefault((filing.township, filing.doc_kind or "targets"), year)
    if not newest:
        return []
    (folder / FOLDER).mkdir()
    dated = datetime.combine(facts.published_on, datetime.min.time()) if facts.published_on else None
    letters: list[SentLetter] = []
    for done, ((township, kind), year) in enumerate(sorted(newest.items(), key=lambda item: item[0]), 1):
        suffix = "" if kind == "targets" else f"_{SUBJECTS.get(kind, kind)}"
        path = folder / FOLDER / f"{file_stem(township)}{suffix}.docx"
        if path in (letter.path for letter in letters):
            path = path.with_stem(f"{path.stem}_{done}")
        write_letter(make_letter(matter.year_rows(year), facts, matter.places, township, kind), template, dated, path)
        letters.append(SentLetter(township, SUBJECTS.get(kind, kind), path))
        on_sheet(done, len(newest))
    return letters


def file_stem(name: str) -> str:
    """Give a name as part of a file's name: without signs that some systems forbid."""
    return name.translate(_FORBIDDEN).strip(". ") or "乡镇"


def make_letter(rows: YearRows, facts: Facts, places: Places, township: str, kind: str = "targets") -> Letter:
    """Make a township's letter about its filings of one kind and year."""
    filings = [
        filing
        for filing in rows.warehouse.current_filings(rows.year)
        if filing.township == township and (filing.doc_kind or "targets") == kind
    ]
    unit = next((filing.unit_name for filing in filings if filing.unit_name), township)
    subject = SUBJECTS.get(kind, "绩效目标")
    marks = {
        "{{乡镇}}": township,
        "{{单位}}": salutation(township, unit),
        "{{年度}}": year_name(rows.year),
        "{{事项}}": subject,
        "{{县}}": facts.county or "",
        "{{日期}}": facts.published_on.isoformat() if facts.published_on else "",
    }
    remarks = remarks_of(rows, township, kind)
    body: tuple[LetterText | LetterTable, ...] = (
        *_opening(rows, facts, township, filings, kind),
        *write_remarks(rows, places, remarks),
        *_comparing(rows, facts, township, filings, kind),
        *_closing(bool(remarks)),
    )
    return Letter(f"{township}{year_name(rows.year)}{subject}反馈单", marks, numbered(body))


def numbered(body: Sequence[LetterText | LetterTable]) -> tuple[LetterText | LetterTable, ...]:
    """Number the headings that a letter has: not each has every part."""
    numbers = iter("一二三四五六七八九")
    return tuple(
        replace(part, text=f"{next(numbers)}、{part.text}")
        if isinstance(part, LetterText) and part.kind == "heading"
        else part
        for part in body
    )


def salutation(township: str, unit: str) -> str:
    """Give whom the letter is to: 李钊庄镇人民政府, not the budget's name of the unit (丰润区李钊庄镇人民政府本级)."""
    if re.search(r"[镇乡]$", township):
        return f"{township}人民政府"
    if township.endswith("街道"):
        return f"{township}办事处"
    return re.sub(r"(?:[（(]?本级[）)]?|机关)$", "", unit) or township


def _opening(rows: YearRows, facts: Facts, township: str, filings: Sequence[FilingSource], kind: str) -> Body:
    if any(filing.invented for filing in filings):
        yield LetterText("note", f"本单所依据的报送文件是{SAMPLE_TAG}，只供演示，不得发出。")
    files = "、".join(f"《{filing.file_name}》" for filing in filings)
    dated = (
        f"（数据截至{facts.published_on.year}年{facts.published_on.month}月{facts.published_on.day}日）"
        if facts.published_on
        else ""
    )
    counted = _counted(rows, township, kind)
    yield LetterText("text", f"你单位报送的{files}已审核{dated}{counted}。现将审核情况反馈如下。")


def _counted(rows: YearRows, township: str, kind: str) -> str:
    if kind != "targets":
        indicators = len(rows.where("target_versus_actual", "township", township))
        return f"，共 {indicators} 条绩效指标" if indicators else ""
    budgets, own = rows.warehouse.mart("budget_comparison"), rows.where("budget_comparison", "township", township)
    projects = sum(budgets.whole(row, "projects") or 0 for row in own) if budgets else 0
    total = sum(budgets.number(row, "total_yuan") or 0 for row in own) if budgets else 0
    indicators = len(rows.where("target_comparison", "township", township))
    amount = f"，预算合计 {total / 10000:,.2f} 万元" if total else ""
    return f"，共 {projects} 个项目{amount}、{indicators} 条绩效指标"


def _comparing(rows: YearRows, facts: Facts, township: str, filings: Sequence[FilingSource], kind: str) -> Body:
    """Write the parts that depend on the kind; a real township is never compared with invented ones."""
    if kind == "self_evaluation":
        yield from write_outcomes(rows, township)
        return
    if kind != "targets":
        return
    invented = {filing.township for filing in facts.invented}
    if any(filing.invented for filing in filings) or not invented & set(rows.townships):
        yield from write_comparisons(rows, township)
    yield from write_results(rows, township)


def _closing(has_remarks: bool) -> Body:
    if has_remarks:
        yield LetterText("text", "请于　　月　　日前改正后重新报送（文件名中注明“更正”），或书面说明理由。")
