"""Which of two periods' columns count where they stand side by side: this year's, not the long term's."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.forms.rows.heading import Column

_LEVELS = frozenset({"level1", "level2", "name", "name_value"})


def choose_period(columns: list[Column], repeatable: frozenset[str]) -> tuple[list[Column], list[Column]]:
    """Keep this year's columns where one of the repeatable roles stands twice (long-term and year side by side).

    Only a column of another period is left out, or of a second block of the same columns, whose rows are read by
    themselves (``forms/views.py``). Where no heading names a period, what else bears the role is unknown.
    """
    repeated = {c.role for c in columns if sum(o.role == c.role for o in columns) > 1} & repeatable
    if not repeated:
        return columns, []
    blocks = blocks_of(columns)
    best = max(range(len(blocks)), key=lambda i: (_block_rank(blocks[i]), i))
    apart = tell_periods(blocks) or same_roles(blocks)
    kept: list[Column] = []
    ignored: list[Column] = []
    for number, block in enumerate(blocks):
        for column in block:
            shared = column.role not in repeated
            if number == best or shared:
                kept.append(column)
            elif apart:
                ignored.append(column)
            else:
                kept.append(replace(column, role="unknown"))
    kept.sort(key=lambda column: column.start)
    return _one_value(kept, ignored)


def blocks_of(columns: list[Column]) -> list[list[Column]]:
    """Cut the columns where the first repeated level or name role comes again."""
    blocks: list[list[Column]] = [[]]
    for column in columns:
        if column.role in _LEVELS and any(c.role == column.role for c in blocks[-1]):
            blocks.append([])
        blocks[-1].append(column)
    return blocks


def same_roles(blocks: Sequence[Sequence[Column]]) -> bool:
    """Tell whether all blocks have the same columns, side labels and unknown ones aside."""
    roles = [[column.role for column in block if column.role not in ("side", "unknown")] for block in blocks]
    return all(block == roles[0] for block in roles[1:])


def tell_periods(blocks: Sequence[Sequence[Column]]) -> bool:
    """Tell whether a heading of one of the blocks names a period: only then may the other's columns be left out."""
    return any(column.period is not None for block in blocks for column in block if column.role in _LEVELS | {"value"})


def _block_rank(block: Sequence[Column]) -> int:
    periods = [column.period for column in block]
    return periods.count("year") - periods.count("long")


def _one_value(kept: list[Column], ignored: list[Column]) -> tuple[list[Column], list[Column]]:
    """Of several value columns in one block (实施期指标值 | 年度指标值) keep the year's, else the last that is not long-term."""
    values = [column for column in kept if column.role == "value"]
    if len(values) > 1:
        ranks = {"year": 2, None: 1, "long": 0}
        best = max(values, key=lambda column: (ranks[column.period], -column.start))
        others = [column for column in values if column is not best]
        if best.period is not None or all(column.period is not None for column in others):
            return [column for column in kept if column not in others], ignored + others
        kept = [replace(column, role="unknown") if column in others else column for column in kept]
    return kept, ignored
