"""Splits a goal cell into its numbered objectives."""

import re

_NUMBER = re.compile(
    r"^\s*(?:目标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:：.、．]?|[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?"
    r"|\d{1,2}\s*(?:[、．)）:：]|\.(?!\d))|[①-⑳⑴-⒇㈠-㈩]|[一二三四五六七八九十]{1,3}\s*[、.．])\s*"
)
_INNER = re.compile(
    r"(?<=[。；;，,、\s])(?=\s*(?:\d{1,2}\s*[、．.](?!\d)|目标\s*\d{1,2}\s*[:：]|[①-⑳]|[（(]\s*\d{1,2}\s*[)）]))"
)


def split_objectives(text: str) -> list[str]:
    """Give the objectives without their numbers; lines without a number belong to the objective above.

    Numbers inside a line count only where they run 1, 2, 3 … ("1.…；2.…"). A text without numbers is one objective.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    pieces = [piece for line in lines for piece in _split_inside(line)]
    if not any(_NUMBER.match(piece) for piece in pieces):
        return ["\n".join(lines)] if lines else []
    objectives: list[str] = []
    for piece in pieces:
        if _NUMBER.match(piece) or not objectives:
            objectives.append(_NUMBER.sub("", piece).strip())
        else:
            objectives[-1] = f"{objectives[-1]}\n{piece}"
    return [objective for objective in objectives if objective]


def _split_inside(line: str) -> list[str]:
    pieces = [piece.strip() for piece in _INNER.split(line) if piece.strip()]
    numbers = [int(found.group()) for piece in pieces if (found := re.search(r"\d{1,2}", piece[:5]))]
    in_order = len(pieces) > 1 and numbers == list(range(numbers[0], numbers[0] + len(pieces))) if numbers else False
    return pieces if in_order or all(_NUMBER.match(piece) for piece in pieces) else [line]
