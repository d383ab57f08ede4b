"""Which core columns each column of a model is made of, from the SQL alone."""

from collections.abc import Iterable, Mapping

from warehouse.models import Model


def trace_columns(models: Iterable[Model], columns: Mapping[str, list[str]]) -> dict[tuple[str, str], frozenset[str]]:
    """x."""
    return {}
