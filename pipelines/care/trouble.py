"""One thing that is wrong, and how a list of them is said: to a person, or as JSON."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

NEEDS_CARE = 4
"""The exit code of ``status`` and ``check`` where something is wrong (contract, section 1)."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """``what`` is wrong, and what to do about it (both Chinese); ``grave`` troubles decide the exit code."""

    code: str
    what: str
    advice: str
    grave: bool = True


def report(title: str, facts: Mapping[str, object], troubles: Sequence[Trouble], *, as_json: bool) -> bool:
    """Print facts and troubles to standard output; tell whether a grave one is among them."""
    is_grave = any(one.grave for one in troubles)
    if as_json:
        document = {"ok": not is_grave, **facts, "troubles": [asdict(one) for one in troubles]}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")
        return is_grave
    print(title)
    for name, value in facts.items():
        if isinstance(value, str | int | float) and value != "":
            print(f"  {name}：{value}")
    for one in troubles:
        print(f"  {'✗' if one.grave else '!'} {one.what}\n     处理办法：{one.advice}")
    if not troubles:
        print("  没有发现问题。")
    return is_grave
