"""What the nightly service asks of a Prefect server, over HTTP and without importing Prefect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

TIMEOUT_SECONDS = 10.0
RUNS_LISTED = 50
UNFINISHED = ("PENDING", "RUNNING", "CANCELLING")


@dataclass(frozen=True, slots=True)
class FlowRun:
    """A run as the server knows it; ``due`` is when it was to start, ``changed`` when its state was set."""

    id: str
    name: str
    state: str
    due: datetime | None
    changed: datetime | None
    auto_scheduled: bool


class Api:
    """A Prefect server's API; every call raises httpx.HTTPError where the server does not answer as it should."""

    def __init__(self, address: str, auth: str | None) -> None:
        """Take the address that ends in ``/api`` and the authentication string (``user:password``), if there is one."""
        user, _, password = (auth or "").partition(":")
        self._client = httpx.Client(
            base_url=address, auth=(user, password) if auth else None, timeout=TIMEOUT_SECONDS, trust_env=False
        )

    def is_healthy(self) -> bool:
        """Tell whether the server answers."""
        try:
            return self._client.get("/health").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def due_runs(self, deployment: str, now: datetime) -> list[FlowRun]:
        """Give the runs of a deployment that are due and were not started, the oldest first."""
        body = {"deployment_ids": [deployment], "scheduled_before": now.isoformat()}
        return [_flow_run(run) for run in self._post("/deployments/get_scheduled_flow_runs", body)]

    def next_scheduled(self, deployment: str) -> datetime | None:
        """Give the moment of the next run that the server's scheduler has set down; None where there is none."""
        body = {
            "deployments": {"id": {"any_": [deployment]}},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
            "sort": "NEXT_SCHEDULED_START_TIME_ASC",
            "limit": RUNS_LISTED,
        }
        runs = [_flow_run(run) for run in self._post("/flow_runs/filter", body)]
        return next((run.due for run in runs if run.auto_scheduled and run.due), None)

    def unfinished_runs(self, flow: str) -> list[FlowRun]:
        """Give the runs of a flow that the server takes for running."""
        body = {
            "flows": {"name": {"any_": [flow]}},
            "flow_runs": {"state": {"type": {"any_": list(UNFINISHED)}}},
            "sort": "EXPECTED_START_TIME_ASC",
            "limit": RUNS_LISTED,
        }
        return [_flow_run(run) for run in self._post("/flow_runs/filter", body)]

    def state_of(self, run: str) -> str:
        """Give the type of a run's state."""
        answer = self._client.get(f"/flow_runs/{run}")
        answer.raise_for_status()
        return str(answer.json()["state"]["type"])

    def set_state(self, run: str, state: str, message: str) -> None:
        """Set a run's state, whatever it was."""
        self._post(f"/flow_runs/{run}/set_state", {"state": {"type": state, "message": message}, "force": True})

    def create_run(self, deployment: str, name: str) -> str:
        """Ask for one more run of a deployment, now; give its id."""
        body = {"name": name, "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": _now()}}}
        return str(self._post(f"/deployments/{deployment}/create_flow_run", body)["id"])

    def _post(self, path: str, body: Mapping[str, object]) -> Any:
        answer = self._client.post(path, json=body)
        answer.raise_for_status()
        return answer.json()


def _flow_run(values: Mapping[str, Any]) -> FlowRun:
    state = values.get("state") or {}
    return FlowRun(
        id=str(values["id"]),
        name=str(values["name"]),
        state=str(state.get("type")),
        due=_moment(values.get("next_scheduled_start_time") or values.get("expected_start_time")),
        changed=_moment(state.get("timestamp")),
        auto_scheduled=bool(values.get("auto_scheduled")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _now() -> str:
    return datetime.now(UTC).isoformat()
