"""Texts that a cell's edge or a page break cut in two, joined again."""

import re

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}\s*[.、．)）:：]|[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[)）]|目标\s*\d|[①-⑳])")


def join_texts(first: str, second: str) -> str:
    """Join a text that was cut: with a space between two Latin words, else without."""
    if not first or not second:
        return first + second
    gap = " " if first[-1].isascii() and second[0].isascii() and first[-1].isalpha() and second[0].isalpha() else ""
    return first + gap + second


def join_cut_text(first: str, second: str) -> str:
    """Join the two parts of a text that a page break cut; a numbered item begins a line of its own."""
    return f"{first}\n{second}" if _NUMBERED.match(second) else join_texts(first, second)
