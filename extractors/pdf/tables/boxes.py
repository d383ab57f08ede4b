"""Boxes of a raster: which of their sides lines cover, and which rectangles a region of them is cut into."""

from bisect import bisect_left, bisect_right

from extractors.pdf.page import Rule

COVERED = 0.7
"""The share of a raster box's side that must be drawn to separate two boxes."""


def drawn_sides(across: list[float], along: list[float], lines: list[Rule]) -> list[list[bool]]:
    """For each position across and each interval along, tell whether lines cover the interval there."""
    drawn = [[False] * (len(along) - 1) for _ in across]
    by_position: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        nearest = bisect_left(across, line.at)
        if nearest == len(across) or (nearest and line.at - across[nearest - 1] < across[nearest] - line.at):
            nearest -= 1
        by_position.setdefault(nearest, []).append((line.start, line.end))
    for position, spans in by_position.items():
        row = drawn[position]
        partly: dict[int, float] = {}
        for start, end in _union(spans):
            first, last = bisect_left(along, start), bisect_right(along, end) - 1
            for k in range(first, last):
                row[k] = True
            for k in {first - 1, last}:
                if 0 <= k < len(row) and not row[k]:
                    partly[k] = partly.get(k, 0.0) + max(0.0, min(end, along[k + 1]) - max(start, along[k]))
                    row[k] = partly[k] >= COVERED * (along[k + 1] - along[k])
    return drawn


def _union(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def cut_rectangles(boxes: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cut a region into rectangles (row, col, row_span, col_span); a whole rectangle stays one."""
    if len(boxes) == 1:
        return [(*boxes[0], 1, 1)]
    by_row: dict[int, list[int]] = {}
    for row, col in boxes:
        by_row.setdefault(row, []).append(col)
    runs: list[tuple[int, int, int, int]] = []
    for row in sorted(by_row):
        for start, length in _runs(sorted(by_row[row])):
            for k, (r, c, height, width) in enumerate(runs):
                if c == start and width == length and r + height == row:
                    runs[k] = (r, c, height + 1, width)
                    break
            else:
                runs.append((row, start, 1, length))
    return runs


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for col in columns:
        if runs and runs[-1][0] + runs[-1][1] == col:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((col, 1))
    return runs
