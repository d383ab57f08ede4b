"""Views with Chinese names and headings over every table, for people who write SQL in a report tool or in Excel."""

from collections import Counter

import duckdb

SCHEMA = "中文"

_DOCUMENTED = "select table_name, title from mart.tables order by table_name"
_COLUMNS = "select column_name, heading from mart.columns where table_name = ? order by column_no"


def create_chinese_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema 中文: a view a table, named by its title, each column by its heading.

    A heading that two columns of a table share gets the English name beside it.
    """
    connection.execute(f"create schema {SCHEMA}")
    tables = connection.execute(_DOCUMENTED).fetchall()
    titles = Counter(title for _, title in tables)
    for table, title in tables:
        place = table if "." in table else f"mart.{table}"
        name = title if titles[title] == 1 else f"{title}（{table}）"
        columns = connection.execute(_COLUMNS, [table]).fetchall()
        shared = Counter(heading for _, heading in columns)
        listed = ", ".join(
            f"{_quoted(column)} as {_quoted(heading if shared[heading] == 1 else f'{heading}（{column}）')}"
            for column, heading in columns
        )
        connection.execute(f"create view {SCHEMA}.{_quoted(name)} as select {listed} from {place}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
