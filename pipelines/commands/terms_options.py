"""The commands ``jixiao terms …``: the county's own names of indicators."""

from typing import Annotated

import typer

from pipelines.commands.home_option import LaterHome, chosen_home
from pipelines.terminal.chinese_help import ChineseCommand, ChineseGroup
from pipelines.terminal.output_format import OutputFormat

terms_app = typer.Typer(
    cls=ChineseGroup,
    no_args_is_help=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    help="本县用语：查看、确认或否定指标名称和项目类别的归并。",
)

KindOption = Annotated[bool, typer.Option("--project", help="名称是项目类别，不是指标。")]
RawName = Annotated[str, typer.Argument(metavar="名称", help="文件中的指标名称。")]
GroupOption = Annotated[str, typer.Option("--group", metavar="二级指标组", help="只在这个二级指标组中适用，如 成本。")]
FamilyOption = Annotated[str, typer.Option("--unit", metavar="单位族", help="只对这一族计量单位适用，如 money/村。")]
NoteOption = Annotated[str, typer.Option("--note", metavar="备注", help="写进 terms.csv 的备注。")]


@terms_app.command("list", cls=ChineseCommand, options_metavar="[选项]")
def terms_list(
    ctx: typer.Context,
    output: Annotated[OutputFormat, typer.Option("--format", help="输出形式。")] = OutputFormat.TABLE,
    limit: Annotated[int | None, typer.Option("--limit", metavar="个数", min=1, help="只列前几个。")] = None,
    home: LaterHome = None,
) -> int:
    """列出没有把握的指标名称，涉及乡镇和金额多的在前，并给出建议。"""
    from pipelines.commands.terms import list_terms

    return list_terms(chosen_home(ctx, home), output, limit)


@terms_app.command("accept", cls=ChineseCommand, options_metavar="[选项]")
def terms_accept(
    ctx: typer.Context,
    raw: RawName,
    canonical: Annotated[str, typer.Argument(metavar="规范名称", help="它的意思就是这个指标。")],
    group: GroupOption = "",
    unit: FamilyOption = "",
    note: NoteOption = "",
    project: KindOption = False,
    home: LaterHome = None,
) -> int:
    """确认一个名称就是某个规范指标。"""
    from pipelines.commands.terms import decide_term
    from transforms.names.terms import Term

    return decide_term(
        chosen_home(ctx, home), Term(raw, canonical, "accept", group, unit, note, "project" if project else "indicator")
    )


@terms_app.command("reject", cls=ChineseCommand, options_metavar="[选项]")
def terms_reject(
    ctx: typer.Context,
    raw: RawName,
    group: GroupOption = "",
    unit: FamilyOption = "",
    note: NoteOption = "",
    project: KindOption = False,
    home: LaterHome = None,
) -> int:
    """否定一个名称的归并：今后它自成一项。"""
    from pipelines.commands.terms import decide_term
    from transforms.names.terms import Term

    return decide_term(
        chosen_home(ctx, home), Term(raw, "", "reject", group, unit, note, "project" if project else "indicator")
    )


@terms_app.command("rename", cls=ChineseCommand, options_metavar="[选项]")
def terms_rename(
    ctx: typer.Context,
    raw: RawName,
    canonical: Annotated[str, typer.Argument(metavar="新名称", help="本县对它的叫法。")],
    group: GroupOption = "",
    unit: FamilyOption = "",
    note: NoteOption = "",
    project: KindOption = False,
    home: LaterHome = None,
) -> int:
    """给一个名称定下本县自己的叫法。"""
    from pipelines.commands.terms import decide_term
    from transforms.names.terms import Term

    return decide_term(
        chosen_home(ctx, home), Term(raw, canonical, "rename", group, unit, note, "project" if project else "indicator")
    )


@terms_app.command("proposals", cls=ChineseCommand, options_metavar="[选项]")
def terms_proposals(
    ctx: typer.Context,
    output: Annotated[OutputFormat, typer.Option("--format", help="输出形式。")] = OutputFormat.TABLE,
    home: LaterHome = None,
) -> int:
    """列出可能是同一件事的名称，一组一个编号，附依据。"""
    from pipelines.commands.terms import list_proposals

    return list_proposals(chosen_home(ctx, home), output)


@terms_app.command("accept-proposals", cls=ChineseCommand, options_metavar="[选项]")
def terms_accept_proposals(
    ctx: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="编号…", help="如 1 3-5，或 all。")],
    home: LaterHome = None,
) -> int:
    """一次接受多组建议。"""
    from pipelines.commands.terms import accept_proposals

    return accept_proposals(chosen_home(ctx, home), numbers)
