"""What a project's head says: values by role, the points of its plan."""

from dataclasses import dataclass, field
from decimal import Decimal

from extractors.document import Cell, Grid

AMOUNT_ROLES = frozenset(
    {
        *("amount_total", "amount_fiscal", "amount_other", "amount_carryover", "amount_part", "amount_long"),
        "amount_spending",
    }
)
COLUMN_ROLES = frozenset(
    {
        *("column_initial", "column_adjusted", "column_executed", "column_weight", "column_rate", "column_score"),
        *("column_monitor", "amount_last_year", "amount_change"),
    }
)

USES = {
    "person": "ignored:personal_data",
    "opinion": "ignored:opinion",
    "amount_part": "ignored:funding_source_detail",
    "goal_long": "ignored:other_period",
    "amount_long": "ignored:whole_term_amount",
    "column_monitor": "ignored:execution_so_far",
    "column_weight": "ignored:execution_score",
    "column_score": "ignored:execution_score",
    "amount_last_year": "ignored:last_year",
    "amount_change": "ignored:change_of_budget",
    "remark": "ignored:remark",
    "planned_sum": "ignored:planned_sum",
    "staff": "ignored:staff",
    "attribute": "ignored:project_attribute",
    "department": "ignored:department",
}
"""What becomes of a value that no record has a place for; the list is closed and documented in the room's README."""


@dataclass(slots=True)
class HeadValue:
    """A value found for a label: its text, the label's, the units its label and group state, its row and its cell.

    ``column`` is the heading above it, where it stands in a table of sums.
    """

    text: str
    label: str
    row: int
    units: list[str] = field(default_factory=list)
    cell: tuple[Grid, Cell] | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A point of a spending plan: the share spent by then in percent, as filed, and its row."""

    share: Decimal | None
    raw: str
    row: int


@dataclass(slots=True)
class Head:
    """What a project's head says; ``plan`` is by month. Amounts by role, as filed."""

    values: dict[str, list[HeadValue]] = field(default_factory=dict)
    plan: dict[int, PlanPoint] = field(default_factory=dict)
    money_unit: str | None = None
    unit_line: str | None = None
    year: int | None = None
    first_row: int | None = None
    plan_told: str | None = None
    """Sentences above the form, or cells of its plan, that name sums for parts of the year, where no plan in shares is stated."""
    sums_told: str | None = None
    """Sums in sentences above the form, where it names no budget and they do not tell which is it."""

    def add(self, role: str, value: HeadValue) -> None:
        """Keep a value; the first non-empty one of a role counts, later ones are kept behind it."""
        self.values.setdefault(role, []).append(value)

    def first(self, role: str) -> HeadValue | None:
        """Give the first value of a role that is not blank."""
        return next((value for value in self.values.get(role, []) if value.text.strip()), None)
