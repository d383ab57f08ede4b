"""The status of nights: what is good, late, failed; and who is told of it."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from pipelines.care.status import find_troubles, grave_troubles, show_status, waiting
from pipelines.night.ledger import NightRecord, Outcome, begin_record, read_nights, recorded
from pipelines.night.notify import tell_of_night
from pipelines.service.health import health_address
from pipelines.service.state import ServiceState, write_state
from tests.pipelines.night.robots import Robot
from warehouse.home import Home

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PATIENCE = timedelta(hours=2)
NIGHTLY = "0 2 * * *"


def night(hours_ago: float, outcome: Outcome = Outcome.DONE, **facts: object) -> NightRecord:
    started = NOW - timedelta(hours=hours_ago)
    return NightRecord(f"{hours_ago}", started.isoformat(), 1, "schedule", outcome, started.isoformat(), facts=facts)


def codes(nights: list[NightRecord], state: ServiceState | None = None, now: datetime = NOW) -> list[str]:
    return [trouble.code for trouble in find_troubles(nights, state, NIGHTLY, PATIENCE, now)]


def test_a_home_without_a_night_needs_one() -> None:
    assert codes([]) == ["no_night"]


def test_last_nights_good_run_is_fine() -> None:
    assert codes([night(15)]) == []  # 02:00 in Beijing is 18:00 the day before in UTC


@pytest.mark.parametrize(("hours_ago", "expected"), [(15, []), (15.1, ["late"]), (40, ["late"])])
def test_a_night_that_did_not_come_is_late(hours_ago: float, expected: list[str]) -> None:
    assert codes([night(hours_ago)]) == expected


def test_a_night_is_given_time() -> None:
    just_due = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    assert codes([night(15)], now=just_due) == []
    assert codes([night(15)], now=just_due + PATIENCE) == ["late"]


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.CRASHED, Outcome.INTERRUPTED])
def test_a_night_that_did_not_end_well_is_told(outcome: Outcome) -> None:
    assert codes([night(15), night(1, outcome)]) == [f"night_{outcome.value}"]


def test_a_silent_service_is_told() -> None:
    beat = (NOW - timedelta(minutes=5)).isoformat()
    state = ServiceState(1, NIGHTLY, "inbox", "", beat, beat, "prefect")
    assert codes([night(15)], state) == ["service_silent"]


def test_what_waits_for_a_retry_is_named() -> None:
    nights = [night(1, rejected=[["慢.docx", "too_slow"], ["坏.docx", "damaged"]], unreadable=["锁.docx"], growing=[])]
    assert waiting(nights) == ["慢.docx", "锁.docx"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.config.mkdir(parents=True)
    return home


def test_the_exit_code_tells_a_monitor(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_status(home, as_json=True) == 4
    assert json.loads(capsys.readouterr().out)["ok"] is False
    with recorded(home, begin_record(home)):
        pass
    assert show_status(home, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["last_night"]["outcome"] == "done"


def test_a_run_whose_process_is_gone_has_crashed(home: Home) -> None:
    begin_record(home)
    assert [night.outcome for night in read_nights(home)] == [Outcome.CRASHED]
    begin_record(home)
    (first, _) = sorted(home.nights.glob("*.json"))
    assert json.loads(first.read_text(encoding="utf-8"))["outcome"] == "crashed"


def test_a_torn_record_costs_no_other(home: Home) -> None:
    with recorded(home, begin_record(home)):
        pass
    (home.nights / "0.json").write_text('{"id": ', encoding="utf-8")
    assert [night.outcome for night in read_nights(home)] == [Outcome.DONE]


def test_a_service_that_was_stopped_is_not_missed(home: Home) -> None:
    with recorded(home, begin_record(home)):
        pass
    write_state(home, ServiceState(1, NIGHTLY, "i", "", datetime.now(UTC).isoformat(), "", "none"))
    assert show_status(home, as_json=False) == 0


@pytest.fixture
def robot() -> Iterator[Robot]:
    with Robot() as robot:
        yield robot


def set_robot(home: Home, robot: Robot) -> None:
    home.settings.write_text(f'[[webhook]]\nkind = "plain"\nurl = "{robot.address}"\n', encoding="utf-8")


def test_troubles_are_told_once_until_they_change(home: Home, robot: Robot) -> None:
    set_robot(home, robot)
    for _ in range(3):
        show_status(home, as_json=True, notify=True)
    assert len(robot.bodies) == 1 and "还没有一次成功的运行" in robot.bodies[0]["text"]
    with recorded(home, begin_record(home)):
        pass
    show_status(home, as_json=True, notify=True)
    assert len(robot.bodies) == 1


def failed_night(home: Home) -> NightRecord:
    with pytest.raises(ValueError), recorded(home, begin_record(home)):
        raise ValueError("the reason")
    return read_nights(home)[-1]


def test_a_night_is_told_once_whoever_sees_it(home: Home, robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    set_robot(home, robot)
    monkeypatch.setenv("JIXIAO_TRIGGER", "schedule")
    with recorded(home, begin_record(home)):
        pass
    night = failed_night(home)
    tell_of_night(home, night)
    tell_of_night(home, night)
    assert len(robot.bodies) == 1
    show_status(home, as_json=True, notify=True)
    assert len(robot.bodies) == 1, "the watch knows that it is told"


def test_what_could_not_be_sent_is_sent_by_the_next_who_asks(
    home: Home, robot: Robot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_TRIGGER", "schedule")
    with recorded(home, begin_record(home)):
        pass
    night = failed_night(home)
    with Robot(status=503) as broken:
        set_robot(home, broken)
        tell_of_night(home, night)
        show_status(home, as_json=True, notify=True)
        assert len(broken.bodies) == 2
    set_robot(home, robot)
    show_status(home, as_json=True, notify=True)
    (body,) = robot.bodies
    assert "the reason" in str(body)


def test_the_health_address_answers_for_the_nights(home: Home) -> None:
    with health_address(0, partial(grave_troubles, home)) as port:
        address = f"http://127.0.0.1:{port}/health"
        with pytest.raises(urllib.error.HTTPError) as sick:
            urllib.request.urlopen(address, timeout=10)
        assert sick.value.code == 503
        assert json.loads(sick.value.read())["troubles"] == ["还没有一次成功的运行。"]
        with recorded(home, begin_record(home)):
            pass
        with urllib.request.urlopen(address, timeout=10) as well:
            assert json.loads(well.read()) == {"ok": True, "troubles": []}
