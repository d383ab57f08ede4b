"""What changed in the published tables between two publications: row by row, with the filings that caused it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from warehouse.publication.editions.filings import FilingChange, FilingChanges, compare_filings
from warehouse.publication.editions.keys import PLACE_COLUMNS, TableKeys, keys_of
from warehouse.publication.editions.tables import DiffRows, PublishedTable, differing_rows, list_tables

Kind = Literal["added", "removed", "changed"]
Record = Mapping[str, object]
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One value that changed; ``own`` tells that it is the row's own and not a comparison with others."""

    column: str
    heading: str
    before: object
    after: object
    own: bool


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that came, went or changed; ``record`` is the row as it is now (for a removed row, as it was).

    ``causes`` is empty where no filing changed: then the program, the county's own files or its terms did.
    """

    table: str
    kind: Kind
    record: Record
    figures: tuple[ChangedFigure, ...]
    causes: tuple[FilingChange, ...]

    @property
    def is_own(self) -> bool:
        """Tell whether the row's own figures changed, and not only those that compare it with others."""
        return self.kind != "changed" or any(figure.own for figure in self.figures)


@dataclass(frozen=True, slots=True)
class TableChanges:
    """The changes of one table, in the order of its keys; ``new_columns`` and ``lost_columns`` are not compared."""

    table: PublishedTable
    rows: tuple[RowChange, ...]
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationChanges:
    """All that changed from one publication to the next; tables without changes are left out."""

    filings: FilingChanges
    tables: tuple[TableChanges, ...] = field(default=())


def compare_publications(old: Path, new: Path, only: str | None = None) -> PublicationChanges:
    """Compare two publications' data folders (数据/), of all comparisons or of one table.

    Only columns that both have are compared. Place and ids of a row in its filing are no news by themselves.
    """
    filings = compare_filings(old, new)
    found = []
    for table in list_tables(old, new):
        if only in (None, table.name):
            rows = differing_rows(old, new, table.name)
            keys = keys_of(table.name, rows.columns)
            changes = tuple(_find_causes(table.name, _match_rows(table, keys, rows), keys, filings))
            if changes or rows.new_columns or rows.lost_columns:
                found.append(TableChanges(table, changes, rows.new_columns, rows.lost_columns))
    return PublicationChanges(filings, tuple(found))


@dataclass(frozen=True, slots=True)
class _Pair:
    """One row before and after; one of them is None where it came or went."""

    before: Record | None
    after: Record | None
    figures: tuple[ChangedFigure, ...] = ()

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(record for record in (self.after, self.before) if record is not None)


def _match_rows(table: PublishedTable, keys: TableKeys, rows: DiffRows) -> list[_Pair]:
    """Match differing rows by key, the strict one first; of several rows with one key, equal ones first, then in order."""
    compared = [name for name in rows.columns if name not in PLACE_COLUMNS]
    before, after = list(rows.before), list(rows.after)
    pairs: list[_Pair] = []
    for terms in keys.passes:
        matched, before, after = _match_by(terms, before, after, compared)
        pairs += matched
    changed = [
        _Pair(old, new, figures)
        for old, new in ((pair.before, pair.after) for pair in pairs)
        if old is not None and new is not None and (figures := tuple(_figures(table, keys, compared, old, new)))
    ]
    every = [*changed, *(_Pair(row, None) for row in before), *(_Pair(None, row) for row in after)]
    return sorted(every, key=lambda pair: (_sort_key(keys.key, pair.records[0]), pair.kind))


def _match_by(
    terms: tuple[str, ...], before: list[Record], after: list[Record], compared: list[str]
) -> tuple[list[_Pair], list[Record], list[Record]]:
    olds: dict[Key, list[Record]] = defaultdict(list)
    for row in before:
        olds[_key(terms, row)].append(row)
    news: dict[Key, list[Record]] = defaultdict(list)
    for row in after:
        news[_key(terms, row)].append(row)
    pairs: list[_Pair] = []
    left_old: list[Record] = []
    left_new: list[Record] = []
    for key in dict.fromkeys((*olds, *news)):
        old, new = _take_equal(olds.get(key, []), news.get(key, []), compared)
        both = min(len(old), len(new))
        pairs += [_Pair(one, other) for one, other in zip(old[:both], new[:both], strict=True)]
        left_old += old[both:]
        left_new += new[both:]
    return pairs, left_old, left_new


def _take_equal(old: list[Record], new: list[Record], compared: list[str]) -> tuple[list[Record], list[Record]]:
    """Leave out rows that are equal but for their place."""
    waiting: dict[Key, int] = defaultdict(int)
    for row in old:
        waiting[tuple(row[name] for name in compared)] += 1
    rest_new = []
    for row in new:
        values = tuple(row[name] for name in compared)
        if waiting[values]:
            waiting[values] -= 1
        else:
            rest_new.append(row)
    rest_old = []
    for row in reversed(old):
        values = tuple(row[name] for name in compared)
        if waiting[values]:
            waiting[values] -= 1
            rest_old.append(row)
    return rest_old[::-1], rest_new


def _figures(
    table: PublishedTable, keys: TableKeys, compared: list[str], old: Record, new: Record
) -> Iterator[ChangedFigure]:
    own = keys.own | {name for term in keys.key for name in term.split("|")}
    for name in compared:
        if old[name] != new[name]:
            yield ChangedFigure(name, table.headings.get(name, name), old[name], new[name], name in own)


def _find_causes(table: str, pairs: list[_Pair], keys: TableKeys, filings: FilingChanges) -> Iterator[RowChange]:
    """Name the filings behind each change: the row's own, and for comparisons those that changed in its group."""
    in_group: dict[Key, dict[str, FilingChange]] = defaultdict(dict)
    for pair in pairs if keys.group else ():
        if pair.kind != "changed" or any(figure.own for figure in pair.figures):
            for record in pair.records:
                in_group[_key(keys.group, record)] |= _own_causes(record, filings)
    for pair in pairs:
        own: dict[str, FilingChange] = {}
        group: dict[str, FilingChange] = {}
        for record in pair.records:
            own |= _own_causes(record, filings)
            group |= in_group.get(_key(keys.group, record), {}) if keys.group else {}
        kinds = {figure.own for figure in pair.figures} or {True}
        causes = (own if True in kinds else {}) | (group if False in kinds else {})
        causes = causes or own or group or _township_causes(pair, filings)
        ordered = sorted(causes.values(), key=lambda one: (one.filing_id not in own, one.file_name, one.filing_id))
        yield RowChange(table, pair.kind, pair.records[0], pair.figures, tuple(ordered))


def _own_causes(record: Record, filings: FilingChanges) -> dict[str, FilingChange]:
    """Give the changed filings that a row is read from; for sums of a township, those of the township and year."""
    ids = [record.get("filing_id"), record.get("last_filing_id")]
    if any(ids):
        found = [filings.by_id[name] for name in ids if isinstance(name, str) and name in filings.by_id]
    else:
        found = list(filings.of_township(record.get("township"), record.get("fiscal_year")))
    return {change.filing_id: change for change in found}


def _township_causes(pair: _Pair, filings: FilingChanges) -> dict[str, FilingChange]:
    """Give the township's changed filings of any year: last year's figures come from another filing."""
    found = (change for record in pair.records for change in filings.of_township(record.get("township")))
    return {change.filing_id: change for change in found}


def _key(terms: Iterable[str], record: Record) -> Key:
    """Give the values of a key; in ``a|b`` the first that holds something."""
    return tuple(next((v for name in term.split("|") if (v := record.get(name)) is not None), None) for term in terms)


def _sort_key(terms: Iterable[str], record: Record) -> tuple[tuple[bool, str], ...]:
    """Sort by key as text (newest year first would need numbers; a fixed order is all that is needed), null last."""
    key = (*_key(terms, record), *(record.get(name) for name in ("file_name", "project_no", "indicator_no", "row_no")))
    return tuple((value is None, f"{value:>12}" if isinstance(value, int) else str(value)) for value in key)
