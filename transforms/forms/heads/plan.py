"""The points of a spending plan: which month a heading names, which share a cell states."""

import re
from decimal import Decimal

from transforms.forms.labels import label_key

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
