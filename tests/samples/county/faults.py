"""Plants the rule violations of the county's fault list, and what self-evaluations report."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.samples.county.words import faults, townships
from tests.samples.facts import FilingFact, IndicatorFact, ProjectFact, TargetFact
from tests.samples.invention import share_out
from tests.samples.targets import plain


def with_faults(filing: FilingFact) -> FilingFact:
    """Plant the faults listed for this township and year."""
    projects = []
    for project in filing.projects:
        fault = faults().get((filing.year, filing.township, project.category))
        projects.append(plant_fault(project, fault, filing) if fault else project)
    return replace(filing, projects=tuple(projects))


def plant_fault(project: ProjectFact, fault: str, filing: FilingFact) -> ProjectFact:
    """Plant one fault into a project; a fault's name says what is wrong."""
    match fault:
        case "late_deadline":
            late = f"{filing.year + 1}年3月31日"
            target = TargetFact(late, "date", "<=", due=f"{filing.year + 1}-03-31", sign="定性", value=late)
            return _with_target(project, "时效指标", target)
        case "plan_below_100":
            return replace(project, plan={**project.plan, "12月底": "95%"})
        case "plan_falling":
            return replace(project, plan={**project.plan, "10月底": "40%"})
        case "amounts_differ":
            less = Decimal(project.fiscal.replace(",", "")) - 1
            return replace(project, fiscal=f"{less:,.2f}" if "," in project.fiscal else f"{less:.2f}")
        case "vague_quantity":
            return _with_target(project, "数量指标", TargetFact("较多", "text", sign="定性", value="较多"))
        case "empty_target":
            return _with_target(project, "质量指标", None)
        case "rate_over_100":
            number = Decimal(110)
            target = TargetFact("≥110%", "percent", ">=", number, None, "%", sign="≥", value="110", unit_cell="%")
            return _with_target(project, "质量指标", target)
        case "doubled_text":
            fact = _first(project, "成本指标")
            doubled = fact.target.text * 2 if fact.target else ""
            return _with_target(project, "成本指标", TargetFact(doubled, "text", value=doubled))
        case "weights_below_100":
            weights = share_out(Random("below"), len(project.indicators), 95)
            rows = [replace(fact, weight=weight) for fact, weight in zip(project.indicators, weights, strict=True)]
            return replace(project, indicators=tuple(rows))
        case "wrong_check_character":
            wrong = "0" if project.code[-1] != "0" else "1"
            return replace(project, code=project.code[:-1] + wrong)
        case "repeated_indicator":
            fact = _first(project, "数量指标")
            place = project.indicators.index(fact) + 1
            rows = [*project.indicators[:place], fact, *project.indicators[place:]]
            return replace(project, indicators=tuple(rows))
        case "other_township":
            other = next(t.township for t in townships() if t.township != filing.township)
            return replace(project, goals=(f"改善{other}街道社区环境卫生面貌", *project.goals))
        case _:
            raise ValueError(f"unknown fault: {fault}")


def _first(project: ProjectFact, level2: str) -> IndicatorFact:
    return next(fact for fact in project.indicators if fact.level2 == level2)


def _with_target(project: ProjectFact, level2: str, target: TargetFact | None) -> ProjectFact:
    fact = _first(project, level2)
    rows = [replace(row, target=target) if row is fact else row for row in project.indicators]
    return replace(project, indicators=tuple(rows))


def with_actuals(filing: FilingFact) -> FilingFact:
    """Turn targets into a self-evaluation: weights sum to 90, beside 10 for execution, and most targets are met."""
    projects = []
    for project in filing.projects:
        rng = Random(f"actual/{filing.township}/{filing.year}/{project.category}")
        weights = share_out(rng, len(project.indicators), 90)
        rows = _evaluated(rng, project.indicators, weights)
        share = Decimal(rng.choice((100, 100, 100, 98, 92, 81))) / 100
        executed = Decimal(project.budget.replace(",", "")) * share
        projects.append(replace(project, indicators=rows, executed=f"{executed:.2f}"))
    return replace(filing, projects=tuple(projects))


def _evaluated(rng: Random, facts: Sequence[IndicatorFact], weights: Sequence[int]) -> tuple[IndicatorFact, ...]:
    rows = []
    for fact, weight in zip(facts, weights, strict=True):
        outcome = rng.choice(("met", "met", "met", "met", "over", "under", "under_full_score"))
        actual, met = _actual(fact.target, outcome)
        score = weight if met or outcome == "under_full_score" else max(weight - 3, 0)
        reason = "无" if met else "受资金拨付进度影响，下年度加快实施"
        rows.append(replace(fact, weight=weight, actual=actual, score=str(score), reason=reason))
    return tuple(rows)


def _actual(target: TargetFact | None, outcome: str) -> tuple[str, bool]:
    """Give what was reached, and whether it meets the target."""
    if target is None:
        return "", True
    if target.kind in ("percent", "quantity") and target.low is not None:
        step = Decimal(1) if target.kind == "percent" else max((target.low / 20).to_integral_value(), Decimal(1))
        change = {"over": step, "under": -step, "under_full_score": -step}.get(outcome, Decimal(0))
        number = max(target.low + change, Decimal(0))
        number = min(number, Decimal(100)) if target.kind == "percent" else number
        return f"{plain(number)}{target.unit}", number >= target.low
    if target.kind == "money" and target.high is not None:
        number = target.high * Decimal("1.05") if outcome.startswith("under") else target.high
        return f"{plain(number)}{target.unit}", number <= target.high
    if target.kind == "date":
        return "已按时完成", True
    return "达成预期指标" if outcome == "over" else target.text, True


def corrected(filing: FilingFact, category: str) -> FilingFact:
    """Give the corrected filing: the same without its faults, one amount changed."""
    projects = []
    for project in filing.projects:
        if project.category == category:
            amount = f"{Decimal(project.budget) + Decimal('1.50'):.2f}"
            project = replace(project, budget=amount, fiscal=amount, executed=amount)
        projects.append(project)
    return replace(filing, projects=tuple(projects))
