"""The HTML report of one fiscal year: one page with all its pages in it, and its rows as scripts in a folder beside."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from warehouse.publication.marts.facts import Facts, year_name
from warehouse.publication.marts.years import YearRows
from warehouse.publication.report.columns import mart_data
from warehouse.publication.report.data import TableData, write_data
from warehouse.publication.report.evidence import sheet_words
from warehouse.publication.report.pages import Handout, cards_of, make_pages
from warehouse.publication.report.schedule import schedule_data
from warehouse.publication.report.tables import PageLinks, TableMaker
from warehouse.publication.sources.links import SourceLinks

TEMPLATES = Path(__file__).parent
NEWEST_REPORT = "绩效目标对比报告.html"
ROWS_FOLDER = "报告数据"
"""The folder of the reports' rows, beside them; a folder a year in it."""


@dataclass(frozen=True, slots=True)
class ReportLink:
    """One year's report among those beside each other."""

    year: str
    file_name: str
    here: bool


def report_name(facts: Facts, year: int | None) -> str:
    """Give a report's file name: the newest year's bears no year, so that a bookmark stays good."""
    newest = not facts.years or facts.years[0].year == year
    return NEWEST_REPORT if newest else f"{Path(NEWEST_REPORT).stem}_{year_name(year)}.html"


def write_report(
    rows: YearRows,
    facts: Facts,
    sources: SourceLinks,
    folder: Path,
    handouts: Mapping[str, tuple[Handout, ...]] | None = None,
) -> Path:
    """Write one year's report and its rows into ``folder`` and give the report's path; the same data give the same bytes.

    ``handouts`` are the files beside it that go to each township.
    """
    import jinja2

    year = rows.year
    samples = frozenset(f.township for f in facts.invented if f.township and f.fiscal_year == year)
    maker = TableMaker(rows.warehouse, sources, _number_pages(rows), samples)
    counted = next((each for each in facts.years if each.year == year), None)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    head, script = 'document.documentElement.classList.add("js")', _scripts()
    page = environment.get_template("report.html.j2").render(
        facts=facts,
        year=year_name(year) if counted else "",
        cards=cards_of(counted) if counted else (),
        years=[ReportLink(year_name(y.year), report_name(facts, y.year), y.year == year) for y in facts.years],
        pages=(pages := make_pages(rows, maker, facts, handouts or {})),
        anchors={made.anchor for made in pages},
        marts=rows.warehouse.marts(),
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
        head=head,
        script=script,
        script_hashes=" ".join(_script_hash(text) for text in (head, script)),
        files=_inside_page(_write_rows(rows, maker, folder)),
        evidence=_inside_page({**sheet_words(rows.warehouse), "about": _about(facts, year)}),
    )
    path = folder / report_name(facts, year)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _write_rows(rows: YearRows, maker: TableMaker, folder: Path) -> dict[str, list[str]]:
    """Write each mart's rows and give the files of each, relative to the report."""
    place = folder / ROWS_FOLDER / year_name(rows.year)
    written = {}
    for table in rows.warehouse.marts():
        own = rows.of(table.name)
        if own:
            made: TableData = (schedule_data if table.name == "schedule_comparison" else mart_data)(maker, table, own)
            written[table.name] = [path.relative_to(folder).as_posix() for path in write_data(made, place)]
    return written


def _about(facts: Facts, year: int | None) -> str:
    """Say whose figures these are and of when: a printed sheet stands alone."""
    until = f"，数据截至 {facts.published_on.isoformat()}" if facts.published_on else ""
    return f"{facts.county or ''}{year_name(year)}乡镇绩效目标对比{until}"


def _inside_page(data: Mapping[str, object]) -> Markup:
    """Write data as JSON that ends no script of the page, whatever it holds."""
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def _scripts() -> str:
    return "\n".join(
        (TEMPLATES / name).read_text(encoding="utf-8").rstrip() for name in ("rows.js", "sheets.js", "report.js")
    )


def _script_hash(text: str) -> str:
    """Give what the page's policy calls a script by, so that it runs and no other text in the page does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _number_pages(rows: YearRows) -> PageLinks:
    """Give each page an anchor; names from filings never become part of one."""
    kinds = {"township": ("t", rows.townships), "category": ("c", rows.categories), "indicator": ("i", rows.indicators)}
    return PageLinks(
        {kind: {name: f"{letter}{n}" for n, name in enumerate(names, 1)} for kind, (letter, names) in kinds.items()}
    )
