"""What a page draws besides text, from PDFium: ruling lines, filled boxes, images."""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise, repeat

from extractors import pdf_calls as calls
from extractors.document import Box
from extractors.pdf_page import BAR, Rule, box_rules, rectangle, segment_rule
from extractors.pdf_pdfium_frame import Matrix, chain, object_matrix, turned_box

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2
_MAX_FORM_DEPTH = 8
_MAX_SEGMENTS = 200_000

Points = list[tuple[float, float] | None]


class DrawnReader:
    """Collects rules, filled boxes and images, going down into form objects; ``unread_runs`` are text objects with an
    extent that gave no characters (``runs_read`` are the handles of those that did).
    """

    def __init__(self, frame: Matrix, runs_read: set[int]) -> None:
        """Begin with nothing; ``frame`` is the page's."""
        self.frame = frame
        self.runs_read = runs_read
        self.rules: list[Rule] = []
        self.fills: list[Box] = []
        self.images: list[Box] = []
        self.unread_runs: list[Box] = []
        self.curves = 0
        self._segments = 0
        self._modes = (ctypes.c_int * 2)()
        self._floats = (ctypes.c_float * 4)()

    def read(self, page: int) -> None:
        """Read all objects of a page."""
        self._read_objects(list(map(calls.get_object, repeat(page), range(calls.count_objects(page)))), self.frame, 0)

    def _read_objects(self, items: list[int], frame: Matrix, depth: int) -> None:
        for item, kind in zip(items, map(calls.object_type, items), strict=True):
            if kind == _TEXT:
                if item not in self.runs_read:
                    self._note_unread(item, frame)
            elif kind == _PATH:
                self._read_path(item, frame)
            elif kind == _IMAGE:
                self.images.append(turned_box(chain(object_matrix(item), frame), 0.0, 0.0, 1.0, 1.0))
            elif kind == _FORM and depth < _MAX_FORM_DEPTH:
                count = max(0, calls.count_form_objects(item))
                inner = list(map(calls.get_form_object, repeat(item), range(count)))
                self._read_objects(inner, chain(object_matrix(item), frame), depth + 1)

    def _note_unread(self, item: int, frame: Matrix) -> None:
        """Note a text object that gave no characters, unless it has no extent (blanks)."""
        at = ctypes.addressof(self._floats)
        calls.object_bounds(item, at, at + 4, at + 8, at + 12)
        left, bottom, right, top = self._floats
        if right - left > 1 and top - bottom > 1:
            self.unread_runs.append(turned_box(frame, left, bottom, right, top))

    def _read_path(self, path: int, frame: Matrix) -> None:
        count = calls.count_segments(path)
        self._segments += count
        if self._segments > _MAX_SEGMENTS:
            return
        at = ctypes.addressof(self._modes)
        calls.draw_mode(path, at, at + 4)
        filled, stroked = self._modes
        if not filled and not stroked:
            return
        frame = chain(object_matrix(path), frame)
        thickness = 0.0
        if stroked:
            calls.stroke_width(path, ctypes.addressof(self._floats))
            thickness = self._floats[0] * math.sqrt(abs(frame[0] * frame[3] - frame[1] * frame[2]))
            stroked = thickness <= 2 * BAR
        for points, straight in self._subpaths(path, count, frame):
            self.curves += not straight
            if stroked:
                self._add_stroke(points, thickness)
            if filled and straight:
                self._add_fill(points)

    def _subpaths(self, path: int, count: int, frame: Matrix) -> Iterator[tuple[Points, bool]]:
        """Yield each subpath's points as shown (None breaks the line where a curve runs), and whether it is straight."""
        a, b, c, d, e, f = frame
        floats = self._floats
        at = ctypes.addressof(floats)
        points: Points = []
        first: tuple[float, float] | None = None
        straight = True
        for k in range(count):
            segment = calls.get_segment(path, k)
            kind = calls.segment_type(segment)
            calls.segment_point(segment, at, at + 4)
            x, y = floats[0], floats[1]
            point = (x * a + y * c + e, x * b + y * d + f)
            if kind == _LINE_TO:
                points.append(point)
            elif kind == _MOVE_TO:
                if len(points) > 1:
                    yield points, straight
                points, first, straight = [point], point, True
            else:
                straight = False
                points += [None, point]
            if calls.segment_closes(segment):
                points.append(first)
        if len(points) > 1:
            yield points, straight

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
