"""Builds small invented filings as records, for the tests of store and models; gives only what a test is about."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from transforms.names.indicators import name_indicator
from transforms.names.projects import read_project_name
from transforms.numbers.units import unit_family
from transforms.records import (
    Filing,
    FilingRecords,
    Finding,
    Indicator,
    NarrativeGoal,
    Objective,
    Place,
    Project,
    SpendingPoint,
)
from transforms.targets.parse import parse_target
from warehouse.store.received import FoundFile, ReceivedFile

Goal = tuple[str, str, str]
"""level 2, indicator name, target text."""

SECOND = 1_000_000_000
FIRST_NIGHT = 1_700_000_000 * SECOND


def filing(
    township: str = "石臼镇",
    projects: Iterable[FilingRecords] = (),
    *,
    year: int | None = 2023,
    kind: str = "targets",
    unit_code: str | None = None,
    county: str | None = "青禾县",
    overall_goal: str | None = None,
    narrative: Sequence[str] = (),
    findings: Sequence[Finding] = (),
) -> FilingRecords:
    """Put projects (from ``project``) together to one filing."""
    parts = [_numbered(part, number) for number, part in enumerate(projects, 1)]
    head = Filing(county, township, "139901", unit_code, f"{township}人民政府", year, "title", kind, 2015, overall_goal)
    goals = tuple(
        NarrativeGoal("goal", number, f"目标{number}", text, None, None, Place(1, 0, 0))
        for number, text in enumerate(narrative, 1)
    )
    return FilingRecords(
        filing=head,
        projects=tuple(one for part in parts for one in part.projects),
        spending_plan=tuple(one for part in parts for one in part.spending_plan),
        objectives=tuple(one for part in parts for one in part.objectives),
        indicators=tuple(one for part in parts for one in part.indicators),
        narrative_goals=goals,
        findings=tuple(findings),
        unread_cells=(),
        used_cells=(),
    )


def project(
    name: str = "村级运转经费",
    budget: str | None = "100000",
    goals: Sequence[Goal] = (),
    *,
    code: str | None = None,
    carryover: str | None = None,
    plan: Sequence[tuple[int, str]] = (),
    objectives: Sequence[str] = (),
    purpose: str | None = None,
    year: int = 2023,
    actuals: Sequence[tuple[str | None, str | None, str | None]] = (),
) -> FilingRecords:
    """Make one project as a filing of its own; ``goals`` are its indicators, ``actuals`` (actual, weight, score)."""
    read = read_project_name(name)
    head = Project(
        project_no=1,
        project_code=code,
        project_name=name,
        project_category=read.category,
        project_year=read.year,
        is_carryover=read.is_carryover,
        notice_number=None,
        budget_yuan=_number(budget),
        fiscal_yuan=_number(budget),
        carryover_yuan=_number(carryover),
        other_yuan=None,
        adjusted_yuan=None,
        executed_yuan=None,
        budget_raw=budget,
        fiscal_raw=budget,
        carryover_raw=carryover,
        other_raw=None,
        adjusted_raw=None,
        executed_raw=None,
        execution_rate_raw=None,
        money_unit_raw="元",
        purpose=purpose,
        unit_name=None,
        place=Place(1, 2, 1),
    )
    found = [
        _indicator(number, goal, year, actuals[number - 1] if actuals else None) for number, goal in enumerate(goals, 1)
    ]
    return FilingRecords(
        filing=filing().filing,
        projects=(head,),
        spending_plan=tuple(
            SpendingPoint(1, month, _number(pct.rstrip("%")), pct, Place(1, 2, 5)) for month, pct in plan
        ),
        objectives=tuple(Objective(1, number, text, Place(1, 2, 6)) for number, text in enumerate(objectives, 1)),
        indicators=tuple(found),
        narrative_goals=(),
        findings=(),
        unread_cells=(),
        used_cells=(),
    )


def _indicator(
    number: int, goal: Goal, year: int, filed: tuple[str | None, str | None, str | None] | None
) -> Indicator:
    level2, name, text = goal
    target = parse_target(text, year=year, name=name)
    named = name_indicator(None, level2, name, unit_family(target.unit) if target.unit else None)
    actual, weight, score = filed or (None, None, None)
    return Indicator(
        project_no=1,
        indicator_no=number,
        level1=None,
        level2=level2,
        level2_group=named.level2_group,
        indicator_raw=name,
        indicator=named.indicator,
        name_method=named.method,
        name_confidence=named.confidence,
        description=None,
        target=target,
        weight=_number(weight),
        weight_raw=weight,
        basis=None,
        actual=parse_target(actual, year=year, name=name) if actual is not None else None,
        score=_number(score),
        score_raw=score,
        deviation_reason=None,
        place=Place(1, 3, number),
    )


def _numbered(part: FilingRecords, number: int) -> FilingRecords:
    return replace(
        part,
        projects=tuple(replace(one, project_no=number) for one in part.projects),
        spending_plan=tuple(replace(one, project_no=number) for one in part.spending_plan),
        objectives=tuple(replace(one, project_no=number) for one in part.objectives),
        indicators=tuple(replace(one, project_no=number) for one in part.indicators),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def drop(inbox: Path, name: str, content: str, night: int = 0) -> FoundFile:
    """Drop a file into an inbox, received so many days after the first night."""
    place = inbox / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")
    return FoundFile(place, place.stat().st_size, FIRST_NIGHT + night * 86_400 * SECOND)


def received(name: str, sha256: str, night: int = 0) -> ReceivedFile:
    """Make an inbox file that is nowhere on disk."""
    return ReceivedFile(name, 1, FIRST_NIGHT + night * 86_400 * SECOND, sha256)
