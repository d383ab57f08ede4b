"""``jixiao serve``: calls a night when it is due, whatever becomes of the server that records it.

The service itself is small and imports no Prefect. The schedule is its own; a Prefect server is started, watched and
started again beside it, and gets the deployment, the page and the record. A night that the server does not set down in
time is run all the same.
"""

import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from pipelines.night.ledger import SCHEDULED, NightRecord, Outcome, read_nights
from pipelines.night.lock import held
from pipelines.night.notify import tell_of_night
from pipelines.night.prefect_settings import hold_back_telemetry
from pipelines.service.api import FlowRun
from pipelines.service.child import AFTERMATH_SECONDS, NightProcess, Workplace, start_flow_run, start_plain
from pipelines.service.health import Look, health_address
from pipelines.service.recorder import LONG_AGO, Recorder, find_server
from pipelines.service.rotation import rotate
from pipelines.service.schedule import TIME_ZONE, check_cron, last_due, next_due
from pipelines.service.server import need_free_port
from pipelines.service.state import ServiceState, write_state
from pipelines.service.words import describe, say
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import create_home
from warehouse.home import Home

POLL_SECONDS = 2.0
BEAT = timedelta(seconds=20)
GRACE = timedelta(seconds=90)
"""So long after it is due a night may wait for the server to set it down; then it runs without a record there."""

RETRY_AFTER = timedelta(minutes=10)
RETRIES = 3
"""A night that crashed, or that the disk or the network stopped, is tried again so often; no other is."""


def serve_nightly(home: Home, inbox: Path | None, cron: str, port: int, look: Look = list) -> int:
    """Run the nights by their schedule until the person stops the command; ``look`` says what is wrong with them."""
    check_cron(cron)
    hold_back_telemetry()
    create_home(home)
    with held(home.service_lock) as holder:
        if holder is not None:
            raise CommandError(
                f"{home.path} 的夜间服务已在运行" + (f"（{holder}）。" if holder else "。"),
                "同一个工作目录只能有一个夜间服务；要更改时间，请先停止它。",
                WRONG_USAGE,
            )
        service = Service(Workplace(home, inbox), cron, port)
        need_free_port(port + 1)
        with health_address(port + 1, look):
            service.run()
    print("夜间服务已停止。", file=sys.stderr, flush=True)
    return 0


def is_worth_a_retry(record: NightRecord | None) -> bool:
    """Tell whether the same night may go well in some minutes: not where a person has to put something right first."""
    if record is None or record.outcome in (Outcome.CRASHED, Outcome.RUNNING):
        return True
    return record.outcome is Outcome.FAILED and record.passing


class Service:
    """The loop that keeps the schedule; ``tick`` is one look at everything."""

    def __init__(self, place: Workplace, cron: str, port: int) -> None:
        """Take what was chosen on the command line."""
        self._place, self._home, self._cron = place, place.home, cron
        self._stop = threading.Event()
        self._recorder = Recorder(place.home, cron, find_server(place.home, port), self._stop)
        self._night: NightProcess | None = None
        self._telling: NightProcess | None = None
        self._started = datetime.now(UTC)
        self._handled = last_due(cron, self._started)
        self._beat = LONG_AGO
        self._retry_at: datetime | None = None
        self._tries = 0
        self._warned = False

    def run(self) -> None:
        """Keep the schedule until SIGTERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        try:
            self._recorder.bring_up()
            self._say_ready()
            self._catch_up()
            while not self._stop.wait(POLL_SECONDS):
                self.tick(datetime.now(UTC))
        finally:
            self._shut_down()

    def tick(self, now: datetime) -> None:
        """Look after the server, the night under way, the schedule and the heartbeat."""
        self._recorder.watch(now, self._under_way)
        self._watch_night(now)
        self._watch_telling(now)
        if self._night is None and not self._stop.is_set():
            self._start_what_is_due(now)
        if now - self._beat >= BEAT:
            self._write_beat(now)

    # The night

    @property
    def _under_way(self) -> str | None:
        """The run on the server that is under way."""
        return self._night.flow_run if self._night else None

    def _watch_night(self, now: datetime) -> None:
        night = self._night
        if night is None:
            return
        record = self._record_of(night)
        if night.is_alive():
            ended = record.ended_at if record else None
            if ended is not None and (now - ended).total_seconds() > AFTERMATH_SECONDS:
                night.kill()  # its work is done and recorded; it only waits for a server that does not answer
            elif self._is_cancelled(night):
                say("网页上取消了本次运行，正在停止……")
                night.stop()
            return
        self._night = None
        self._recorder.settle_runs(now, self._under_way)
        if record is None and night.flow_run is not None:
            self._give_up(night)
            return
        if record is not None and record.outcome in (Outcome.CRASHED, Outcome.RUNNING):
            dead = replace(record, outcome=Outcome.CRASHED)  # it could tell nobody itself
            tell_of_night(self._home, dead)
        if is_worth_a_retry(record):
            self._plan_retry(now, record)
        else:
            self._retry_at, self._tries = None, 0
        say(describe(record))

    def _watch_telling(self, now: datetime) -> None:
        """Let the flow run that the server's automations ask for, one at a time, beside a night if need be."""
        if self._telling is not None and self._telling.is_alive():
            return
        self._telling = None
        run = self._recorder.next_telling(now)
        if run is not None:
            self._telling = start_flow_run(self._place, self._recorder.server.settings, run, self._home.service_log)

    def _give_up(self, night: NightProcess) -> None:
        """Close a run that ended before it began; one by the schedule is worth running without the server."""
        assert night.flow_run is not None
        self._recorder.close(night.flow_run, "CRASHED", "运行未能开始，说明见服务的日志。")
        if night.is_scheduled:
            say("本次运行未能开始，改为不经服务器直接运行。")
            self._start_unrecorded()
        else:
            say(f"要求的运行未能开始，说明见 {self._home.service_log}。")

    def _record_of(self, night: NightProcess) -> NightRecord | None:
        nights = reversed(read_nights(self._home))
        return next((n for n in nights if n.pid == night.pid or (n.flow_run and n.flow_run == night.flow_run)), None)

    def _is_cancelled(self, night: NightProcess) -> bool:
        return night.flow_run is not None and self._recorder.is_cancelled(night.flow_run)

    def _plan_retry(self, now: datetime, record: NightRecord | None) -> None:
        if self._tries < RETRIES:
            self._tries += 1
            self._retry_at = now + RETRY_AFTER
            say(f"{RETRY_AFTER.seconds // 60} 分钟后再试（第 {self._tries} 次，最多 {RETRIES} 次）。")
        else:
            self._retry_at, self._tries = None, 0

    def _start_what_is_due(self, now: datetime) -> None:
        due = last_due(self._cron, now)
        run = self._recorder.next_run(now)
        if run is not None:
            self._handled = max(self._handled, due)
            self._start_recorded(run)
        elif due > self._handled and now - due >= GRACE:
            self._handled = due
            say("服务器没有排定这一次运行，直接运行。")
            self._start_unrecorded()
        elif self._retry_at is not None and now >= self._retry_at:
            self._retry_at = None
            self._start_again("重试")

    def _start_recorded(self, run: FlowRun) -> None:
        self._night = start_flow_run(self._place, self._recorder.server.settings, run, self._home.service_log)
        due = f"计划于 {run.due.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if run.due else run.name
        say(f"开始运行（{due}）")

    def _start_unrecorded(self) -> None:
        self._night = start_plain(self._place, self._home.service_log)

    def _start_again(self, why: str) -> None:
        """Run a night that is not on the schedule, recorded where the server allows it."""
        if not self._recorder.ask_for_run(f"{why} {datetime.now(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M:%S}"):
            self._start_unrecorded()

    def _catch_up(self) -> None:
        """Run the night that was missed while nothing ran here, or that died with the service."""
        nights = [night for night in read_nights(self._home) if night.trigger == SCHEDULED]
        if not nights or self._stop.is_set():
            return
        last, due = nights[-1], last_due(self._cron, datetime.now(UTC))
        if last.started_at < due or last.outcome in (Outcome.CRASHED, Outcome.INTERRUPTED):
            say("上一次夜间任务没有完成，现在补做。")
            self._start_again("补做")

    # What others see

    def _say_ready(self) -> None:
        if self._stop.is_set():
            return
        scheduled = self._recorder.wait_for_schedule()
        due = next_due(self._cron, datetime.now(UTC))
        lines = [f"夜间服务已就绪：按“{self._cron}”（北京时间）读取 {self._place.inbox or self._home.inbox}。"]
        lines.append(f"下一次：{due:%Y-%m-%d %H:%M}。")
        if not scheduled:
            lines.append("注意：Prefect 服务器没有排定下一次运行；到时间由本服务直接运行。")
        if self._recorder.is_deployed:
            lines.append(f"运行记录：{self._recorder.server.text.removesuffix('/api')}")
        if self._recorder.server.own is not None:
            lines.append(f"网页登录口令在 {self._home.prefect_auth}（只有本用户能读）。")
        lines.append(f"想现在就运行一次，另开窗口输入：jixiao --home {self._home.path} run，或在网页上点 Run。")
        lines.append("按 Ctrl-C 停止。")
        say("\n".join(lines))
        self._write_beat(datetime.now(UTC))

    def _write_beat(self, now: datetime) -> None:
        self._beat = now
        for log in (self._home.service_log, self._home.prefect / "server.log"):
            rotate(log)
        is_recorded = self._recorder.is_deployed
        if is_recorded:
            self._check_schedule()
        state = ServiceState(
            pid=os.getpid(),
            cron=self._cron,
            inbox=str(self._place.inbox or self._home.inbox),
            address=self._recorder.server.text,
            beat=now.isoformat(timespec="seconds"),
            next_due=next_due(self._cron, now).isoformat(timespec="seconds"),
            recorder="prefect" if is_recorded else "none",
        )
        with suppress(OSError):
            write_state(self._home, state)

    def _check_schedule(self) -> None:
        """Say once when the server has no next run set down; the night comes all the same."""
        is_scheduled = self._recorder.has_next_run()
        if is_scheduled is None:
            return
        if not is_scheduled and not self._warned:
            say("注意：Prefect 服务器没有排定下一次运行；到时间由本服务直接运行。")
        self._warned = not is_scheduled

    def _shut_down(self) -> None:
        if self._telling is not None:
            self._telling.stop()
        night, self._night = self._night, None
        if night is not None:
            say("正在停止进行中的运行，已读完的文件都会保存……")
            night.stop()
            self._recorder.settle_runs(datetime.now(UTC), None)
        self._recorder.shut_down()
        self._home.service_state.unlink(missing_ok=True)  # stopped on purpose: nobody need miss its sign of life

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()
