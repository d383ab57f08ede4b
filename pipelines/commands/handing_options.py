"""The commands that hand something on: ``docs`` for analysts, ``pack`` for whoever a matter is forwarded to."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.home_option import LaterHome, chosen_home
from pipelines.terminal.chinese_help import ChineseCommand


def add_handing_commands(app: typer.Typer) -> None:
    """Add the commands, in the order in which help lists them."""
    for command in (docs, pack):
        app.command(cls=ChineseCommand, options_metavar="[选项]")(command)


def docs(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="文件", help="写到哪里；不写则为工作目录下的 数据说明.html。")
    ] = None,
    home: LaterHome = None,
) -> int:
    """写出数据说明：各表各列的含义、来历、主键和可以直接运行的查询，用浏览器打开。

    每次发布的“数据”文件夹里也有一份。
    """
    from pipelines.commands.docs import write_docs

    return write_docs(chosen_home(ctx, home), file)


def pack(
    ctx: typer.Context,
    township: Annotated[str | None, typer.Argument(metavar="乡镇", help="只打包这个乡镇的；不写则为全县。")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="文件", help="写到哪里；不写则在当前目录，名称含发布日期。")
    ] = None,
    home: LaterHome = None,
) -> int:
    """把最近一次发布打成一个压缩包，便于转发：全县的（含总览 PDF），或一个乡镇的。

    乡镇的压缩包只含该乡镇的情况页、反馈单、批注原件和出处页，不含其他乡镇的数字。
    """
    from pipelines.commands.pack import write_pack

    return write_pack(chosen_home(ctx, home), township, file)
