"""Holds back a publication that has less than the last one without a filing gone or replaced."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.night.publishing.published import counted_config, last_publication
from warehouse.home import Home

NAMES_TOLD = 5
COUNTED = {"filings": "报送文件", "projects": "项目", "indicators": "指标"}


@dataclass(frozen=True, slots=True)
class Counts:
    """What a publication holds: its filings' names by id, and per year how much of everything."""

    filings: Mapping[str, str]
    years: Mapping[object, Mapping[str, int]]


def find_shrinkage(home: Home) -> str | None:
    """Say in Chinese what the new tables would lack; None where nothing is lost, or there is a cause.

    A cause is a filing that no longer counts although it is still in the store (replaced), or a change that the county
    made in its own files. A filing that is in no table of the store any more is never one: nothing takes filings out.
    """
    last = last_publication(home)
    if last is None or (before := _published(home)) is None:
        return None
    stored, now = _stored_ids(home), _to_publish(home)
    lost = {name for filing_id, name in before.filings.items() if filing_id not in stored}
    if lost:
        return f"{len(lost)} 份已发布的报送文件不在数据库中：{'、'.join(sorted(lost)[:NAMES_TOLD])}"
    replaced = before.filings.keys() - now.filings.keys()
    if replaced or last.config != counted_config(home):
        return None
    less = [
        f"{year or '未注明'}年度{word} {counts[kind]} → {now.years.get(year, {}).get(kind, 0)}"
        for year, counts in before.years.items()
        for kind, word in COUNTED.items()
        if now.years.get(year, {}).get(kind, 0) < counts[kind]
    ]
    return "没有文件被替换或撤回，数量却减少了：" + "，".join(less) if less else None


def _published(home: Home) -> Counts | None:
    try:
        manifest = json.loads((home.latest / "manifest.json").read_text(encoding="utf-8"))
        return Counts(
            {filing["sha256"]: filing["file_name"] for filing in manifest["filings"]},
            {year["fiscal_year"]: {kind: int(year[kind]) for kind in COUNTED} for year in manifest["years"]},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # without a whole manifest there is nothing to compare with


def _to_publish(home: Home) -> Counts:
    from warehouse.publication.marts.facts import gather_facts
    from warehouse.publication.marts.tables import open_warehouse

    with open_warehouse(home.database) as warehouse:
        facts = gather_facts(warehouse, None)
    return Counts(
        {filing.filing_id: filing.file_name for filing in facts.filings},
        {year.year: {kind: int(getattr(year, kind)) for kind in COUNTED} for year in facts.years},
    )


def _stored_ids(home: Home) -> set[str]:
    import duckdb

    with duckdb.connect(str(home.database.resolve()), read_only=True) as connection:
        return {str(row[0]) for row in connection.execute("select filing_id from core.filings").fetchall()}
