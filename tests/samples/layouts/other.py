"""Rarer forms: Shanghai's, Hubei's, the four-grade form, the whole department's form."""

from dataclasses import replace
from random import Random

from tests.samples.drawing import Block, Box, Line
from tests.samples.facts import FilingFact, IndicatorFact, ProjectFact, with_target
from tests.samples.forms import Look, amount, goals_text, heads, indicator_rows, table, unit_note, year_title
from tests.samples.layouts.national import target_text
from tests.samples.targets import plain

Rows = list[tuple[Box, ...]]


def with_bracketed_units(rng: Random, filing: FilingFact) -> FilingFact:
    """Write percentages and counts as Shanghai's system prints them: ≥90.00(%), =3.00(个)."""
    signs = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}

    def bracketed(fact: IndicatorFact) -> IndicatorFact:
        target = fact.target
        if target is None or target.kind not in ("percent", "quantity") or target.op not in signs:
            return fact
        number = target.low if target.low is not None else target.high
        unit = target.unit_cell or target.unit
        return with_target(fact, replace(target, text=f"{signs[target.op]}{number:.2f}({unit})"))

    projects = [replace(p, indicators=tuple(bracketed(fact) for fact in p.indicators)) for p in filing.projects]
    return replace(filing, projects=tuple(projects))


def draw_shanghai(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw Shanghai's form (L7): the whole project's budget beside the year's, start and end days."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "财政项目支出绩效目标表", look, number == 0) + unit_note(rng, filing, look)
        rows: Rows = [
            (Box("项目名称"), Box(project.name, cols=2), Box("项目类别"), Box("经常性专项业务费")),
            (
                Box("计划开始日期"),
                Box(f"{filing.year}-01-01", cols=2),
                Box("计划完成日期"),
                Box(f"{filing.year}-12-31"),
            ),
            (
                Box("当年年度预算"),
                Box(amount(project.budget, filing, look), cols=2),
                Box("其中：当年财政拨款"),
                Box(amount(project.fiscal, filing, look)),
            ),
            (Box("项目概况"), Box(project.purpose, cols=4)),
            (Box("年度总体目标"), Box(goals_text(project, look), cols=4)),
            (*heads("一级指标", "二级指标", "三级指标"), *heads("年度（/项目）指标值", cols=2)),
            *indicator_rows(project.indicators, look, lambda fact: [Box(fact.name), Box(target_text(fact), cols=2)]),
        ]
        blocks.append(table(rows, (1.2, 1.3, 2, 1.3, 1.2), look))
    return blocks


def draw_hubei(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw Hubei's form (L11): values of the two years before, 绩效标准 as a description, the year's expected value."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目支出绩效目标表", look, number == 0) + unit_note(rng, filing, look)
        rows: Rows = [
            (Box("项目名称"), Box(project.name, cols=3), Box("项目编码"), Box(project.code, cols=2)),
            (
                Box("项目总预算"),
                Box(amount(project.budget, filing, look), cols=3),
                Box("其中：财政拨款"),
                Box(amount(project.fiscal, filing, look), cols=2),
            ),
            (Box("年度绩效目标"), Box(goals_text(project, look), cols=6)),
            (
                *(Box(text, rows=2, bold=True) for text in ("一级指标", "二级指标", "三级指标", "绩效标准")),
                *heads("指标值", cols=3),
            ),
            tuple(heads("前年实际值", "上年实际值", "当年预期实现值")),
            *indicator_rows(project.indicators, look, lambda fact: _hubei_boxes(rng, fact)),
        ]
        blocks.append(table(rows, (1, 1.1, 1.5, 1.8, 1, 1, 1.2), look))
    return blocks


def _hubei_boxes(rng: Random, fact: IndicatorFact) -> list[Box]:
    target = fact.target
    earlier = ["", ""]
    if target is not None and target.kind == "percent" and rng.random() < 0.7:
        number = target.low if target.low is not None else target.high
        earlier = [f"{plain(number - step)}%" for step in (2, 1)] if number is not None else earlier
    return [Box(fact.name), Box(fact.description), *(Box(text) for text in earlier), Box(target_text(fact))]


def reflecting(rng: Random, filing: FilingFact) -> FilingFact:
    """Write each description as Hubei's form does: 反映…情况."""
    projects = [
        replace(p, indicators=tuple(replace(f, description=f"反映{f.description}情况") for f in p.indicators))
        for p in filing.projects
    ]
    return replace(filing, projects=tuple(projects))


def _graded(fact: IndicatorFact) -> tuple[str, str, str, str]:
    """Give the four columns 优, 良, 中, 差 of one indicator; the first is the target."""
    target = fact.target
    if target is not None and target.kind == "percent" and target.op == ">=" and target.low is not None:
        low = target.low
        return target.text, f"≥{plain(low - 5)}%", f"≥{plain(low - 10)}%", f"<{plain(low - 10)}%"
    return (target.text if target else ""), "", "", ""


def draw_graded(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the old Hebei form (L14): one flat table by duty and activity, four grade columns per indicator."""
    rows: Rows = [
        (
            *(Box(text, rows=2, bold=True) for text in ("职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标")),
            *heads("评价标准", cols=4),
        ),
        tuple(heads("优", "良", "中", "差")),
    ]
    for project in filing.projects:
        count = len(project.indicators)
        texts = (project.name, amount(project.budget, filing, look), project.purpose, goals_text(project, look))
        for number, fact in enumerate(project.indicators):
            front = [Box(text, rows=count) for text in texts] if not number else []
            rows.append((*front, Box(fact.name), *(Box(text) for text in _graded(fact))))
    title = Line(f"{filing.unit_name}部门职责-工作活动绩效目标（{filing.year}年度）", 28, True, "center")
    return [title, *unit_note(rng, filing, look), table(rows, (1.2, 1, 2, 2, 1.6, 1.2, 0.9, 0.9, 0.9), look, 2)]


def without_levels(rng: Random, filing: FilingFact) -> FilingFact:
    """Take the level names out: the four-grade form does not print them."""
    projects = [
        replace(p, indicators=tuple(replace(fact, level1="", level2="") for fact in p.indicators))
        for p in filing.projects
    ]
    return replace(filing, projects=tuple(projects))


def as_department(rng: Random, filing: FilingFact) -> FilingFact:
    """Keep one project only, under the name that the whole department's form has."""
    project: ProjectFact = replace(filing.projects[0], name="部门整体支出", category="部门整体支出")
    return replace(filing, projects=(project,))


def draw_department(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the whole department's form (L16): income and spending, duties, tasks, goals, indicators."""
    project = filing.projects[0]
    blocks = year_title(rng, filing, "部门整体支出绩效目标申报表", look, True)
    blocks += unit_note(rng, filing, look)
    rows: Rows = [
        (Box("部门名称"), Box(filing.unit_name, cols=4)),
        (
            Box("年度预算申请", rows=2),
            Box("资金总额"),
            Box(amount(project.budget, filing, look)),
            Box("其中：财政拨款"),
            Box(amount(project.fiscal, filing, look)),
        ),
        (Box("基本支出"), Box(amount("36.50", filing, look)), Box("项目支出"), Box(amount("18.20", filing, look))),
        (Box("部门职能概述"), Box("负责辖区经济发展、公共服务、公共管理和公共安全等工作。", cols=4)),
        (Box("年度工作任务"), Box(project.purpose, cols=4)),
        (Box("年度绩效目标"), Box(goals_text(project, look), cols=4)),
        (*heads("一级指标", "二级指标", "三级指标"), *heads("年度指标值", cols=2)),
        *indicator_rows(project.indicators, look, lambda fact: [Box(fact.name), Box(target_text(fact), cols=2)]),
    ]
    blocks.append(table(rows, (1.2, 1.3, 2, 1.3, 1.2), look))
    return blocks


def starred(rng: Random, filing: FilingFact) -> FilingFact:
    """Put the poverty form's marks before some names."""
    projects = []
    for project in filing.projects:
        marks = [rng.choice(("", "", "★", "★★★", "*")) for _ in project.indicators]
        rows = [replace(fact, mark=mark) for fact, mark in zip(project.indicators, marks, strict=True)]
        projects.append(replace(project, indicators=tuple(rows)))
    return replace(filing, projects=tuple(projects))


def public_satisfaction(rng: Random, filing: FilingFact) -> FilingFact:
    """Write satisfaction as Hunan's form does: one level-1 name, no level 2."""
    projects = []
    for project in filing.projects:
        rows = [
            replace(fact, level1="社会公众或服务对象满意度指标", level2="") if fact.level1 == "满意度指标" else fact
            for fact in project.indicators
        ]
        projects.append(replace(project, indicators=tuple(rows)))
    return replace(filing, projects=tuple(projects))


def unchanged(rng: Random, filing: FilingFact) -> FilingFact:
    """Leave the facts as drawn."""
    return filing
