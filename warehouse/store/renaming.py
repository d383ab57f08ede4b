"""Naming stored records anew when the county's terms change, without reading any filing again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import pyarrow as pa

from warehouse.schema import stored_tables


class StoredName(Protocol):
    """What naming an indicator gives: canonical name, group to join on, how it was found and how sure (0 to 1)."""

    @property
    def indicator(self) -> str | None: ...  # noqa: D102
    @property
    def level2_group(self) -> str | None: ...  # noqa: D102
    @property
    def method(self) -> str | None: ...  # noqa: D102
    @property
    def confidence(self) -> Decimal | float | None: ...  # noqa: D102


NameIndicator = Callable[[str | None, str | None, str, str | None, str | None], StoredName]
"""(level1, level2, indicator_raw, unit_family, description) → name."""

NameProject = Callable[[str, str | None, str | None], str]
"""(project_name, county, township) → project_category."""

Places = Mapping[str, tuple[str | None, str | None]]
"""filing_id → the filing's county and township."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The naming step as the store needs it; ``terms`` changes whenever its results may change."""

    terms: str
    name_indicator: NameIndicator
    name_project: NameProject | None = None

    def rename(self, tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
        """Give one filing's tables with names anew."""
        return {
            **tables,
            "indicators": self.rename_indicators(tables["indicators"]),
            "projects": self.rename_projects(tables["projects"], places_of(tables["filings"])),
        }

    def rename_indicators(self, indicators: pa.Table) -> pa.Table:
        """Give indicators their names anew; each different indicator is named once."""
        keys = [indicators.column(name).to_pylist() for name in _INDICATOR_KEYS]
        named: dict[tuple[str | None, ...], StoredName] = {}
        found: list[StoredName] = []
        for key in zip(*keys, strict=True):
            if key not in named:
                named[key] = self.name_indicator(*key)
            found.append(named[key])
        values: dict[str, list[object]] = {
            "level2_group": [name.level2_group for name in found],
            "indicator": [name.indicator for name in found],
            "name_method": [name.method for name in found],
            "name_confidence": [_to_points(name.confidence) for name in found],
        }
        return _with_columns(indicators, "indicators", values)

    def rename_projects(self, projects: pa.Table, places: Places) -> pa.Table:
        """Give projects their categories anew; each filing's own place is no part of them."""
        if self.name_project is None:
            return projects
        ids, names = (projects.column(name).to_pylist() for name in ("filing_id", "project_name"))
        categories: list[object] = [
            self.name_project(name, *places.get(filing_id, (None, None)))
            for filing_id, name in zip(ids, names, strict=True)
        ]
        return _with_columns(projects, "projects", {"project_category": categories})


_INDICATOR_KEYS = ("level1", "level2", "indicator_raw", "unit_family", "description")


def _to_points(confidence: Decimal | float | None) -> Decimal | None:
    return None if confidence is None else round(Decimal(str(confidence)), 4)


def _with_columns(table: pa.Table, name: str, values: dict[str, list[object]]) -> pa.Table:
    schema = stored_tables()[name].schema
    for column, cells in values.items():
        position = schema.get_field_index(column)
        table = table.set_column(position, schema.field(position), pa.array(cells, schema.field(position).type))
    return table


def places_of(filings: pa.Table) -> dict[str, tuple[str | None, str | None]]:
    """Give each filing's county and township."""
    columns = (filings.column(name).to_pylist() for name in ("filing_id", "county", "township"))
    return {filing_id: (county, township) for filing_id, county, township in zip(*columns, strict=True)}
