"""Several labels with their values in one text: "项目名称：道路维修　　预算金额：30万元"."""

import re
from collections.abc import Iterator

from transforms.forms.heads.head import AMOUNT_ROLES
from transforms.forms.labels import find_head_role, split_inline, sum_role
from transforms.numbers.money import is_whole_amount

Pair = tuple[str, str, str]
"""Role, label and value."""

_GAPS = re.compile(r"([\s　;；,，。]+)")
_AMOUNT_AT_END = re.compile(r"^(.{5,60}?)[:：]\d[\d,.]*[百千万亿]*元?$")
_GLUED = re.compile(r"(?<=元)(?=[\u4e00-\u9fff]{2,12}[:：]\d)")
"""Where a label follows a sum without a gap, which a page's layout has lost: 30万元财政拨款：28万元."""
_LABEL = re.compile(r"^[^:：]{2,18}[:：]")
_PIECES = re.compile(r"[；;，,。\n]")
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳])\s*")
_LONG_TEXTS = frozenset({"goal", "goal_long", "goal_actual", "purpose", "attribute", "opinion"})


def split_pairs(text: str) -> list[Pair]:
    """Split a text into its pairs of label and value; empty where it does not begin with one.

    In a goal or another long text only a label with a colon ends the value, not an amount in the sentence.
    """
    pieces: list[str] = []
    text = _GLUED.sub(" ", text)
    for part in (part for whole in _GAPS.split(text.strip()) for part in _part_amount(whole)):
        begins = _begins_pair(part, in_long_text=bool(pieces) and _is_long_text(pieces[-1]))
        if begins or not pieces:
            pieces.append(part)
        else:
            pieces[-1] += part
    pairs = [split_inline(piece.rstrip(" \t\n　;；,，")) for piece in pieces]
    return [pair for pair in pairs if pair is not None] if pairs[:1] != [None] else []


def named_sums(text: str) -> list[Pair]:
    """Give the sums that a sentence names: "1.申请总额30万元；2.其中：财政拨款28万元"; empty where a piece names none."""
    pieces = [_NUMBER.sub("", piece).strip() for piece in _PIECES.split(_GLUED.sub("；", text)) if piece.strip()]
    pairs = [split_inline(piece) for piece in pieces]
    sums = [pair for pair in pairs if pair is not None and pair[0].startswith("amount_") and is_whole_amount(pair[2])]
    return sums if sums and len(sums) == len(pieces) else []


def paired_sums(label: str, value: str) -> list[Pair]:
    """Give the sums of a label for several, parted as their values are: 预算数/执行数（万元） beside 30/28.5."""
    names, sums = (re.split(r"[/／]", text.strip()) for text in (_BRACKETS.sub("", label), value))
    roles = [find_head_role(name) or sum_role(name) for name in names]
    fits = len(names) == len(sums) > 1 and all(is_whole_amount(one) for one in sums)
    if not fits or not all(role in _SUM_ROLES for role in roles) or len(set(roles)) < len(roles):
        return []
    return [(role, name, one.strip()) for role, name, one in zip(roles, names, sums, strict=True) if role]


_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_SUM_ROLES = AMOUNT_ROLES | {"column_initial", "column_adjusted", "column_executed"}


def names_project(text: str) -> bool:
    """Tell whether a text gives a project's name by label: "项目名称：…"."""
    return any(role == "project_name" for role, _, _ in split_pairs(text))


def _begins_pair(part: str, in_long_text: bool) -> bool:
    if split_inline(part) is not None:
        return bool(_LABEL.match(part)) or not in_long_text
    label = _LABEL.match(part)
    return label is not None and label.end() == len(part) and find_head_role(part) is not None


def _is_long_text(piece: str) -> bool:
    label = _LABEL.match(piece)
    return label is not None and find_head_role(label.group().rstrip(":：")) in _LONG_TEXTS


def _part_amount(part: str) -> Iterator[str]:
    """Yield a part in two where an amount's label follows without a gap: "项目1：道路维修预算金额：30万元"."""
    found = _AMOUNT_AT_END.match(part)
    if found is not None and find_head_role(found.group(1)) is None:
        words = found.group(1)
        for length in range(min(10, len(words) - 2), 2, -1):
            if (find_head_role(words[-length:]) or "").startswith("amount_"):
                yield words[:-length]
                yield part[len(words) - length :]
                return
    yield part
