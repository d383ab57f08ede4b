"""Two shapes of one font that both say they are a ``2``: damaged fonts and bad conversions give ≥ out as 2."""

import ctypes
from collections.abc import Iterable

from extractors.document import Box
from extractors.pdf.pdfium import calls as calls
from extractors.pdf.pdfium.frame import Matrix, turned_box

_LETTER = "2"
"""The one character that a sign is known to be given out as, at which a wrong reading is still a number."""

_ALIKE = 0.12
"""Boxes of one shape differ by less than this in their proportions; those of ≥ and 2 by a third."""

_SAMPLE = 8
"""Of those behind a digit, which are the real thing, so many of a font are looked at."""

_IN_NUMBERS = frozenset("0123456789.,")

_Shape = tuple[float, float]


def find_twins(text_page: int, text: str, runs: Iterable[tuple[int, int, int]], frame: Matrix) -> tuple[Box, ...]:
    """Give the boxes, as shown, of those ``2`` that may be another character.

    ``runs`` are stretches of ``text`` in one font each (handle of the text object, first index, index after the last).
    Of two shapes in one font, the one that never stands after a digit is doubted; both, where that tells nothing.
    """
    by_font: dict[int, list[tuple[int, _Shape, Box]]] = {}
    for item, first, end in runs:
        k = text.find(_LETTER, first, end)
        while k >= 0:
            letters = by_font.setdefault(calls.text_font(item) or 0, [])
            if k == first or text[k - 1] not in _IN_NUMBERS or len(letters) < _SAMPLE:
                letters.append((k, *_measure(text_page, k)))
            k = text.find(_LETTER, k + 1, end)
    found: list[Box] = []
    for letters in by_font.values():
        kinds = _part(letters)
        if len(kinds) > 1:
            never = [kind for kind in kinds if not any(k and text[k - 1] in _IN_NUMBERS for k, _, _ in kind)]
            found += [box for kind in never or kinds for _, _, box in kind]
    return tuple(turned_box(frame, *box) for box in found)


def _measure(text_page: int, index: int) -> tuple[_Shape, Box]:
    """Give a character's proportions (width and foot above the baseline, in heights), and its box."""
    sides = (ctypes.c_double * 6)()
    at = ctypes.addressof(sides)
    calls.get_char_box(text_page, index, at, at + 8, at + 16, at + 24)
    calls.get_char_origin(text_page, index, at + 32, at + 40)
    left, right, bottom, top, _, baseline = sides
    height = top - bottom
    shape = ((right - left) / height, (bottom - baseline) / height) if height > 0 else (0.0, 0.0)
    return shape, (left, bottom, right, top)


def _part(letters: list[tuple[int, _Shape, Box]]) -> list[list[tuple[int, _Shape, Box]]]:
    """Put characters of one shape together."""
    kinds: list[list[tuple[int, _Shape, Box]]] = []
    for letter in letters:
        width, foot = letter[1]
        for kind in kinds:
            known_width, known_foot = kind[0][1]
            if abs(width - known_width) < _ALIKE and abs(foot - known_foot) < _ALIKE:
                kind.append(letter)
                break
        else:
            kinds.append([letter])
    return kinds
