"""What a page draws besides text, from PDFium: ruling lines, filled boxes, images."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise, repeat

from extractors.document import Box
from extractors.pdf.page import BAR, Rule, box_rules, rectangle, segment_rule
from extractors.pdf.pdfium import calls as calls
from extractors.pdf.pdfium.frame import Matrix, chain, object_matrix, turned_box

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2
_MAX_FORM_DEPTH = 8
_MAX_SEGMENTS = 200_000

Point = tuple[float, float]
Points = list[Point | None]


class DrawnReader:
    """Collects rules, filled boxes and images, going down into form objects.

    ``runs`` are the handles of the text objects in the order of drawing, each with the frame that it stands in.
    """

    def __init__(self, frame: Matrix) -> None:
        """Begin with nothing; ``frame`` is the page's."""
        self.frame = frame
        self.runs: dict[int, Matrix] = {}
        self.rules: list[Rule] = []
        self.fills: list[Box] = []
        self.images: list[Box] = []
        self.curves = 0
        self._segments = 0

    def read(self, page: int) -> None:
        """Read all objects of a page."""
        self._read_objects(list(map(calls.get_object, repeat(page), range(calls.count_objects(page)))), self.frame, 0)

    def find_unread(self, runs_read: set[int]) -> tuple[list[Box], list[int]]:
        """Give the boxes of the runs that gave no characters, and the handles of those that have no extent (blanks)."""
        unread, empty = [], []
        for item, frame in self.runs.items():
            if item not in runs_read:
                bounds = (ctypes.c_float * 4)()
                at = ctypes.addressof(bounds)
                calls.object_bounds(item, at, at + 4, at + 8, at + 12)
                left, bottom, right, top = bounds
                if right - left > 1 and top - bottom > 1:
                    unread.append(turned_box(frame, left, bottom, right, top))
                else:
                    empty.append(item)
        return unread, empty

    def _read_objects(self, items: list[int], frame: Matrix, depth: int) -> None:
        paths = []
        for item, kind in zip(items, map(calls.object_type, items), strict=True):
            if kind == _TEXT:
                self.runs[item] = frame
            elif kind == _PATH:
                paths.append(item)
            elif kind == _IMAGE:
                self.images.append(turned_box(chain(object_matrix(item), frame), 0.0, 0.0, 1.0, 1.0))
            elif kind == _FORM and depth < _MAX_FORM_DEPTH:
                count = max(0, calls.count_form_objects(item))
                inner = list(map(calls.get_form_object, repeat(item), range(count)))
                self._read_objects(inner, chain(object_matrix(item), frame), depth + 1)
        if paths:
            self._read_paths(paths, frame)

    def _read_paths(self, paths: list[int], frame: Matrix) -> None:
        """Read all paths of a page or form; each kind of call is made for all of them in one loop."""
        counts = list(map(calls.count_segments, paths))
        self._segments += sum(counts)
        if self._segments > _MAX_SEGMENTS:
            return
        modes = calls.write_for_all(calls.draw_mode, paths, ctypes.c_int, 1, 1)
        matrices = calls.write_for_all(calls.object_matrix, paths, ctypes.c_float, 6)
        widths = calls.write_for_all(calls.stroke_width, paths, ctypes.c_float, 1)
        segments = [
            segment
            for path, count in zip(paths, counts, strict=True)
            for segment in map(calls.get_segment, repeat(path), range(count))
        ]
        kinds = list(map(calls.segment_type, segments))
        closes = list(map(calls.segment_closes, segments))
        points = calls.write_for_all(calls.segment_point, segments, ctypes.c_float, 1, 1)
        first = 0
        for k, count in enumerate(counts):
            end = first + count
            filled, stroked = modes[2 * k : 2 * k + 2]
            if filled or stroked:
                own = chain(tuple(matrices[6 * k : 6 * k + 6]), frame)
                steps = zip(kinds[first:end], closes[first:end], _moved(points[2 * first : 2 * end], own), strict=True)
                thickness = widths[k] * math.sqrt(abs(own[0] * own[3] - own[1] * own[2]))
                self._read_path(steps, bool(filled), bool(stroked) and thickness <= 2 * BAR, thickness)
            first = end

    def _read_path(
        self, steps: Iterable[tuple[int, int, Point]], filled: bool, stroked: bool, thickness: float
    ) -> None:
        for points, straight in _subpaths(steps):
            self.curves += not straight
            if stroked:
                self._add_stroke(points, thickness)
            if filled and straight:
                self._add_fill(points)

    def _add_stroke(self, points: Points, thickness: float) -> None:
        for start, end in pairwise(points):
            if start is not None and end is not None:
                rule = segment_rule(start[0], start[1], end[0], end[1], thickness)
                if rule is not None:
                    self.rules.append(rule)

    def _add_fill(self, points: Points) -> None:
        box = rectangle([point for point in points if point is not None])
        if box is not None:
            rules = box_rules(box)
            self.rules += rules
            if not rules:
                self.fills.append(box)


def _moved(points: list[float], frame: Matrix) -> list[Point]:
    a, b, c, d, e, f = frame
    return [(x * a + y * c + e, x * b + y * d + f) for x, y in zip(points[::2], points[1::2], strict=True)]


def _subpaths(steps: Iterable[tuple[int, int, Point]]) -> Iterator[tuple[Points, bool]]:
    """Yield each subpath's points (None breaks the line where a curve runs), and whether it is straight."""
    points: Points = []
    first: Point | None = None
    straight = True
    for kind, closes, point in steps:
        if kind == _LINE_TO:
            points.append(point)
        elif kind == _MOVE_TO:
            if len(points) > 1:
                yield points, straight
            points, first, straight = [point], point, True
        else:
            straight = False
            points += [None, point]
        if closes:
            points.append(first)
    if len(points) > 1:
        yield points, straight
