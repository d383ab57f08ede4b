"""Project codes of the integrated budget system: their parts and their check character."""

import re
from dataclasses import dataclass

from transforms.words.folding import squash

DIVISION_DIGITS = 6
"""A text with fewer digits than a division's code holds no project code, not even a broken one."""
LENGTH = 21
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs of GB 32100: no I, O, S, V, Z."""
_CHECKED_LETTER = "P"
_PARTS = re.compile(
    r"(?P<division>\d{6})(?P<year>\d{2})(?P<letter>[A-Z])(?P<serial>\d{6})(?P<suffix>\d{5})(?P<check>[0-9A-Z])"
)
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6]|71|8[12]")
_FIRST_YEAR, _LAST_YEAR = 15, 40


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A project code in parts; parts that cannot be told are None.

    ``faults`` holds ``length`` (not 21 characters), ``form`` (a sign where it may not stand), ``division`` (no such
    province), ``year`` (not 2015–2040). ``check_matches`` is None where the rule is not known to hold: it was found
    on codes with the letter P, so a mismatch is a warning and never an error.
    """

    text: str
    division_code: str | None = None
    year: int | None = None
    letter: str | None = None
    serial: str | None = None
    suffix: str | None = None
    check: str | None = None
    check_matches: bool | None = None
    faults: tuple[str, ...] = ()


def read_project_code(text: str) -> ProjectCode | None:
    """Take a project code apart: 6 digits division, 2 year, a letter, 6 serial, 5 more and a check character.

    None where the text holds no code at all ("", "无"). Full-width signs are read, look-alikes (O for 0) are not.
    """
    code = squash(text).upper()
    if sum(sign.isdecimal() for sign in code) < DIVISION_DIGITS:
        return None
    faults = ["length"] if len(code) != LENGTH else []
    parts = _PARTS.fullmatch(code)
    if parts is None:
        division = (
            code[:DIVISION_DIGITS]
            if code[:DIVISION_DIGITS].isascii() and code[:DIVISION_DIGITS].isdecimal() and _PROVINCE.match(code)
            else None
        )
        return ProjectCode(code, division_code=division, faults=tuple(faults) or ("form",))
    division, year, letter = parts["division"], int(parts["year"]), parts["letter"]
    if _PROVINCE.match(division) is None:
        faults.append("division")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        faults.append("year")
    return ProjectCode(
        text=code,
        division_code=division if "division" not in faults else None,
        year=2000 + year if "year" not in faults else None,
        letter=letter,
        serial=parts["serial"],
        suffix=parts["suffix"],
        check=parts["check"],
        check_matches=check_character(code[:-1]) == parts["check"] if letter == _CHECKED_LETTER else None,
        faults=tuple(faults),
    )


def check_character(body: str) -> str | None:
    """Give the check character of a code's first 20 signs; None where one of them is outside the alphabet.

    Weights 3^i mod 31 from the left, check = sign 30 − Σ mod 31. Found on eight codes of one district; GB 32100 itself
    takes 31 − Σ.
    """
    if any(sign not in _ALPHABET for sign in body):
        return None
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return _ALPHABET[30 - total % 31]
