"""What a home holds, so that two can be compared: for readers, for the next night, and on the disk."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from warehouse.files import hash_file
from warehouse.home import Home
from warehouse.models.soundness import is_sound
from warehouse.models.swap import build_path, last_build_id, rules_path
from warehouse.publication.editions.whole import CHECKSUMS, find_damage

TABLES = """
select schema_name || '.' || table_name
from duckdb_tables()
where schema_name in ('core', 'mart')
order by all
"""
LEFT_OVERS = (
    *("**/.*.writing", "**/.*.link", "**/*.damaged", "builds/building*", "state/committing", "state/journal/*"),
    *("published/.*.new", "published/.*.old", "state/unpacked/*.new"),
)
THROWN_AWAY = ("builds/building*", "published/.*.new", ".history.new*", "**/.*.writing")
"""Half-made things that the next night only ever throws away: what it finds in them makes no state of its own."""

OF_THE_RUN = ("state/nights/", "log/", ".run.lock", "state/told.json", "state/latest_stamp.json")
"""What says when a run was, and how it went: never equal."""


@dataclass(frozen=True)
class Sight:
    """What readers see at one moment: the rows of each table, hashed, and the publication with its checksums."""

    tables: tuple[tuple[str, int, str], ...]
    latest: str
    checksums: str


class HalfWrittenError(AssertionError):
    """A reader would meet something that is not whole."""


def look(path: Path) -> Sight:
    """Look at a home as readers do; raises HalfWrittenError where something is not whole."""
    home = Home(path)
    try:
        tables = tuple(_tables(home.database.resolve()))
    except duckdb.Error as error:
        raise HalfWrittenError(f"database: {error}") from error
    for folder in home.published.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and (damaged := find_damage(folder)):
            raise HalfWrittenError(f"{folder.name}: {damaged[:3]}")
    return Sight(tables, home.latest.resolve().name, hash_file(home.latest / CHECKSUMS))


def holdings(path: Path) -> dict[str, str]:
    """Give all that a home keeps and that must not depend on what befell its nights, by place or by table."""
    held = {name: content for name, content in _files(path) if not name.startswith(("builds/", "county.duckdb"))}
    held |= {name: f"{rows} {content}" for name, rows, content in look(path).tables}
    build = last_build_id(path)
    assert build is not None
    held["history"] = repr(_views(Home(path).history))
    held["build"] = f"{build} {is_sound(build_path(path, build), rules_path(path, build))}"
    held |= {f"left over: {one.relative_to(path)}": "" for pattern in LEFT_OVERS for one in path.glob(pattern)}
    return held


def state_of(path: Path) -> str:
    """Hash what a run left behind, as far as the next one may find it: equal states are continued equally.

    Of what the next night throws away the names count, not what is in it: who has one of a kind to throw away goes on
    as who has another.
    """
    thrown = {one.relative_to(path).as_posix() for pattern in THROWN_AWAY for one in path.glob(pattern)}
    held = {name: content for name, content in _files(path) if not _is_below(name, thrown)}
    held |= dict.fromkeys(thrown, "thrown away")
    for database in (path / "builds").glob("county-*.duckdb"):
        build = database.stem.removeprefix("county-")
        sound = is_sound(database, rules_path(path, build))
        held[f"builds/{database.name}"] = repr((sound, list(_tables(database)) if sound else hash_file(database)))
        if sound:
            held[f"builds/rules-{build}.duckdb"] = held[f"builds/county-{build}.json"] = "sound"
    return hashlib.sha256(repr(sorted(held.items())).encode("utf-8", "surrogatepass")).hexdigest()


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Name what two homes do not hold alike."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def disk_bytes(path: Path) -> int:
    """Give what a home takes on the disk; what is there under two names counts once."""
    sizes = {(found := file.lstat()).st_ino: found.st_size for file in path.rglob("*") if file.is_file()}
    return sum(sizes.values())


def _is_below(name: str, tops: set[str]) -> bool:
    return name in tops or any(str(folder) in tops for folder in PurePosixPath(name).parents)


def _files(path: Path) -> Iterator[tuple[str, str]]:
    for file in path.rglob("*"):
        name = file.relative_to(path).as_posix()
        if name.startswith(OF_THE_RUN) or file.name == Home(path).history.name:
            continue  # the history holds no rows, and never the same bytes
        if file.is_symlink():
            yield name, f"-> {file.readlink()}"
        elif file.is_file():
            yield name, _manifest(file) if name == "state/manifest.json" else hash_file(file)


def _manifest(path: Path) -> str:
    """Hash the manifest without inodes and change times, which a copied inbox has anew."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        content["files"] = {name: [*facts[:3], *facts[5:]] for name, facts in content["files"].items()}
    except (ValueError, KeyError, TypeError):
        return hash_file(path)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _views(database: Path) -> list[tuple[str, str]]:
    if not database.exists():
        return []
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select view_name, sql from duckdb_views() where not internal order by all"
        ).fetchall()


def _tables(database: Path) -> Iterator[tuple[str, int, str]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        for (name,) in connection.execute(TABLES).fetchall():
            rows, content = connection.execute(
                f"select count(*), sum(cast(hash(t) as hugeint)) from {name} as t"
            ).fetchall()[0]
            yield str(name), int(rows), str(content)
