"""Sums of a project that can't stand beside each other: a part above its total, powers of ten between them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from transforms.records import Doubt, Project

APART = 1000
"""Sums of one project that are so many times each other differ by their unit or by joined digits, not by their use."""
LEAST_SIBLINGS = 4
"""The middle of fewer other projects says nothing of one's size."""
_PARTS = ("fiscal_yuan", "carryover_yuan", "other_yuan")
_STAGES = ("budget_yuan", "adjusted_yuan", "executed_yuan")
CENT = Decimal("0.01")


def amount_doubts(projects: Sequence[Project]) -> Iterator[Doubt]:
    """Yield the sums that contradict their total, the other stages of their project, or the filing's other projects."""
    budgets = [project.budget_yuan for project in projects if project.budget_yuan]
    for project in projects:
        yield from _against_parts(project)
        yield from _against_stages(project)
        others = [budget for budget in budgets if budget is not project.budget_yuan]
        if project.budget_yuan and len(others) >= LEAST_SIBLINGS and project.budget_yuan > APART * median(others):
            yield _doubt(project, "budget_yuan", "amount_apart")


def _against_parts(project: Project) -> Iterator[Doubt]:
    total = project.budget_yuan
    for field in _PARTS:
        part: Decimal | None = getattr(project, field)
        if total and part is not None and part > total + CENT and not _is_total_of(project, part):
            yield _doubt(project, field, "part_above_total")


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
