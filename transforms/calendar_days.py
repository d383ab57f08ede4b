"""Traditional days and seasons as deadlines: 春节前, 冬至, 2021年春 (stub)."""

from datetime import date


def find_traditional_day(text: str, at: int, year: int | None) -> tuple[date | None, date | None, int] | None:
    """Find nothing yet."""
    return None


def find_season(text: str, at: int, year: int | None, *, stated: bool) -> tuple[date | None, date | None, int] | None:
    """Find nothing yet."""
    return None
