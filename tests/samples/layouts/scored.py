"""Forms with points: Chongqing's targets with weights, and the self-evaluations."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.samples.drawing import Block, Box
from tests.samples.facts import FilingFact, IndicatorFact, ProjectFact
from tests.samples.forms import (
    Look,
    amount,
    goals_text,
    heads,
    indicator_rows,
    table,
    tail,
    unit_label,
    unit_note,
    with_side,
    year_title,
)
from tests.samples.layouts.national import target_text
from tests.samples.targets import plain

Rows = list[tuple[Box, ...]]

_RANGES = {"成本指标": "(0-20)分", "产出指标": "(40-50)分", "效益指标": "(20-30)分", "满意度指标": "(10)分"}


def draw_chongqing(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw Chongqing's form (L8): score ranges inside level-1 cells, points and an explanation behind the value."""
    blocks: list[Block] = []
    budget_word = rng.choice(("当年预算", "当年年度预算", "预算规模"))
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目绩效目标申报表", look, number == 0) + unit_note(rng, filing, look)
        rows: Rows = [
            (Box("项目名称"), Box(project.name, cols=2), Box("业务主管部门"), Box(f"{filing.county}财政局", cols=2)),
            (
                Box(unit_label(budget_word, filing, look)),
                Box(amount(project.budget, filing, look), cols=2),
                Box(unit_label("其中：财政资金", filing, look)),
                Box(amount(project.fiscal, filing, look), cols=2),
            ),
            (Box("项目单位"), Box(filing.unit_name, cols=5)),
            (Box("项目概况"), Box(project.purpose, cols=5)),
            (Box("立项依据"), Box("根据上级有关文件和年度工作安排立项。", cols=5)),
            (Box("当年绩效目标"), Box(goals_text(project, look), cols=5)),
            tuple(heads("一级指标", "二级指标", "三级指标", "指标值", "分值", "指标解释")),
            *indicator_rows(
                project.indicators,
                look,
                lambda fact: [Box(fact.name), Box(target_text(fact)), Box(str(fact.weight)), Box(fact.description)],
                lambda level1: _RANGES.get(level1, ""),
            ),
        ]
        blocks.append(table(rows, (1.2, 1.2, 1.6, 1.3, 0.7, 2), look))
    return blocks


def _money_rows(filing: FilingFact, project: ProjectFact, look: Look, width: int) -> Rows:
    """Draw the executed amounts: budget at the year's start, whole year, executed, points, rate."""
    label = Box(unit_label("项目资金", filing, look, break_line=True), rows=3, centred=True)
    rest = width - 7
    share = _number(project.executed) / _number(project.budget)
    spent = _like(project.fiscal, _number(project.fiscal) * share)
    lines = (
        ("年度资金总额", project.budget, project.executed, "10", plain((share * 10).quantize(Decimal("0.1")))),
        ("其中：当年财政拨款", project.fiscal, spent, "—", "—"),
    )
    rows: Rows = [(label, *heads("", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值"), *_rate_heads(rest))]
    for title, budget, executed, points, score in lines:
        planned, done = amount(budget, filing, look), amount(executed, filing, look)
        rate = Box(f"{plain((share * 100).quantize(Decimal('0.01')))}%", cols=rest)
        rows.append((*(Box(text) for text in (title, planned, planned, done, points)), rate, Box(score)))
    return rows


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _like(text: str, number: Decimal) -> str:
    """Write an amount in the way of another one."""
    return f"{number:,.2f}" if "," in text else f"{number:.2f}"


def _rate_heads(rest: int) -> list[Box]:
    return [Box("执行率（B/A）", cols=rest, bold=True), Box("得分", bold=True)]


def _evaluation_head(rng: Random, filing: FilingFact, project: ProjectFact, look: Look, width: int) -> Rows:
    half = (width - 1) // 2
    done = rng.choice(("已按预期完成年度目标", "各项任务全面完成，群众反映良好"))
    return [
        (Box("项目名称"), Box(project.name, cols=width - 1)),
        (
            Box("主管部门"),
            Box(f"{filing.county}财政局", cols=half - 1),
            Box("实施单位"),
            Box(filing.unit_name, cols=width - 1 - half),
        ),
        *_money_rows(filing, project, look, width),
        (
            Box("年度总体目标", rows=2, centred=True),
            *heads(rng.choice(("预期目标", "年初设定目标")), cols=half),
            *heads("实际完成情况", cols=width - 1 - half),
        ),
        (Box(goals_text(project, look), cols=half), Box(done, cols=width - 1 - half)),
    ]


def _total(facts: tuple[IndicatorFact, ...], width: int) -> tuple[Box, ...]:
    return (Box("总分", cols=width - 3, centred=True), Box("100"), Box(""), Box(""))


def draw_self_evaluation(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw a self-evaluation (L3): the actual value beside the target, then points, score and reason."""
    blocks: list[Block] = []
    actual, reason = rng.choice(
        (("实际完成值", "偏差原因分析及改进措施"), ("全年实际值", "未完成原因及拟采取的改进措施"))
    )
    points = (lambda level1: "(50分)" if level1 == "产出指标" else "(30分)") if look.variant % 2 else None
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目支出绩效自评表", look, number == 0) + unit_note(rng, filing, look)
        rows = [
            tuple(heads("一级指标", "二级指标", "三级指标", "年度指标值", actual, "分值", "得分", reason)),
            *indicator_rows(
                project.indicators,
                look,
                lambda fact: [
                    Box(text)
                    for text in (fact.name, target_text(fact), fact.actual, str(fact.weight), fact.score, fact.reason)
                ],
                points,
            ),
            _total(project.indicators, 8),
        ]
        body = [*_evaluation_head(rng, filing, project, look, 9), *with_side("绩效指标", rows, look)]
        body += tail(rng, 9) if look.tail_rows else []
        blocks.append(table(body, (0.9, 1, 1.2, 1.7, 1.3, 1.3, 0.6, 0.6, 1.4), look))
    return blocks


def draw_score_first(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw a self-evaluation with the points before the target (L4), parent rows marked ★ and child rows 其中."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "衔接资金项目绩效自评表", look, number == 0) + unit_note(rng, filing, look)
        reason = "未完成原因及拟采取的改进措施"
        rows = [
            tuple(heads("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年实际值", "得分", reason)),
            *indicator_rows(project.indicators, look, _score_first_boxes),
            (Box("总分", cols=3, centred=True), Box("100"), Box(""), Box(""), Box("99"), Box("")),
        ]
        body = [*_evaluation_head(rng, filing, project, look, 9), *with_side("绩效指标", rows, look)]
        blocks.append(table(body, (0.9, 1, 1.2, 1.7, 0.6, 1.3, 1.3, 0.6, 1.4), look))
    return blocks


def _score_first_boxes(fact: IndicatorFact) -> list[Box]:
    weight = "" if fact.weight is None else str(fact.weight)
    texts = (fact.mark + fact.name, weight, target_text(fact), fact.actual, fact.score, fact.reason)
    return [Box(text) for text in texts]


def with_parents(rng: Random, filing: FilingFact) -> FilingFact:
    """Turn one indicator of each project into a parent row with points only and a child row with the value only."""
    projects = []
    for project in filing.projects:
        rows = list(project.indicators)
        place = next(n for n, fact in enumerate(rows) if fact.level2 == "数量指标")
        fact = rows[place]
        parent = replace(fact, name=f"补助{project.category}", target=None, actual="", mark="★", reason="")
        child = replace(fact, weight=None, score="", mark=rng.choice(("其中：", "其中:")))
        rows[place : place + 1] = [parent, child]
        projects.append(replace(project, indicators=tuple(rows)))
    return replace(filing, projects=tuple(projects))
