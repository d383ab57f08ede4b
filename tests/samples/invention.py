"""Draws the facts of one invented filing from the word lists."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.samples.codes import draw_code
from tests.samples.facts import FilingFact, IndicatorFact, NarrativeFact, ProjectFact
from tests.samples.targets import draw_target, plain
from tests.samples.vocabulary import LEVELS, IndicatorWords, indicators, phrases, projects

LEVEL2 = {"满意度": "服务对象满意度指标"}
_OPTIONAL_GROUPS = ("经济效益", "社会效益", "生态效益", "可持续影响", "社会成本", "生态环境成本")
_PLAN_MONTHS = ("3月底", "6月底", "10月底", "12月底")
_NUMBERS = "一二三四五六七八九十"


def level2_name(group: str) -> str:
    """Give the printed level-2 name of a group."""
    return LEVEL2.get(group, f"{group}指标")


def draw_words(rng: Random, taxonomy: int) -> list[tuple[str, IndicatorWords]]:
    """Choose the indicators of one project: (level 1, indicator) in the order of the taxonomy."""
    chosen: list[tuple[str, IndicatorWords]] = []
    optional = set(rng.sample(_OPTIONAL_GROUPS, rng.randint(2, 4)))
    for level1, groups in LEVELS[taxonomy].items():
        for group in groups:
            if group in _OPTIONAL_GROUPS and group not in optional:
                continue
            most = {"数量": 3, "质量": 2, "成本": 2}.get(group, 1)
            pool = indicators()[group]
            chosen += [(level1, words) for words in rng.sample(pool, min(len(pool), rng.randint(1, most)))]
    return chosen


def share_out(rng: Random, count: int, total: int = 90) -> list[int]:
    """Share a total of points out over rows; every row has at least one."""
    shares = [total // count] * count
    for _ in range(total - sum(shares)):
        shares[rng.randrange(count)] += 1
    return shares


def _amount(rng: Random, money_unit: str) -> tuple[str, str, str]:
    """Draw budget, fiscal and other money as texts in the filing's unit."""
    if money_unit == "元":
        total = Decimal(rng.randint(30_000, 2_400_000)) + Decimal(rng.choice((0, 0, 0, 50))) / 100
        other = total // 5 if rng.random() < 0.25 else Decimal(0)
        return f"{total:,.2f}", f"{total - other:,.2f}", f"{other:,.2f}" if other else ""
    total = Decimal(rng.randint(120, 24000)) / 100
    other = (total / 5).quantize(Decimal("0.01")) if rng.random() < 0.25 else Decimal(0)
    return f"{total:.2f}", f"{total - other:.2f}", f"{other:.2f}" if other else ""


def _name(rng: Random, base: str, year: int) -> str:
    if rng.random() < 0.2:
        return f"{year}年{base}"
    if rng.random() < 0.1:
        return f"{base}（{year - 1}年结转）"
    return base


def _plan(rng: Random) -> dict[str, str]:
    if rng.random() < 0.4:
        return dict(zip(_PLAN_MONTHS, ("25%", "50%", "75%", "100%"), strict=True))
    points = sorted(rng.sample(range(5, 99), 3))
    return dict(zip(_PLAN_MONTHS, [f"{point}%" for point in points] + ["100%"], strict=True))


def _goals(rng: Random, kind: str, most: int) -> tuple[str, ...]:
    chosen = rng.sample(phrases(kind), rng.randint(1, most))
    return tuple(text.format(n=rng.randint(3, 60)) for text in chosen)


def _actual(rng: Random, fact: IndicatorFact) -> tuple[str, str]:
    """Draw what was reached and the points got: mostly what was aimed at, with the sign kept or dropped."""
    target = fact.target
    points = fact.weight or 0
    if target is None:
        return "", str(points)
    if target.kind in ("percent", "quantity") and rng.random() < 0.7:
        number = (target.low or target.high or Decimal(0)) + rng.choice((0, 0, 1, 2, -1))
        if target.kind == "percent":
            number = min(number, Decimal(100))
        met = number >= (target.low or 0)
        return f"{plain(max(number, Decimal(0)))}{target.unit_cell or target.unit}", str(points if met else points - 1)
    if target.kind in ("text", "grade"):
        return rng.choice((target.text, "达成预期指标", target.text)), str(points)
    return target.text, str(points)


def _narrative(rng: Random, year: int) -> tuple[tuple[NarrativeFact, ...], tuple[NarrativeFact, ...]]:
    titles, texts = phrases("narrative_title"), phrases("narrative_goal")
    order = rng.sample(range(len(titles)), rng.randint(3, len(titles)))
    ways = (
        "任务完成率大于等于{n}%。",
        "全年开展相关活动不少于{k}次。",
        "资金支付进度达到{n}%以上。",
        "群众知晓率不低于{n}%",
    )
    goals = tuple(
        NarrativeFact(titles[i], texts[i], rng.choice(ways).format(n=rng.randint(80, 99), k=rng.randint(3, 24)))
        for i in order
    )
    pairs = zip(phrases("safeguard_title"), phrases("safeguard_text"), strict=True)
    return goals, tuple(NarrativeFact(title, text) for title, text in pairs)


def draw_project(
    rng: Random, base: str, purpose: str, year: int, money_unit: str, taxonomy: int, columns: bool
) -> ProjectFact:
    """Draw one project with everything that any layout may print."""
    chosen = draw_words(rng, taxonomy)
    weights = share_out(rng, len(chosen))
    rows = []
    for (level1, words), weight in zip(chosen, weights, strict=True):
        fact = IndicatorFact(
            level1,
            level2_name(words.group),
            words.name,
            words.description,
            draw_target(rng, words, year, columns),
            rng.choice(phrases("basis")),
            weight,
            reason=rng.choice(phrases("reason")),
        )
        actual, score = _actual(rng, fact)
        rows.append(replace(fact, actual=actual, score=score))
    long_rows = [
        replace(row, target=draw_target(rng, words, year + 2, columns))
        for row, (_, words) in zip(rows, chosen, strict=True)
    ]
    budget, fiscal, other = _amount(rng, money_unit)
    return ProjectFact(
        draw_code(rng, year),
        _name(rng, base, year),
        base,
        budget,
        fiscal,
        other,
        purpose,
        _plan(rng),
        _goals(rng, "goal", 3),
        tuple(rows),
        _goals(rng, "long_goal", 2),
        tuple(long_rows),
        executed=budget,
    )


def draw_filing(
    rng: Random,
    *,
    county: str,
    township: str,
    year: int,
    layout: str,
    taxonomy: int,
    money_unit: str,
    columns: bool,
    most_projects: int,
    narrative: bool,
) -> FilingFact:
    """Draw one filing's facts; ``columns`` asks for targets that fit sign, value and unit columns."""
    bases = rng.sample(projects(), rng.randint(min(2, most_projects), most_projects))
    drawn = tuple(draw_project(rng, base, purpose, year, money_unit, taxonomy, columns) for base, purpose in bases)
    goals, safeguards = _narrative(rng, year) if narrative else ((), ())
    overall = "围绕全年中心工作，统筹做好基层治理、民生保障和产业发展，提高财政资金使用效益。" if narrative else ""
    return FilingFact(
        county,
        township,
        year,
        f"{rng.randint(400, 899)}001",
        money_unit,
        layout,
        taxonomy,
        drawn,
        overall,
        goals,
        safeguards,
    )


def numbered(goals: tuple[str, ...], style: str = "{n}.{text}") -> str:
    """Join goals as numbered lines of one cell; a single goal keeps its number only in the numbered style."""
    return "\n".join(style.format(n=n, cn=_NUMBERS[n - 1], text=text) for n, text in enumerate(goals, 1))
