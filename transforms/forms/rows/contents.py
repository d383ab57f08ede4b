"""What the cells below a heading show a column to be, where its words leave it open or say something else."""

import re
from collections.abc import Callable, Sequence

from transforms.forms.labels import label_key
from transforms.names.bases import read_basis
from transforms.names.levels import read_level1, read_level2
from transforms.records import MEASURED_KINDS
from transforms.targets.choices import find_choices
from transforms.targets.parse import parse_target

_SIGN = re.compile(r"^(?:[≥≤=＝><＞＜≧≦~～]{1,2}|>=|<=|大于等于|小于等于|大于|小于|等于|定性|区间)$")
_ENDING = re.compile(r"(?:指标|目标)$")
SOME = 0.3
"""Share of the cells that must be comparing signs for a column to hold them: most targets may be words, which have none."""

HALF = 0.5
"""Share of the cells that must name a project, an office or a basis for a column whose heading leaves it open."""

LONGEST_BASIS = 12
"""Characters of a basis that stands alone; a sentence that names one (按照行业标准组织验收…) describes the indicator."""

MOST = 0.6
"""Share of the cells that must be level names for a column to be a level's."""

NEARLY_ALL = 0.8
"""Share of the cells that must be levels' names where they are short words (社会, 环境) that other columns hold as well."""

MOSTLY = 0.6
"""Share of the cells that must be numbers with or without a unit for an unknown column to be the value's."""


def is_measure(text: str) -> bool:
    """Tell whether a text is a number, a share, a sum or a day: what a value column holds."""
    return parse_target("".join(text.split("\n"))).target_kind in MEASURED_KINDS


def share(texts: Sequence[str], is_one: Callable[[str], bool]) -> float:
    """Give the share of texts for which a test holds; 0 for no texts."""
    return sum(bool(is_one(text)) for text in texts) / len(texts) if texts else 0.0


def is_sign(text: str) -> bool:
    """Tell whether a cell holds a comparing sign and no more: ≥, <=, 大于等于."""
    key = label_key(text)
    return bool(_SIGN.match(key)) and key not in ("定性", "区间")


def holds_signs(texts: Sequence[str]) -> bool:
    """Tell whether comparing signs stand in a column (指标性质, 指标方向): some rows may say 定性 or nothing."""
    return share(texts, lambda text: bool(_SIGN.match(label_key(text)))) >= SOME and any(map(is_sign, texts))


def holds_bases(texts: Sequence[str]) -> bool:
    """Tell whether a column mostly names what its targets rest on: 计划标准, 历史标准 …"""
    return share(texts, _is_basis) >= HALF


def level_held(texts: Sequence[str]) -> int | None:
    """Give the level (1 or 2) whose names fill a column, written with 指标 or 目标; None for other texts.

    成本指标 and 满意度指标 are names of both levels: the other names decide.
    """
    texts = [_chosen(text) for text in texts]
    named = [text for text in texts if _ENDING.search(label_key(text).split("(")[0])]
    if len(named) < MOST * len(texts) and not _are_bare_levels(texts):
        return None
    first = share(texts, lambda text: read_level1(text) is not None)
    second = share(texts, lambda text: read_level2(text) is not None)
    if max(first, second) < MOST or first == second:
        return None
    return 1 if first > second else 2


def _chosen(text: str) -> str:
    """Give the ticked one of several levels: ☑数量 □质量 is 数量."""
    ticked = find_choices(text)
    return ticked[0] if ticked is not None and len(ticked) == 1 else text


def _are_bare_levels(texts: Sequence[str]) -> bool:
    """Tell whether nearly all texts are levels' names without 指标, of several levels: 数量, 质量, 社会效益."""
    names = [level.name for text in texts if (level := read_level2(text) or read_level1(text)) is not None]
    return len(names) >= NEARLY_ALL * len(texts) and len(set(names)) > 1


def _is_basis(text: str) -> bool:
    basis = read_basis(text)
    return basis is not None and bool(basis.families) and len(text) <= LONGEST_BASIS
