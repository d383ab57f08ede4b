"""Name and target in one text: 道路里程≥5公里, 准确率：力争达到85%以上, 群众意识：明显提升.

Decisions: what stands behind a colon is the target where it means one as a whole; else the target begins where a sign, a
comparing word or a number does from which on the text is read to its end. A name that is read so has two characters at
least. Beside an empty value column a name must say more: ``take_from_name`` wants a sign, a comparing word, a percentage
or a number with a known unit.
"""

import re
from collections.abc import Iterator

from transforms.records import MEASURED_KINDS, Target
from transforms.targets.comparators import comparing_words
from transforms.targets.parse import parse_target
from transforms.words.folding import fold

_UNCLEAR = frozenset({"leftover", "several_values"})
_NAMED = re.compile(r"^([^:：\n]{2,40})[:：]\s*(.+)$", re.DOTALL)
_NOT_IN_A_NAME = _UNCLEAR | {"unit_unknown", "doubled_text"}
_IN_NUMBER = re.compile(r"[\d.,]$|\d\s*[:/]\s*$")
"""What a digit goes on with: a number, or a ratio (1:5)."""
_RATIO_AT_END = re.compile(r"(?<![:\s])\d\s*:\s*\d+$")
_SHORTEST_NAME = 2
"""Characters of a name: 次数≥5次 has one, in 路≥5公里 the first character belongs to the number's words as often as not."""


def split_named_target(text: str) -> tuple[str, str]:
    """Split "道路里程≥5公里" or "群众意识：明显提升" into name and target; the target is "" where none is found."""
    text = text.strip().rstrip("。；;，,")
    named = _NAMED.match(text) if not _RATIO_AT_END.search(fold(text)) else None
    if named is not None and _means_a_target(named.group(2)):
        return named.group(1).strip(), named.group(2).strip()
    for found in _beginnings(text):
        start = found - 1 if found > _SHORTEST_NAME and text[found - 1] in "(（[【" else found
        if _means_a_target(text[start:]):
            return text[:start].rstrip(" ：:，,"), text[start:].strip()
    return (named.group(1).strip(), named.group(2).strip()) if named is not None else (text, "")


def _beginnings(text: str) -> Iterator[int]:
    """Yield the places after the name's first characters where a target could begin: a sign, comparing words, a number."""
    folded = fold(text)
    words, hiding = comparing_words("prefix"), comparing_words("hides")
    at = _SHORTEST_NAME
    while at < len(folded) == len(text):
        hidden, found = hiding.match(folded, at), words.match(folded, at)
        if hidden is not None:
            at = hidden[1]
        elif found is not None and (found[1] - at > 1 or not folded[at].isalpha()):
            yield at
            at = found[1]
        else:
            if folded[at].isdigit() and not _IN_NUMBER.search(folded[:at]):
                yield at
            at += 1


def _means_a_target(text: str) -> bool:
    target = parse_target(text.strip())
    return target.target_kind in MEASURED_KINDS and not _UNCLEAR & set(target.notes)


def take_from_name(name: str, *, year: int | None = None, level2_group: str | None = None) -> tuple[str, Target] | None:
    """Give the plain name and the target of a name that holds its target: 行政村数量≥24个; None where it holds none."""
    plain, text = split_named_target(name)
    if not text:
        return None
    target = parse_target(text, year=year, name=plain, level2_group=level2_group)
    if target.target_kind not in MEASURED_KINDS or _NOT_IN_A_NAME & set(target.notes):
        return None
    return (plain, target) if target.comparator_stated or target.unit is not None else None
