"""Words and signs that compare (≥, 不低于, 以上, 左右), and what two of them around one number mean together.

Decisions: 以上 以下 以内 include the number and 超过 高于 大于 多于 低于 小于 do not (Civil Code, art. 1259), 不超过 and the like
do; 达到 says "=" unless a word after the number says more (达到95%以上 is >=), 控制在 says "<=" in the same way; 约 and 左右
are "=", not stated and noted as approximate; 近700万 is below it and approximate. Two firm words that contradict each
other (≤5%以上) make no target: the text stays a text.
"""

from dataclasses import dataclass
from functools import cache

from transforms.words.folding import squash
from transforms.words.lexicon import Lexicon
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_COLUMNS = ("word", "place", "comparator", "strength", "note")
_UPWARD = frozenset((">=", ">"))
_DOWNWARD = frozenset(("<=", "<"))
_STRICT = frozenset((">", "<"))


@dataclass(frozen=True, slots=True)
class Comparing:
    """One comparing word; ``comparator`` may also be ~ (about) or ±; a weak one gives way to a firm one."""

    comparator: str
    firm: bool
    note: str


@cache
def comparing_words(place: str) -> Lexicon[Comparing]:
    """Give the words that stand before the number (``prefix``) or after number and unit (``suffix``).

    ``hides`` gives the longer words in which a comparing word is no such thing (节约, 最近).
    """
    name = "comparators.csv"
    rows = read_word_list(name, _COLUMNS)
    refuse_overlaps(name, ((line, (row["place"], squash(row["word"]))) for line, row in rows))
    for line, row in rows:
        if (
            row["place"] not in ("prefix", "suffix", "hides")
            or row["comparator"] not in (">=", "<=", ">", "<", "=", "~", "±")
            or row["strength"] not in ("firm", "weak")
        ):
            raise WordListError(f"{name}, line {line}: unknown place, comparator or strength")
    return Lexicon(
        (squash(row["word"]), Comparing(row["comparator"], row["strength"] == "firm", row["note"]))
        for _, row in rows
        if row["place"] == place
    )


def combine(words: tuple[Comparing, ...]) -> tuple[str, bool] | None:
    """Give what the words around one number say together and whether it is stated; None where they contradict.

    Without a word it is "=", not stated. The comparator may be ~ (about) or ±.
    """
    if not words:
        return "=", False
    if len(words) == 1:
        return words[0].comparator, words[0].comparator != "~"
    about = any(word.comparator == "~" for word in words)
    telling = [word for word in words if word.comparator != "~"]
    firm = {word.comparator for word in telling if word.firm and word.comparator != "="}
    weak = {word.comparator for word in telling if not word.firm}
    said = firm or (weak - {"="}) or {word.comparator for word in telling}
    if not said:
        return "~", False
    if "±" in said:
        return "±", True
    if said <= _UPWARD or said <= _DOWNWARD:
        return min(said & _STRICT or said), True
    if len(said) > 1:
        return None
    comparator = said.pop()
    return ("~", False) if about and comparator == "=" else (comparator, True)
