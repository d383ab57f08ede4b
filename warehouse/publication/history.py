"""A second database beside the first: every mart as of every publication that is kept, in SQL.

``history.duckdb`` holds views over the published Parquet files and no rows of its own, so it costs nothing to keep.
Opened directly, or attached as ``history``, it has a view a mart (``history.cost_comparison``, with the column
``publication``), a table function a mart (``history.cost_comparison_as_of('2024-03-01')``) and ``history.publications``.
"""

import logging
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.connection import quote_text
from warehouse.files import put_file
from warehouse.home import Home
from warehouse.publication.editions.chain import DATA_FOLDER, MANIFEST
from warehouse.publication.editions.tables import NOT_COMPARED

log = logging.getLogger("jixiao")

DATED = "[0-9]*"
"""Publications begin with their date; ``latest`` is one of them under another name."""

_END = b"PAR1"
"""What every whole Parquet file ends with."""

_PUBLICATIONS = """
    create view publications as
    with whole as (
        select cast(content as json) as said from read_text({manifests}) where json_valid(content)
    )
    select
        said ->> 'publication' as publication,
        said ->> 'previous' as previous,
        try_cast(said ->> 'published_on' as date) as published_on,
        coalesce(try_cast(regexp_extract(said ->> 'publication', '^\\d+-\\d+-\\d+-(\\d+)$', 1) as integer), 1) as edition_no
    from whole
"""
_VIEW = """
    create view "{name}" as
    select regexp_extract(filename, '([^/\\\\]+)[/\\\\][^/\\\\]+[/\\\\][^/\\\\]+$', 1) as publication, * exclude (filename)
    from read_parquet({files}, union_by_name = true, filename = true, hive_partitioning = false)
"""


def write_history(home: Home) -> Path | None:
    """Write the database of what was published, and give its place; None where nothing with a date was.

    Where it cannot be written, that is told and the one before stays.
    """
    published = home.published.resolve()
    names = sorted({path.stem for path in published.glob(f"{DATED}/{DATA_FOLDER}/*.parquet")} - NOT_COMPARED)
    if not names:
        return None
    made = home.path / ".history.new"
    made.unlink(missing_ok=True)
    try:
        with closing(duckdb.connect(str(made))) as connection:
            connection.execute(_PUBLICATIONS.format(manifests=_glob(published, MANIFEST)))
            for name in names:
                _create_view(connection, published, name)
                connection.execute(as_of_function(name))
            connection.execute("checkpoint")
    except duckdb.Error as error:  # the publication itself is whole; a damaged one before it must not hold it back
        made.unlink(missing_ok=True)
        log.warning("历史数据库 %s 没有更新，仍是上一次的：%s", home.history.name, error)
        return None
    put_file(made, home.history)
    return home.history


def is_behind(home: Home) -> bool:
    """Tell whether the database of what was published is older than the latest publication."""
    manifest = home.latest / MANIFEST
    if not manifest.exists():
        return False
    return not home.history.exists() or home.history.stat().st_mtime_ns < manifest.stat().st_mtime_ns


def _create_view(connection: duckdb.DuckDBPyConnection, published: Path, name: str) -> None:
    """Create a mart's view over all publications that will ever be there; while one is damaged, over the whole ones."""
    rest = f"{DATA_FOLDER}/{name}.parquet"
    try:
        connection.execute(_VIEW.format(name=name, files=_glob(published, rest)))
    except duckdb.Error:
        whole = [_literal(path) for path in sorted(published.glob(f"{DATED}/{rest}")) if _is_whole(path)]
        connection.execute(_VIEW.format(name=name, files=f"[{', '.join(whole)}]"))


def _is_whole(path: Path) -> bool:
    """Tell whether a Parquet file has its end."""
    with path.open("rb") as file:
        return path.stat().st_size > len(_END) and file.seek(-len(_END), 2) > 0 and file.read() == _END


def as_of_function(name: str) -> str:
    """Write the function that gives a mart's rows in the last publication up to a day."""
    return f"""
        create macro "{name}_as_of"(day) as table
        select * from history.main."{name}" where publication = (
            select arg_max(publication, (published_on, edition_no)) from history.main.publications
            where published_on <= cast(day as date)
        )
    """


def _glob(published: Path, rest: str) -> str:
    """Give a pattern of files as an SQL literal; signs of the home's own path that patterns use are taken as they are."""
    return quote_text(f"{_plain(published)}/{DATED}/{rest}")


def _literal(path: Path) -> str:
    return quote_text(_plain(path))


def _plain(path: Path) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path.as_posix())
