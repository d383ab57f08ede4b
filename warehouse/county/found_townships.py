"""Fills the county's registry of townships with what filings say, for a person to confirm; never changes what is there."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse.county.files import CountyFileError
from warehouse.county.registry import (
    Registry,
    Township,
    add_found,
    find_village_count,
    load_registry,
    write_registry,
)
from warehouse.files import write_bytes
from warehouse.home import Home

FOUND = """
with

texts as (
    select filing_id, overall_goal as text from filings where list_contains($ids, filing_id)
    union all
    select filing_id, purpose from projects where list_contains($ids, filing_id)
    union all
    select filing_id, objective_text from objectives where list_contains($ids, filing_id)
    union all
    select filing_id, concat_ws('。', goal_text, indicator_text) from narrative_goals where list_contains($ids, filing_id)
)

select
    f.township,
    list(distinct f.division_code order by f.division_code) filter (where f.division_code is not null) as divisions,
    list(distinct f.unit_code order by f.unit_code) filter (where f.unit_code is not null) as unit_codes,
    list(t.text order by t.text) filter (where t.text is not null) as texts
from filings as f
left join texts as t on f.filing_id = t.filing_id
where list_contains($ids, f.filing_id)
group by f.township
order by f.township
"""
FILED = """
select filing_id from filings
where is_current and township is not null and ($townships is null or list_contains($townships, township))
"""
TABLES = ("filings", "projects", "objectives", "narrative_goals")


def registry_path(home: Home) -> Path:
    """Give the place of the county's registry."""
    return home.config / "townships.csv"


def fill_registry(home: Home, townships: Collection[str] | None = None) -> int:
    """Add townships, codes and village counts found in current filings; tell how many lines are new or fuller.

    Looks at the filings of ``townships`` only (None: of all), as nothing of the others is new. What is found is left out where the registry could not be loaded with it: a mistake in a filing stops no run.
    """
    path = registry_path(home)
    known = load_registry(path)
    filled = add_found(known, without_clashes(known, list(find_townships(home.parquet, townships))))
    changed = [one for one in filled.townships if one not in known.townships]
    if not changed:
        return 0
    trial = path.with_name(f".{path.name}.trial")  # a killed one is written anew
    try:
        write_registry(trial, filled)
        load_registry(trial)
    except CountyFileError:
        return 0
    finally:
        trial.unlink(missing_ok=True)
    write_registry(path, filled)
    return len(changed)


def note_due(home: Home, townships: Collection[str]) -> None:
    """Remember townships whose filings are about to be stored, so that a killed run fills the registry later."""
    due = _read_due(home) | set(townships)
    if due:
        write_bytes(home.townships_due, json.dumps(sorted(due), ensure_ascii=False).encode())


def fill_due(home: Home) -> int:
    """Fill the registry with the townships that are due; tell how many lines are new or fuller."""
    due, path = _read_due(home), home.townships_due
    if not path.exists():
        return 0
    changed = fill_registry(home, due or None)
    path.unlink()
    return changed


def _read_due(home: Home) -> set[str]:
    """Read which townships are due; none where the file is torn, and then all are."""
    try:
        return set(json.loads(home.townships_due.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def find_townships(parquet: Path, townships: Collection[str] | None = None) -> Iterator[Township]:
    """Yield each township of the current filings (or those of them that are named) with what its filings agree on."""
    with duckdb.connect() as connection:
        for name in TABLES:
            parts = [str(path) for path in sorted((parquet / name).rglob("*.parquet"))]
            connection.read_parquet(parts, hive_partitioning=False).create_view(name)
        wanted = None if townships is None else sorted(townships)
        ids = [row[0] for row in connection.execute(FILED, {"townships": wanted}).fetchall()]
        for township, divisions, unit_codes, texts in connection.execute(FOUND, {"ids": ids}).fetchall():
            yield Township(
                township=township,
                division_code=divisions[0] if divisions and len(divisions) == 1 else None,
                unit_codes=tuple(unit_codes or ()),
                villages=find_village_count(texts or ()),
            )


def without_clashes(known: Registry, found: list[Township]) -> list[Township]:
    """Leave out unit codes that several townships use, and townships that the registry knows by their code only."""
    uses = Counter(code for one in found for code in one.unit_codes)
    kept: list[Township] = []
    for one in found:
        codes = tuple(code for code in one.unit_codes if uses[code] == 1)
        by_code = next((other for code in codes if (other := known.find(None, code)) is not None), None)
        by_name = known.find(one.township)
        if by_code is None or by_code == by_name:
            kept.append(replace(one, unit_codes=codes))
    return kept
