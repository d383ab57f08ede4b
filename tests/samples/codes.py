"""Project codes of invented filings: well formed, with a right check character, in a division that does not exist."""

from random import Random

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100's characters: no I, O, S, V, Z."""
INVENTED_DIVISION = "999999"
"""No division of GB/T 2260 begins with 99: a code that holds it is never a real one."""


def check_character(body: str) -> str:
    """Give the last character of a 21-character project code from the 20 before it (weights 3^i mod 31)."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[30 - total % 31]


def project_code(year: int, serial: int, kind: int) -> str:
    """Give the code of an invented project: division, year of entry, P, serial, kind, check character."""
    body = f"{INVENTED_DIVISION}{year % 100:02d}P{serial:06d}1{kind:04d}"
    return body + check_character(body)


def draw_code(rng: Random, year: int) -> str:
    """Draw the code of an invented project."""
    return project_code(year, rng.randint(0, 999999), rng.randint(6, 900))
