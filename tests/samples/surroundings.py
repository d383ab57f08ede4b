"""What stands around the forms in a filing: cover, contents, other tables, and traces of editing."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.samples.drawing import Block, Box, Line, Table, plain_table
from tests.samples.facts import FilingFact


def cover(filing: FilingFact) -> list[Block]:
    """Draw the title page's lines."""
    return [
        Line(f"{filing.county}{filing.township}人民政府", 44, True, "center"),
        Line(f"{filing.year}年部门预算绩效文本", 44, True, "center"),
    ]


def contents(filing: FilingFact) -> list[Block]:
    """Draw a table of contents with dot leaders."""
    blocks: list[Block] = [Line("目    录", 32, True, "center", new_page=True)]
    blocks.append(Line("一、部门收支总表" + "…" * 12 + "1"))
    for number, project in enumerate(filing.projects, 1):
        blocks.append(Line(f"{number}.{project.name}绩效目标表" + "…" * 10 + str(number + 1)))
    return blocks


def other_tables(rng: Random, filing: FilingFact) -> list[Block]:
    """Draw tables of the same document that hold no indicators."""
    total = Decimal(rng.randint(50_000, 900_000)) / 100
    farm = (total / 3).quantize(Decimal("0.01"))
    texts = [f"{number:,.2f}" for number in (total, farm, total - farm)]
    revenue = plain_table(
        [
            ("收入项目", "预算数", "支出项目", "预算数"),
            ("一般公共预算拨款收入", texts[0], "农林水支出", texts[1]),
            ("政府性基金预算拨款收入", "0.00", "一般公共服务支出", texts[2]),
            ("收入总计", texts[0], "支出总计", texts[0]),
        ]
    )
    receptions = plain_table(
        [
            ("“三公”经费项目", "上年预算数", "本年预算数", "增减变化原因"),
            ("因公出国（境）费", "0.00", "0.00", "无变化"),
            ("公务用车购置及运行费", "4.20", "3.80", "车辆减少"),
            ("公务接待费", "0.60", "0.50", "厉行节约"),
        ]
    )
    listing = plain_table(
        [("序号", "项目名称", "预算数")]
        + [(str(number), project.name, project.budget) for number, project in enumerate(filing.projects, 1)]
    )
    titled = [
        (f"{filing.year}年部门收支总表", revenue),
        ("“三公”经费预算表", receptions),
        ("部门项目支出预算表", listing),
    ]
    blocks: list[Block] = []
    for title, drawn in titled[: rng.randint(1, 3)]:
        blocks.append(Line(title, 28, True, "center"))
        blocks.append(Line(f"单位：{filing.money_unit}", 18, align="right"))
        blocks.append(drawn)
    return blocks


def closing() -> list[Block]:
    """Draw the explanation of terms that ends many filings."""
    return [
        Line("名词解释", 28, True, "center", 1),
        Line("一、一般公共预算拨款收入：指本级财政当年拨付的资金。"),
        Line("二、绩效目标：指预算资金在一定期限内预期达到的产出和效果。"),
    ]


def edited(rng: Random, blocks: list[Block], deletions: bool) -> list[Block]:
    """Leave traces of editing in some cells: content controls, tracked insertions, deletions, hidden text."""
    traces = ["controlled", "controlled", "inserted", "hidden"] + ["deleted"] * deletions
    drawn = list(blocks)
    tables = [number for number, block in enumerate(blocks) if isinstance(block, Table)]
    for trace in traces:
        number = rng.choice(tables)
        table = drawn[number]
        if isinstance(table, Table):
            drawn[number] = _table_with_trace(rng, table, trace)
    return drawn


def _table_with_trace(rng: Random, table: Table, trace: str) -> Table:
    place = rng.randrange(len(table.rows))
    boxes = list(table.rows[place])
    filled = [at for at, box in enumerate(boxes) if box.text]
    if not filled:
        return table
    at = rng.choice(filled)
    boxes[at] = _traced(boxes[at], trace)
    return replace(table, rows=tuple(tuple(boxes) if n == place else row for n, row in enumerate(table.rows)))


def _traced(box: Box, trace: str) -> Box:
    match trace:
        case "controlled":
            return replace(box, controlled=True)
        case "inserted":
            return replace(box, inserted=True)
        case "hidden":
            return replace(box, hidden="隐藏批注")
        case "deleted":
            return replace(box, deleted="已删除内容")
        case _:
            raise ValueError(f"unknown trace of editing: {trace}")
