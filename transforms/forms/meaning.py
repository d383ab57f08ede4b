"""Labels that no list knows, read by their parts: 年终完成值 is 年终 + 完成 + 值, and so what was reached.

A label is only read where every part of it is known (``words/label_parts.csv``); a word in it that is not known may
change what it asks for.
"""

import re
from collections.abc import Callable
from functools import cache

from transforms.numbers.money import find_money_unit
from transforms.words.lexicon import Lexicon
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

LIST = "label_parts.csv"
_YEAR = re.compile(r"20\d\d年?(?:度)?")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 18
Kinds = tuple[str, ...]


@cache
def _parts(side: str) -> Lexicon[str]:
    rows = read_word_list(LIST, ("side", "kind", "word"))
    refuse_overlaps(LIST, ((line, (row["side"], row["word"])) for line, row in rows))
    for line, row in rows:
        if row["side"] not in ("both", "head", "header"):
            raise WordListError(f"{LIST}, line {line}: side is {row['side']!r}, not both, head or header")
    return Lexicon((row["word"], row["kind"]) for _, row in rows if row["side"] in ("both", side))


def _kinds(key: str, side: str) -> Kinds | None:
    """Give the kinds of a label's parts from left to right; None where a part is not known."""
    text = _YEAR.sub("年度", _BRACKETS.sub("", key)).strip(":")
    if not text or len(text) > _LONGEST:
        return None
    return _cover(text, 0, _parts(side))


def _cover(text: str, at: int, lexicon: Lexicon[str]) -> Kinds | None:
    """Cover a text by known words, longest first, with a step back where the longest leads nowhere."""
    if at == len(text):
        return ()
    found = lexicon.match(text, at)
    while found is not None:
        kind, end = found
        rest = _cover(text, end, lexicon)
        if rest is not None:
            return (kind, *rest)
        found = lexicon.match(text[: end - 1], at)
    return None


Rule = tuple[str, Callable[[frozenset[str]], bool]]

_HEADER_RULES: tuple[Rule, ...] = (
    ("attribute", lambda k: "flag" in k),
    ("monitor", lambda k: "chance" in k or ("expected" in k and bool(k & {"done", "state", "value"}))),
    ("reason", lambda k: "reason" in k),
    ("deviation", lambda k: ("coefficient" in k and "weight" not in k) or ("rate" in k and "done" in k)),
    ("other_score", lambda k: "other_score" in k),
    ("scoring", lambda k: "formula" in k or ("standard" in k and "score" in k)),
    ("score", lambda k: "score" in k and "weight" not in k and "basis" not in k),
    ("attribute", lambda k: "duty" in k),
    ("weight", lambda k: "weight" in k and "done" not in k),
    ("property", lambda k: "kind" in k),
    ("sign", lambda k: "sign" in k),
    ("direction", lambda k: "direction" in k),
    ("unit", lambda k: "unit" in k and bool(k & {"measure", "value", "thing", "reckoning"})),
    ("description", lambda k: "description" in k),
    ("basis", lambda k: "basis" in k),
    ("last_year_value", lambda k: "last" in k and bool(k & {"value", "done", "state"})),
    ("value_before", lambda k: "before" in k and (k == {"before"} or bool(k & {"value", "thing"}))),
    ("value_adjusted", lambda k: k == {"after"}),
    ("value_adjusted", lambda k: bool(k & {"adjusted", "after"}) and "value" in k and "done" not in k),
    ("actual", lambda k: "done" in k and bool(k & {"value", "state"})),
    ("value", lambda k: "value" in k and bool(k & {"thing", "planned", "year", "long"})),
    ("value", lambda k: "planned" in k and "year" in k and not k - {"planned", "year", "filler"}),
    ("name", lambda k: k == {"name", "filler"}),
    ("level1", lambda k: "level1" in k and "thing" in k),
    ("level2", lambda k: "level2" in k and "thing" in k),
    ("name", lambda k: "level3" in k and "thing" in k),
    ("name", lambda k: "name" in k and "thing" in k and not k & {"done", "state"}),
)


def header_role(key: str) -> str | None:
    """Give the role of a column heading (a label's key) by its parts; None where they do not tell."""
    if _CODE_AND_NAME.fullmatch(key):
        return "project_name"
    kinds = _kinds(key, "header")
    if not kinds:
        return None
    whose = {"unit"} if kinds[-1] != "unit" else set()  # 单位申报值 is the value that the unit filed
    return _decide(frozenset(kinds) - whose, _HEADER_RULES)


_CODE_AND_NAME = re.compile(
    r"(?:预算|支出)?项目(?:编码|代码|编号)[及和与、/+-]?(?:项目)?名称|(?:预算|支出)?项目名称[及和与、/+-]?(?:项目)?(?:编码|代码|编号)"
)
"""Asks for both in one cell; the code is told from the name by its digits."""
_SUMS = frozenset({"total", "money", "whole", "executed", "carryover"})

_CHANGE = re.compile(r"(?:调整|变更|追加|调增|调减|增减)(?:数|额|数额|金额)$")
"""Ends the label of what was added or taken, not of the sum that it makes: 预算调整数, 调整金额; not 调整预算数."""
_ABOUT = {"purpose", "ground", "owner", "year"}
_HEAD_RULES: tuple[Rule, ...] = (
    ("purpose", lambda k: "purpose" in k and k <= _ABOUT),
    ("attribute", lambda k: "ground" in k and k <= _ABOUT),
    ("remark", lambda k: "remark" in k and len(k) > 1 and not k & {"goal", "goalword", "owner"}),
    ("column_weight", lambda k: "points" in k and bool(k & {"rate", "running"})),
    ("column_rate", lambda k: "rate" in k and bool(k & {"running", "executed"})),
    ("goal_actual", lambda k: "goal" in k and bool(k & {"done", "state"}) and not k & {"planned", "adjusted"}),
    ("goal_long", lambda k: "goal" in k and "long" in k),
    ("goal_adjusted", lambda k: "goal" in k and "adjusted" in k),
    ("goal", lambda k: "goal" in k),
    ("amount_last_year", lambda k: "before" in k and bool(k & _SUMS)),
    ("amount_last_year", lambda k: "last" in k and "carryover" not in k and bool(k & (_SUMS | {"running"}))),
    ("column_executed", lambda k: bool(k & {"executed"}) or ("running" in k and bool(k & {"total"}))),
    ("column_adjusted", lambda k: "adjusted" in k and bool(k & {"total", "money"})),
    ("amount_carryover", lambda k: "carryover" in k),
    ("amount_long", lambda k: "long" in k and bool(k & _SUMS)),
)


def head_role(key: str, text: str, beside_sum: bool = False) -> str | None:
    """Give the role of a project head's field (a label's key and text) by its parts; None where they do not tell.

    Words that may as well be a value (专项经费, 财政拨款) count only with a colon, a unit of money or 其中 about them, or with
    a sum beside them.
    """
    if _CODE_AND_NAME.fullmatch(key):
        return "project_name"
    kinds = _kinds(key, "head")
    if not kinds:
        return None
    found = frozenset(kinds) - {"filler"}
    if kinds[-1] == "owner" and found & _SUMS:
        return None  # 金额单位：万元 says what sums are counted in, or whose they are, and is none itself
    given = kinds[-1] == "ask" and bool(found & {"part", "other", "own"})  # 省级财政安排
    certain = "total" in found or given or beside_sum or _is_marked(key, text)
    role = "amount_change" if "adjusted" in found and _CHANGE.search(_BRACKETS.sub("", key)) else None
    role = role or _decide(found, _HEAD_RULES)
    if role is not None:
        return role
    if beside_sum and "ask" in found and not found - {"ask", "year", "planned"}:
        return "amount_total"  # 本年度申请 | 30
    if not certain or not found & (_SUMS | {"part", "fiscal", "other", "own"}):
        return None
    if "own" in found:
        return "amount_other"
    if kinds[0] == "ask" and "fiscal" in found and "part" not in found:
        return "amount_fiscal"  # 拟申请财政资金
    if kinds[0] == "ask" and found & (_SUMS | {"part"}):
        return "amount_total"  # 下达中央预算内投资: what is asked for or given, whoever gives it
    for kind, role in (("part", "amount_part"), ("fiscal", "amount_fiscal"), ("other", "amount_other")):
        if kind in found:
            return role
    return "amount_total" if found & {"total", "money", "whole"} else None


def _is_marked(key: str, text: str) -> bool:
    brackets = "".join(_BRACKETS.findall(key))
    return text.strip().endswith((":", "：")) or key.startswith("其中") or find_money_unit(brackets) is not None


def _decide(kinds: frozenset[str], rules: tuple[Rule, ...]) -> str | None:
    return next((role for role, holds in rules if holds(kinds)), None)
