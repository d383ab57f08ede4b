"""Splits a goal cell into its numbered objectives."""

import re

_NUMBER = re.compile(
    r"^\s*(?:目标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:：.、．]?|[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?"
    r"|\d{1,2}\s*(?:[、．)）:：]|\.(?!\d))|[①-⑳⑴-⒇㈠-㈩]|[一二三四五六七八九十]{1,3}\s*[、.．])\s*"
)
_INNER = re.compile(r"(?:目标\s*|[（(]\s*|(?<!\d))(\d{1,2})\s*(?:[、．:：)）]|\.(?!\d))")


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
    """Split one line where its numbers run 1, 2, 3 … from its beginning."""
    starts: list[int] = []
    for found in _INNER.finditer(line):
        if int(found.group(1)) == len(starts) + 1 and (starts or not line[: found.start()].strip()):
            starts.append(found.start())
    if len(starts) < 2:
        return [line]
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
