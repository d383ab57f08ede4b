"""The ``jixiao`` command. Each command imports what it needs when it runs, so that all of them start fast."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from pipelines.commands.care_options import InboxOption, add_care_commands
from pipelines.commands.handing_options import add_handing_commands
from pipelines.commands.home_option import LaterHome, chosen_home
from pipelines.commands.terms_options import terms_app
from pipelines.terminal.chinese_help import ChineseCommand, ChineseGroup, describe_usage_error
from pipelines.terminal.errors import FAILED, WRONG_USAGE, CommandError
from pipelines.terminal.homes import DEMO_HOME, HOME_VARIABLE
from pipelines.terminal.output_format import OutputFormat
from warehouse.home import Home

DONE = 0
SOME_REJECTED = 3
TYPER_INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""
DEBUG_VARIABLE = "JIXIAO_DEBUG"

app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="把各乡镇报送的绩效目标文本整理成可比较的表格。\n\n"
    "常用：把文件放进 county/inbox，运行 [bold]jixiao run[/bold]，到 county/published 取比较表。",
)
app.add_typer(terms_app, name="terms")


@app.callback()
def remember_home(
    ctx: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            "--home", metavar="目录", envvar=HOME_VARIABLE, help="工作目录，一切都保存在这里；不写则为 ./county。"
        ),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示技术细节，供维护人员查看。")] = False,
) -> None:
    """Keep the options that stand before the command."""
    ctx.obj = home
    if debug:
        os.environ[DEBUG_VARIABLE] = "1"


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def run(
    ctx: typer.Context,
    inbox: InboxOption = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="个数", min=1, help="同时读取的文件数；不写则按处理器个数。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="汇总以一个 JSON 文档输出，供其他程序使用。")] = False,
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="由计划任务调用：遇到正在进行的任务时等待，而不是放弃。")
    ] = False,
    home: LaterHome = None,
) -> int:
    """读取新增和改动过的报送文件，更新数据库，重写比较表。

    报送文件本身不会被改动或移走。没有新文件时什么也不重写。
    """
    from pipelines.commands.run import run_and_report

    return run_and_report(chosen_home(ctx, home), inbox, workers, as_json=as_json, scheduled=scheduled)


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def demo(ctx: typer.Context, home: LaterHome = None) -> int:
    """用随程序附带的示例文件走一遍全过程，并说明到哪里看结果。

    示例中除李钊庄镇外都是虚构乡镇，因此不放进正式的工作目录：不写 --home 时保存在 ./county-demo。
    """
    from pipelines.commands.demo import run_demo

    return run_demo(Home(home or ctx.find_root().obj or DEMO_HOME))


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def inspect(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="一份报送文件（DOCX、PDF、XLSX、XLS、OFD、DOC、ODT、ODS、HTML、CSV、TXT）。"
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="以一个 JSON 文档输出。")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="输出文件", help="另存为网页：每页的图像上标出各单元格的读法。")
    ] = None,
    home: LaterHome = None,
) -> int:
    """查看一份文件读成了什么、哪里没读懂。

    显示每张表的单元格（已采用、按规则略过、未能理解）、记录和问题。不写入任何数据。
    """
    from pipelines.commands.inspect import inspect_and_show

    return inspect_and_show(chosen_home(ctx, home), file, html, as_json=as_json)


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def parse(
    year: Annotated[
        int | None, typer.Option("--year", metavar="年度", min=1990, max=2100, help="预算年度，用于“年底前”等说法。")
    ] = None,
) -> int:
    """逐行读取标准输入中的指标值，每行输出一个 JSON 对象。

    例：echo "≤0.75万元/村" | jixiao parse --year 2023
    """
    from pipelines.commands.parse import parse_standard_input

    return parse_standard_input(year)


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def publish(
    ctx: typer.Context,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="发布", help="重做以前的一次发布，例如 2024-03-01，并核对是否逐字节相同。"),
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="与 --as-of 同用：只核对，不留下重做的文件。")] = False,
    home: LaterHome = None,
) -> int:
    """根据数据库重新生成比较表（published 目录），或重做以前的一次发布。

    重做的结果放在 published/<发布>-again，不影响现有的发布。
    """
    if as_of is not None:
        from pipelines.commands.remake import remake_publication

        return remake_publication(chosen_home(ctx, home), as_of, only_verify=verify)
    if verify:
        raise CommandError(
            "--verify 要与 --as-of 同用。", "例：jixiao publish --as-of 2024-03-01 --verify", WRONG_USAGE
        )
    from pipelines.commands.run import publish_again

    return publish_again(chosen_home(ctx, home))


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def diff(
    ctx: typer.Context,
    old: Annotated[str | None, typer.Argument(metavar="旧发布", help="较早的发布；不写则为新发布的上一次。")] = None,
    new: Annotated[str | None, typer.Argument(metavar="新发布", help="较新的发布；不写则为最近一次。")] = None,
    mart: Annotated[str | None, typer.Option("--mart", metavar="表", help="只看一张表，如 cost_comparison。")] = None,
    every: Annotated[bool, typer.Option("--all", help="也逐行列出只有比较数值（中位数、名次等）变了的行。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以一个 JSON 文档输出，含全部变化。")] = False,
    home: LaterHome = None,
) -> int:
    """两次发布之间比较表变了什么：逐行列出，并指出由哪份报送文件引起。

    发布以 published 下的目录名称呼，例：jixiao diff 2024-03-01 2024-03-08
    """
    from pipelines.commands.diff import show_changes

    return show_changes(chosen_home(ctx, home), old, new, mart, as_json=as_json, every=every)


add_care_commands(app)


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def sql(
    ctx: typer.Context,
    query: Annotated[str | None, typer.Argument(metavar="查询", help="一条 SQL 查询；不写则进入查询提示符。")] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="输出形式。")] = OutputFormat.TABLE,
    out: Annotated[Path | None, typer.Option("--out", metavar="文件", help="写入文件而不是屏幕。")] = None,
    home: LaterHome = None,
) -> int:
    """在分析用数据库上查询（只读，不影响正在进行的运行）。

    例：jixiao sql "select * from mart.cost_comparison limit 5"
    """
    from pipelines.commands.sql import run_prompt, run_query

    place = chosen_home(ctx, home)
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
    if query is None:
        run_prompt(place)
    else:
        run_query(place, query, output, out)
    return DONE


add_handing_commands(app)


@app.command(cls=ChineseCommand, options_metavar="[选项]")
def review(
    ctx: typer.Context,
    as_list: Annotated[bool, typer.Option("--list", help="在终端列出待办，不打开网页。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以一个 JSON 文档输出全部待办（含已处理的）。")] = False,
    decide: Annotated[
        str | None,
        typer.Option("--decide", metavar="文件", help="从 JSON 文件（- 为标准输入）记录决定，全部或一个也不。"),
    ] = None,
    port: Annotated[int, typer.Option("--port", metavar="端口", help="网页使用的端口；不写则任选。")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="自动打开浏览器。")] = True,
    home: LaterHome = None,
) -> int:
    """核对存疑的读数：原件与读法并列，逐项接受、更正或不采用。

    网页只在本机打开，不联网。决定保存在 config/decisions.csv，下次运行起生效，不必重读文件。
    """
    from pipelines.commands.review import decide_from, list_queue, open_review

    place = chosen_home(ctx, home)
    if decide is not None:
        return decide_from(place, decide)
    if as_list or as_json:
        return list_queue(place, as_json=as_json)
    return open_review(place, port, browser=browser)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code (contract, section 1)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    tell_warnings()
    sys.exit(call(list(sys.argv[1:] if arguments is None else arguments)))


def tell_warnings() -> None:
    """Show what the program put right by itself: on standard error, each on a line."""
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.WARNING)
    shown.setFormatter(logging.Formatter("注意：%(message)s"))
    logging.getLogger("jixiao").addHandler(shown)


def call(arguments: list[str]) -> int:
    """Run the command and give its exit code; what goes wrong is said in Chinese on standard error."""
    try:
        code = int(app(arguments, prog_name="jixiao", standalone_mode=False) or DONE)
        return interrupted() if code == TYPER_INTERRUPTED else code
    except CommandError as error:
        complain(f"{error.message}\n{error.advice}")
        return error.exit_code
    except TyperException as error:
        complain(describe_usage_error(error))
        return WRONG_USAGE
    except (KeyboardInterrupt, typer.Abort):
        return interrupted()
    except BrokenPipeError:
        # The reader of standard output left (as `head` does): nothing more to say, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        complain(
            f"程序出错：{type(error).__name__}: {error}\n"
            "原有数据没有改变。请在同一命令的 jixiao 之后加 --debug 再运行一次，把显示的内容转交维护人员。"
        )
        return FAILED


def interrupted() -> int:
    """Say what an interrupted run leaves behind."""
    complain("已中断。已读完的文件都已保存，下次运行会接着做；数据库和比较表仍是上一次的完整版本。")
    return FAILED


def complain(message: str) -> None:
    """Write a message to standard error."""
    print(message, file=sys.stderr)


if __name__ == "__main__":
    main()
