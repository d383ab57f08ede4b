"""The points of a spending plan: which month a heading names, which share a cell states, and plans in a sentence."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from extractors.document import Grid, own_cells
from transforms.forms.labels import label_key
from transforms.words.folding import fold, squash

_MONTH = re.compile(
    r"^(?:截?至)?(?:20\d\d年)?(\d{1,2})月(?:底|末|份|份底|末前|底前)?(?:前)?(?:累计)?(?:支出)?(?:\(%\)|%)?$"
)
_QUARTER = re.compile(r"^(?:第?([一二三四1-4])季度|([一二三四1-4])季度末?|(上|下)半年)(?:末|底)?(?:\(%\)|%)?$")
_QUARTER_ENDS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d+)?)%?$")


def find_month(text: str) -> int | None:
    """Give the month that a plan's heading names: "3月底" 3, "第二季度" 6, "上半年" 6; None for other text."""
    key = label_key(text)
    if found := _MONTH.match(key):
        month = int(found.group(1))
        return month if 1 <= month <= 12 else None
    if found := _QUARTER.match(key):
        quarter = found.group(1) or found.group(2)
        return _QUARTER_ENDS[quarter] if quarter else {"上": 6, "下": 12}[found.group(3)]
    return None


def parse_percent(text: str) -> Decimal | None:
    """Read a plan's share: "25%", "25", "25.5％"; None for other text."""
    found = _PERCENT.match(label_key(text))
    return Decimal(found.group(1)) if found else None


def tell_kind(shares: Sequence[str], in_money: bool, budget: str) -> Literal["cumulative", "parts", "sums"]:
    """Tell what the numbers of a plan are: shares of the year so far, shares of single quarters, or sums of money.

    Sums are said to be such, or make the budget and not 100 where none is written with %. What neither rises to 100 nor
    makes 100 is taken as filed.
    """
    numbers = [share for text in shares if (share := parse_percent(text)) is not None]
    total = parse_percent(_BUDGET_UNIT.sub("", label_key(budget)))
    rises = numbers == sorted(numbers) and numbers[-1] == WHOLE_YEAR
    bare = not any("%" in fold(text) for text in shares)
    if bare and (in_money or (not rises and total not in (None, WHOLE_YEAR) and sum(numbers) == total)):
        return "sums"
    return "parts" if not rises and len(numbers) > 1 and sum(numbers) == WHOLE_YEAR else "cumulative"


_BUDGET_UNIT = re.compile(r"[百千万亿]*元?$")
LEAST_POINTS = 2
"""One month with a share is no plan, but a sentence about one."""
_POINT = re.compile(
    r"(?:截?至|到|在|于)?(?:20\d\d年)?(?:(\d{1,2})月(?:份|底|末|中旬)*|第?([一二三四1-4])季度[底末]?|(上|下)半年[底末]?)[之以]?[前内]?"
    r"[^\d月季]{0,14}?(\d{1,3}(?:\.\d+)?)%"
)
WHOLE_YEAR = Decimal(100)


def read_plan_text(text: str) -> list[tuple[int, Decimal, str]]:
    """Give (month, cumulative share, share as filed) of a plan in a sentence: "3月底前支出10%，6月底前累计40%…".

    Shares of single quarters that make 100 together are added up. Empty where the text holds another number, or its
    shares neither rise nor make a whole: half a plan is none.
    """
    bare = squash(text)
    found = list(_POINT.finditer(bare))
    if len(found) < LEAST_POINTS or re.search(r"\d", _POINT.sub("", bare)):
        return []
    points = [
        (month, Decimal(one.group(4)), f"{one.group(4)}%") for one in found if (month := _month_of(one)) is not None
    ]
    months, shares = [month for month, _, _ in points], [share for _, share, _ in points]
    if len(points) < len(found) or len(set(months)) < len(months) or months != sorted(months):
        return []
    if "累计" not in bare and shares[-1] != WHOLE_YEAR and sum(shares) == WHOLE_YEAR:
        return list(_added_up(points))
    return points if shares == sorted(shares) and shares[-1] <= WHOLE_YEAR else []


def _added_up(points: list[tuple[int, Decimal, str]]) -> Iterator[tuple[int, Decimal, str]]:
    spent = Decimal(0)
    for month, share, raw in points:
        spent += share
        yield month, spent, raw


def _month_of(point: re.Match[str]) -> int | None:
    month, quarter, half, _ = point.groups()
    if month:
        return int(month) if 1 <= int(month) <= 12 else None
    return _QUARTER_ENDS[quarter] if quarter else {"上": 6, "下": 12}[half]


def is_plan_table(grid: Grid) -> bool:
    """Tell whether a table is a spending plan and no more: a row of months over, or beside, their shares."""
    for row in range(grid.n_rows):
        months = [cell for cell in own_cells(grid, row) if find_month(cell.text) is not None]
        under = [grid.cell_at(row + 1, cell.col) for cell in months] if row + 1 < grid.n_rows else []
        shares = [cell for cell in under if cell is not None and parse_percent(cell.text) is not None]
        if len(months) >= LEAST_POINTS and len(shares) == len(months):
            return grid.n_rows <= row + 3
    return False
