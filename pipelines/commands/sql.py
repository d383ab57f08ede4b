"""``jixiao sql``: one read-only query, or a prompt with history and completion, on the analysts' database."""

import re
import sys
from pathlib import Path

import duckdb

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.history import connect_for
from pipelines.terminal.homes import need_database
from pipelines.terminal.output_format import OutputFormat
from pipelines.terminal.query_output import connect_read_only, read_result, write_file, write_result
from warehouse.home import Home

WELCOME = """只读查询 {database}
以分号结束一条查询，回车执行；Tab 补全表名和列名；.tables 列出各表，.columns 表名 看各列的含义，.exit 退出。"""
KEYWORDS = """
select from where group by order having limit distinct as and or not null is in like between case when then else end
join left inner using on with union all count sum avg min max median round describe summarize desc
"""
WORD_AT_CURSOR = re.compile(r"[\w.]+")
TABLES = """
select table_schema || '.' || table_name as 表, coalesce(comment, '') as 含义
from (
    select schema_name as table_schema, table_name, comment from duckdb_tables() where not internal
    union all
    select schema_name, view_name, comment from duckdb_views() where not internal
)
where table_schema in ('core', 'mart')
order by 1
"""
COLUMNS = """
select column_name as 列, data_type as 类型, coalesce(comment, '') as 含义
from duckdb_columns()
where schema_name || '.' || table_name = $1 or table_name = $1
order by schema_name, table_name, column_index
"""


def run_query(home: Home, query: str, output: OutputFormat, out: Path | None) -> None:
    """Run one query and write its result to standard output, or to a file."""
    database = need_database(home)
    try:
        with connect_for(home, database, query) as connection:
            if out is None:
                write_result(read_result(connection, query), output, sys.stdout)
            else:
                rows = write_file(connection, query, output, out)
                print(f"已写入 {out}，共 {rows} 行。", file=sys.stderr)
    except duckdb.Error as error:
        raise query_error(error) from error
    except OSError as error:
        raise CommandError(
            f"无法写入 {out}：{error.strerror}。", "请检查位置是否存在、是否可写。", WRONG_USAGE
        ) from error


def query_error(error: duckdb.Error) -> CommandError:
    """Say what DuckDB did not accept; its own text names the place."""
    text = str(error)
    if "read-only" in text or "disabled by configuration" in text:
        return CommandError(
            f"此处只能查询，不能修改数据或读写其他文件。\n{text}",
            "要保存结果，请用 --format csv --out 文件名。",
            WRONG_USAGE,
        )
    return CommandError(
        f"查询有误：{text}",
        "请检查表名和列名；不带查询运行 jixiao sql，输入 .tables 可列出各表。",
        WRONG_USAGE,
    )


def run_prompt(home: Home) -> None:
    """Read queries until the person leaves.

    Each query opens the database anew, so that it sees the latest build and never keeps a run from swapping one in.
    """
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory

    database = need_database(home)
    print(WELCOME.format(database=database), file=sys.stderr)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(home.path / ".sql_history")),
        completer=WordCompleter(find_words(database), ignore_case=True, pattern=WORD_AT_CURSOR),
        multiline=False,
    )
    pending = ""
    while True:
        try:
            line = session.prompt("jixiao> " if not pending else "   ...> ")
        except KeyboardInterrupt:
            pending = ""
            continue
        except EOFError:
            return
        pending = f"{pending}\n{line}".strip()
        if pending in (".exit", ".quit", "exit", "quit"):
            return
        if pending.startswith(".") or pending.endswith(";"):
            answer(home, pending)
            pending = ""


def find_words(database: Path) -> list[str]:
    """Give what the prompt completes: keywords, tables (with their schema) and columns."""
    with connect_read_only(database) as connection:
        tables = [str(row[0]) for row in read_result(connection, TABLES).rows]
        columns = read_result(connection, "select distinct column_name from duckdb_columns() where not internal").rows
    return sorted({*KEYWORDS.split(), *tables, *(str(row[0]) for row in columns)})


def answer(home: Home, line: str) -> None:
    """Show the result of one line of the prompt, or what is wrong with it; the prompt goes on."""
    try:
        if not line.startswith("."):
            run_query(home, line, OutputFormat.TABLE, None)
            return
        command, _, name = line.partition(" ")
        with connect_read_only(need_database(home)) as connection:
            if command == ".tables":
                write_result(read_result(connection, TABLES), OutputFormat.TABLE, sys.stdout)
            elif command == ".columns" and name:
                write_result(read_result(connection, COLUMNS, [name.strip()]), OutputFormat.TABLE, sys.stdout)
            else:
                print("可用：.tables、.columns 表名、.exit", file=sys.stderr)
    except CommandError as error:
        print(f"{error.message}\n{error.advice}", file=sys.stderr)
