"""Sums of a project that can't stand beside each other: a part above its total, powers of ten between them.

Each field of a project's money is held against its total, its other stages and the filing's other projects, and each cost
target against the budget that is to pay for it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from transforms.numbers.money import is_whole_amount
from transforms.records import Doubt, FilingRecords, Indicator, Place, Project

APART = 1000
"""Sums of one project that are so many times each other differ by their unit or by joined digits, not by their use."""
TEN_THOUSAND = Decimal(10000)
"""A part whose digits are its total's, but in 元 where that is in 万元."""
LEAST_SIBLINGS = 4
"""The middle of fewer other projects says nothing of one's size."""
_PARTS = ("fiscal_yuan", "carryover_yuan", "other_yuan")
_STAGES = ("budget_yuan", "adjusted_yuan", "executed_yuan")
CENT = Decimal("0.01")


def beside_doubts(records: FilingRecords) -> Iterator[Doubt]:
    """Yield a doubt for each sum of a head with another, not understood, to its right: which of them is meant?

    A sum that is doubted for two values already has its doubt.
    """
    unread = {(c.table_no, c.row_no, c.col_no): c.text for c in records.unread_cells if is_whole_amount(c.text)}
    told = {(d.project_no, d.field.partition("_")[0]) for d in records.doubts if d.reason == "two_values"}
    columns: dict[tuple[int, int], set[int]] = {}
    for table, row, col in (*unread, *((c.table_no, c.row_no, c.col_no) for c in records.used_cells)):
        columns.setdefault((table, row), set()).add(col)
    for one in records.used_cells:
        if not one.use.startswith("amount_") or one.field is None:
            continue
        beside = [col for col in columns[one.table_no, one.row_no] if col > one.col_no]
        nearest = one.table_no, one.row_no, min(beside, default=0)
        if nearest in unread and (one.project_no, one.field.partition("_")[0]) not in told:
            place = Place(one.page, one.table_no, one.row_no)
            yield Doubt(one.field, unread[nearest], "two_values", one.project_no, None, place, one.col_no)


def amount_doubts(projects: Sequence[Project], indicators: Sequence[Indicator] = ()) -> Iterator[Doubt]:
    """Yield the sums that contradict their total, the other stages of their project, or the filing's other projects.

    Of targets in money those are doubted that are so far above their project's budget that a unit must be wrong.
    """
    budgets = [project.budget_yuan for project in projects if project.budget_yuan]
    for project in projects:
        yield from _against_parts(project)
        yield from _against_stages(project)
        others = [budget for budget in budgets if budget is not project.budget_yuan]
        if project.budget_yuan and len(others) >= LEAST_SIBLINGS and _is_apart(project.budget_yuan, median(others)):
            yield _doubt(project, "budget_yuan", "amount_apart")
    yield from _against_budget(projects, indicators)


def _is_apart(budget: Decimal, usual: Decimal) -> bool:
    """Tell whether a budget is far above what the filing's others are, or so far below as 元 is below 万元."""
    return budget > APART * usual or budget * TEN_THOUSAND <= usual


def _against_budget(projects: Sequence[Project], indicators: Sequence[Indicator]) -> Iterator[Doubt]:
    """Yield the targets in money that are so many times the budget of their project."""
    budgets = {project.project_no: project.budget_yuan for project in projects}
    for row in indicators:
        budget, values = budgets.get(row.project_no), (row.target.value_low, row.target.value_high)
        most = max((value for value in values if value is not None), default=Decimal(0))
        if budget and row.target.target_kind == "money" and row.level2_group == "成本" and most >= APART * budget:
            yield Doubt("target_raw", row.target.raw, "amount_apart", row.project_no, row.indicator_no, row.place)


def _against_parts(project: Project) -> Iterator[Doubt]:
    total = project.budget_yuan
    for field in _PARTS:
        part: Decimal | None = getattr(project, field)
        if not total or part is None:
            continue
        if part > total + CENT and not _is_total_of(project, part):
            yield _doubt(project, field, "part_above_total")
        elif part * TEN_THOUSAND == total:
            yield _doubt(project, field, "amount_apart")


def _is_total_of(project: Project, part: Decimal) -> bool:
    """Tell whether a part belongs to the sum after a change in the course of the year: 30 planned, 32 given."""
    return project.adjusted_yuan is not None and part <= project.adjusted_yuan + CENT


def _against_stages(project: Project) -> Iterator[Doubt]:
    sums = [(field, value) for field in _STAGES if (value := getattr(project, field))]
    if len(sums) < 2:
        return
    least, most = min(value for _, value in sums), max(value for _, value in sums)
    if most >= least * APART:
        for field, _ in sums:
            yield _doubt(project, field, "amount_apart")


def _doubt(project: Project, field: str, reason: str) -> Doubt:
    raw = getattr(project, field.replace("_yuan", "_raw"))
    return Doubt(field, raw, reason, project.project_no, None, project.place)
