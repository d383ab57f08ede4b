"""Headings that the county has taught: what a form's own word for a column or field means."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """Label keys (``labels.label_key``) to roles: ``headers`` of columns, ``heads`` of a project's fields."""

    headers: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)


NO_HEADINGS = Headings()
_taught: ContextVar[Headings] = ContextVar("taught headings", default=NO_HEADINGS)


def taught_headings() -> Headings:
    """Give the headings that hold while a filing is read."""
    return _taught.get()


@contextmanager
def teaching(headings: Headings) -> Iterator[None]:
    """Let headings hold while a filing is read; each label is looked up in many places, so none of them is handed these."""
    token = _taught.set(headings)
    try:
        yield
    finally:
        _taught.reset(token)
