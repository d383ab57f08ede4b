"""Works out what the townships of the invented county file: amounts, plans, goals and targets, year by year."""

import calendar
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.samples.codes import project_code
from tests.samples.county.words import (
    COUNTY,
    YEARS,
    CountyIndicator,
    CountyProject,
    TownshipWords,
    county_indicators,
    county_projects,
    outliers,
    styles,
)
from tests.samples.facts import FilingFact, IndicatorFact, ProjectFact, TargetFact
from tests.samples.invention import level2_name, share_out
from tests.samples.layouts.catalogue import LAYOUTS
from tests.samples.targets import plain
from tests.samples.vocabulary import LEVELS

_BASIS = {
    "percent": "行业标准",
    "count": "计划标准",
    "none": "计划标准",
    "cost": "预算支出标准",
    "price": "文件标准",
    "date": "计划标准",
    "grade": "历史标准",
    "text": "工作需要",
}
_PLANS = {"even": (25, 50, 75, 100), "front": (45, 70, 90, 100), "back": (8, 22, 48, 100), "mixed": (20, 55, 70, 100)}
_MONTHS = ("3月底", "6月底", "10月底", "12月底")
_GRADES = ("优", "良", "优良", "优")
_TEXTS = ("明显提升", "持续改善", "有所提高", "稳步提升")
_SIGNS = {">=": "≥", "<=": "≤", "=": "＝"}
_YUAN_FORMS = ("sichuan",)
"""Layouts whose amounts are in 元; all others are in 万元."""


def county_taxonomy(layout: str) -> int:
    """Give the taxonomy that a layout of the county follows."""
    return 2021 if LAYOUTS[layout].taxonomies[0] == 2021 else 2015


def _scaled(township: TownshipWords, rule: str, base: Decimal) -> Decimal:
    match rule:
        case "per_village":
            return base * township.villages
        case "per_head":
            return base * township.population
        case "fixed" | "level":
            return base
        case _:
            raise ValueError(f"unknown rule of size: {rule}")


def _growth(category: str, year: int) -> Decimal:
    """Give the county-wide change of a category since the first year."""
    steps = Random(f"growth/{category}").choice((-4, 0, 0, 2, 3, 5, 8))
    return 1 + Decimal(steps) / 100 * (year - YEARS[0])


def _money(yuan: Decimal, money_unit: str) -> str:
    if money_unit == "元":
        return f"{yuan.quantize(Decimal('0.01'), ROUND_HALF_UP):,.2f}"
    return f"{(yuan / 10000).quantize(Decimal('0.01'), ROUND_HALF_UP):.2f}"


def _rounded(number: Decimal) -> Decimal:
    """Round a cost as a budget officer would: to 100, 10 or half a yuan, whichever fits its size."""
    step = Decimal(100) if number >= 2000 else Decimal(10) if number >= 200 else Decimal("0.5")
    return (number / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _percent(township: TownshipWords, indicator: CountyIndicator, year: int) -> Decimal:
    level = township.strictness + int(indicator.base) + (1 if year > YEARS[0] and township.style % 2 else 0)
    return Decimal(min(max(level, 60), 100))


def _number_target(kind: str, op: str, text: str, number: Decimal, unit: str, cell: tuple[str, str]) -> TargetFact:
    low = number if op in (">=", "=") else None
    high = number if op in ("<=", "=") else None
    return TargetFact(text, kind, op, low, high, unit, sign=_SIGNS[op], value=cell[0], unit_cell=cell[1])


def _cost(pattern: str, number: Decimal, per: str, op: str) -> TargetFact:
    text = pattern.format(y=plain(number), k=f"{number:,f}", w=plain(number / 10000), p=per)
    return _number_target("money", op, text, number, f"元{per}", (plain(number), f"元{per}"))


def county_target(township: TownshipWords, indicator: CountyIndicator, year: int) -> TargetFact:
    """Give the target that a township sets for an indicator in a year, written in the township's way."""
    style = styles()[township.style]
    rng = Random(f"{township.township}/{indicator.category}/{indicator.names[0]}")
    match indicator.kind:
        case "percent":
            number = _percent(township, indicator, year)
            op = ">=" if number < 100 else "="
            text = style["percent"].format(n=plain(number)) if op == ">=" else "100%"
            return _number_target("percent", op, text, number, "%", (plain(number), "%"))
        case "count":
            size = _scaled(township, indicator.rule, indicator.base)
            if indicator.rule == "fixed" and year > YEARS[0]:
                size += rng.choice((0, 0, 1, 2))
            number = max(size.to_integral_value(), Decimal(1))
            op = "=" if style["count"] == "{n}{u}" else ">="
            text = style["count"].format(n=plain(number), u=indicator.unit)
            return _number_target("quantity", op, text, number, indicator.unit, (plain(number), indicator.unit))
        case "none":
            return _number_target("quantity", "=", f"0{indicator.unit}", Decimal(0), indicator.unit, ("0", "人"))
        case "cost":
            factor = outliers().get((township.township, indicator.category, indicator.names[0]), Decimal(1))
            number = _rounded(indicator.base * township.cost_level * _growth(indicator.category, year) * factor)
            pattern = style["cost"] if number >= 100 else style["cost"].replace("{w}万", "{y}")
            return _cost(pattern, number, indicator.unit, "<=")
        case "price":
            return _cost(style["price"], indicator.base, indicator.unit, "=")
        case "date":
            month = int(indicator.base)
            day = calendar.monthrange(year, month)[1]
            text = style["date"].format(Y=year, M=month, m=f"{month:02d}", D=day)
            return TargetFact(text, "date", "<=", due=f"{year}-{month:02d}-{day}", sign="定性", value=text)
        case "grade" | "text":
            text = rng.choice(_GRADES if indicator.kind == "grade" else _TEXTS)
            return TargetFact(text, indicator.kind, sign="定性", value=text)
        case _:
            raise ValueError(f"unknown kind of indicator: {indicator.kind}")


def _levels(group: str, taxonomy: int) -> tuple[str, str]:
    """Give level 1 and the group of level 2; in the taxonomy of 2021 a cost is 经济成本 under 成本指标."""
    group = "经济成本" if group == "成本" and taxonomy == 2021 else group
    return next((level1, group) for level1, groups in LEVELS[taxonomy].items() if group in groups)


def _indicators(township: TownshipWords, category: str, year: int, taxonomy: int) -> tuple[IndicatorFact, ...]:
    rows = []
    for indicator in county_indicators()[category]:
        level1, group = _levels(indicator.group, taxonomy)
        name = indicator.names[township.style % len(indicator.names)]
        basis = "调查问卷" if indicator.group == "满意度" else _BASIS[indicator.kind]
        target = county_target(township, indicator, year)
        rows.append(IndicatorFact(level1, level2_name(group), name, indicator.description, target, basis))
    order = list(LEVELS[taxonomy])
    rows.sort(key=lambda fact: order.index(fact.level1))
    weights = share_out(Random(f"weights/{township.township}/{category}"), len(rows), 100)
    return tuple(replace(fact, weight=weight) for fact, weight in zip(rows, weights, strict=True))


def _plan(township: TownshipWords, category: str) -> dict[str, str]:
    shares = _PLANS[township.plan]
    if category in ("村干部报酬", "高龄津贴"):
        shares = _PLANS["even"]
    elif category == "农村人居环境整治" and township.plan == "even":
        shares = (10, 40, 85, 100)
    return {month: f"{share}%" for month, share in zip(_MONTHS, shares, strict=True)}


def _name(township: TownshipWords, category: str, year: int) -> str:
    """Give the project's name as filed: some townships put the year before it."""
    if township.style in (1, 4) and category in ("乡镇财政体制经费", "农村人居环境整治"):
        return f"{year}年{category}"
    return category


def _project(township: TownshipWords, words: CountyProject, year: int, layout: str, serial: int) -> ProjectFact:
    money_unit = "元" if layout in _YUAN_FORMS else "万元"
    rng = Random(f"amount/{township.township}/{words.category}")
    own = Decimal(rng.randint(96, 105)) / 100 if words.rule == "per_head" else Decimal(1)
    yuan = _scaled(township, words.rule, words.yuan) * _growth(words.category, year) * township.cost_level * own
    yuan = (yuan / 100).quantize(Decimal(1), ROUND_HALF_UP) * 100
    other = (yuan / 10 / 100).quantize(Decimal(1)) * 100 if words.category == "环卫清洁服务费" else Decimal(0)
    goals = tuple(goal.format(villages=township.villages) for goal in words.goals[township.goals])
    rows = _indicators(township, words.category, year, county_taxonomy(layout))
    return ProjectFact(
        project_code(year, serial, 6 + serial % 5),
        _name(township, words.category, year),
        words.category,
        _money(yuan, money_unit),
        _money(yuan - other, money_unit),
        _money(other, money_unit) if other else "",
        words.purpose,
        _plan(township, words.category),
        goals,
        rows,
        ("到实施期末形成稳定的长效机制", "公共服务水平逐年提高"),
        tuple(replace(row, target=county_target_later(row)) for row in rows),
        executed=_money(yuan, money_unit),
    )


def county_target_later(fact: IndicatorFact) -> TargetFact | None:
    """Give the whole period's target beside a year's: dates and numbers as in the year, qualities 优."""
    target = fact.target
    return TargetFact("优", "grade") if target is not None and target.kind == "text" else target


def county_filing(township: TownshipWords, year: int, layout: str) -> FilingFact:
    """Give what a township files in a year in a layout."""
    projects = []
    for place, words in enumerate(county_projects()):
        if year in words.years and township.population >= words.least_population:
            serial = int(township.unit_code[:3]) * 100 + place
            projects.append(_project(township, words, year, layout, serial))
    return FilingFact(
        COUNTY,
        township.township,
        year,
        township.unit_code,
        "元" if layout in _YUAN_FORMS else "万元",
        layout,
        county_taxonomy(layout),
        tuple(projects),
    )
