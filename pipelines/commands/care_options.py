"""The commands that keep nights coming and homes sound: ``serve``, ``status``, ``doctor``, ``check``, ``backup`` …"""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.home_option import LaterHome, chosen_home
from pipelines.terminal.chinese_help import ChineseCommand

AsJson = Annotated[bool, typer.Option("--json", help="以一个 JSON 文档输出。")]
InboxOption = Annotated[
    Path | None, typer.Option("--inbox", metavar="目录", help="报送文件所在的目录；不写则为工作目录下的 inbox。")
]


def add_care_commands(app: typer.Typer) -> None:
    """Add the commands, in the order in which help lists them."""
    for command in (serve, status, doctor, check, backup, restore, rebuild):
        app.command(cls=ChineseCommand, options_metavar="[选项]")(command)


def serve(
    ctx: typer.Context,
    cron: Annotated[
        str, typer.Option("--cron", metavar="时间", help="每天几时运行，cron 写法：分 时 日 月 周（北京时间）。")
    ] = "0 2 * * *",
    inbox: InboxOption = None,
    port: Annotated[int, typer.Option("--port", metavar="端口", help="自带的 Prefect 服务器使用的端口。")] = 4200,
    install: Annotated[
        bool, typer.Option("--install", help="写出 systemd 单元文件（服务、定时器、健康检查），不启动服务。")
    ] = False,
    units: Annotated[Path | None, typer.Option("--units", metavar="目录", help="与 --install 同用：写到哪里。")] = None,
    home: LaterHome = None,
) -> int:
    """夜间服务：每晚按时运行 jixiao run。

    自带 Prefect 服务器，可在网页上查看每次运行的结果。按 Ctrl-C 停止。
    """
    if install:
        from pipelines.service.units import install_units

        return install_units(chosen_home(ctx, home), inbox, cron, port, units)
    from pipelines.care.status import grave_troubles
    from pipelines.service.serve import serve_nightly

    place = chosen_home(ctx, home)
    return serve_nightly(place, inbox, cron, port, partial(grave_troubles, place))


def status(
    ctx: typer.Context,
    as_json: AsJson = False,
    notify: Annotated[bool, typer.Option("--notify", help="有问题时按设置发出通知（供定时器调用）。")] = False,
    home: LaterHome = None,
) -> int:
    """夜间任务的情况：最近一次、等待重试的文件、下一次；有问题时退出码为 4。"""
    from pipelines.care.status import show_status

    return show_status(chosen_home(ctx, home), as_json=as_json, notify=notify)


def doctor(ctx: typer.Context, inbox: InboxOption = None, as_json: AsJson = False, home: LaterHome = None) -> int:
    """检查运行环境：软件、字体、磁盘、权限、时钟、邮件设置，一次列出全部问题。"""
    from pipelines.care.doctor import examine

    return examine(chosen_home(ctx, home), inbox, as_json=as_json)


def check(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="修复能够重新生成的部分。")] = False,
    as_json: AsJson = False,
    home: LaterHome = None,
) -> int:
    """检查工作目录中的数据是否完整一致；有损坏时退出码为 4。"""
    from pipelines.care.check import check_home

    return check_home(chosen_home(ctx, home), repair=repair, as_json=as_json)


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="备份写到哪里（.tar 或 .tar.gz）。")],
    as_json: AsJson = False,
    home: LaterHome = None,
) -> int:
    """把整个工作目录写成一个备份文件，并逐个核对。"""
    from pipelines.care.archive import back_up

    return back_up(chosen_home(ctx, home), file, as_json=as_json)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="jixiao backup 写出的备份文件。")],
    as_json: AsJson = False,
    home: LaterHome = None,
) -> int:
    """用备份恢复出一个新的工作目录（--home），并逐个核对。"""
    from pipelines.care.archive import restore as restore_home

    return restore_home(chosen_home(ctx, home), file, as_json=as_json)


def rebuild(
    ctx: typer.Context,
    inbox: InboxOption = None,
    apply: Annotated[bool, typer.Option("--apply", help="结果不同时，用重建的结果替换现有数据。")] = False,
    as_json: AsJson = False,
    home: LaterHome = None,
) -> int:
    """重新读取全部报送文件并重建数据库，与现有数据逐项比较。"""
    from pipelines.care.rebuild import rebuild as rebuild_home

    return rebuild_home(chosen_home(ctx, home), inbox, apply=apply, as_json=as_json)
