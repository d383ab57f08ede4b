"""What all forms share: how level cells are merged and written, where the money unit stands, titles and notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from tests.samples.drawing import Block, Box, Line, Table
from tests.samples.facts import FilingFact, IndicatorFact, ProjectFact
from tests.samples.invention import numbered


@dataclass(frozen=True, slots=True)
class Look:
    """How one filing is drawn; the facts are the same in every look.

    ``levels``: merged, repeated, blank or mixed (level 1 merged, level 2 repeated); ``lettering``: plain, spaced,
    letters (one a line) or halves; ``unit_in``: note, label, cell or missing.
    """

    levels: str = "merged"
    lettering: str = "plain"
    unit_in: str = "note"
    size: int = 18
    head_repeats: bool = False
    whole_rows: bool = False
    new_page: bool = True
    goal_style: str = "{n}.{text}"
    tail_rows: bool = False
    side_cell: bool = True
    variant: int = 0


Draw = Callable[[Random, FilingFact, Look], list[Block]]

LOOKS: dict[str, tuple[str, ...]] = {
    "levels": ("merged", "merged", "merged", "repeated", "blank", "mixed"),
    "lettering": ("plain", "plain", "plain", "spaced", "letters", "halves"),
    "goal_style": ("{n}.{text}", "{n}、{text}", "目标{n}：{text}", "{n}．{text}"),
}


def draw_look(rng: Random, units: Sequence[str], variant: int) -> Look:
    """Draw a look; ``units`` are the places where the layout may state the money unit."""
    return Look(
        levels=rng.choice(LOOKS["levels"]),
        lettering=rng.choice(LOOKS["lettering"]),
        unit_in=rng.choice(units),
        size=rng.choice((15, 16, 18, 18, 21)),
        head_repeats=rng.random() < 0.4,
        whole_rows=rng.random() < 0.4,
        new_page=rng.random() < 0.5,
        goal_style=rng.choice(LOOKS["goal_style"]),
        tail_rows=rng.random() < 0.5,
        side_cell=rng.random() < 0.6,
        variant=variant,
    )


def letter(text: str, look: Look) -> str:
    """Write a level's name as the look wants it: with blanks, letter under letter, or broken before its end."""
    if look.lettering == "spaced":
        return " ".join(text)
    if look.lettering == "letters" and len(text) <= 6:
        return "\n".join(text)
    if look.lettering in ("halves", "letters") and len(text) > 3:
        return f"{text[:-2]}\n{text[-2:]}"
    return text


def spans(keys: Sequence[object]) -> list[int]:
    """Give, for each row, how many equal keys begin there; 0 where the row continues the one above."""
    found = [0] * len(keys)
    start = 0
    for place, key in enumerate(keys):
        if place and key != keys[place - 1]:
            start = place
        found[start] += 1
    return found


def merged_column(keys: Sequence[object], texts: Sequence[str], way: str, cols: int = 1) -> list[list[Box]]:
    """Draw one column of values that hold for runs of rows: merged, repeated on each row, or blank after the first."""
    column: list[list[Box]] = []
    for run, text in zip(spans(keys), texts, strict=True):
        if way == "merged":
            column.append([Box(text, cols=cols, rows=run, centred=True)] if run else [])
        elif way == "repeated":
            column.append([Box(text, cols=cols, centred=True)])
        elif way == "blank":
            column.append([Box(text if run else "", cols=cols, centred=True)])
        else:
            raise ValueError(f"unknown way to draw a run: {way}")
    return column


def level_boxes(
    facts: Sequence[IndicatorFact],
    look: Look,
    level1_text: Callable[[str], str] | None = None,
    cols: int = 1,
) -> list[list[Box]]:
    """Draw the level-1 and level-2 boxes of each row; ``level1_text`` adds to the printed level-1 name."""
    firsts = [letter(fact.level1, look) for fact in facts]
    if level1_text is not None:
        firsts = [text + level1_text(fact.level1) for text, fact in zip(firsts, facts, strict=True)]
    seconds = [letter(fact.level2, look) if look.lettering != "spaced" else fact.level2 for fact in facts]
    ways = {"mixed": ("merged", "repeated")}.get(look.levels, (look.levels, look.levels))
    first = merged_column([fact.level1 for fact in facts], firsts, ways[0], cols)
    second = merged_column([(fact.level1, fact.level2) for fact in facts], seconds, ways[1], cols)
    return [a + b for a, b in zip(first, second, strict=True)]


def heads(*texts: str, cols: int = 1) -> list[Box]:
    """Draw the boxes of a head row."""
    return [Box(text, cols=cols, bold=True, centred=True) for text in texts]


def indicator_rows(
    facts: Sequence[IndicatorFact],
    look: Look,
    value_boxes: Callable[[IndicatorFact], list[Box]],
    level1_text: Callable[[str], str] | None = None,
    cols: int = 1,
) -> list[tuple[Box, ...]]:
    """Draw indicator rows: levels, then what ``value_boxes`` gives from the name on."""
    levels = level_boxes(facts, look, level1_text, cols)
    return [(*boxes, *value_boxes(fact)) for boxes, fact in zip(levels, facts, strict=True)]


def with_side(side: str, rows: Sequence[tuple[Box, ...]], look: Look) -> list[tuple[Box, ...]]:
    """Put one cell in front that covers all rows."""
    first = Box(letter(side, look), rows=len(rows), centred=True)
    return [(first, *rows[0]), *rows[1:]]


def amount(text: str, filing: FilingFact, look: Look, empty: str = "") -> str:
    """Write an amount, with its unit where the look puts it into the cell."""
    if not text:
        return empty
    return f"{text}{filing.money_unit}" if look.unit_in == "cell" else text


def unit_label(text: str, filing: FilingFact, look: Look, break_line: bool = False) -> str:
    """Write a label, with the money unit behind it where the look puts it there."""
    if look.unit_in != "label":
        return text
    return f"{text}{chr(10) if break_line else ''}（{filing.money_unit}）"


def unit_note(rng: Random, filing: FilingFact, look: Look) -> list[Block]:
    """Draw the note above a table that states the money unit, where the look wants one."""
    if look.unit_in != "note":
        return []
    words = rng.choice(("单位：{}", "金额单位：{}", "金额单位:{}", "单位:{}"))
    return [Line(words.format(filing.money_unit), size=18, align="right")]


def year_title(rng: Random, filing: FilingFact, title: str, look: Look, first: bool) -> list[Block]:
    """Draw a form's title and its year line."""
    new_page = look.new_page and not first
    year = rng.choice(("（{}年度）", "(   {}年度)", "（{} 年度）", "预算年度：{}")).format(filing.year)
    if rng.random() < 0.25:
        return [Line(f"{filing.year}年度{title}", size=30, bold=True, align="center", new_page=new_page)]
    return [
        Line(title, size=30, bold=True, align="center", new_page=new_page),
        Line(year, size=21, align="center"),
    ]


def goals_text(project: ProjectFact, look: Look) -> str:
    """Write a project's goals as one cell's text; one goal alone goes without number in every other look."""
    if len(project.goals) == 1 and look.variant % 2:
        return project.goals[0]
    return numbered(project.goals, look.goal_style)


def tail(rng: Random, width: int) -> list[tuple[Box, ...]]:
    """Draw the rows below a form that hold no indicator."""
    texts = (
        "财政部门审核意见：                    （盖章）",
        "填表人：              单位负责人签字：",
        "注：指标值应当细化量化。",
    )
    return [(Box(rng.choice(texts), cols=width),)]


def table(rows: Sequence[tuple[Box, ...]], widths: Sequence[float], look: Look, head_rows: int = 0) -> Table:
    """Make a table in the look's size; its first rows repeat on each page where the look wants it."""
    return Table(tuple(rows), tuple(widths), head_rows if look.head_repeats else 0, look.whole_rows, look.size)
