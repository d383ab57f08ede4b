"""The basis of a target (指标值确定依据) and the official family it belongs to."""

from dataclasses import dataclass
from functools import cache

from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

FAMILIES = ("计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准")


@dataclass(frozen=True, slots=True)
class Basis:
    """A basis as filed and its families, in the order of the text; none where no word of it is known."""

    raw: str
    families: tuple[str, ...]

    @property
    def family(self) -> str | None:
        """The one family of the text; None where none is known or several are named."""
        return self.families[0] if len(self.families) == 1 else None


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    rows = read_word_list("basis.csv", ("word", "family", "match"))
    refuse_overlaps("basis.csv", ((line, row["word"]) for line, row in rows))
    for line, row in rows:
        if row["family"] not in FAMILIES or row["match"] not in ("whole", "part"):
            raise WordListError(f"basis.csv, line {line}: unknown family or match in {row}")
    whole = {row["word"]: row["family"] for _, row in rows}
    return whole, {row["word"]: row["family"] for _, row in rows if row["match"] == "part"}


def read_basis(text: str | None) -> Basis | None:
    """Read a basis text; several may stand in one cell ("计划标准、历史标准"). None where the text is empty.

    A whole word is looked up first; a longer text takes the family of the longest known part of each piece.
    """
    bare = squash(text or "")
    if not bare:
        return None
    whole, _ = _words()
    if bare in whole:
        return Basis(text or "", (whole[bare],))
    pieces = [piece for piece in bare.replace("和", "、").translate(_SEPARATORS).split("、") if piece]
    families = [family for piece in pieces if (family := _family_of(piece)) is not None]
    return Basis(text or "", tuple(dict.fromkeys(families)))


def _family_of(piece: str) -> str | None:
    whole, parts = _words()
    if piece in whole:
        return whole[piece]
    found = [word for word in parts if word in piece]
    return parts[max(found, key=len)] if found else None


_SEPARATORS = str.maketrans(dict.fromkeys(",;/;,及与&+|", "、"))
