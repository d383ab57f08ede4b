"""``jixiao docs``: the catalogue of the analysts' database, as one page for a browser."""

from pathlib import Path

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import need_database
from warehouse.home import Home
from warehouse.publication.catalogue.write import NAME, write_catalogue
from warehouse.publication.marts.tables import open_warehouse


def write_docs(home: Home, file: Path | None) -> int:
    """Write the catalogue of the database as it is now to ``file`` (``<home>/数据说明.html`` unless named) and print where."""
    database, place = need_database(home), file or home.path / NAME
    try:
        with open_warehouse(database) as warehouse:
            write_catalogue(warehouse, place)
    except OSError as error:
        raise CommandError(
            f"无法写入 {place}：{error.strerror}。", "请检查位置是否存在、是否可写。", WRONG_USAGE
        ) from error
    print(place)
    return 0
