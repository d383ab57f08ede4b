"""The flow that a Prefect server's automations start: tells people of a run that failed, crashed, or did not start.

What it says, where to, and whether somebody has said it already is the home's own business, as for all messages: a run
that the night or the service told of is not told again. Importing this module imports Prefect.
"""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, StateType

from pipelines.care.status import find_all_troubles, tell_of
from pipelines.care.trouble import Trouble
from pipelines.night.flow import environment_places
from pipelines.night.ledger import SCHEDULED, NightRecord, Outcome, read_nights
from pipelines.night.notify import tell_of_night
from pipelines.night.prefect_settings import TELLING
from pipelines.service.schedule import TIME_ZONE
from warehouse.home import Home

RESOURCE = "prefect.flow-run."
"""What events put before the id of the run that they are about."""

ENDS = {StateType.FAILED: Outcome.FAILED, StateType.CRASHED: Outcome.CRASHED}


LATE = "Late"
"""What Prefect calls a run that is due and that nobody has started."""

_LATE = "late"
"""The same among the troubles that ``jixiao status`` finds."""


@flow(name=TELLING, persist_result=False)
def tell(run: str) -> None:
    """Tell of a run of the nightly flow (its id, as events name it) what its home has not told yet."""
    home, _ = environment_places()
    with get_client(sync_client=True) as client:
        found = client.read_flow_run(UUID(run.removeprefix(RESOURCE)))
    tell_of_run(home, found)


def tell_of_run(home: Home, run: FlowRun) -> None:
    """Tell of the night by the home's own record; of a run that has none, because it never came so far, by the server's."""
    assert run.state is not None
    if run.state.type in ENDS:
        nights = reversed(read_nights(home))
        tell_of_night(home, next((one for one in nights if one.flow_run == str(run.id)), None) or _without_record(run))
    elif run.state.name == LATE:
        troubles = find_all_troubles(home)
        tell_of(home, troubles if any(one.code == _LATE for one in troubles) else [*troubles, _late(run)])


def _without_record(run: FlowRun) -> NightRecord:
    assert run.state is not None
    due = run.expected_start_time or datetime.now(UTC)
    return NightRecord(
        id=str(run.id),
        started=due.isoformat(timespec="seconds"),
        pid=0,
        trigger=SCHEDULED,
        outcome=ENDS[run.state.type],
        flow_run=str(run.id),
        message=f"Prefect 服务器：{run.state.message or run.state.name}",
    )


def _late(run: FlowRun) -> Trouble:
    due = (run.expected_start_time or datetime.now(UTC)).astimezone(ZoneInfo(TIME_ZONE))
    return Trouble(
        _LATE,
        f"计划于 {due:%Y-%m-%d %H:%M} 的夜间任务没有按时开始。",
        "前一次运行可能还没有结束，或没有程序接手：请看 Prefect 网页上的运行记录和 jixiao status。",
    )
