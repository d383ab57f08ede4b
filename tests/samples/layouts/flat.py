"""Forms with sign, value and unit in columns, and forms that hold all projects in one flat table."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.samples.drawing import Block, Box, Line
from tests.samples.facts import FilingFact, IndicatorFact
from tests.samples.forms import (
    Look,
    amount,
    goals_text,
    heads,
    indicator_rows,
    level_boxes,
    merged_column,
    table,
    unit_note,
)
from tests.samples.layouts.national import target_text

Rows = list[tuple[Box, ...]]

_COLUMN_ORDERS = (
    (("指标性质", "sign"), ("指标值", "value"), ("度量单位", "unit"), ("权重", "weight")),
    (("分值权重", "weight"), ("计算符号", "sign"), ("绩效目标值", "value"), ("计量单位", "unit")),
    (("计算符号", "sign"), ("指标值", "value"), ("计量单位", "unit"), ("指标方向性", "direction"), ("权重", "weight")),
)


def _column_box(fact: IndicatorFact, column: str) -> Box:
    target = fact.target
    if column == "weight" or target is None:
        return Box("" if fact.weight is None else str(fact.weight), centred=True)
    if column == "direction":
        return Box("反向指标" if target.op in ("<=", "<") else "正向指标", centred=True)
    return Box({"sign": target.sign, "value": target.value, "unit": target.unit_cell}[column], centred=True)


def draw_split(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw one table per project with sign, value, unit and weight in columns of their own."""
    blocks: list[Block] = []
    order = _COLUMN_ORDERS[look.variant % 3]
    width = 3 + len(order)
    for number, project in enumerate(filing.projects, 1):
        new_page = look.new_page and number > 1
        blocks.append(Line(f"{number}、{project.name}", 26, True, "center", new_page=new_page))
        label = f"预算金额（{filing.money_unit}）" if look.unit_in == "label" else "预算金额"
        blocks += unit_note(rng, filing, look)
        rows: Rows = [
            (Box("项目名称"), Box(project.name, cols=2), Box("项目编码", cols=2), Box(project.code, cols=width - 5)),
            (
                Box("预算单位"),
                Box(filing.unit_name, cols=2),
                Box(label, cols=2),
                Box(amount(project.budget, filing, look), cols=width - 5),
            ),
            (Box("年度绩效目标"), Box(goals_text(project, look), cols=width - 1)),
            tuple(heads("一级指标", "二级指标", "三级指标", *(head for head, _ in order))),
            *indicator_rows(
                project.indicators,
                look,
                lambda fact: [Box(fact.name), *(_column_box(fact, column) for _, column in order)],
            ),
        ]
        blocks.append(table(rows, (1.1, 1.3, 2.2, *[0.9] * len(order)), look))
    return blocks


def shuffled(rng: Random, filing: FilingFact) -> FilingFact:
    """Put each project's indicators out of the taxonomy's order, as Sichuan's export does."""
    projects = [
        replace(project, indicators=tuple(rng.sample(project.indicators, len(project.indicators))))
        for project in filing.projects
    ]
    return replace(filing, projects=tuple(projects))


def project_columns(texts: Sequence[Sequence[str]], counts: Sequence[int], way: str) -> list[list[Box]]:
    """Draw columns that hold once per project (``texts`` by project), for each row of its indicators."""
    keys = [number for number, count in enumerate(counts) for _ in range(count)]
    columns = [merged_column(keys, [texts[key][place] for key in keys], way) for place in range(len(texts[0]))]
    return [[box for column in columns for box in column[number]] for number in range(len(keys))]


def draw_sichuan(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw Sichuan's export (L2): one flat table of all projects, a subtotal row, sign, value and unit in columns."""
    budget_word = ("预算数", "预算金额")[look.variant % 2]
    budget_word += f"（{filing.money_unit}）" if look.unit_in == "label" else ""
    columns = ["单位名称", "项目名称", budget_word, "年度目标", "一级指标", "二级指标", "三级指标"]
    columns += ["指标性质", "指标值", "度量单位", "权重", "指标方向性"]
    unit = f"{filing.unit_code}-{filing.county}{filing.township}人民政府本级"
    facts = [fact for project in filing.projects for fact in project.indicators]
    texts = [(unit, p.name, amount(p.budget, filing, look), goals_text(p, look)) for p in filing.projects]
    way = "blank" if look.levels == "blank" else "merged" if look.levels != "repeated" else "repeated"
    fronts = project_columns(texts, [len(project.indicators) for project in filing.projects], way)
    levels = _flat_levels(filing, look)
    total = sum((Decimal(p.budget.replace(",", "")) for p in filing.projects), Decimal(0))
    subtotal = (f"{filing.unit_code[:3]}-{filing.township}部门", "", f"{total:,.2f}", *[""] * 9)
    rows: Rows = [tuple(heads(*columns)), tuple(Box(text) for text in subtotal)]
    for front, level, fact in zip(fronts, levels, facts, strict=True):
        tail = [_column_box(fact, column) for column in ("sign", "value", "unit", "weight", "direction")]
        rows.append((*front, *level, Box(fact.name), *tail))
    blocks = [Line(f"{filing.year}年部门预算项目绩效目标表", 30, True, "center"), *unit_note(rng, filing, look)]
    blocks.append(table(rows, (1.3, 1.3, 1.2, 2, 0.9, 1, 1.4, 0.7, 1, 0.7, 0.6, 0.8), look, head_rows=1))
    return blocks


def _flat_levels(filing: FilingFact, look: Look) -> list[list[Box]]:
    """Draw level cells project by project, so that no run of equal levels crosses from one project to the next."""
    plain = replace(look, levels="merged" if look.levels == "merged" else "repeated")
    return [boxes for project in filing.projects for boxes in level_boxes(project.indicators, plain)]


def draw_many(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw one flat table of many projects with their codes, amounts and goals in columns."""
    budget_word = "预算数" if look.unit_in != "label" else f"预算数（{filing.money_unit}）"
    description = ("绩效指标描述", "指标解释", "指标说明")[look.variant % 3]
    value = ("指标值", "年度指标值", "目标值")[look.variant % 3]
    numbered = look.variant % 2 == 1
    columns = ["序号"] * numbered + ["项目名称", "项目编码", budget_word, "年度绩效目标"]
    columns += ["一级指标", "二级指标", "三级指标", description, value]
    facts = [fact for project in filing.projects for fact in project.indicators]
    texts = [
        [str(number)] * numbered + [p.name, p.code, amount(p.budget, filing, look), goals_text(p, look)]
        for number, p in enumerate(filing.projects, 1)
    ]
    way = "blank" if look.levels == "blank" else "merged" if look.levels != "repeated" else "repeated"
    fronts = project_columns(texts, [len(project.indicators) for project in filing.projects], way)
    rows: Rows = [tuple(heads(*columns))]
    for front, level, fact in zip(fronts, _many_levels(filing, look), facts, strict=True):
        rows.append((*front, *level, Box(fact.name), Box(fact.description), Box(target_text(fact))))
    if look.tail_rows:
        total = sum((Decimal(p.budget.replace(",", "")) for p in filing.projects), Decimal(0))
        cells = [""] * numbered + ["合计", "", f"{total:,.2f}"] + [""] * 6
        rows.append(tuple(Box(text) for text in cells))
    blocks = [
        Line(f"{filing.unit_name}{filing.year}年项目支出绩效目标汇总表", 28, True, "center"),
        *unit_note(rng, filing, look),
    ]
    widths = [0.4] * numbered + [1.3, 1.4, 0.9, 2, 0.8, 1, 1.4, 1.8, 1.2]
    blocks.append(table(rows, widths, look, head_rows=1))
    return blocks


def _many_levels(filing: FilingFact, look: Look) -> list[list[Box]]:
    return [boxes for project in filing.projects for boxes in level_boxes(project.indicators, look)]
