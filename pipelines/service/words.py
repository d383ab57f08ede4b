"""What the nightly service says to whoever watches it, a line each."""

import sys

from pipelines.night.ledger import NightRecord, Outcome


def describe(record: NightRecord | None) -> str:
    """Say in one line how a night ended."""
    if record is None:
        return "本次运行没有留下记录。"
    if record.outcome is Outcome.DONE:
        return f"运行完成：{record.facts.get('headline', '')}"
    return f"运行没有完成：{record.message or record.outcome.value}"


def say(text: str) -> None:
    """Say something to whoever watches the service; each line with its time, as logs have it."""
    print(text, file=sys.stderr, flush=True)
