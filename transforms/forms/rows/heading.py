"""An indicator table's heading: its rows, and its columns of meaning."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of meaning: grid columns ``start`` to ``stop`` (exclusive), its role and its heading's text.

    ``name`` is the indicator of a column that holds one (项目名称 | 数量指标 over 渠道长度); ``bands`` are the headings
    above its own, the nearest first (预算金额（万元） over 合计).
    """

    role: str
    start: int
    stop: int
    heading: str
    period: str | None
    name: str = ""
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """An indicator table's heading: its rows [first, last] and its columns; ``ignored`` are another period's columns."""

    first: int
    last: int
    columns: tuple[Column, ...]
    ignored: tuple[Column, ...]

    def column(self, role: str) -> Column | None:
        """Give the column with a role, or None."""
        return next((column for column in self.columns if column.role == role), None)

    @property
    def is_flat(self) -> bool:
        """Tell whether project facts stand in columns of the same table."""
        return self.column("project_name") is not None
