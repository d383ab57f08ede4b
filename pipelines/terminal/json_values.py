"""Values that JSON has no type for."""

from datetime import date, datetime
from decimal import Decimal


def json_value(value: object) -> object:
    """Turn what JSON has no type for into numbers and text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
