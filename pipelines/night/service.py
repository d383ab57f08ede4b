"""``jixiao serve``: the nightly schedule, and a Prefect server of its own where none is configured."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType

from pipelines.night.prefect_settings import API_VARIABLE, hold_back_telemetry
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import create_home
from warehouse.home import Home

HOST = "127.0.0.1"
TIME_ZONE = "Asia/Shanghai"
START_LIMIT_SECONDS = 180
DEPLOYMENT = "nightly"


def serve_nightly(home: Home, inbox: Path | None, cron: str, port: int) -> int:
    """Run the nightly flow by its schedule until the person stops the command."""
    hold_back_telemetry()
    create_home(home)
    configured = os.environ.get(API_VARIABLE)
    address = configured or f"http://{HOST}:{port}/api"
    # Prefect reads its settings when it is imported, so they come first.
    os.environ[API_VARIABLE] = address
    if not configured:
        os.environ["PREFECT_HOME"] = str(home.prefect.resolve())
    check_cron(cron)
    signal.signal(signal.SIGTERM, _stop)
    with nullcontext() if configured else own_server(home, port):
        _serve(home, inbox, cron, address)
    print("夜间服务已停止。", file=sys.stderr)
    return 0


def check_cron(cron: str) -> None:
    """Refuse a time that is no cron expression of five parts."""
    from prefect.schedules import Cron

    try:
        Cron(cron, timezone=TIME_ZONE)
        accepted = len(cron.split()) == 5
    except ValueError:
        accepted = False
    if not accepted:
        raise CommandError(
            f"时间「{cron}」的写法不对。", '应为五段：分 时 日 月 周。例如每天 2 点：--cron "0 2 * * *"。', WRONG_USAGE
        )


@contextmanager
def own_server(home: Home, port: int) -> Iterator[None]:
    """Start a Prefect server that keeps its data in the home; stop it at the end."""
    if not is_free(port):
        raise CommandError(
            f"端口 {port} 已被占用。",
            f"如果那里已经有 Prefect 服务器，请先设置环境变量 {API_VARIABLE}=http://{HOST}:{port}/api；"
            "否则用 --port 另选一个端口。",
            WRONG_USAGE,
        )
    home.prefect.mkdir(parents=True, exist_ok=True)
    print(f"正在启动 Prefect 服务器（端口 {port}），约需半分钟……", file=sys.stderr)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    with (home.prefect / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C reaches this process only, which then stops the server in order.
        server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_for_server(f"http://{HOST}:{port}/api/health", server, Path(log.name))
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def is_free(port: int) -> bool:
    """Tell whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def wait_for_server(health: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server answers; say where its log is if it does not."""
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise CommandError("Prefect 服务器没有启动成功。", f"请把日志 {log} 转交维护人员。")


def _serve(home: Home, inbox: Path | None, cron: str, address: str) -> None:
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from pipelines.night.flow import nightly

    place = address.removesuffix("/api")
    print(
        f"夜间服务已就绪：按“{cron}”（北京时间）读取 {inbox or home.inbox}。\n"
        f"运行记录：{place}\n"
        f"想现在就运行一次，另开窗口输入：{API_VARIABLE}={address} jixiao --home {home.path} run\n"
        "按 Ctrl-C 停止。",
        file=sys.stderr,
        flush=True,
    )
    try:
        nightly.serve(
            name=DEPLOYMENT,
            schedule=Cron(cron, timezone=TIME_ZONE),
            parameters={"home": str(home.path.resolve()), "inbox": str(inbox.resolve()) if inbox else None},
            description="每晚读取新增和改动过的报送文件，更新数据库，重写比较表。",
            global_limit=1,
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    except (KeyboardInterrupt, SystemExit):
        return


def _stop(number: int, frame: FrameType | None) -> None:
    """Take a request to stop (as service managers send it) like Ctrl-C."""
    raise KeyboardInterrupt
