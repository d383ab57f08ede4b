"""systemd units: the service with its server, or, lighter, a timer that calls ``jixiao run``; and a look at health."""

import os
import sys
from pathlib import Path

from pipelines.service.schedule import TIME_ZONE, check_cron
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.home import Home

SYSTEM, USER = Path("/etc/systemd/system"), Path(".config/systemd/user")
DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_SERVICE = """[Unit]
Description=jixiao nightly service ({home})
After=network-online.target remote-fs.target
Wants=network-online.target

[Service]
ExecStart={program} --home {home} serve --cron {cron}{inbox} --port {port}
Restart=always
RestartSec=30
KillMode=mixed
TimeoutStopSec=120
UMask=0027
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={home}
PrivateTmp=yes

[Install]
WantedBy={target}
"""

_NIGHT = """[Unit]
Description=jixiao night ({home})
After=network-online.target remote-fs.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart={program} --home {home} run --scheduled{inbox}
# 3: done, but some filings were rejected, which the summary and the message say
SuccessExitStatus=3
KillMode=mixed
TimeoutStartSec=infinity
TimeoutStopSec=120
Nice=10
UMask=0027
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={home}
PrivateTmp=yes
"""

_TIMER = """[Unit]
Description={what} ({home})

[Timer]
OnCalendar={calendar}
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
"""

_HEALTH = """[Unit]
Description=jixiao health ({home})

[Service]
Type=oneshot
ExecStart={program} --home {home} status --notify
# 4: the last night is missing, failed or late; who is to know has been told
SuccessExitStatus=4
UMask=0027
"""


def install_units(home: Home, inbox: Path | None, cron: str, port: int, folder: Path | None) -> int:
    """Write the units and say how to switch on the one way or the other."""
    check_cron(cron)
    place = folder or (SYSTEM if os.geteuid() == 0 else Path.home() / USER)
    known = {
        "home": _quoted(str(home.path.resolve())),
        "program": _quoted(_program()),
        "cron": _quoted(cron),
        "inbox": f" --inbox {_quoted(str(inbox.resolve()))}" if inbox else "",
        "port": str(port),
        "target": "multi-user.target" if place == SYSTEM else "default.target",
    }
    units = {
        "jixiao.service": _SERVICE.format(**known),
        "jixiao-night.service": _NIGHT.format(**known),
        "jixiao-night.timer": _TIMER.format(**known, what="jixiao nights", calendar=calendar_of(cron)),
        "jixiao-health.service": _HEALTH.format(**known),
        "jixiao-health.timer": _TIMER.format(**known, what="jixiao health", calendar="hourly"),
    }
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            (place / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"无法写入 {place}：{error.strerror}。", "请用 --units 写明一个可写的目录。", WRONG_USAGE
        ) from error
    systemctl = "systemctl" if place == SYSTEM else "systemctl --user"
    print(
        f"已写入 {place}：{'、'.join(units)}。\n两种方式任选一种：\n"
        f"  带网页和运行记录（Prefect，约占 300 MB 内存）：{systemctl} enable --now jixiao.service jixiao-health.timer\n"
        f"  只用定时器（平时不占内存）：{systemctl} enable --now jixiao-night.timer jixiao-health.timer"
    )
    return 0


def calendar_of(cron: str) -> str:
    """Give a cron expression as systemd writes it, in the county's time zone.

    Raises CommandError where both a day of the month and a day of the week are chosen: cron takes either day, systemd
    both at once.
    """
    minute, hour, day, month, weekday = cron.split()
    if day != "*" and weekday != "*":
        raise CommandError(
            f"定时器写不出“{cron}”：日和周不能同时限定。", "请只限定其中一个，或用 jixiao serve。", WRONG_USAGE
        )
    days = "" if weekday == "*" else f"{_weekdays(weekday)} "
    date = f"*-{_part(month, 1)}-{_part(day, 1)}"
    return f"{days}{date} {_part(hour, 0)}:{_part(minute, 0)}:00 {TIME_ZONE}"


def _part(text: str, first: int) -> str:
    """Give one part: ``*/5`` counts from the part's first number, ``1-3`` is a range."""
    parts = []
    for one in text.split(","):
        span, _, step = one.partition("/")
        start = str(first) if span == "*" and step else span.replace("-", "..")
        parts.append(f"{start}/{step}" if step else start)
    return ",".join(parts)


def _weekdays(text: str) -> str:
    names = []
    for one in text.split(","):
        if "/" in one or not all(day.isdigit() for day in one.split("-")):
            raise CommandError(f"定时器写不出周“{text}”。", "请写 0–7 的数字，如 1-5。", WRONG_USAGE)
        names.append("..".join(DAYS[int(day)] for day in one.split("-")))
    return ",".join(names)


def _program() -> str:
    beside = Path(sys.executable).with_name("jixiao")
    return str(beside if beside.exists() else Path(sys.argv[0]).resolve())


def _quoted(text: str) -> str:
    """Give a word of a command line as systemd reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if set(escaped) & set(" \t'\"*?[]") else escaped
