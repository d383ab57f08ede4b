"""``jixiao parse``: target texts from standard input, one a line; one JSON object a line to standard output."""

import io
import json
import sys


def parse_standard_input(year: int | None) -> int:
    """Parse each line as it comes; the output is UTF-8 whatever the terminal."""
    from transforms.parse_lines import parse_lines

    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n")
    for line in parse_lines(lines, year):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0
