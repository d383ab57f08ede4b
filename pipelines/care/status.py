"""``jixiao status``: how the last night went, what waits, when the next one is due; for people and for monitoring."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from extractors.rejection import PASSING
from pipelines.care.trouble import NEEDS_CARE, Trouble, report
from pipelines.night.ledger import NightRecord, Outcome, is_told, read_nights
from pipelines.night.notify import tell_all
from pipelines.night.settings import load_settings, patient_settings
from pipelines.service.schedule import TIME_ZONE, last_due, next_due
from pipelines.service.state import ServiceState, read_state
from warehouse.files import write_if_changed
from warehouse.home import Home

SILENT_AFTER = timedelta(minutes=3)
"""The service gives a sign of life every 20 seconds; restarting a server may take it two minutes."""

EARLY = timedelta(minutes=1)


def show_status(home: Home, *, as_json: bool, notify: bool = False) -> int:
    """Print the status; exit code 4 where the last night is missing, failed or late.

    With ``notify`` those who are to know are told of troubles, once until they change: the watch of a timer.
    """
    now = datetime.now(UTC)
    nights, state = read_nights(home), read_state(home)
    schedule = (state.cron if state else "") or load_settings(home).night.schedule
    late_after = timedelta(hours=load_settings(home).night.late_after_hours)
    troubles = list(find_troubles(nights, state, schedule, late_after, now))
    if notify:
        tell_of(home, troubles)
    good = last_good(nights)
    facts: dict[str, object] = {
        "home": str(home.path.resolve()),
        "last_night": _told(nights[-1]) if nights else None,
        "last_good_night": _told(good) if good else None,
        "did": str(good.facts.get("headline", "")) if good else "",
        "waiting": waiting(nights),
        "next_night": next_due(schedule, now).isoformat(timespec="minutes") if schedule else None,
        "service": _service(state, now),
    }
    if as_json:
        return NEEDS_CARE if report("", facts, troubles, as_json=True) else 0
    shown = {
        "最近一次": _said(nights[-1]) if nights else "还没有",
        "最近一次成功": _said(good) if good else "还没有",
        "做了什么": str(facts["did"]),
        "等待重试": "、".join(waiting(nights)),
        "下一次": f"{next_due(schedule, now):%Y-%m-%d %H:%M}（北京时间）" if schedule else "没有设定时间",
        "夜间服务": {"running": "运行中", "silent": "没有应答", "none": "没有运行"}[_service(state, now)],
    }
    return NEEDS_CARE if report(f"{home.path} 的夜间任务", shown, troubles, as_json=False) else 0


def grave_troubles(home: Home) -> list[str]:
    """Say what is wrong with a home's nights, now."""
    return [one.what for one in find_all_troubles(home) if one.grave]


def find_all_troubles(home: Home) -> list[Trouble]:
    """Find what is wrong with a home's nights, now."""
    state, night = read_state(home), patient_settings(home).night
    patience = timedelta(hours=night.late_after_hours)
    schedule = (state.cron if state else "") or night.schedule
    return list(find_troubles(read_nights(home), state, schedule, patience, datetime.now(UTC)))


def tell_of(home: Home, troubles: list[Trouble]) -> None:
    """Send a message about the troubles, unless the last message said the same, or they are about a night told of."""
    nights = read_nights(home)
    if nights and is_told(home, nights[-1]):
        troubles = [one for one in troubles if one.code != f"night_{nights[-1].outcome.value}"]
    codes = json.dumps(sorted(one.code for one in troubles)).encode()
    if not write_if_changed(home.told, codes) or not troubles:
        return
    text = "\n".join(f"{one.what}\n  {one.advice}" for one in troubles)
    if not tell_all(load_settings(home), "绩效目标夜间任务需要处理", f"工作目录：{home.path.resolve()}\n{text}\n"):
        home.told.unlink()  # the next watch tries again


def find_troubles(
    nights: list[NightRecord], state: ServiceState | None, schedule: str, late_after: timedelta, now: datetime
) -> Iterator[Trouble]:
    """Yield what is wrong with the nights."""
    good = last_good(nights)
    if good is None:
        yield Trouble("no_night", "还没有一次成功的运行。", "请运行 jixiao run，或检查夜间服务的日志。")
    if good is not None and (held := good.facts.get("held_back")):
        yield Trouble("held_back", f"新的比较表没有发布：{held}。", "请核对；确认无误后运行 jixiao publish。")
    if nights and nights[-1].outcome not in (Outcome.DONE, Outcome.RUNNING):
        last = nights[-1]
        yield Trouble(
            f"night_{last.outcome.value}",
            f"最近一次运行没有完成：{last.message or '进程异常终止'}",
            "请按说明处理后运行 jixiao run；夜间服务会自动重试。",
        )
    if schedule and good is not None:
        due = last_due(schedule, now - late_after)
        if good.started_at < due - EARLY and nights[-1].outcome is not Outcome.RUNNING:
            yield Trouble(
                "late",
                f"{due:%Y-%m-%d %H:%M} 的夜间任务没有运行（最近一次成功：{_beijing(good.started_at)}）。",
                "请检查夜间服务或定时器是否在运行：systemctl status jixiao.service jixiao-night.timer。",
            )
    if state is not None and now - state.beat_at > SILENT_AFTER:
        yield Trouble(
            "service_silent",
            f"夜间服务没有应答，最后一次活动在 {_beijing(state.beat_at)}。",
            "请重新启动 jixiao serve。",
        )


def last_good(nights: list[NightRecord]) -> NightRecord | None:
    """Give the last night that did its work."""
    return next((night for night in reversed(nights) if night.outcome is Outcome.DONE), None)


def waiting(nights: list[NightRecord]) -> list[str]:
    """Name the files that the next night will try again."""
    good = last_good(nights)
    if good is None:
        return []
    rejected = good.facts.get("rejected", [])
    assert isinstance(rejected, list)
    left = [str(name) for name, reason in rejected if reason in {one.value for one in PASSING}]
    for kind in ("unreadable", "growing"):
        names = good.facts.get(kind, [])
        assert isinstance(names, list)
        left += [str(name) for name in names]
    return left


def _service(state: ServiceState | None, now: datetime) -> str:
    if state is None:
        return "none"
    return "silent" if now - state.beat_at > SILENT_AFTER else "running"


def _told(night: NightRecord) -> dict[str, object]:
    return {
        "started": night.started,
        "ended": night.ended,
        "outcome": night.outcome.value,
        "trigger": night.trigger,
        "message": night.message,
        **dict(night.facts),
    }


def _said(night: NightRecord) -> str:
    words = {
        Outcome.DONE: "完成",
        Outcome.RUNNING: "进行中",
        Outcome.FAILED: "失败",
        Outcome.INTERRUPTED: "被中断",
        Outcome.CRASHED: "异常终止",
    }
    return f"{_beijing(night.started_at)} {words[night.outcome]}"


def _beijing(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}"
