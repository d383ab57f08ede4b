"""A Document becomes a filing's records: head facts, projects, plans, objectives, indicators, goals and findings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Document
from extractors.rejection import Reason, RejectedFile
from transforms.building.projects import Builder
from transforms.decisions import Decision, decide_document, settle_doubts
from transforms.doubted_cells import doubt_cells, place_doubts
from transforms.forms.bounds import looks_like_indicators
from transforms.forms.folded import unfold
from transforms.forms.form import Form
from transforms.forms.ledger import Ledger
from transforms.forms.prose import read_prose
from transforms.forms.read import FormReader
from transforms.identity import find_filers_apart, find_identity, sheet_doubts
from transforms.invariants.check import find_doubts
from transforms.invariants.lists import list_findings
from transforms.kinds import find_doc_kind, find_titles
from transforms.names.categories import name_project
from transforms.names.levels import find_taxonomy
from transforms.names.terms import NO_TERMS, Terms
from transforms.narratives import Narrative, read_narrative
from transforms.privacy import hide_in_records
from transforms.reading_findings import (
    read_note_findings,
    stranger_findings,
    year_findings,
)
from transforms.recognition import recognition_doubts
from transforms.records import (
    Filing,
    FilingRecords,
    FiscalYear,
    Project,
)
from transforms.totals import find_stated_totals
from transforms.years import find_fiscal_year, year_doubts

_NAME_PREFIX = re.compile(r"^\s*(?:指标\s*\d{1,2}\s*[:：.、．]|\d{1,2}\s*[.、．](?!\d)|[（(]\d{1,2}[)）])\s*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NO_TABLE_WORDS = re.compile(r"(?:数量指标|质量指标|时效指标|成本指标).*(?:效益指标|满意度)", re.DOTALL)


def transform(document: Document, terms: Terms = NO_TERMS, decisions: Sequence[Decision] = ()) -> FilingRecords:
    """Read all records of a filing. Raises RejectedFile where the document holds no performance table.

    ``terms`` are the county's own decisions about indicator names, ``decisions`` those about doubted values.

    Every cell of every table ends used, ignored by a named rule, or in ``unread_cells``.
    """
    decided = decide_document(document, decisions)
    document, said = decided.document, decided.of_filing()
    ledger = Ledger()
    found = FiscalYear(int(said["fiscal_year"]), "decided") if "fiscal_year" in said else find_fiscal_year(document)
    received, document = document, unfold(document, ledger)
    reader = FormReader(document, ledger, found.year)
    forms = reader.read()
    if not any(form.rows for form in forms):
        forms = read_prose(document) or forms
    narrative = read_narrative(document.blocks, found.year)
    if not any(form.rows for form in forms):
        _refuse_without_tables(document, forms, narrative)
    builder = Builder(found.year, reader.document_unit(), terms, ledger)
    for form in forms:
        builder.add(form)
    filing = find_identity(document, forms, found.year, found.source, find_doc_kind(document, forms))
    filing = replace(
        filing,
        county=said.get("county", filing.county),
        township=said.get("township", filing.township),
        doc_kind=said.get("doc_kind", filing.doc_kind),
    )
    if (stated := find_stated_totals(document, found.year)) is not None:
        filing = replace(
            filing,
            stated_projects=stated.projects,
            stated_yuan=stated.yuan,
            stated_raw=stated.raw,
            stated_row_no=stated.row_no,
        )
    taxonomy = find_taxonomy((i.level1, i.level2) for i in builder.indicators)
    findings = [
        *read_note_findings(document.notes),
        *year_findings(found),
        *stranger_findings(reader.strangers),
        *list_findings(reader.others),
    ]
    findings += builder.said.findings
    records = FilingRecords(
        filing=replace(filing, taxonomy=taxonomy, overall_goal=narrative.overall_goal),
        projects=tuple(_named(project, filing, terms) for project in builder.projects),
        spending_plan=tuple(builder.plan),
        objectives=tuple(builder.objectives),
        indicators=tuple(builder.indicators),
        narrative_goals=narrative.goals,
        findings=tuple(findings),
        unread_cells=ledger.unread_cells(),
        used_cells=ledger.used_cells(),
        doubts=(*year_doubts(found), *builder.said.doubts),
        statements=tuple(builder.statements),
    )
    apart = find_filers_apart(document, forms)
    broken = find_doubts(records, forms, list(find_titles(document)), ledger.text_at, apart)
    of_cells, said_of_cells = doubt_cells(document.notes, records)
    apart_from_name = () if apart is not None else sheet_doubts(document, forms, filing.township)
    doubts = (*records.doubts, *broken, *apart_from_name, *recognition_doubts(received, records), *of_cells)
    doubts = place_doubts(doubts, records.used_cells, ledger.text_at)
    records = replace(records, doubts=doubts, findings=(*records.findings, *said_of_cells))
    return hide_in_records(settle_doubts(records, decided))


def _named(project: Project, filing: Filing, terms: Terms) -> Project:
    """Give a project the category by which it is compared, without the filing's own place."""
    return replace(project, project_category=name_project(project.project_name, filing.county, filing.township, terms))


def _refuse_without_tables(document: Document, forms: Sequence[Form], narrative: Narrative) -> None:
    if any(form.headings for form in forms):
        raise RejectedFile(Reason.EMPTY_TABLE, "找到了绩效目标表的表头，但表中没有填写任何指标")
    if not forms and any(note.code in ("page_is_picture", "picture_not_read") for note in document.notes):
        raise RejectedFile(Reason.IMAGE_ONLY, "文字以外的内容是图片，表格在图片里，读不出来")
    text = "\n".join(paragraph.text for paragraph in document.paragraphs())
    if _NO_TABLE_WORDS.search(text) and not any(document.grids()):
        raise RejectedFile(Reason.TEXT_RUN_TOGETHER, "文中出现绩效指标文字，但没有可识别的表格")
    if not forms and not narrative.goals:
        tables = sum(1 for _ in document.grids())
        found = f"共有 {tables} 张表格，没有一张是绩效目标表" if tables else "文件里只有文字，没有表格"
        if any(looks_like_indicators(grid) for grid in document.grids()):
            found = f"共有 {tables} 张表格，写有绩效指标，但没有一张既有指标名称又有指标值的表头，没有读取"
        raise RejectedFile(Reason.NO_PERFORMANCE_TABLE, found)
