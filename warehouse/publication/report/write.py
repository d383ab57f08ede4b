"""The HTML report of one fiscal year: one self-contained file, all its pages in it, that opens without a network."""

from dataclasses import dataclass
from pathlib import Path

from warehouse.publication.marts.facts import Facts, year_name
from warehouse.publication.marts.years import YearRows
from warehouse.publication.report.pages import cards_of, make_pages
from warehouse.publication.report.tables import PageLinks, TableMaker
from warehouse.publication.sources.links import SourceLinks

TEMPLATES = Path(__file__).parent
NEWEST_REPORT = "绩效目标对比报告.html"


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


def write_report(rows: YearRows, facts: Facts, sources: SourceLinks, folder: Path) -> Path:
    """Write one year's report into ``folder`` and give its path; the same data give the same bytes."""
    import jinja2

    year = rows.year
    samples = frozenset(f.township for f in facts.invented if f.township and f.fiscal_year == year)
    maker = TableMaker(rows.warehouse, sources, _number_pages(rows), samples)
    counted = next((each for each in facts.years if each.year == year), None)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("report.html.j2").render(
        facts=facts,
        year=year_name(year) if counted else "",
        cards=cards_of(counted) if counted else (),
        years=[ReportLink(year_name(y.year), report_name(facts, y.year), y.year == year) for y in facts.years],
        pages=(pages := make_pages(rows, maker, facts)),
        anchors={made.anchor for made in pages},
        marts=rows.warehouse.marts(),
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
        script=(TEMPLATES / "report.js").read_text(encoding="utf-8"),
    )
    path = folder / report_name(facts, year)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _number_pages(rows: YearRows) -> PageLinks:
    """Give each page an anchor; names from filings never become part of one."""
    kinds = {"township": ("t", rows.townships), "category": ("c", rows.categories), "indicator": ("i", rows.indicators)}
    return PageLinks(
        {kind: {name: f"{letter}{n}" for n, name in enumerate(names, 1)} for kind, (letter, names) in kinds.items()}
    )
