"""Tables ruled between their rows only → the upright rules that are missing, from the blanks between the columns."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.pdf_page import Rule, Word
from extractors.tables_lattice import SNAP
from extractors.tables_lines import TextLine, build_lines

_GAP, _WIDE_GAP = 0.8, 1.1
"""A blank of so many ems may part two columns (cells' own margins leave about one em, a typed space half of one).

One of the second width shows where columns are; a narrower one may be a line that was stretched to fill its cell.
"""

_LEAST_ROWS, _MANY_CELLS = 3, 4
"""A table has so many rows; a shorter stack (the rest of a table on the next page) has a row of so many cells."""

_PARTED = 0.5
"""At least this share of the rows of a table hold text in two columns or more, if there are not two of many cells."""

_MANY, _MOST = 3, 0.8
"""So many lines of so many columns, such a share of which fills all columns, are rows of their own."""

_MARGIN, _CENTRED = 0.15, 0.04
"""A title leaves such a share of the table's width on both sides, which differ by less than the second."""

_PART_WIDTH = 0.08
_SAME_WIDTH = 0.6
"""A level line at least this long, measured by the longest, still belongs to the table (merged cells interrupt it)."""

Span = tuple[float, float]


class _Row(NamedTuple):
    """What stands between two level rules: its edges, and where it holds text, from left to right.

    ``is_many`` tells that rows without rules between them seem to stand in it, ``is_whole`` that the rules over and under
    it run from side to side, ``is_apart`` that it stands between two tables: blank, or with a title in the middle.
    """

    top: float
    bottom: float
    em: float
    texts: tuple[Span, ...]
    is_many: bool
    is_whole: bool
    is_apart: bool

    @property
    def gaps(self) -> list[Span]:
        """Give the blanks between two texts."""
        return [(left[1], right[0]) for left, right in zip(self.texts, self.texts[1:], strict=False)]

    @property
    def wide_gaps(self) -> list[Span]:
        """Give those blanks that are too wide to be part of a text."""
        return [gap for gap in self.gaps if gap[1] - gap[0] >= _WIDE_GAP * self.em]

    def begins_before(self, left: float) -> bool:
        """Tell whether its one text begins further left than cells' texts do, as paragraphs between tables may."""
        return len(self.texts) == 1 and self.texts[0][0] < left - SNAP

    @property
    def is_parted(self) -> bool:
        """Tell whether it holds more than one text."""
        return bool(self.wide_gaps)

    def is_free(self, x: float) -> bool:
        """Tell whether no text stands at ``x``."""
        return not any(start < x < end for start, end in self.texts)


def find_missing_uprights(drawn: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """Give the upright rules between columns for tables that have level rules only, or none but their outer ones.

    ``drawn`` are a page's rules, their pieces joined. An upright stands wherever the rows' texts leave a common blank;
    in a row whose text runs across it, it is left out, as it is in a cell merged over several columns. A table without
    rules between its rows is left as it is: where its rows begin can't be told from the blanks.
    """
    uprights = [rule for rule in drawn if not rule.level]
    levels = [rule for rule in drawn if rule.level]
    stacks = [part for stack in _stacks(levels) for part in _without_columns(stack, uprights)]
    level_words = [word for word in words if word.style.angle == 0] if stacks else []
    found = []
    for stack in stacks:
        rows = _rows(stack, level_words)
        if _looks_like_a_table(rows):
            for table in _tables(stack, rows):
                found += _uprights(
                    table, [row for row in rows if table[0].at <= row.top and row.bottom <= table[-1].at]
                )
    return found


def _looks_like_a_table(rows: list[_Row]) -> bool:
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


def _tables(stack: list[Rule], rows: list[_Row]) -> list[list[Rule]]:
    """Part the level rules at stripes that hold no row of a table: those between two tables, blank or with a title."""
    tables: list[list[Rule]] = [[]]
    left = min((row.texts[0][0] for row in rows if row.is_parted), default=0.0)
    apart = {row.bottom for row in rows if row.is_apart or (row.is_whole and row.begins_before(left))}
    for rule in stack:
        if rule.at in apart:
            tables.append([])
        tables[-1].append(rule)
    return [table for table in tables if len(table) > 1]


def _uprights(table: list[Rule], rows: list[_Row]) -> list[Rule]:
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
        chosen.append(_keep_groups_whole(row, own, table))
    for k in range(len(rows) - 2, -1, -1):
        runs_on = [x for x in chosen[k + 1] if rows[k].is_free(x) and not _is_ruled(table, rows[k].bottom, x)]
        chosen[k] = sorted({*chosen[k], *runs_on})
    return [
        Rule(False, x, row.top, row.bottom) for row, own in zip(rows, chosen, strict=True) for x in (start, *own, end)
    ]


def _keep_groups_whole(row: _Row, own: list[float], table: list[Rule]) -> list[float]:
    """Leave out cuts over a rule that ends inside the table on both sides, where one text (a group's heading) is there."""
    start, end = _extent(table)
    for rule in table:
        if rule.at == row.bottom and rule.start > start + 2 * SNAP and rule.end < end - 2 * SNAP:
            inside = [text for text in row.texts if rule.start < (text[0] + text[1]) / 2 < rule.end]
            if len(inside) == 1:
                own = [x for x in own if not rule.start + SNAP < x < rule.end - SNAP]
    return own


def _is_ruled(table: list[Rule], at: float, x: float) -> bool:
    """Tell whether a rule at this height runs on both sides of ``x``: cells above and below it are then not one."""
    return any(rule.at == at and rule.start < x - SNAP and x + SNAP < rule.end for rule in table)


def _choose_cuts(row: _Row, cuts: list[float], above: list[float], drawn: list[float]) -> list[float]:
    """Choose those cuts that part the cells of one row: where its own texts are, and where the row above is parted.

    A row with texts side by side in one cell of the row above has other columns than that: its own texts count alone.

    Of several cuts in one blank the last is taken: a text begins at its cell's left side more often than it ends at the
    right one, and a label that spans two columns is not taken for two.
    """
    parted = sorted({*above, *drawn})
    if any(len(_within(parted, gap)) == 0 for gap in row.wide_gaps):
        above = [x for x in above if any(_within([x], gap) for gap in row.gaps)]
    chosen = {x for x in (*above, *drawn) if row.is_free(x)}
    for gap in row.gaps:
        if not _within(chosen, gap):
            chosen.update(_within(cuts, gap)[-1:])
    return sorted(chosen)


def _ends_beside(row: _Row, table: list[Rule], x: float) -> bool:
    """Tell whether the rule over or under a row ends at ``x``."""
    return any(x in (rule.start, rule.end) and rule.at in (row.top, row.bottom) for rule in table)


def _within(places: Iterable[float], gap: Span) -> list[float]:
    return [x for x in places if gap[0] <= x <= gap[1]]


def _rows(stack: list[Rule], words: Sequence[Word]) -> list[_Row]:
    """Cut the table into the stripes between its level rules, each with the places of its texts."""
    edges = [rule.at for rule in stack]
    start, end = _extent(stack)
    held: list[list[Word]] = [[] for _ in edges]
    for word in words:
        stripe = bisect_left(edges, (word.top + word.bottom) / 2)
        if 0 < stripe < len(edges) and start - SNAP <= word.x0 and word.x1 <= end + SNAP:
            held[stripe].append(word)
    return [
        _read_row(over, under, inside, (start, end))
        for over, under, inside in zip(stack, stack[1:], held[1:], strict=False)
        if under.at - over.at > SNAP
    ]


def _read_row(over: Rule, under: Rule, words: list[Word], sides: Span) -> _Row:
    em = max((word.style.size for word in words), default=0.0)
    whole = all(rule.start < sides[0] + 2 * SNAP and rule.end > sides[1] - 2 * SNAP for rule in (over, under))
    is_apart = whole and (not words or _is_headed(words, *sides))
    return _Row(over.at, under.at, em, tuple(_texts(words)), _is_many(words), whole, is_apart)


def _is_headed(words: list[Word], start: float, end: float) -> bool:
    """Tell whether the first line is a title: one text, larger than those below it, in the middle between both sides."""
    lines = build_lines(words, wide_gap=_GAP)
    if not lines:
        return True
    texts = _texts_of(lines[0], words)
    left, right = texts[0][0] - start, end - texts[-1][1]
    return (
        len(texts) == 1
        and all(line.size < lines[0].size for line in lines[1:])
        and min(left, right) > _MARGIN * (end - start)
        and abs(left - right) < _CENTRED * (end - start)
    )


def _is_many(words: list[Word]) -> bool:
    """Tell whether a stripe holds several rows: lines most of which fill all of its columns."""
    columns = len(_texts(words))
    lines = build_lines(words, wide_gap=_GAP)
    if columns < _MANY or len(lines) < _MANY:
        return False
    return sum(len(_texts_of(line, words)) >= columns for line in lines) >= _MOST * len(lines)


def _texts_of(line: TextLine, words: list[Word]) -> list[Span]:
    return _texts([word for word in words if line.top <= (word.top + word.bottom) / 2 <= line.bottom])


def _texts(words: list[Word]) -> list[Span]:
    """Give the stretches that hold text; typed blanks join, narrow blanks too."""
    texts: list[Span] = []
    for word in sorted(words, key=lambda word: word.x0):
        if texts and word.x0 - texts[-1][1] < _GAP * word.style.size:
            texts[-1] = (texts[-1][0], max(texts[-1][1], word.x1))
        elif not word.text.isspace():
            texts.append((word.x0, word.x1))
    return texts


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
