"""Headings of current filings that nobody has explained yet, found in the kept Documents."""

from collections.abc import Iterator

import duckdb

from extractors.rejection import RejectedFile
from pipelines.inspect.headings import unknown_headings
from transforms.filings import transform
from transforms.forms.taught import NO_HEADINGS, Headings, teaching
from warehouse.county.files import CountyFileError
from warehouse.county.headings_file import HEADINGS_FILE, load_headings
from warehouse.home import Home
from warehouse.store.documents import documents_of, open_document

WITH_UNREAD_CELLS = """
select
    f.filing_id,
    f.file_name,
    coalesce(f.township, f.unit_name, f.file_name) as filer,
    f.fiscal_year,
    (select sum(p.budget_yuan) from core.projects as p where p.filing_id = f.filing_id) as budget_yuan
from core.filings as f
where f.is_current and f.filing_id in (select u.filing_id from core.unread_cells as u)
order by f.file_name, f.filing_id
limit 200
"""
"""Each needs its Document opened: more filings than these nobody looks through in one sitting."""

Heading = tuple[str, str, str, int | None, str, int, float]
"""filing_id, file_name, filer, fiscal_year, the heading as filed; how many filings have it, and the sum of their budgets (yuan)."""


def find_unknown_headings(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Heading]:
    """Yield the headings above or left of unread cells that are neither known nor taught, each once, with its first filing."""
    documents = documents_of(home)
    taught = _taught(home)
    seen: dict[str, Heading] = {}
    for filing_id, file_name, filer, year, budget in connection.execute(WITH_UNREAD_CELLS).fetchall():
        place = documents.find(filing_id)
        document = open_document(place, file_name) if place is not None else None
        if document is None:
            continue
        try:
            with teaching(taught):
                found = list(unknown_headings(document, transform(document)))
        except RejectedFile:
            continue
        for heading in found:
            *first, filings, sum_of = seen.get(heading, (filing_id, file_name, filer, year, heading, 0, 0.0))
            seen[heading] = (*first, filings + 1, sum_of + float(budget or 0))
    yield from seen.values()


def _taught(home: Home) -> Headings:
    """Give what is taught; a file with mistakes teaches nothing here, and stops the next run with the line."""
    try:
        return load_headings(home.config / HEADINGS_FILE)
    except CountyFileError:
        return NO_HEADINGS
