"""``jixiao review``: the queue of doubts, in a browser on this machine, or as a list in the terminal."""

import json
import secrets
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import need_database
from warehouse.home import Home

LOOPBACK = "127.0.0.1"
LISTED = 200


def open_review(home: Home, port: int, *, browser: bool) -> int:
    """Serve the queue's page on the loopback address until Ctrl-C; ``port`` 0 takes any free one."""
    import uvicorn

    from pipelines.review.app import make_app

    need_database(home)
    token = secrets.token_urlsafe(24)
    with closing(_listen(port)) as listening:
        host = f"{LOOPBACK}:{listening.getsockname()[1]}"
        address = f"http://{host}/open?token={token}"
        print(
            f"在浏览器中打开（只能用一次）：{address}\n处理完按 Ctrl-C 结束；决定随时保存在 {home.config / 'decisions.csv'}，下次运行 jixiao run 时生效。",
            file=sys.stderr,
            flush=True,
        )
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(make_app(home, host, token), log_level="warning", access_log=False, server_header=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    return 0


def list_queue(home: Home, *, as_json: bool) -> int:
    """Print what waits for a decision; JSON has decided items too."""
    from pipelines.review.making import DecideError
    from pipelines.review.queue import read_queue
    from pipelines.review.record import Review

    try:
        items = Review(home).with_decisions(read_queue(home))
    except DecideError as error:
        raise CommandError(str(error), "请用 Excel 或文本编辑器改正 config 中的文件后再试。") from error
    if as_json:
        print(json.dumps([{**asdict(one), "key": one.key} for one in items], ensure_ascii=False, indent=1))
        return 0
    console = Console(highlight=False)
    waiting = [one for one in items if one.decision == "open"]
    for one in waiting[:LISTED]:
        about = " · ".join(
            str(part)
            for part in (one.filer or one.file_name, one.fiscal_year, one.project_name, one.indicator_raw)
            if part
        )
        console.print(f"[bold]{escape(about)}[/bold]  [dim]{escape(one.key)}[/dim]", soft_wrap=True)
        console.print(
            f"  {escape(one.field_name)}“{escape(one.value_read or '')}”：{escape(one.sentence)}", soft_wrap=True
        )
        for member in one.members:
            console.print(
                f"    {escape(member.name)}（{escape(member.reasons)}，{member.filers} 个单位）", soft_wrap=True
            )
    more = f"，此处列出前 {LISTED} 项" if len(waiting) > LISTED else ""
    print(
        f"待处理 {len(waiting)} 项{more}；已处理 {len(items) - len(waiting)} 项。打开网页处理：jixiao review",
        file=sys.stderr,
    )
    return 0


def decide_from(home: Home, source: str) -> int:
    """Take decisions from a JSON file (``-``: standard input): a list of ``{key, decision, value, names, by, note}``; all or none."""
    from pipelines.review.making import DecideError
    from pipelines.review.record import Review

    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
        said = json.loads(text)
    except (OSError, ValueError) as error:
        raise CommandError(
            f"读不了决定：{error}", "应为一个 JSON 列表，各项含 key、decision、value。", WRONG_USAGE
        ) from error
    if not isinstance(said, Sequence) or not all(isinstance(one, dict) for one in said):
        raise CommandError(
            "决定应为一个 JSON 列表，各项含 key、decision、value。", "key 见 jixiao review --json。", WRONG_USAGE
        )
    try:
        count = Review(home).decide_all(said)
    except DecideError as error:
        raise CommandError(str(error), "没有记录任何决定；改正后再试。", WRONG_USAGE) from error
    print(f"已记录 {count} 个决定，下次运行 jixiao run 时生效。", file=sys.stderr)
    return 0


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen()  # whoever opens the address at once waits for the server instead of being refused
    except OSError as error:
        listening.close()
        raise CommandError(f"端口 {port} 已被占用。", "请去掉 --port，由程序自选端口。", WRONG_USAGE) from error
    return listening
