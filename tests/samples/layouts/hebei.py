"""Hebei's forms: project head and indicators in two tables (field guide L1) or in one."""

from dataclasses import replace
from random import Random

from tests.samples.drawing import Block, Box, Line
from tests.samples.facts import FilingFact, IndicatorFact, NarrativeFact, ProjectFact
from tests.samples.forms import Look, amount, goals_text, heads, indicator_rows, table

_NUMBERS = "一二三四五六七八九十"


def _head_rows(rng: Random, filing: FilingFact, project: ProjectFact, look: Look) -> list[tuple[Box, ...]]:
    """Draw the head block on twelve columns."""
    fund = rng.choice(("其中：财政资金", "其中：财政 资金", "财政资金"))
    months = [Box(month, cols=cols) for month, cols in zip(project.plan, (3, 3, 2, 2), strict=True)]
    shares = [Box(share, cols=cols) for share, cols in zip(project.plan.values(), (3, 3, 2, 2), strict=True)]
    unit = Box(f"{filing.unit_code}{filing.unit_name}", cols=8, borderless=True)
    note = f"单位：{filing.money_unit}" if look.unit_in == "note" else ""
    return [
        (unit, Box(note, cols=4, borderless=True)),
        (Box("项目编码", cols=2), Box(project.code, cols=4), Box("项目名称", cols=2), Box(project.name, cols=4)),
        (
            Box("预算规模及资金用途", cols=2, rows=2),
            Box("预算数", cols=2),
            Box(amount(project.budget, filing, look), cols=2),
            Box(fund, cols=2),
            Box(amount(project.fiscal, filing, look), cols=2),
            Box("其他资金"),
            Box(amount(project.other, filing, look)),
        ),
        (Box(project.purpose, cols=10),),
        (Box("资金支出计划（%）", cols=2, rows=2), *months),
        tuple(shares),
        (Box("绩效目标", cols=2), Box(goals_text(project, look), cols=10)),
    ]


def _indicator_block(project: ProjectFact, look: Look, cols: int) -> list[tuple[Box, ...]]:
    description = ("绩效指标描述", "指标说明", "绩效指标描述")[look.variant % 3]
    basis = ("指标值确定依据", "指标值设定依据", "指标值确定依据")[look.variant % 3]

    def values(fact: IndicatorFact) -> list[Box]:
        target = fact.target.text if fact.target else ""
        return [Box(text, cols=cols) for text in (fact.name, fact.description, target, fact.basis)]

    head = heads("一级指标", "二级指标", "三级指标", description, "指标值", basis, cols=cols)
    return [tuple(head), *indicator_rows(project.indicators, look, values, cols=cols)]


def draw_hebei(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw a numbered heading and two tables per project."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects, 1):
        title = f"{number}.{project.name}绩效目标表"
        blocks.append(
            Line(title, 28, True, "center", 2, look.new_page and number > 1, bookmark=f"_Toc_4_4_{number:010d}")
        )
        blocks.append(table(_head_rows(rng, filing, project, look), [1.0] * 12, look))
        blocks.append(Line("", 10))
        rows = _indicator_block(project, look, 1)
        blocks.append(table(rows, (1, 1.1, 1.2, 1.5, 1.2, 1.1), look, head_rows=1))
    return blocks


def draw_hebei_unbroken(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the same forms one behind the other: page breaks fall anywhere."""
    return draw_hebei(rng, filing, replace(look, new_page=False))


def draw_hebei_one(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw head block and indicators as one table per project."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects, 1):
        new_page = look.new_page and number > 1
        title = f"{number}、{project.name}绩效目标表" if look.variant % 2 else "项目支出绩效目标表"
        blocks.append(Line(title, 28, True, "center", new_page=new_page))
        rows = [*_head_rows(rng, filing, project, look), *_indicator_block(project, look, 2)]
        blocks.append(table(rows, [1.0] * 12, look))
    return blocks


def draw_narrative(
    goals: tuple[NarrativeFact, ...], safeguards: tuple[NarrativeFact, ...], overall: str
) -> list[Block]:
    """Draw the text part: the overall goal, the goals by field, the safeguards."""
    blocks: list[Block] = [
        Line("第一部分", 30, True, "center", 1),
        Line("部门整体绩效目标", 30, True, "center", 1),
        Line("一、总体绩效目标", bold=True),
        Line(overall),
        Line("二、分项绩效目标", bold=True),
    ]
    for number, goal in enumerate(goals):
        blocks.append(Line(f"（{_NUMBERS[number]}）{goal.title}。", bold=True))
        blocks.append(Line(f"绩效目标：{goal.text}"))
        blocks.append(Line(f"绩效指标：{goal.indicator}"))
    blocks.append(Line("三、工作保障措施", bold=True))
    for number, safeguard in enumerate(safeguards):
        blocks.append(Line(f"（{_NUMBERS[number]}）{safeguard.title}。{safeguard.text}"))
    blocks += [
        Line("第二部分", 30, True, "center", 1, new_page=True),
        Line("预算项目绩效目标", 30, True, "center", 1),
    ]
    return blocks
