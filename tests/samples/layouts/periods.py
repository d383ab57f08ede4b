"""Forms that state the whole period's indicators beside or above the year's."""

from decimal import Decimal
from random import Random

from tests.samples.drawing import Block, Box
from tests.samples.facts import FilingFact, ProjectFact
from tests.samples.forms import (
    Look,
    amount,
    goals_text,
    heads,
    indicator_rows,
    letter,
    merged_column,
    table,
    unit_note,
    year_title,
)
from tests.samples.layouts.national import target_text

Rows = list[tuple[Box, ...]]


def side_by_side(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw two indicator blocks side by side (L12): the whole period's on the left, the year's on the right."""
    blocks: list[Block] = []
    left, right = (("长期绩效指标", "年度绩效指标"), ("实施期绩效指标", "年度绩效指标"), ("中期指标", "年度指标"))[
        look.variant % 3
    ]
    long_value, year_value = (
        ("指标值", "指标值") if look.variant % 2 else ("指标值（或计划水平）", "计划指标值（或计划水平）")
    )
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目支出绩效目标表", look, number == 0) + unit_note(rng, filing, look)
        rows: Rows = _period_head(filing, project, look)
        rows.append((Box("一级指标", rows=2, bold=True), *heads(left, cols=3), *heads(right, cols=3)))
        rows.append(tuple(heads("二级指标", "三级指标", long_value, "二级指标", "三级指标", year_value)))
        firsts = merged_column(
            [fact.level1 for fact in project.indicators],
            [letter(fact.level1, look) for fact in project.indicators],
            "merged" if look.levels == "mixed" else look.levels,
        )
        for first, long_fact, fact in zip(firsts, project.long_indicators, project.indicators, strict=True):
            cells = (long_fact.level2, long_fact.name, target_text(long_fact))
            year_cells = (fact.level2, fact.name, target_text(fact))
            rows.append((*first, *(Box(text) for text in (*cells, *year_cells))))
        blocks.append(table(rows, (0.8, 1, 1.4, 1.2, 1, 1.4, 1.2), look))
    return blocks


def _period_head(filing: FilingFact, project: ProjectFact, look: Look) -> Rows:
    label = f"项目资金（{filing.money_unit}）" if look.unit_in == "label" else "项目资金"
    whole = _times(project.budget, 3)
    return [
        (Box("项目名称"), Box(project.name, cols=6)),
        (Box("实施单位"), Box(filing.unit_name, cols=2), Box("项目期"), Box("3年", cols=3)),
        (
            Box(label),
            Box("实施期资金总额"),
            Box(amount(whole, filing, look), cols=2),
            Box("年度资金总额"),
            Box(amount(project.budget, filing, look), cols=2),
        ),
        (Box("总体目标", rows=2), *heads("实施期目标", "年度目标", cols=3)),
        (Box("；".join(project.long_goals), cols=3), Box(goals_text(project, look), cols=3)),
    ]


def _times(text: str, factor: int) -> str:
    number = Decimal(text.replace(",", "")) * factor
    return f"{number:,.2f}" if "," in text else f"{number:.2f}"


def stacked(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the two indicator blocks one below the other (L10): 长期绩效指标, then 年度绩效指标."""
    blocks: list[Block] = []
    name_word = "指标内容" if look.variant % 2 else "三级指标"
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目支出绩效目标申报表", look, number == 0) + unit_note(rng, filing, look)
        rows: Rows = _period_head(filing, project, look)
        for side, facts in (("长期绩效指标", project.long_indicators), ("年度绩效指标", project.indicators)):
            block = [
                (*heads("一级指标", "二级指标"), *heads(name_word, cols=2), *heads("指标值"), *heads("备注")),
                *indicator_rows(facts, look, lambda fact: [Box(fact.name, cols=2), Box(target_text(fact)), Box("")]),
            ]
            first = Box(letter(side, look), rows=len(block), centred=True)
            rows += [(first, *block[0]), *block[1:]]
        blocks.append(table(rows, (0.8, 1, 1.4, 1.2, 1, 1.4, 1.2), look))
    return blocks


def draw_two_period(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the whole period's indicators and the year's: side by side, or stacked in every third filing."""
    return stacked(rng, filing, look) if look.variant % 3 == 2 else side_by_side(rng, filing, look)
