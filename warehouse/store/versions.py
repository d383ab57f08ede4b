"""Which filing of a unit, year and kind counts: twins in several formats count once, corrections replace earlier ones.

Decided over all filings of a unit whenever one of them is new, from what they say, their names and dates alone, so that the order in
which files were read makes no difference. The set of projects that counts never shrinks by itself: a later filing replaces
an earlier one as a whole only if it holds all of its projects; else project by project, and the others go on counting.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath

import pyarrow as pa

from transforms.words.folding import squash

FORMAT_ORDER = {"docx": 0, "xlsx": 1, "doc": 2, "xls": 3, "pdf": 4, "ofd": 5, "html": 6, "txt": 7, "picture": 8}
"""Of twins the one counts whose tables are read from the richest source."""

VERSION_COLUMNS = (
    "is_current",
    "supersedes",
    "replaced_by",
    "version_reason",
    "projects_replaced",
    "replaced_in_part_by",
)
UNIT = ("filer", "fiscal_year", "doc_kind")
"""Filings that agree in these may replace each other."""

Row = Mapping[str, object]

_ORDINAL = re.compile(r"第([一二三四五六七八九]|\d{1,2})(?:次|稿|版)")
_COPY = re.compile(r"(?:[(（](\d{1,2})[)）]|[-_ ]?[vV](\d{1,2}))$")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_BLANK = re.compile(r"\s+")

_Projects = Mapping[int, frozenset[str]]
"""What names each project of a filing, code and name, by its number."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One filing as far as its version is concerned."""

    filing_id: str
    county: str | None
    unit_code: str | None
    stem: str
    format: str
    received_at: datetime
    content_hash: str
    has_year: bool
    projects: _Projects


@dataclass(frozen=True, slots=True)
class _Version:
    """A filing with its twins; its date is that of the first, its rank in the file names that of the highest."""

    lead: _Candidate
    twins: tuple[_Candidate, ...]

    @property
    def order(self) -> tuple[int, datetime, str, str]:
        """Sort editions from the earliest to the one that counts."""
        every = (self.lead, *self.twins)
        rank = max(find_correction_rank(one.stem) for one in every)
        return rank, min(one.received_at for one in every), self.lead.stem, self.lead.filing_id


@dataclass(frozen=True, slots=True)
class Version:
    """What became of one filing.

    ``replaced_by`` is the filing that counts instead, for ``reason``: ``twin``, ``twin_differs``, ``newer``,
    ``marked`` (its name says so), ``mark_against_date`` and ``same_time`` (both are findings). Of a filing that goes on
    counting, ``projects_replaced`` are the numbers of the projects that a later one holds, the last of which is
    ``replaced_in_part_by``.
    """

    replaced_by: str | None = None
    supersedes: str | None = None
    reason: str | None = None
    projects_replaced: tuple[int, ...] = ()
    replaced_in_part_by: str | None = None


def mark_versions(filings: pa.Table, projects: pa.Table) -> pa.Table:
    """Give the filings with the ``VERSION_COLUMNS`` decided anew.

    ``filings`` has the stored columns; ``projects`` has filing_id, project_no, project_code and project_name.
    """
    versions = decide_versions(filings.select(_NEEDED).to_pylist(), projects.to_pylist())
    found = [versions.get(filing_id, Version()) for filing_id in filings.column("filing_id").to_pylist()]
    columns = {
        "is_current": [version.replaced_by is None for version in found],
        "supersedes": [version.supersedes for version in found],
        "replaced_by": [version.replaced_by for version in found],
        "version_reason": [version.reason for version in found],
        "projects_replaced": [" ".join(map(str, version.projects_replaced)) or None for version in found],
        "replaced_in_part_by": [version.replaced_in_part_by for version in found],
    }
    for name, values in columns.items():
        position = filings.schema.get_field_index(name)
        filings = filings.set_column(
            position, filings.schema.field(position), pa.array(values, filings.schema.types[position])
        )
    return filings


_NEEDED = [
    *("filing_id", "file_name", "format", "filer", "county", "unit_code", "fiscal_year", "doc_kind"),
    *("received_at", "content_hash"),
]


def decide_versions(filings: Iterable[Row], projects: Iterable[Row]) -> dict[str, Version]:
    """Give the version of each filing that has a rival of the same filer, year and kind; the others are current."""
    units: dict[tuple[object, ...], list[Row]] = {}
    for row in filings:
        units.setdefault(tuple(row[name] for name in UNIT), []).append(row)
    blocks = [sorted(block, key=lambda row: str(row["filing_id"])) for block in units.values() if len(block) > 1]
    rivals = {row["filing_id"] for block in blocks for row in block}
    names = _project_keys(row for row in projects if row["filing_id"] in rivals)
    versions: dict[str, Version] = {}
    for block in blocks:
        versions |= _decide_block([_to_candidate(row, names) for row in block])
    return versions


def _project_keys(projects: Iterable[Row]) -> dict[str, _Projects]:
    """Give each filing's projects with what names them: code and name, folded and without blanks."""
    found: dict[str, dict[int, frozenset[str]]] = {}
    for row in projects:
        squashed = (squash(str(row[name] or "")) for name in ("project_code", "project_name"))
        number = row["project_no"]
        assert isinstance(number, int)
        found.setdefault(str(row["filing_id"]), {})[number] = frozenset(part for part in squashed if part)
    return dict(found)


def _to_candidate(row: Row, names: Mapping[str, _Projects]) -> _Candidate:
    received_at = row["received_at"]
    assert isinstance(received_at, datetime)
    return _Candidate(
        filing_id=str(row["filing_id"]),
        county=_text(row["county"]),
        unit_code=_text(row["unit_code"]),
        stem=PurePosixPath(str(row["file_name"])).stem,
        format=str(row["format"]),
        received_at=received_at,
        content_hash=str(row["content_hash"]),
        has_year=row["fiscal_year"] is not None,
        projects=names.get(str(row["filing_id"]), {}),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _decide_block(candidates: list[_Candidate]) -> dict[str, Version]:
    """Decide among the filings of one filer, year and kind: first the twins, then who replaces whom."""
    editions = sorted(_find_editions(candidates), key=lambda edition: edition.order)
    replaced: dict[str, tuple[str, str]] = {}
    supersedes: dict[str, str] = {}
    parts: dict[str, tuple[set[int], str]] = {}
    for position, later in enumerate(editions):
        for earlier in editions[:position]:
            if earlier.lead.filing_id in replaced or not _may_replace(later.lead, earlier.lead):
                continue
            held, before = _held_by(later.lead, earlier.lead), parts.get(earlier.lead.filing_id, (set[int](), ""))[0]
            if len(held | before) == len(earlier.lead.projects):
                replaced[earlier.lead.filing_id] = (later.lead.filing_id, _reason(earlier, later))
                supersedes[later.lead.filing_id] = earlier.lead.filing_id
            elif held:
                parts[earlier.lead.filing_id] = (held | before, later.lead.filing_id)
    versions: dict[str, Version] = {}
    for edition in editions:
        lead = edition.lead
        by, reason = replaced.get(lead.filing_id, (None, None))
        held, part_by = parts.get(lead.filing_id, (set[int](), None)) if by is None else (set[int](), None)
        versions[lead.filing_id] = Version(by, supersedes.get(lead.filing_id), reason, tuple(sorted(held)), part_by)
        for twin in edition.twins:
            same = twin.content_hash == lead.content_hash
            versions[twin.filing_id] = Version(lead.filing_id, None, "twin" if same else "twin_differs")
    return versions


def _find_editions(candidates: list[_Candidate]) -> list[_Version]:
    """Group twins; the lead is the one in the richest format, of equals the latest."""
    ordered = sorted(candidates, key=lambda one: (-one.received_at.timestamp(), one.filing_id))
    ordered.sort(key=lambda one: FORMAT_ORDER.get(one.format, len(FORMAT_ORDER)))
    editions: list[tuple[_Candidate, list[_Candidate]]] = []
    for one in ordered:
        home = next((twins for lead, twins in editions if _are_twins(lead, one)), None)
        if home is None:
            editions.append((one, []))
        else:
            home.append(one)
    return [_Version(lead, tuple(twins)) for lead, twins in editions]


def _are_twins(lead: _Candidate, other: _Candidate) -> bool:
    if not _same_unit(lead, other):
        return False
    if lead.content_hash == other.content_hash:
        return True
    same_name = _BLANK.sub("", lead.stem) == _BLANK.sub("", other.stem) and lead.format != other.format
    shared = len(_held_by(lead, other)) * 2 >= len(other.projects) and len(other.projects) <= len(lead.projects)
    return same_name and lead.has_year and shared


def _may_replace(later: _Candidate, earlier: _Candidate) -> bool:
    """Tell whether a filing may take an earlier one's place; one without projects (text only) takes no other's."""
    return later.has_year and _same_unit(later, earlier) and (bool(earlier.projects) or not later.projects)


def _same_unit(one: _Candidate, other: _Candidate) -> bool:
    codes_agree = one.unit_code == other.unit_code or None in (one.unit_code, other.unit_code)
    return codes_agree and (one.county == other.county or None in (one.county, other.county))


def _held_by(later: _Candidate, earlier: _Candidate) -> set[int]:
    """Give the numbers of the earlier filing's projects that the later one holds too, by code or by name."""
    known: frozenset[str] = frozenset().union(*later.projects.values())
    return {number for number, keys in earlier.projects.items() if keys & known}


def _reason(earlier: _Version, later: _Version) -> str:
    (rank_before, date_before, *_), (rank_after, date_after, *_) = earlier.order, later.order
    if rank_after > rank_before:
        return "mark_against_date" if date_after < date_before else "marked"
    return "same_time" if date_after == date_before else "newer"


def find_correction_rank(stem: str) -> int:
    """Tell which correction a file name says it is: 0 none, 1 更正 and the like, n for 第n次, （n） at its end, vn."""
    rank = 1 if any(word in stem for word in _correction_marks()) else 0
    if ordinal := _ORDINAL.search(stem):
        number = ordinal.group(1)
        rank = max(rank, _CHINESE_DIGITS.index(number) if number in _CHINESE_DIGITS else int(number))
    if copy := _COPY.search(stem):
        rank = max(rank, int(copy.group(1) or copy.group(2)))
    return rank


@cache
def _correction_marks() -> tuple[str, ...]:
    path = Path(__file__).with_name("correction_marks.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["word"] for row in csv.DictReader(file))
