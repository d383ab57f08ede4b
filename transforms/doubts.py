"""The fixed list of reasons for which a value is doubted, and which of them hold it back from comparisons."""

from dataclasses import dataclass
from functools import cache

from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

LIST = "doubt_reasons.csv"

CELL_NOTES = frozenset({"rules_worn", "cells_joined", "columns_guessed", "text_unread", "table_unruled"})
"""What the reader notes of single cells of a picture, or of a table that has no rules: whose text it is, and whether it is all of it, cannot be told."""


@dataclass(frozen=True, slots=True)
class DoubtReason:
    """One reason: its code, whether a value doubted for it is held, and the sentence (Chinese) for the person who decides.

    ``is_filed``: the value was read as it was filed, and only what was filed is odd.
    """

    code: str
    holds: bool
    sentence: str
    is_filed: bool = False


@cache
def doubt_reasons() -> dict[str, DoubtReason]:
    """Give the reasons by code; raises WordListError where ``holds`` is not yes, filed or no."""
    rows = read_word_list(LIST, ("reason", "holds", "sentence"))
    refuse_overlaps(LIST, ((line, row["reason"]) for line, row in rows))
    for line, row in rows:
        if row["holds"] not in ("yes", "filed", "no"):
            raise WordListError(f"{LIST}, line {line}: holds is {row['holds']!r}, not yes, filed or no")
    return {
        row["reason"]: DoubtReason(row["reason"], row["holds"] != "no", row["sentence"], row["holds"] == "filed")
        for _, row in rows
    }
