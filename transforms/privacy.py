"""Hides what is personal in a filing's free texts before they are stored: nobody compares telephone numbers."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from transforms.records import FilingRecords
from transforms.words.personal import hide_personal

FREE_TEXTS = frozenset(
    {
        *("overall_goal", "purpose", "project_name", "project_category", "objective_text", "goal_text", "title"),
        *("indicator_text", "indicator_raw", "indicator", "description", "basis", "deviation_reason", "raw"),
        *("message", "evidence", "text", "value_read", "value_decided"),
    }
)
"""Fields that hold a filing's own words. Codes, amounts and dates are left: their digits mean something."""


def hide_in_records(records: FilingRecords) -> FilingRecords:
    """Give records whose free texts hold no telephone and identity numbers."""
    hidden: FilingRecords = _hide(records)
    return hidden


def _hide(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_hide(one) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for one in fields(value):
        old = getattr(value, one.name)
        if isinstance(old, str):
            new = hide_personal(old) if one.name in FREE_TEXTS else old
        elif isinstance(old, tuple) or is_dataclass(old):
            new = _hide(old)
        else:
            continue
        if new is not old and new != old:
            changes[one.name] = new
    return replace(value, **changes) if changes else value
