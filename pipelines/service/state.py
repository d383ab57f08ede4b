"""What the service tells others about itself, in one small file: that it lives, and when the next night is due."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from warehouse.files import write_bytes
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class ServiceState:
    """``beat`` is the last sign of life, ``next_due`` the next night by the schedule (ISO form with zone)."""

    pid: int
    cron: str
    inbox: str
    address: str
    beat: str
    next_due: str
    recorder: str
    """``prefect`` while the server answers, ``none`` while nights run without it."""

    @property
    def beat_at(self) -> datetime:
        """The moment of the last sign of life."""
        return datetime.fromisoformat(self.beat)


def write_state(home: Home, state: ServiceState) -> None:
    """Replace the file; it is the heartbeat that a watch may look at."""
    write_bytes(home.service_state, json.dumps(asdict(state), ensure_ascii=False, indent=1).encode("utf-8"))


def read_state(home: Home) -> ServiceState | None:
    """Read the file; None where the service never ran here, or the file cannot be read."""
    try:
        return ServiceState(**json.loads(home.service_state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
