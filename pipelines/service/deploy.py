"""Sets down the nightly flow with its schedule on a Prefect server. Calling it imports Prefect."""

from pipelines.service.schedule import TIME_ZONE

DEPLOYMENT = "nightly"
DESCRIPTION = """每晚读取新增和改动过的报送文件，更新数据库，重写比较表。

工作目录和收件目录由 `jixiao serve` 启动时固定，不能在网页上更改。
点“Run”即可立即运行一次；结果见运行页的 Artifacts。
"""


def deploy(cron: str) -> str:
    """Create or update the deployment; give its id."""
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from pipelines.night.flow import nightly
    from warehouse.program import records_version

    deployment = nightly.to_deployment(
        name=DEPLOYMENT,
        schedule=Cron(cron, timezone=TIME_ZONE),
        description=DESCRIPTION,
        tags=["jixiao"],
        version=records_version(),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return str(deployment.apply())  # type: ignore[union-attr]
