"""When nights are due, by a cron expression in the county's time zone; needs no server."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from pipelines.terminal.errors import WRONG_USAGE, CommandError

TIME_ZONE = "Asia/Shanghai"
PARTS = 5


def check_cron(cron: str) -> None:
    """Refuse a time that is no cron expression of five parts, or never comes."""
    try:
        accepted = len(cron.split()) == PARTS
        next_due(cron, datetime.now(ZoneInfo(TIME_ZONE)))
    except (CronSimError, StopIteration):
        accepted = False
    if not accepted:
        raise CommandError(
            f"时间「{cron}」的写法不对。", '应为五段：分 时 日 月 周。例如每天 2 点：--cron "0 2 * * *"。', WRONG_USAGE
        )


def next_due(cron: str, after: datetime) -> datetime:
    """Give the first moment after another at which a night is due."""
    return next(CronSim(cron, after.astimezone(ZoneInfo(TIME_ZONE))))


def last_due(cron: str, before: datetime) -> datetime:
    """Give the last moment before another at which a night was due."""
    return next(CronSim(cron, before.astimezone(ZoneInfo(TIME_ZONE)), reverse=True))
