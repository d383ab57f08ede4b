"""The filings and rejected files that stand behind the published tables, and the townships that they come from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import duckdb

INVENTED_MARK = "虚构"
COUNTY_TIME = timezone(timedelta(hours=8))
"""China has one time zone and no summer time."""


@dataclass(frozen=True, slots=True)
class FilingSource:
    """One filing as a source of published rows; ``invented`` is True for sample data that says so itself."""

    filing_id: str
    file_name: str
    format: str
    county: str | None
    township: str | None
    unit_name: str | None
    fiscal_year: int | None
    doc_kind: str | None
    received_at: datetime | None
    is_current: bool
    unit_code: str | None = None

    @property
    def invented(self) -> bool:
        """Tell whether the filing calls itself invented, in its file name, its county or its unit."""
        said = (self.file_name, self.county, self.township, self.unit_name)
        return any(INVENTED_MARK in text for text in said if text)


@dataclass(frozen=True, slots=True)
class RejectedSource:
    """One file that was not loaded."""

    file_name: str
    sha256: str
    reason: str
    detail: str | None
    rejected_at: datetime | None


def read_filings(connection: duckdb.DuckDBPyConnection) -> tuple[FilingSource, ...]:
    """Read all filings, newest year first."""
    return tuple(FilingSource(*row) for row in connection.execute(_FILINGS).fetchall())


def read_rejected(connection: duckdb.DuckDBPyConnection) -> tuple[RejectedSource, ...]:
    """Read the files that were not loaded, by name."""
    return tuple(RejectedSource(*row) for row in connection.execute(_REJECTED).fetchall())


def find_namesakes(filings: Iterable[FilingSource]) -> frozenset[str]:
    """Give the township names that current filings of several counties bear: they need their county beside them."""
    counties: dict[str, set[str]] = defaultdict(set)
    for filing in filings:
        if filing.is_current and filing.township and filing.county:
            counties[filing.township].add(filing.county)
    return frozenset(name for name, found in counties.items() if len(found) > 1)


def tell_apart(filings: Iterable[FilingSource], namesakes: frozenset[str]) -> tuple[FilingSource, ...]:
    """Write the county beside the township's name where the name alone could be two townships: 石桥镇（青禾县）."""
    return tuple(
        replace(filing, township=f"{filing.township}（{filing.county}）")
        if filing.township in namesakes and filing.county
        else filing
        for filing in filings
    )


def in_county_order(filings: Iterable[FilingSource]) -> tuple[str, ...]:
    """Give the townships of filings in the order in which the county keeps them: by unit code, then by name."""
    codes: dict[str, str] = {}
    for filing in filings:
        if filing.township:
            code = filing.unit_code or "~"
            codes[filing.township] = min(code, codes.get(filing.township, code))
    return tuple(sorted(codes, key=lambda name: (codes[name], name)))


def county_time(moment: datetime) -> datetime:
    """Give a moment (UTC where it names no zone) in the county's time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(COUNTY_TIME)


def plain_text(value: object) -> str | None:
    """Write a truth value, a moment or a day for a reader; None for what needs its column's form."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return county_time(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else None


_FILINGS = """
    select filing_id, file_name, format, county, township, unit_name, fiscal_year, doc_kind, received_at, is_current,
        unit_code
    from core.filings
    order by fiscal_year desc nulls last, county, township, doc_kind, file_name, filing_id
"""
_REJECTED = """
    select file_name, sha256, reason, detail, rejected_at from core.rejected_files order by file_name, sha256, reason
"""
