"""The moment of a decision."""

from datetime import datetime


def now() -> datetime:
    """Give the moment, to the second."""
    return datetime.now().replace(microsecond=0)
