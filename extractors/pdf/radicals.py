"""Radicals that stand in a PDF for the characters they look like (⽬ for 目): Chromium's PDFs are full of them.

The shapes of punctuation in vertical writing (︵ for （) stand for it in the same way.
"""

import csv
import re
from functools import cache
from importlib.resources import files

_RADICAL = re.compile("[\u2e80-\u2fdf\ufe10-\ufe19\ufe30-\ufe48]")


@cache
def radical_characters() -> dict[int, str]:
    """Give the character for each radical, for ``str.translate``; raises ValueError for a line that is no such pair."""
    characters: dict[int, str] = {}
    rows = csv.reader((files("extractors.pdf") / "radicals.csv").read_text(encoding="utf-8").splitlines()[1:])
    for line, (radical, character) in enumerate(rows, start=2):
        if not _RADICAL.fullmatch(radical) or len(character) != 1 or ord(radical) in characters:
            raise ValueError(f"pdf_radicals.csv, line {line}: {radical},{character}")
        characters[ord(radical)] = character
    return characters


def without_radicals(text: str) -> str:
    """Give a text with its radicals replaced by the characters that they stand for; its length stays."""
    return text.translate(radical_characters()) if _RADICAL.search(text) else text
