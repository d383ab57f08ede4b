"""What a filing's text says of all its projects: how many there are, and how much money (编报项目8个，涉及资金153.32万元).

One statement only is taken: where the text says it twice with other figures, or of another year, nobody knows which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.document import Document, Grid
from transforms.numbers.money import parse_amount
from transforms.numbers.numbers import read_number
from transforms.words.folding import fold, squash

_COUNT = r"[\d一二两三四五六七八九十百]{1,5}"
_AMOUNT = r"[\d.,]+(?:亿|万)?元"
_STATED = re.compile(
    r"(?:编报|申报|填报|报送|编制|设置|设定|纳入)[^,。;:]{0,16}?项目(?:支出)?(?:绩效目标)?(?:共|共计|合计|总计|总数)?:?"
    rf"(?P<before>{_COUNT})个[^。;]{{0,20}}?(?:资金|金额|预算)[^\d。;]{{0,12}}?(?P<amount>{_AMOUNT})"
)
_COUNT_FIRST = re.compile(
    r"(?:编报|申报|填报|报送|编制|设置|设定|纳入)[^,。;:]{0,10}?"
    rf"(?P<before>{_COUNT})个[^,。;\d]{{0,10}}?项目[^。;]{{0,20}}?(?:资金|金额|预算)[^\d。;]{{0,12}}?(?P<amount>{_AMOUNT})"
)
_YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True, slots=True)
class StatedTotals:
    """The number of projects and their money in yuan as the text states them, the words, and the paragraph from 1."""

    projects: int
    yuan: Decimal
    raw: str
    row_no: int


def find_stated_totals(document: Document, year: int | None) -> StatedTotals | None:
    """Give what the text states of all projects of its year; None where it says nothing, or several things."""
    found = list(_statements(document, year))
    same = {(one.projects, one.yuan) for one in found}
    return found[0] if len(same) == 1 else None


def _statements(document: Document, year: int | None) -> Iterator[StatedTotals]:
    number = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            continue
        number += 1
        for sentence in re.split(r"[。;]", squash(fold(block.text))):
            stated = _STATED.search(sentence) or _COUNT_FIRST.search(sentence)
            years = {int(named) for named in _YEAR.findall(sentence)}
            if stated is None or (years and year not in years):
                continue
            count, amount = read_number(stated["before"], 0), parse_amount(stated["amount"], ())
            if count is None or amount.yuan is None or count.low != count.high or count.end != len(stated["before"]):
                continue
            yield StatedTotals(int(count.low), amount.yuan, stated[0], number)
