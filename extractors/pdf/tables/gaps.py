"""Tables ruled between their rows only → the upright rules that are missing, from the blanks between the columns."""

from collections.abc import Iterable, Sequence

from extractors.pdf.page import Rule, Word
from extractors.pdf.tables.lattice import SNAP
from extractors.pdf.tables.rows import find_missing_levels
from extractors.pdf.tables.stripes import Span, Stripe, read_stripes

_LEAST_ROWS, _MANY_CELLS = 3, 4
"""A table has so many rows; a shorter stack (the rest of a table on the next page) has a row of so many cells."""

_PARTED = 0.5
"""At least this share of the rows of a table hold text in two columns or more, if there are not two of many cells."""

_SAME_WIDTH, _PART_WIDTH = 0.6, 0.08
"""Level lines of the first share of a table's width make it up; among them, those of the second part merged cells."""


def find_missing_uprights(drawn: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """Give the upright rules between columns for tables that have level rules only, or none but their outer ones.

    ``drawn`` are a page's rules, their pieces joined. An upright stands wherever the rows' texts leave a common blank;
    in a row whose text runs across it, it is left out, as it is in a cell merged over several columns. Where rules between
    the rows are missing too, those that the texts' lines tell are given as well; else the table is left as it is.
    """
    uprights = [rule for rule in drawn if not rule.level]
    levels = [rule for rule in drawn if rule.level]
    stacks = [part for stack in _stacks(levels) for part in _without_columns(stack, uprights)]
    level_words = [word for word in words if word.style.angle == 0] if stacks else []
    found = []
    for drawn_levels in stacks:
        missing = find_missing_levels(drawn_levels, _extent(drawn_levels), level_words)
        stack = sorted([*drawn_levels, *missing], key=lambda rule: rule.at)
        rows = read_stripes(stack, _extent(stack), level_words)
        if _looks_like_a_table(rows):
            for table in _tables(stack, rows):
                own = [row for row in rows if table[0].at <= row.top and row.bottom <= table[-1].at]
                uprights_of = _uprights(table, own)
                found += uprights_of
                if uprights_of:
                    found += [rule for rule in missing if rule in table]
    return found


def _looks_like_a_table(rows: list[Stripe]) -> bool:
    """Tell a table from underlined text and from the rules of a running head: by its rows, or one row of many cells."""
    wide = sum(len(row.texts) >= _MANY_CELLS for row in rows)
    parted = sum(row.is_parted for row in rows)
    if len(rows) < _LEAST_ROWS:
        return wide > 0
    return wide > 1 or parted >= _PARTED * sum(bool(row.texts) for row in rows)


def _stacks(rules: list[Rule]) -> list[list[Rule]]:
    """Group level rules that lie above each other, top to bottom; shorter ones, between merged cells, come to them."""
    stacks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        for stack in stacks:
            if _lies_within(rule, stack) >= _SAME_WIDTH:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    whole: list[list[Rule]] = []
    for stack in sorted(stacks, key=lambda stack: stack[0].start - stack[0].end):
        for other in whole:
            if other[0].at < stack[0].at and stack[-1].at < other[-1].at and _lies_within(stack[0], other):
                other += [rule for rule in stack if _lies_within(rule, other) >= _PART_WIDTH]
                break
        else:
            whole.append(stack)
    return [sorted(stack, key=lambda rule: rule.at) for stack in whole if len(stack) > 1]


def _lies_within(rule: Rule, stack: list[Rule]) -> float:
    """Give the share of a stack's width that a rule takes up; 0 where it sticks out."""
    start, end = _extent(stack)
    inside = start - SNAP <= rule.start and rule.end <= end + SNAP
    return (rule.end - rule.start) / (end - start) if inside else 0.0


def _extent(stack: list[Rule]) -> Span:
    return min(rule.start for rule in stack), max(rule.end for rule in stack)


def _without_columns(stack: list[Rule], uprights: list[Rule]) -> list[list[Rule]]:
    """Give the runs of a stack's rules that no upright rule between its sides meets."""
    start, end = _extent(stack)
    inner = [rule for rule in uprights if start + 2 * SNAP < rule.at < end - 2 * SNAP]
    runs: list[list[Rule]] = [[]]
    for level in stack:
        if any(rule.start - SNAP <= level.at <= rule.end + SNAP for rule in inner):
            runs.append([])
        else:
            runs[-1].append(level)
    return [run for run in runs if len(run) > 1]


def _tables(stack: list[Rule], rows: list[Stripe]) -> list[list[Rule]]:
    """Part the level rules at stripes that hold no row of a table: those between two tables, blank or with a title."""
    tables: list[list[Rule]] = [[]]
    left = min((row.texts[0][0] for row in rows if row.is_parted), default=0.0)
    apart = {row.bottom for row in rows if row.is_apart or (row.is_whole and row.begins_before(left))}
    for rule in stack:
        if rule.at in apart:
            tables.append([])
        tables[-1].append(rule)
    return [table for table in tables if len(table) > 1]


def _uprights(table: list[Rule], rows: list[Stripe]) -> list[Rule]:
    """Find the columns of one table; none where its rows do not look like a table's."""
    if not any(row.is_parted for row in rows) or any(row.is_many for row in rows):
        return []
    start, end = _extent(table)
    ends = sorted({x for rule in table for x in (rule.start, rule.end) if start + 2 * SNAP < x < end - 2 * SNAP})
    wide = [gap for row in rows for gap in row.wide_gaps if not _within(ends, gap)]
    cuts = sorted(ends + _cuts(wide, [gap for row in rows for gap in row.gaps]))
    chosen: list[list[float]] = []
    for row in rows:
        drawn = [x for x in ends if _ends_beside(row, table, x)]
        own = _choose_cuts(row, cuts, chosen[-1] if chosen else [], drawn)
        groups = [r for r in table if r.at == row.bottom and r.start > start + 2 * SNAP and r.end < end - 2 * SNAP]
        chosen.append(_keep_groups_whole(row, own, groups))
    for k in range(len(rows) - 2, -1, -1):
        runs_on = [x for x in chosen[k + 1] if rows[k].is_free(x) and not _is_ruled(table, rows[k].bottom, x)]
        chosen[k] = sorted({*chosen[k], *runs_on})
    return [
        Rule(False, x, row.top, row.bottom) for row, own in zip(rows, chosen, strict=True) for x in (start, *own, end)
    ]


def _keep_groups_whole(row: Stripe, own: list[float], groups: list[Rule]) -> list[float]:
    """Leave out cuts over a rule that ends inside the table on both sides, where one text (a group's heading) is there."""
    for rule in groups:
        if sum(rule.start < (start + end) / 2 < rule.end for start, end in row.texts) == 1:
            own = [x for x in own if not rule.start + SNAP < x < rule.end - SNAP]
    return own


def _is_ruled(table: list[Rule], at: float, x: float) -> bool:
    """Tell whether a rule at this height runs on both sides of ``x``: cells above and below it are then not one."""
    return any(rule.at == at and rule.start < x - SNAP and x + SNAP < rule.end for rule in table)


def _choose_cuts(row: Stripe, cuts: list[float], above: list[float], drawn: list[float]) -> list[float]:
    """Choose those cuts that part the cells of one row: where its own texts are, and where the row above is parted.

    A row with texts side by side in one cell of the row above has other columns than that: its own texts count alone
    there; left and right of them its cells are blank, as the one above or merged with it.

    Of several cuts in one blank the last is taken: a text begins at its cell's left side more often than it ends at the
    right one, and a label that spans two columns is not taken for two.
    """
    if any(not _within((*above, *drawn), gap) for gap in row.wide_gaps):
        beside = [x for x in above if row.texts and not row.texts[0][0] <= x <= row.texts[-1][1]]
        above = [*beside, *(x for gap in row.gaps for x in _within(above, gap))]
    chosen = {x for x in (*above, *drawn) if row.is_free(x)}
    for gap in row.gaps:
        if not _within(chosen, gap):
            chosen.update(_within(cuts, gap)[-1:])
    return sorted(chosen)


def _ends_beside(row: Stripe, table: list[Rule], x: float) -> bool:
    """Tell whether the rule over or under a row ends at ``x``."""
    return any(x in (rule.start, rule.end) and rule.at in (row.top, row.bottom) for rule in table)


def _within(places: Iterable[float], gap: Span) -> list[float]:
    return [x for x in places if gap[0] <= x <= gap[1]]


def _cuts(wide: list[Span], gaps: list[Span]) -> list[float]:
    """Give the fewest places such that each wide gap holds one, and as many of all gaps as can be.

    The first is the stabbing of intervals, from the left; what the gaps that one place stabs have in common is then
    narrowed by the narrow gaps that lie there, the narrowest last.
    """
    shared: list[Span] = []
    for start, end in sorted(wide, key=lambda gap: gap[1]):
        if shared and start < shared[-1][1]:
            shared[-1] = (max(shared[-1][0], start), shared[-1][1])
        else:
            shared.append((start, end))
    for start, end in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        for k, (left, right) in enumerate(shared):
            if max(left, start) < min(right, end):
                shared[k] = (max(left, start), min(right, end))
    return [(left + right) / 2 for left, right in shared]
