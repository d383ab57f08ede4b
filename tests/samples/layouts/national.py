"""Forms of one table per project after the Ministry's form: head block above, indicators below."""

from collections.abc import Sequence
from random import Random

from tests.samples.drawing import Block, Box, Line
from tests.samples.facts import FilingFact, IndicatorFact, ProjectFact
from tests.samples.forms import (
    Look,
    amount,
    goals_text,
    heads,
    indicator_rows,
    level_boxes,
    table,
    tail,
    unit_label,
    unit_note,
    with_side,
    year_title,
)

Rows = list[tuple[Box, ...]]


def target_text(fact: IndicatorFact) -> str:
    """Write a target in one cell; a parent row has none."""
    return fact.target.text if fact.target else ""


def _owner_rows(rng: Random, filing: FilingFact, project: ProjectFact, width: int) -> Rows:
    """Draw name and units on ``width`` columns (five at least)."""
    owner = rng.choice(("主管部门", "预算部门", "业务主管部门"))
    doer = rng.choice(("实施单位", "项目实施单位", "项目单位"))
    half = (width - 2) // 2
    rest = width - 2 - half
    return [
        (Box("项目名称"), Box(project.name, cols=width - 1)),
        (Box(owner), Box(f"{filing.county}财政局", cols=half), Box(doer), Box(filing.unit_name, cols=rest)),
    ]


def _money_rows(
    rng: Random, filing: FilingFact, project: ProjectFact, look: Look, width: int, nils: tuple[str, ...] = ("0.00", "0")
) -> Rows:
    """Draw the three amounts; ``nils`` are the ways to write that there is no other money."""
    total = rng.choice(("年度资金总额：", "项目资金总额", "年度资金申请总额", "年度资金总额:"))
    fiscal = rng.choice(("其中：财政拨款", "其中：财政资金", "   其中：财政拨款", "其中:本年财政拨款"))
    other = rng.choice(("其他资金", "      其他资金", "其它资金"))
    nil = rng.choice(nils)
    side = Box(unit_label("项目资金", filing, look, break_line=True), rows=3, centred=True)
    return [
        (side, Box(total, cols=2), Box(amount(project.budget, filing, look), cols=width - 3)),
        (Box(fiscal, cols=2), Box(amount(project.fiscal, filing, look), cols=width - 3)),
        (Box(other, cols=2), Box(amount(project.other, filing, look, nil), cols=width - 3)),
    ]


def _assemble(head: Rows, indicators: Rows, side: str, look: Look, rng: Random, width: int) -> Rows:
    rows = [*head, *with_side(side, indicators, look)]
    return rows + (tail(rng, width) if look.tail_rows else [])


def draw_mof(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the Ministry's form of 2015: 项目支出绩效目标申报表."""
    blocks: list[Block] = []
    goal_word = rng.choice(("年度总体目标", "年度绩效目标", "总体目标", "年度目标"))
    value_word = rng.choice(("指标值", "年度指标值", "目标值", "绩效目标值"))
    title = rng.choice(("项目支出绩效目标申报表", "项目支出绩效目标表", "财政支出项目绩效目标申报表"))
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, title, look, number == 0) + unit_note(rng, filing, look)
        head = _owner_rows(rng, filing, project, 5) + _money_rows(rng, filing, project, look, 5)
        head.append((Box(goal_word), Box(goals_text(project, look), cols=4)))
        rows = [
            tuple(heads("一级指标", "二级指标", "三级指标", value_word)),
            *indicator_rows(project.indicators, look, lambda fact: [Box(fact.name), Box(target_text(fact))]),
        ]
        blocks.append(table(_assemble(head, rows, "绩效指标", look, rng, 5), (0.9, 1.1, 1.3, 2.2, 1.7), look))
    return blocks


def draw_poverty(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the poverty funds' form (L5): ★ marks stay before names, a remark column behind the value."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "衔接推进乡村振兴补助资金绩效目标申报表", look, number == 0)
        blocks += unit_note(rng, filing, look)
        head = _owner_rows(rng, filing, project, 6) + _money_rows(rng, filing, project, look, 6, ("",))
        head.append((Box("总体目标"), Box(goals_text(project, look), cols=5)))
        rows = [
            tuple(heads("一级指标", "二级指标", "三级指标", "指标值", "备注")),
            *indicator_rows(
                project.indicators, look, lambda fact: [Box(fact.mark + fact.name), Box(target_text(fact)), Box("")]
            ),
        ]
        blocks.append(table(_assemble(head, rows, "绩效指标", look, rng, 6), (0.9, 1, 1.2, 2, 1.4, 0.6), look))
    return blocks


def _prefixed_rows(rng: Random, facts: Sequence[IndicatorFact], look: Look) -> Rows:
    """Draw rows with 指标N： before each name, and filler rows that the form left over."""
    drawn: list[tuple[IndicatorFact, str, str]] = []
    count = 0
    for place, fact in enumerate(facts):
        count = count + 1 if place and fact.level2 == facts[place - 1].level2 else 1
        drawn.append((fact, f"指标{count}：{fact.name}", target_text(fact)))
        last = place + 1 == len(facts) or facts[place + 1].level2 != fact.level2
        if last and rng.random() < 0.4:
            drawn.append((fact, rng.choice((f"指标{count + 1}：", "……", f"指标{count + 1}:")), rng.choice(("", "/"))))
            if drawn[-1][1] == "……":
                drawn[-1] = (fact, "……", rng.choice(("", "……")))
    levels = level_boxes([fact for fact, _, _ in drawn], look)
    return [(*boxes, Box(name), Box(value)) for boxes, (_, name, value) in zip(levels, drawn, strict=True)]


def draw_prefixed(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the form of L6: 指标1： prefixes, filler rows, the whole project's goal beside the year's."""
    blocks: list[Block] = []
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目支出绩效目标表", look, number == 0) + unit_note(rng, filing, look)
        head = _owner_rows(rng, filing, project, 5) + _money_rows(rng, filing, project, look, 5)
        whole = "；".join(project.long_goals) + "。"
        head += [
            (Box(letter_goal(look), rows=2, centred=True), *heads("项目总目标", "年度总体目标", cols=2)),
            (Box(whole, cols=2), Box(goals_text(project, look), cols=2)),
        ]
        value_word = ("年度指标值", "指标值", "年度（/项目）指标值")[look.variant % 3]
        rows = [
            tuple(heads("一级指标", "二级指标", "三级指标", value_word)),
            *_prefixed_rows(rng, project.indicators, look),
        ]
        blocks.append(table(_assemble(head, rows, "绩效指标", look, rng, 5), (0.9, 1.1, 1.3, 2.4, 1.6), look))
    return blocks


def letter_goal(look: Look) -> str:
    """Write the side label of the goal block."""
    return "总体目标" if look.variant % 2 else "绩效目标"


def _hunan_rows(rng: Random, facts: Sequence[IndicatorFact], look: Look) -> Rows:
    """Draw Hunan's rows: every level 2 of the form is there, also those without an indicator."""
    rows: list[tuple[str, str, IndicatorFact | None]] = []
    for fact in facts:
        rows.append((fact.level1, fact.level2, fact))
    present = {fact.level2 for fact in facts}
    for level2 in ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"):
        if level2 not in present:
            place = max(n for n, row in enumerate(rows) if row[0] == "效益指标" or row[0] == "产出指标") + 1
            rows.insert(place, ("效益指标", level2, None))
    blank = IndicatorFact("", "", "", "", None)
    holders = [IndicatorFact(first, second, "", "", None) for first, second, _ in rows]
    levels = level_boxes(holders, look)
    drawn: Rows = []
    for boxes, (_, _, found) in zip(levels, rows, strict=True):
        fact = found or blank
        drawn.append((*boxes, Box(fact.name), Box(target_text(fact)), Box(fact.basis)))
    return drawn


def draw_hunan(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw Hunan's form (L9): value and unit in one column, 绩效标准 as the basis, empty level-2 rows kept."""
    blocks: list[Block] = []
    unit = (f"[{filing.unit_code}]{filing.unit_name}", f"{filing.unit_code}-{filing.unit_name}")[look.variant % 2]
    for number, project in enumerate(filing.projects):
        blocks += year_title(rng, filing, "项目支出绩效目标申报表", look, number == 0)
        blocks.append(Line(f"填报单位（盖章）：{unit}", 18))
        blocks += unit_note(rng, filing, look)
        fiscal = rng.choice(("其中：当年财政拨款", "当年财政拨款", "财政拨款"))
        rows: Rows = [
            (Box("项目名称"), Box(project.name, cols=2), Box("项目编码"), Box(project.code, cols=2)),
            (Box("单位名称"), Box(unit, cols=2), Box("项目期"), Box("1年", cols=2)),
            (
                Box(unit_label("年度资金总额", filing, look)),
                Box(amount(project.budget, filing, look), cols=2),
                Box(unit_label(fiscal, filing, look)),
                Box(amount(project.fiscal, filing, look), cols=2),
            ),
            (Box("年度绩效目标"), Box(goals_text(project, look), cols=5)),
            (
                *heads("一级指标", "二级指标", "三级指标"),
                Box("指标值及单位", cols=2, bold=True),
                Box("绩效标准", bold=True),
            ),
        ]
        for drawn in _hunan_rows(rng, project.indicators, look):
            *levels, name, value, basis = drawn
            rows.append((*levels, name, Box(value.text, cols=2), basis))
        blocks.append(table(rows, (1.2, 1.2, 1.8, 1, 0.8, 1.1), look))
    return blocks
