"""``jixiao check``: whether store, database, publications and ledger are whole and agree; ``--repair`` makes them so."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.care.trouble import NEEDS_CARE, Trouble, report
from pipelines.night.inbox import find_files
from pipelines.night.lock import locked
from pipelines.night.publishing.published import last_publication
from pipelines.night.run import run_night
from warehouse.files import hash_file
from warehouse.home import Home
from warehouse.models.build import identify_build
from warehouse.models.soundness import UnsoundBuildError, check_bytes, check_size, check_sound, seal_path
from warehouse.models.swap import build_path, last_build_id, rules_path
from warehouse.program import UNPACKING, program_version
from warehouse.publication.editions.chain import list_publications
from warehouse.publication.editions.whole import find_damage
from warehouse.store.manifest import Manifest, read_manifest

NAMES_TOLD = 5


def check_home(home: Home, *, repair: bool, as_json: bool) -> int:
    """Print what is damaged; with ``repair`` put right what can be, and look again. Exit code 4 where damage is left."""
    repaired: list[str] = []
    with locked(home):
        troubles = list(find_damages(home))
    if repair and troubles:
        repaired = [one.what for one in troubles]
        repair_home(home, troubles)
        with locked(home):
            troubles = list(find_damages(home))
    facts: dict[str, object] = {"home": str(home.path.resolve()), "repaired": repaired}
    if not as_json:
        facts = {"已修复": "；".join(repaired)}
    return NEEDS_CARE if report(f"检查 {home.path}", facts, troubles, as_json=as_json) else 0


def find_damages(home: Home) -> Iterator[Trouble]:
    """Yield what is damaged, or does not agree with what stands beside it."""
    yield from _store(home)
    yield from _database(home)
    yield from _publications(home)
    yield from _inbox(home)


def repair_home(home: Home, troubles: list[Trouble]) -> None:
    """Put right what can be made again: a damaged build is forgotten, and a run does the rest.

    The run reads damaged parts' filings again, builds what is no longer there, and publishes whole what is damaged.
    """
    if any(one.code == "database" for one in troubles) and (build := last_build_id(home.path)):
        seal_path(build_path(home.path, build)).unlink(missing_ok=True)
    last = last_publication(home)
    inbox = Path(last.inbox) if last else None
    run_night(home, inbox)


def _store(home: Home) -> Iterator[Trouble]:
    manifest = read_manifest(home.manifest)
    if not manifest.is_whole:
        place = home.manifest.relative_to(home.path)
        yield Trouble("manifest", f"{place} 已损坏。", "运行 jixiao check --repair，重新读取报送文件。")
        return
    damaged = [name for name, checksum in manifest.parts.items() if not _holds(home.parquet / name, checksum)]
    for name in damaged:
        yield Trouble(
            "part",
            f"parquet/{name} 已缺失或损坏。",
            "运行 jixiao check --repair，由保存的读取结果或报送文件重新生成。",
        )
    if not damaged:
        yield from _parts_and_manifest(home, manifest)


def _parts_and_manifest(home: Home, manifest: Manifest) -> Iterator[Trouble]:
    stored = _ids(home.parquet / "filings")
    lost, unknown = manifest.filings.keys() - stored, stored - manifest.filings.keys()
    if lost:
        yield Trouble(
            "filings_lost",
            f"清单中的 {len(lost)} 份文件不在 parquet/filings 中：{_some(lost)}。",
            "运行 jixiao check --repair，重新读取。",
        )
    if unknown:
        yield Trouble(
            "filings_unknown",
            f"parquet/filings 中有 {len(unknown)} 份清单没有的文件：{_some(unknown)}。",
            "运行 jixiao run。",
            grave=False,
        )
    for table in ("projects", "indicators"):
        if strangers := _ids(home.parquet / table) - stored:
            yield Trouble(
                "rows_without_filing",
                f"parquet/{table} 中有 {len(strangers)} 份文件的行，文件本身却不在。",
                "运行 jixiao check --repair。",
            )


def _database(home: Home) -> Iterator[Trouble]:
    last = last_build_id(home.path)
    if last is None:
        yield Trouble("no_database", "还没有数据库 county.duckdb。", "运行 jixiao run。", grave=home.parquet.is_dir())
        return
    database = build_path(home.path, last)
    try:
        check_size(database)
        check_sound(database, rules_path(home.path, last))
        check_bytes(database)
    except (UnsoundBuildError, OSError) as error:
        yield Trouble("database", f"数据库已损坏：{error}", "运行 jixiao check --repair，重新建立。")
        return
    if identify_build(home.path) != last:
        yield Trouble(
            "database_old", "数据库不是由现在的读取结果、配置和程序建立的。", "运行 jixiao run。", grave=False
        )


def _publications(home: Home) -> Iterator[Trouble]:
    if not home.latest.exists():
        return
    for folder in list_publications(home.published):
        if damaged := find_damage(folder):
            is_latest = folder.resolve() == home.latest.resolve()
            advice = (
                "运行 jixiao check --repair，重新生成。"
                if is_latest
                else f"运行 jixiao publish --as-of {folder.name} 重做。"
            )
            yield Trouble(
                "publication",
                f"发布 {folder.name} 的文件已缺失或损坏：{'、'.join(damaged[:NAMES_TOLD])}。",
                advice,
                grave=is_latest,
            )


def _inbox(home: Home) -> Iterator[Trouble]:
    if not home.inbox.is_dir():
        return
    known = read_manifest(home.manifest).files.keys()
    waiting = find_files(home.inbox, home.unpacked, program_version(UNPACKING)).files.keys() - known
    if waiting:
        yield Trouble(
            "inbox_waiting",
            f"收件目录中有 {len(waiting)} 份文件还没有读取：{_some(waiting)}。",
            "运行 jixiao run。",
            grave=False,
        )


def _holds(path: Path, checksum: str) -> bool:
    return path.is_file() and hash_file(path) == checksum


def _ids(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.rglob("part-*.parquet"):
        found.update(pq.read_table(path, columns=["filing_id"], partitioning=None).column(0).to_pylist())
    return found


def _some(names: object) -> str:
    assert hasattr(names, "__iter__")
    listed = sorted(map(str, names))
    return "、".join(name[:40] for name in listed[:NAMES_TOLD]) + ("……" if len(listed) > NAMES_TOLD else "")
