"""When nights are due, and how the same is said to systemd."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipelines.service.schedule import check_cron, last_due, next_due
from pipelines.service.units import calendar_of, install_units
from pipelines.terminal.errors import CommandError
from warehouse.home import Home

BEIJING = ZoneInfo("Asia/Shanghai")


def test_nights_are_due_by_the_countys_clock() -> None:
    noon_in_london = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("UTC"))
    assert next_due("0 2 * * *", noon_in_london) == datetime(2026, 3, 2, 2, tzinfo=BEIJING)
    assert last_due("0 2 * * *", noon_in_london) == datetime(2026, 3, 1, 2, tzinfo=BEIJING)


@pytest.mark.parametrize("cron", ["", "2", "0 2 * *", "0 25 * * *", "0 0 31 2 *", "* * * * * *"])
def test_a_time_that_never_comes_is_refused(cron: str) -> None:
    with pytest.raises(CommandError) as refused:
        check_cron(cron)
    assert "五段" in refused.value.advice


@pytest.mark.parametrize(
    ("cron", "calendar"),
    [
        ("0 2 * * *", "*-*-* 2:0:00 Asia/Shanghai"),
        ("*/15 * * * *", "*-*-* *:0/15:00 Asia/Shanghai"),
        ("30 1 * * 1-5", "Mon..Fri *-*-* 1:30:00 Asia/Shanghai"),
        ("0 3 1,15 * *", "*-*-1,15 3:0:00 Asia/Shanghai"),
        ("0 3 * 1-6 0", "Sun *-1..6-* 3:0:00 Asia/Shanghai"),
    ],
)
def test_systemd_is_told_the_same_time(cron: str, calendar: str) -> None:
    assert calendar_of(cron) == calendar
    if systemd := shutil.which("systemd-analyze"):
        subprocess.run([systemd, "calendar", calendar], check=True, capture_output=True)


def test_what_systemd_cannot_say_is_refused() -> None:
    with pytest.raises(CommandError, match="同时限定"):
        calendar_of("0 2 1 * 1")


def test_units_of_both_ways_are_written_and_understood(tmp_path: Path) -> None:
    home = tmp_path / "县 home"
    home.mkdir()
    assert install_units(Home(home), tmp_path / "in box", "0 2 * * *", 4200, tmp_path / "units") == 0
    units = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "units").iterdir()}
    assert sorted(units) == [
        *("jixiao-health.service", "jixiao-health.timer", "jixiao-night.service", "jixiao-night.timer"),
        "jixiao.service",
    ]
    assert 'run --scheduled --inbox "' in units["jixiao-night.service"]
    assert 'serve --cron "0 2 * * *"' in units["jixiao.service"]
    if systemd := shutil.which("systemd-analyze"):
        for name in units:
            answer = subprocess.run(
                [systemd, "verify", "--man=no", str(tmp_path / "units" / name)],
                capture_output=True,
                text=True,
                check=False,
            )
            complaints = [line for line in answer.stderr.splitlines() if str(tmp_path) in line]
            assert not complaints, complaints
