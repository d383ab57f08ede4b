"""A worker's sign that a long item goes on: pages that are recognised take seconds each, and there may be many."""

from collections.abc import Callable

SIGN = b"goes on"
"""What goes through the pipe; an item's answer is a pickle and never this."""

_tell: Callable[[], None] | None = None


def listen(tell: Callable[[], None] | None) -> None:
    """Have ``tell`` called at every sign of this process."""
    global _tell
    _tell = tell


def tell_progress() -> None:
    """Say that one more part of the item is done: its time begins anew. Outside a worker nobody listens."""
    if _tell is not None:
        _tell()
