"""``jixiao rebuild``: everything again from the filings, beside the home, and compared with what is there."""

import shutil
from pathlib import Path

import duckdb

from pipelines.care.trouble import NEEDS_CARE, Trouble, report
from pipelines.night.lock import locked
from pipelines.night.run import run_night
from warehouse.connection import quote_text
from warehouse.files import hash_file, put_folder
from warehouse.home import Home
from warehouse.store.manifest import read_manifest
from warehouse.store.parts import SCHEMA_FILE

PLACE = ".rebuild"
NAMES_TOLD = 10
_TABLES = """
select schema_name || '.' || table_name
from duckdb_tables()
where database_name = 'old' and schema_name in ('core', 'mart')
order by all
"""


def rebuild(home: Home, inbox: Path | None, *, apply: bool, as_json: bool) -> int:
    """Read all filings again and build all again; tell whether that equals what is there.

    With ``apply`` a result that differs takes the place of store and database; filings that are no longer in the inbox
    cannot be read again, so it then refuses. The next run publishes.
    """
    work = Home(home.path / PLACE)
    with locked(home):
        shutil.rmtree(work.path, ignore_errors=True)
        work.config.mkdir(parents=True)
        shutil.copytree(home.config, work.config, dirs_exist_ok=True)
        try:
            run_night(work, inbox or home.inbox)
            gone = _filings(home) - _filings(work)
            differing = [*_differing_parts(home, work), *_differing_tables(home, work)]
            troubles = list(_troubles(gone, differing, apply=apply))
            applied = apply and bool(differing) and not gone
            if applied:
                _take_over(home, work)
        finally:
            shutil.rmtree(work.path, ignore_errors=True)
    facts: dict[str, object] = {
        "home": str(home.path.resolve()),
        "equal": not differing and not gone,
        "differing": differing,
        "not_in_inbox": sorted(gone),
        "applied": applied,
    }
    shown: dict[str, object] = {
        "结果": "逐项相同" if not differing and not gone else "有不同",
        "已替换": "是" if applied else "",
    }
    is_grave = report(f"重建 {home.path}", facts if as_json else shown, troubles, as_json=as_json)
    return NEEDS_CARE if is_grave and not applied else 0


def _troubles(gone: set[str], differing: list[str], *, apply: bool) -> list[Trouble]:
    found = []
    if gone:
        advice = "这些文件的数据只在库中，不能重新读取；请把文件放回收件目录后再重建。"
        found.append(Trouble("not_in_inbox", f"{len(gone)} 份已入库的文件不在收件目录中。", advice))
    if differing:
        named = "、".join(differing[:NAMES_TOLD])
        advice = (
            "已用重建的结果替换，请运行 jixiao run 重新发布。"
            if apply and not gone
            else "加 --apply 用重建的结果替换。"
        )
        found.append(Trouble("differs", f"重建的结果与现有数据不同：{named} 等 {len(differing)} 处。", advice))
    return found


def _filings(home: Home) -> set[str]:
    return set(read_manifest(home.manifest).filings)


def _differing_parts(home: Home, work: Home) -> list[str]:
    ours, theirs = _parts(home), _parts(work)
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def _parts(home: Home) -> dict[str, str]:
    """Give every part's checksum; parts without rows say nothing of filings, and older programs wrote others."""
    parts = (path for path in home.parquet.rglob("*.parquet") if path.name != SCHEMA_FILE)
    return {path.relative_to(home.path).as_posix(): hash_file(path) for path in parts}


def _differing_tables(home: Home, work: Home) -> list[str]:
    if not home.database.exists():
        return ["county.duckdb"]
    with duckdb.connect() as connection:
        for name, place in (("old", home), ("new", work)):
            connection.execute(f"attach {quote_text(str(place.database.resolve()))} as {name} (read_only)")
        names = [str(name) for (name,) in connection.execute(_TABLES).fetchall()]
        return [name for name in names if _differ(connection, name)]


def _differ(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    both = (f"(from old.{name} except all from new.{name})", f"(from new.{name} except all from old.{name})")
    try:
        return any(connection.execute(f"select count(*) from {side}").fetchall()[0][0] for side in both)
    except duckdb.Error:  # another table of this name, or none
        return True


def _take_over(home: Home, work: Home) -> None:
    """Put the store as read again in the old one's place; the next build starts from it."""
    for made, place in ((work.parquet, home.parquet), (work.manifest, home.manifest)):
        put_folder(made, place)
