"""The bureau's workbooks, one a year: cover, findings to be answered, the comparisons, what was filed, what changed.

At most ten sheets in sight. Those that are missing here answer rarer questions; they stand in the report and the data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse.publication.editions.changes import PublicationChanges
from warehouse.publication.marts.facts import SAMPLE_TAG, Facts, year_name
from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.marts.years import YearRows, read_year
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.workbook.changes import write_changes
from warehouse.publication.workbook.charts import write_charts
from warehouse.publication.workbook.cover import Conclusion, Cover, CoverMatter
from warehouse.publication.workbook.filed import write_filed
from warehouse.publication.workbook.formats import make_formats
from warehouse.publication.workbook.paper import BookParts
from warehouse.publication.workbook.sheets import write_sheet

WORKBOOK = "绩效目标对比表.xlsx"
SHEETS = (
    *("review_findings", "review_results", "cost_comparison", "budget_comparison", "target_comparison"),
    *("year_over_year", "target_versus_actual"),
)
"""The comparisons with a sheet of their own, in order: what is to be corrected, the proposed results, money, targets,
two years, and the self-evaluations of a year that has them. With cover, coverage and changes these are ten."""

ONLY_WITH_ROWS = ("target_versus_actual",)

BIG = 60_000
"""From so many rows on a book is written row by row, so that memory stays small; it has no tables and formulas then."""

_NO_DATE = datetime(2000, 1, 1)


@dataclass(frozen=True)
class BookMatter:
    """What the books are made from beside the rows: facts, links to cells, conclusions a year, changes since ``previous``."""

    facts: Facts
    sources: SourceLinks = field(default_factory=SourceLinks)
    conclusions: Mapping[int | None, tuple[Conclusion, ...]] = field(default_factory=dict)
    changes: PublicationChanges | None = None
    previous: str | None = None


def workbook_name(facts: Facts, year: int | None) -> str:
    """Give a year's file name; the newest year's bears no year, so that a link to it stays good."""
    newest = not facts.years or facts.years[0].year == year
    return WORKBOOK if newest else f"{Path(WORKBOOK).stem}_{year_name(year)}.xlsx"


def write_workbooks(
    warehouse: Warehouse,
    matter: BookMatter,
    folder: Path,
    year_rows: Callable[[int | None], YearRows] | None = None,
) -> tuple[Path, ...]:
    """Write one book a year into ``folder``, the newest first; the same matter gives the same bytes."""
    made = []
    for year in [each.year for each in matter.facts.years] or [None]:
        path = folder / workbook_name(matter.facts, year)
        write_workbook(year_rows(year) if year_rows else read_year(warehouse, year), matter, path)
        made.append(path)
    return tuple(made)


def write_workbook(rows: YearRows, matter: BookMatter, path: Path) -> None:
    """Write the book of one year."""
    import xlsxwriter

    facts, warehouse = matter.facts, rows.warehouse
    created = datetime.combine(facts.published_on, datetime.min.time()) if facts.published_on else _NO_DATE
    is_big = sum(len(rows.of(name)) for name in (*SHEETS, "coverage")) > BIG
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": is_big}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": path.stem, "author": "jixiao", "created": created})
        book.set_size(2400, 1400)
        note = f"底纹乡镇为{SAMPLE_TAG}，不得作为工作依据。" if facts.invented else ""
        parts = BookParts(book, make_formats(book), warehouse, matter.sources, not is_big, note)
        told = matter.conclusions.get(rows.year, ())
        cover = Cover(parts, CoverMatter(facts, rows.year, told, rows.of("review_findings")))
        tables = [table for name in SHEETS if (table := warehouse.mart(name))]
        sheets = [
            write_sheet(parts, table, rows.of(table.name))
            for table in tables
            if rows.of(table.name) or table.name not in ONLY_WITH_ROWS
        ]
        if filed := write_filed(parts, facts, rows.year, rows.of("coverage")):
            sheets.append(filed)
        changed = write_changes(book, parts.formats, matter.changes, matter.previous, rows.year)
        charts_at = cover.write(sheets, changed)
        write_charts(book, parts.formats, warehouse, rows.year, cover.sheet, charts_at)
