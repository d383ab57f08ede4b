"""Sets down on a Prefect server all that it is to know: ``python -m pipelines.care.automations CRON``.

That is the nightly flow with its schedule, the flow that tells people of a run, and the automations that start it: those
of ``prefect.yaml``, so that the service and a work pool of one's own have the same. A process of its own, so that the
service, which waits all day, need not keep Prefect in memory. Prints the two deployments' ids. Doing it again changes
nothing.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pipelines.service
from pipelines.night.settings import patient_settings
from pipelines.service.deploy import deploy
from pipelines.terminal.homes import HOME_VARIABLE
from warehouse.home import Home

DEPLOYMENT = "tell"
PROJECT = Path(pipelines.service.__path__[0]) / "prefect.yaml"
LEAST_PATIENCE = timedelta(seconds=10)
"""Prefect's automations wait at least so long for what does not come."""


def deploy_telling(home: Home) -> str:
    """Create or update the deployment of the flow that tells, with its automations; give its id."""
    from prefect.types.entrypoint import EntrypointType

    from pipelines.care.telling import tell

    deployment = tell.to_deployment(
        name=DEPLOYMENT,
        description=written_down()["description"],
        tags=["jixiao"],
        triggers=triggers(timedelta(hours=patient_settings(home).night.late_after_hours)),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return str(deployment.apply())  # type: ignore[union-attr]


def triggers(patience: timedelta) -> list[Any]:
    """Give the automations of ``prefect.yaml``; those that wait for something wait as long as the county does."""
    from prefect.events import DeploymentEventTrigger

    waited = max(patience, LEAST_PATIENCE).total_seconds()
    found = [{**one, **({"within": waited} if "within" in one else {})} for one in written_down()["triggers"]]
    return [DeploymentEventTrigger.model_validate(one) for one in found]


def written_down() -> dict[str, Any]:
    """Give the deployment of the flow that tells, as ``prefect.yaml`` has it."""
    import yaml  # type: ignore[import-untyped]  # Prefect's own, for its own file

    deployments = yaml.safe_load(PROJECT.read_text(encoding="utf-8"))["deployments"]
    found: dict[str, Any] = next(one for one in deployments if one["name"] == DEPLOYMENT)
    return found


if __name__ == "__main__":
    print(deploy(sys.argv[1]), deploy_telling(Home(Path(os.environ[HOME_VARIABLE]))), sep="\n")
