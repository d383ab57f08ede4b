"""The ``jixiao inspect`` command: reads one file under the same limits as a run and shows what was read."""

import sys
from pathlib import Path

from pipelines.inspect.filing import Inspection, Lessons, inspect_filing, inspection_json
from pipelines.night.county import load_county
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.home import Home
from warehouse.store.documents import documents_of

SOME_REJECTED = 3


def inspect_and_show(home: Home, file: Path, html: Path | None, *, as_json: bool) -> int:
    """Show one filing on standard output, and as HTML where asked for; 3 where a run would reject it."""
    if not file.is_file():
        raise CommandError(f"没有文件 {file}。", "请检查路径和文件名；含空格的路径要加引号。", WRONG_USAGE)
    county = load_county(home)
    documents = documents_of(home)
    inspection = inspect_filing(file, Lessons(county.terms, county.headings, county.decisions), documents)
    if html is not None:
        write_html(inspection, html)
    if as_json:
        sys.stdout.write(inspection_json(inspection) + "\n")
    elif html is None:
        show(inspection)
    return SOME_REJECTED if inspection.rejected else 0


def write_html(inspection: Inspection, html: Path) -> None:
    """Write the page and say where."""
    from pipelines.inspect.page import inspection_html

    try:
        html.write_text(inspection_html(inspection), encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"无法写入 {html}：{error.strerror}。", "请检查位置是否存在、是否可写。", WRONG_USAGE
        ) from error
    print(f"已写入 {html}，可用浏览器打开。", file=sys.stderr)


def show(inspection: Inspection) -> None:
    """Print the inspection as wide as the terminal; into a pipe, wide enough for a form."""
    from pipelines.inspect.terminal import NO_TERMINAL_WIDTH, show_inspection
    from pipelines.terminal.console import PatientConsole

    show_inspection(inspection, PatientConsole(width=None if sys.stdout.isatty() else NO_TERMINAL_WIDTH))
