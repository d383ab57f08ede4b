"""What is set before Prefect is imported: no telemetry, and how a server is found."""

import atexit
import os

API_VARIABLE = "PREFECT_API_URL"
AUTH_VARIABLE = "PREFECT_API_AUTH_STRING"

FLOW = "jixiao-nightly"
"""The flow's name on a server."""

TELLING = "jixiao-tell"
"""The name of the flow that a server's automations start, to tell people of a run."""


def hold_back_telemetry() -> None:
    """Switch off what Prefect and its server would send to their makers."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")


def keep_terminal_clear() -> None:
    """Keep Prefect's log lines off the terminal, where the command speaks to its user; the server still gets them."""
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")


def has_server() -> bool:
    """Tell whether a run is to be recorded on a Prefect server."""
    return bool(os.environ.get(API_VARIABLE))


def end_quietly() -> None:
    """Send what is printed while the interpreter shuts down nowhere.

    Prefect's threads outlive DuckDB's module there, whose binding then lists forty lines of "leaked" objects.
    """
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))
