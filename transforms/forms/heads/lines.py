"""Projects whose facts stand in lines above a table ("项目名称：道路维修", "项目预算：30万元") and not in its head."""

import re
from collections.abc import Iterator, Sequence

from transforms.forms.heads.head import AMOUNT_ROLES, Head, HeadValue, PlanPoint
from transforms.forms.heads.inline import Pair, names_project, split_pairs
from transforms.forms.heads.plan import LEAST_POINTS, read_plan_text
from transforms.forms.heads.titles import project_title
from transforms.forms.labels import bracket_hint, find_head_role
from transforms.numbers.money import find_money_unit, parse_amount

_FACTS = (AMOUNT_ROLES | {"project_name", "project_code"}) - {"amount_part"}
LONGEST_BARE = 14
_LABEL_BEFORE_BLANK = re.compile(r"^([^\s:：。，；]{3,14}?)(?:\s+|(?<=[)）])(?=\d))(\S[^:：]*)$")
_SUM = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s*[百千万亿]*元(?!/)")
_PLANNED_SUM = re.compile(r"(?:\d{1,2}月|季度|半年)[^，。；;,\d]{0,8}\d[\d,]*(?:\.\d+)?\s*[百千万亿]*元")
"""A sum for a part of the year: 一季度支出5万元."""
_BUDGET = re.compile(
    r"(?:预算|资金|经费|投资|拨款|安排)(?:总额|金额|规模|安排|申请)?(?:数|额)?(?:为|是|共计?|合计|总计|计)?\s*[:：]?\s*(?:人民币)?\s*$"
)
"""What stands before a sum that is a project's: 项目预算, 预算安排资金共计; not 每人补助 and the like."""
_SOURCE = re.compile(r"财政|自筹|自有|其他资金|社会|上级|中央|[省市县区镇乡村](?:级|本级)|本级|债券|结转")
_FISCAL, _OWN = re.compile(r"财政(?:拨款|资金|安排)"), re.compile(r"自筹|自有|其他资金|社会")
"""What names a sum in a sentence."""
_ROLES = _FACTS | {"unit_name", "goal", "purpose", "plan"}


def read_lines(lines: Sequence[str], head: Head) -> None:
    """Read what the lines above a table say of its project; what the table's own head says comes first.

    Goals and purposes count only beside a fact of the project: the text part of a filing has 绩效目标 of its own.
    """
    lines = [_with_colon(line) for line in lines]
    _read_labelled(lines, head)
    if not any(head.first(role) for role in ("amount_total", "amount_long", "column_adjusted")):
        _read_sentences(lines, head)
    if not head.plan:
        told = [line for line in lines if len(_PLANNED_SUM.findall(line)) >= LEAST_POINTS]
        head.plan_told = "；".join(told) or head.plan_told


def _with_colon(line: str) -> str:
    """Give a line that is a fact's label and, behind a blank or the label's brackets, its value, with a colon between."""
    found = _LABEL_BEFORE_BLANK.match(line.strip())
    if found is None or find_head_role(found.group(1)) not in _ROLES or find_head_role(found.group(2)) is not None:
        return line
    return f"{found.group(1)}：{found.group(2)}"


def _read_sentences(lines: Sequence[str], head: Head) -> None:
    """Read a budget that only a sentence states (项目预算22.08万元), if it is the only sum there, or that of all others.

    Else keep the sums as told.
    """
    sums = [found for line in lines for found in _SUM.finditer(line)]
    budgets = [found for found in sums if _BUDGET.search(found.string[: found.start()])]
    if sums and budgets[:1] == sums[:1] and (len(sums) == 1 or _is_total(sums)):
        head.add("amount_total", HeadValue(sums[0].group().strip(), "", 0))
        for role, words in (("amount_fiscal", _FISCAL), ("amount_other", _OWN)):
            told = [one for one in sums[1:] if words.search(_words_before(one))]
            if len(told) == 1:
                head.add(role, HeadValue(told[0].group().strip(), "", 0))
    elif sums:
        head.sums_told = "、".join(dict.fromkeys(found.group().strip() for found in sums))


def _is_total(sums: Sequence[re.Match[str]]) -> bool:
    """Tell whether a sentence's first sum is that of the others, by source: 预算30万元，其中财政资金28万元、自筹2万元."""
    if not all(_SOURCE.search(_words_before(one)) for one in sums[1:]):
        return False
    amounts = [parse_amount(one.group(), []).yuan for one in sums]
    known = [amount for amount in amounts if amount is not None]
    return len(known) == len(amounts) and known[0] == sum(known[1:]) and len({one.string for one in sums}) == 1


def _words_before(found: re.Match[str]) -> str:
    return found.string[: found.start()].rpartition("元")[2]


def _read_labelled(lines: Sequence[str], head: Head) -> None:
    pairs = [pair for pair in pairs_above(lines) if pair[0] in _ROLES]
    if not any(role in _FACTS for role, _, _ in pairs):
        return
    for role, label, value in pairs:
        if role == "plan":
            for month, share, raw in read_plan_text(value):
                head.plan.setdefault(month, PlanPoint(share, raw, 0))
            continue
        unit = find_money_unit(f"({bracket_hint(label) or ''})")
        head.add(role, HeadValue(value, label, 0, [unit] if unit else []))


def tell_project(lines: Sequence[str]) -> bool:
    """Tell whether one of the lines above a table gives a project's name or code by label."""
    return any(role in ("project_name", "project_code") for line in lines for role, _, _ in split_pairs(line))


def pairs_above(lines: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs that the lines above a table give: from the line that names its project or its title on.

    A label with nothing behind its colon takes the lines below it up to the next label ("绩效目标：" | "1.…" | "2.…").
    """
    named = [n for n, line in enumerate(lines) if names_project(line)]
    titled = [n for n, line in enumerate(lines) if project_title(line)]
    if not named and not titled:
        return
    start = named[-1] if named else titled[-1]
    open_label: tuple[str, str] | None = None
    below: list[str] = []
    for line in lines[start:]:
        pairs, label = split_pairs(line), _bare_label(line)
        if not pairs and label is None:
            below.append(line.strip())
            continue
        if open_label is not None and any(below):
            yield (*open_label, "\n".join(below))
        yield from pairs
        open_label, below = (label if not pairs else None), []
    if open_label is not None and any(below):
        yield (*open_label, "\n".join(below))


def _bare_label(line: str) -> tuple[str, str] | None:
    """Give (role, label) of a line that is no more than a label: "绩效目标："; the role is "" for an unknown one."""
    text = line.strip()
    if not text.endswith((":", "：")) or len(text) > LONGEST_BARE:
        return None
    return find_head_role(text) or "", text
