"""``jixiao parse``: target texts from standard input, one a line; one JSON object a line to standard output (contract, section 1)."""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal

from transforms.records import Target

ParsedLine = dict[str, str | int | float | list[str] | None]
"""``raw, target_kind, comparator, value_low, value_high, unit, due_date, grade, notes``, in this order."""


def parse_standard_input(year: int | None) -> int:
    """Parse each line as it comes; the output is UTF-8 whatever the terminal."""
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n")
    for line in parse_lines(lines, year):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def parse_lines(lines: Iterable[str], year: int | None = None) -> Iterator[ParsedLine]:
    """Yield what each line means; a line's end is not part of it, an empty line has no kind."""
    from transforms.targets.parse import parse_target

    for line in lines:
        yield target_fields(parse_target(line.rstrip("\r\n"), year=year))


def target_fields(target: Target) -> ParsedLine:
    """Give a target's fields as JSON values: whole numbers as int, others as float, the day as ISO text."""
    return {
        "raw": target.raw,
        "target_kind": target.target_kind,
        "comparator": target.comparator,
        "value_low": _number(target.value_low),
        "value_high": _number(target.value_high),
        "unit": target.unit,
        "due_date": target.due_date.isoformat() if target.due_date is not None else None,
        "grade": target.grade,
        "notes": list(target.notes),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
