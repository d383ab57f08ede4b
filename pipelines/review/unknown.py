"""Headings of current filings that nobody has explained yet, found in the kept Documents."""

from collections.abc import Iterator

import duckdb

from extractors.rejection import RejectedFile
from pipelines.inspect.headings import unknown_headings
from transforms.filings import transform
from transforms.forms.taught import NO_HEADINGS, Headings, teaching
from warehouse.county.files import CountyFileError
from warehouse.county.headings_file import load_headings
from warehouse.home import Home
from warehouse.store.documents import documents_of, open_document

WITH_UNREAD_CELLS = """
select distinct f.filing_id, f.file_name, coalesce(f.township, f.unit_name, f.file_name) as filer, f.fiscal_year
from core.unread_cells as u
inner join core.filings as f on u.filing_id = f.filing_id and f.is_current
order by f.file_name, f.filing_id
limit 200
"""
"""Each needs its Document opened: more filings than these nobody looks through in one sitting."""

Heading = tuple[str, str, str, int | None, str]
"""filing_id, file_name, filer, fiscal_year, the heading as filed."""


def find_unknown_headings(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Heading]:
    """Yield the headings above or left of unread cells that are neither known nor taught, each once."""
    documents = documents_of(home)
    taught = _taught(home)
    seen: set[str] = set()
    for filing_id, file_name, filer, year in connection.execute(WITH_UNREAD_CELLS).fetchall():
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
            if heading not in seen:
                seen.add(heading)
                yield filing_id, file_name, filer, year, heading


def _taught(home: Home) -> Headings:
    """Give what is taught; a file with mistakes teaches nothing here, and stops the next run with the line."""
    try:
        return load_headings(home.config / "headings.csv")
    except CountyFileError:
        return NO_HEADINGS
