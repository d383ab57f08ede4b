"""Text for matching only: compatibility forms, look-alike signs and invisible marks folded on a copy.

NFKC is applied character by character, with two kinds of exception: marks that NFKC would turn into something else's
meaning stay as they are (① is a list number, not the number 1; ² is a power), and signs that NFKC leaves alone
although they are look-alikes (≧ ⩾ — ∶) are mapped by hand. 》 is not mapped here, since 《…》 are also the marks around
a title: only the grammar of targets knows which one is meant.
"""

import unicodedata

_BY_HAND = {
    "≥": "≧⩾≽⪖⊒",
    "≤": "≦⩽≼⪕⊑",
    "-": "‐‑‒–—―−➖─━",
    "~": "〜∼∽˜⁓〰",
    "·": "•‧・∙⋅●",
    ":": "∶ː︰‥",
    "/": "⁄∕╱",
    "%": "٪",
    "±": "╋",
    "'": "‘’`´",
    '"': "“”„‟〝〞",
    "〇": "○◯",
    "\n": "\r\u2028\u2029\x0b\x0c",
    "": "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff\ufffc",
}
_KEPT_RANGES = (
    (0x00B2, 0x00B3),  # ² ³
    (0x00B9, 0x00B9),  # ¹
    (0x00BC, 0x00BE),  # ¼ ½ ¾
    (0x2026, 0x2026),  # … would become three full stops
    (0x2070, 0x209F),  # powers and indices
    (0x2150, 0x215F),  # fractions
    (0x2460, 0x24FF),  # ① ⑴ ⒈ Ⓐ
    (0x2776, 0x2793),  # ❶
    (0x3220, 0x3247),  # ㈠
    (0x3280, 0x32B0),  # ㊀
)


class _Folds(dict[int, str]):
    """The fold of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        kept = any(low <= code <= high for low, high in _KEPT_RANGES)
        folded = chr(code) if kept else unicodedata.normalize("NFKC", chr(code))
        self[code] = folded
        return folded


_FOLDS = _Folds({ord(char): folded for folded, chars in _BY_HAND.items() for char in chars})


def fold(text: str) -> str:
    """Give a copy for matching: full-width, look-alike and invisible characters folded; never shown or stored."""
    return text.translate(_FOLDS)


def squash(text: str) -> str:
    """Give the folded copy without any white space."""
    return "".join(text.translate(_FOLDS).split())


def half_of(text: str) -> str | None:
    """Give the half of a text that is written twice, as some programs print bold (合格率合格率); None of any other."""
    half = text[: len(text) // 2]
    return half if half and half + half == text else None
