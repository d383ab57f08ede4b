"""What an invented filing says: the facts that a layout draws and that the truth file holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

Json = None | str | int | float | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class TargetFact:
    """What a target text means; money in 元, ``due`` an ISO day.

    ``sign``, ``value`` and ``unit_cell`` are what stands in three columns where a form splits the target.
    """

    text: str
    kind: str
    op: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    due: str = ""
    sign: str = ""
    value: str = ""
    unit_cell: str = ""

    def truth(self) -> dict[str, Json]:
        """Give the target's meaning in the truth file's form."""
        if self.kind in ("percent", "quantity", "money"):
            low, high = plain_number(self.low), plain_number(self.high)
            return {"kind": self.kind, "op": self.op, "low": low, "high": high, "unit": self.unit}
        if self.kind == "date":
            return {"kind": "date", "op": "<=", "due": self.due}
        return {"kind": "grade", "grade": self.text} if self.kind == "grade" else {"kind": "text"}


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """One indicator row; ``target`` None is a parent row without a value, ``mark`` stands before the name as drawn."""

    level1: str
    level2: str
    name: str
    description: str
    target: TargetFact | None
    basis: str = ""
    weight: int | None = None
    actual: str = ""
    score: str = ""
    reason: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """One project; amounts are texts in the filing's money unit, ``plan`` maps 3月底 … to 25% …"""

    code: str
    name: str
    category: str
    budget: str
    fiscal: str
    other: str
    purpose: str
    plan: dict[str, str]
    goals: tuple[str, ...]
    indicators: tuple[IndicatorFact, ...]
    long_goals: tuple[str, ...] = ()
    long_indicators: tuple[IndicatorFact, ...] = ()
    executed: str = ""


@dataclass(frozen=True, slots=True)
class NarrativeFact:
    """One goal (with an indicator sentence) or one safeguard (without) of the text part."""

    title: str
    text: str
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class FilingFact:
    """One filing: who, when, in which layout and money unit, and its projects."""

    county: str
    township: str
    year: int
    unit_code: str
    money_unit: str
    layout: str
    taxonomy: int
    projects: tuple[ProjectFact, ...]
    overall: str = ""
    goals: tuple[NarrativeFact, ...] = ()
    safeguards: tuple[NarrativeFact, ...] = ()

    @property
    def unit_name(self) -> str:
        """The filing unit's name in full."""
        return f"{self.county}{self.township}人民政府本级"


def plain_number(value: Decimal | None) -> int | float | None:
    """Give a decimal as the JSON number with the same digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(str(value))


def indicator_truth(fact: IndicatorFact, prints: frozenset[str]) -> dict[str, Json]:
    """Give one indicator's truth; a field that the layout does not print is empty."""
    truth: dict[str, Json] = {
        "level1": fact.level1,
        "level2": fact.level2,
        "name": fact.mark + fact.name,
        "description": fact.description if "description" in prints else "",
        "target": fact.target.text if fact.target else "",
        "basis": fact.basis if "basis" in prints else "",
        "truth": fact.target.truth() if fact.target else None,
    }
    if "weight" in prints:
        truth["weight"] = fact.weight
    if "actual" in prints:
        truth["actual"] = fact.actual
    return truth


def filing_truth(
    filing: FilingFact, prints: frozenset[str], formats: Sequence[str] = ("docx", "pdf")
) -> dict[str, Json]:
    """Give a filing's truth in the accuracy scorer's form.

    ``prints`` names the optional fields that its layout shows: the others are empty.
    """
    projects: list[Json] = []
    for number, project in enumerate(filing.projects, 1):
        indicators: list[Json] = [indicator_truth(fact, prints) for fact in project.indicators]
        amounts = "budget" in prints
        projects.append(
            {
                "no": number,
                "project_code": project.code if "code" in prints else "",
                "project_name": project.name,
                "category": project.category,
                "budget": project.budget if amounts else "",
                "fiscal": project.fiscal if amounts and "fiscal" in prints else "",
                "other": project.other if amounts and "other" in prints else "",
                "purpose": project.purpose if "purpose" in prints else "",
                "plan": dict(project.plan) if "plan" in prints else {},
                "objectives": list(project.goals) if "goals" in prints else [],
                "indicators": indicators,
            }
        )
    truth: dict[str, Json] = {
        "unit_code": filing.unit_code,
        "unit_name": filing.unit_name,
        "township": filing.township,
        "county": filing.county,
        "fiscal_year": filing.year,
        "money_unit": filing.money_unit,
        "overall": filing.overall,
        "layout": filing.layout,
        "formats": list(formats),
        "projects": projects,
    }
    if filing.goals:
        truth["goals"] = [
            {"no": n, "title": g.title, "goal": g.text, "indicator": g.indicator} for n, g in enumerate(filing.goals, 1)
        ]
        truth["safeguards"] = [{"no": n, "title": s.title, "text": s.text} for n, s in enumerate(filing.safeguards, 1)]
    return truth


def with_target(fact: IndicatorFact, target: TargetFact) -> IndicatorFact:
    """Give the same indicator with another target."""
    return replace(fact, target=target)
