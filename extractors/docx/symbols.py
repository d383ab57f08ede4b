"""Characters of symbol fonts (Symbol, Wingdings) as the Unicode characters that a reader sees."""

import csv
import re
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("symbols.csv")
PRIVATE_USE = re.compile("[\uf020-\uf0ff]")
SYMBOL_FONT = "symbol"
UNKNOWN_SYMBOL = "\ufffd"


@lru_cache(maxsize=1)
def symbol_table() -> dict[tuple[str, int], str]:
    """Load font (lower case) and low byte of the code → character; ValueError where a code is listed twice."""
    table: dict[tuple[str, int], str] = {}
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            key = row["font"].lower(), int(row["code"], 16)
            if key in table:
                raise ValueError(f"{TABLE.name}: {row['font']} {row['code']} is listed twice")
            table[key] = row["text"]
    return table


def symbol_character(font: str | None, code: int) -> str:
    """Give the character of a symbol font's code (0xF0B3 or 0xB3); one that is not in the table stays visible as �."""
    table = symbol_table()
    low = code & 0xFF if code >= 0xF000 or code < 0x100 else -1
    if low < 0:
        return chr(code)
    found = table.get(((font or "").lower(), low)) or table.get((SYMBOL_FONT, low))
    return found or (chr(low) if 0x20 <= low < 0x7F else UNKNOWN_SYMBOL)


def symbol_text(text: str, font: str | None = None) -> str:
    """Replace private-use codes that Word stores for symbol fonts in ordinary text; other text is left as it is."""
    if not PRIVATE_USE.search(text):
        return text
    return PRIVATE_USE.sub(lambda found: symbol_character(font, ord(found.group())), text)
