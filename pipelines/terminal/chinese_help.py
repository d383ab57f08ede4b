"""The command line's own words in Chinese: headings of help pages and messages about wrong usage."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

HELP_OF_HELP = "显示本说明。"


def name_panels_in_chinese() -> None:
    """Set the headings that Typer prints over options, arguments and commands."""
    from typer import rich_utils

    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.ENVVAR_STRING = "[环境变量：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Give ``--help`` with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page under Chinese headings."""
        name_panels_in_chinese()
        super().format_help(ctx, formatter)


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is Chinese throughout."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        """Give ``--help`` with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help page under Chinese headings."""
        name_panels_in_chinese()
        super().format_help(ctx, formatter)


def _in_chinese(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = HELP_OF_HELP
    return option


def describe_usage_error(error: TyperException) -> str:
    """Give a Chinese sentence for a wrong call. Typer keeps its parser's error classes private: they go by name."""
    parameter = getattr(error, "param", None)
    name = "" if parameter is None else (parameter.opts[0] if isinstance(parameter, TyperOption) else parameter.metavar)
    text = getattr(error, "message", str(error))
    match type(error).__name__:
        case "NoArgsIsHelpError":
            return "没有写命令，用法见上。"
        case "NoSuchOption":
            near = "、".join(getattr(error, "possibilities", None) or ())
            said = f"没有选项 {getattr(error, 'option_name', '')}" + (f"，是不是要写 {near}？" if near else "。")
        case "MissingParameter":
            said = f"缺少「{name}」。"
        case "BadParameter":
            said = f"「{name}」的值不对：{text}"
        case _:
            said = re.sub(r"^No such command (.+?)\.?$", r"没有命令 \1。", text)
    return f"{said}\n运行 jixiao --help 查看用法。"
