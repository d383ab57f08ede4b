"""Writes each township's review forms, one a project, prefilled with the proposed grades and the problems found."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from warehouse.publication.audit.form import Marks, write_forms
from warehouse.publication.letters.write import file_stem
from warehouse.publication.marts.facts import SAMPLE_TAG, Facts, year_name
from warehouse.publication.marts.tables import Mart, Row, Warehouse
from warehouse.publication.marts.values import shown_text
from warehouse.publication.marts.years import YearRows
from warehouse.publication.report.pages import Handout

FOLDER = "审核表"
BLANK = "空白审核表（改好后存为 config 文件夹中的 audit_template.docx）.docx"
GRADES = {"完整性": "completeness", "相关性": "relevance", "适当性": "appropriateness", "可行性": "feasibility"}
MOST_NAMED = 6
"""So many problems of one dimension stand in a form; the list of remarks has them all."""

_NO_DATE = datetime(2000, 1, 1)


def write_audits(
    warehouse: Warehouse,
    year_rows: Callable[[int | None], YearRows],
    facts: Facts,
    template: Path | None,
    folder: Path,
) -> Mapping[str, tuple[Handout, ...]]:
    """Write the forms of each township's newest year into ``folder``/审核表 and give each township's file."""
    made: dict[str, tuple[Handout, ...]] = {}
    dated = datetime.combine(facts.published_on, datetime.min.time()) if facts.published_on else _NO_DATE
    invented = frozenset(filing.filing_id for filing in facts.invented)
    for year in warehouse.years():
        rows = year_rows(year)
        table = warehouse.mart("review_results")
        for township in rows.townships if table else ():
            own = rows.where("review_results", "township", township)
            if township in made or table is None or not own:
                continue
            (folder / FOLDER).mkdir(exist_ok=True)
            path = folder / FOLDER / f"{file_stem(township)}_绩效目标审核表.docx"
            write_forms(list(_forms(rows, table, own, invented)), template, dated, path)
            made[township] = (Handout("绩效目标审核表（Word，本局用）", f"{FOLDER}/{path.name}"),)
    if made:
        write_forms([{}], template, dated, folder / FOLDER / BLANK)
    return made


def _forms(rows: YearRows, table: Mart, own: Sequence[Row], invented: frozenset[str]) -> Iterator[Marks]:
    problems = _problems(rows, table.text(own[0], "township") or "")
    for row in own:
        project = (table.text(row, "filing_id"), table.text(row, "project_no"))
        sample = f"{SAMPLE_TAG}，只供演示。" if project[0] in invented else ""
        marks = {
            "年度": year_name(rows.year),
            "乡镇": table.text(row, "township") or "",
            "单位": table.text(row, "unit_name") or table.text(row, "township") or "",
            "项目名称": table.text(row, "project_name") or "",
            "项目编码": table.text(row, "project_code") or "",
            "预算数": shown_text(rows.warehouse, table, row, table.column("budget_yuan")),
            "文件": table.text(row, "file_name") or "",
            "位置": _place(table, row),
            "建议结论": table.text(row, "proposed_result") or "",
            "提示": f"{sample}建议等级由程序按审核规则提出，供参考；审定结论由审核人填写。",
            "审核意见": "",
        }
        for name, column in GRADES.items():
            marks[name] = table.text(row, column) or ""
            marks[f"{name}问题"] = _said(problems.get((*project, name), []))
        yield marks


def _problems(rows: YearRows, township: str) -> dict[tuple[str | None, str | None, str], list[str]]:
    """Give what was found by project and dimension, what must be corrected first."""
    table, found = rows.warehouse.mart("review_findings"), rows.where("review_findings", "township", township)
    said: dict[tuple[str | None, str | None, str], list[str]] = defaultdict(list)
    for row in found if table else ():
        if table and table.text(row, "severity") in ("error", "warning"):
            key = (table.text(row, "filing_id"), table.text(row, "project_no"), table.text(row, "dimension") or "")
            said[key].append(
                f"【{rows.warehouse.label(table, 'severity', table.value(row, 'severity'))}】{table.text(row, 'message') or ''}"
            )
    return said


def _said(problems: list[str]) -> str:
    if not problems:
        return "未发现需要改正或核对的问题"
    more = f"（另有 {len(problems) - MOST_NAMED} 条，见问题清单）" if len(problems) > MOST_NAMED else ""
    return (
        "；".join(f"{number}．{text.rstrip('。')}" for number, text in enumerate(problems[:MOST_NAMED], 1))
        + f"。{more}"
    )


def _place(table: Mart, row: Row) -> str:
    page, number = table.whole(row, "page"), table.whole(row, "table_no")
    return " ".join(part for part in (f"第{page}页" if page else "", f"表{number}" if number else "") if part)
