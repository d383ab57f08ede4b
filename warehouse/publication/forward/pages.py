"""One page for each township that can leave the publication: its findings, how it stands, what it is handed.

Nothing on it names another township; it leads to the township's own source pages and files only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.publication.letters.remarks import is_told
from warehouse.publication.letters.write import file_stem
from warehouse.publication.marts.facts import SAMPLE_TAG, Facts, year_name
from warehouse.publication.marts.tables import Mart, Row, Warehouse
from warehouse.publication.marts.values import MARKED, shown_text
from warehouse.publication.marts.years import YearRows
from warehouse.publication.report.pages import Handout
from warehouse.publication.sources.links import SourceLinks

FOLDER = "乡镇"
UP = "../"
"""The pages stand in a folder of the publication; what they lead to stands beside it."""

COMPARED = {
    "cost_comparison": (
        *("project_name", "indicator", "target_raw", "value_yuan", "county_median_yuan", "ratio_to_median"),
        *("peers", "outlier"),
    ),
    "budget_comparison": (
        *("project_category", "current_yuan", "county_median_yuan", "ratio_to_median", "denominator"),
        *("compared_yuan", "county_median_compared_yuan", "peers", "outlier"),
    ),
}
"""What of the comparisons a township is shown: its own rows that stand out, beside the median of all."""


@dataclass(frozen=True, slots=True)
class LinkedLine:
    """One row of a table: its cells' texts, and the address of its cell in the source page."""

    texts: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class ForwardedTable:
    """A table of the page: its title, a note where it is empty, its headings and rows."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[LinkedLine, ...]
    empty: str


FINDINGS = ("severity", "project_name", "indicator_raw", "message")
"""What a township is told of a finding; what the bureau has noted about it stays with the bureau."""


def write_township_pages(
    warehouse: Warehouse,
    year_rows: Callable[[int | None], YearRows],
    facts: Facts,
    sources: SourceLinks,
    handouts: Mapping[str, tuple[Handout, ...]],
    folder: Path,
) -> dict[str, tuple[Handout, ...]]:
    """Write each township's page, of its newest year, into ``folder``/乡镇 and give it as a handout.

    ``handouts`` are what is sent to townships; the bureau's own review forms are not among them.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("township.html.j2")
    samples = {filing.township for filing in facts.invented}
    made: dict[str, tuple[Handout, ...]] = {}
    for year in warehouse.years():
        rows = year_rows(year)
        for township in rows.townships:
            if township in made:
                continue
            (folder / FOLDER).mkdir(exist_ok=True)
            path = folder / FOLDER / f"{file_stem(township)}.html"
            page = template.render(
                township=township,
                year=year_name(year),
                published_on=facts.published_on,
                sample=SAMPLE_TAG if township in samples else "",
                files=[f.file_name for f in warehouse.current_filings(year) if f.township == township],
                tables=[*_tables(rows, sources, township)],
                handouts=handouts.get(township, ()),
                up=UP,
            )
            path.write_text(page, encoding="utf-8", newline="\n")
            made[township] = (Handout("本乡镇情况（一页，可单独转发）", f"{FOLDER}/{path.name}"),)
    return made


def _tables(rows: YearRows, sources: SourceLinks, township: str) -> Iterator[ForwardedTable]:
    table = rows.warehouse.mart("review_findings")
    if table is not None:
        own = [row for row in rows.where(table.name, "township", township) if is_told(table, row)]
        yield _made(rows, sources, table, FINDINGS, own, "没有需要改正或核对的问题。")
    for name, columns in COMPARED.items():
        if (mart := rows.warehouse.mart(name)) is not None:
            own = [row for row in rows.where(name, "township", township) if mart.text(row, "outlier") in MARKED]
            yield _made(rows, sources, mart, columns, own, "与各乡镇相比没有明显偏高或偏低的。")


def _made(
    rows: YearRows, sources: SourceLinks, table: Mart, columns: Sequence[str], own: Sequence[Row], empty: str
) -> ForwardedTable:
    shown = [table.column(name) for name in columns if name in table.positions]
    lines = tuple(
        LinkedLine(
            tuple(shown_text(rows.warehouse, table, row, column) for column in shown), sources.href_of(table, row) or ""
        )
        for row in own
    )
    return ForwardedTable(table.title, tuple(column.heading for column in shown), lines, empty)
