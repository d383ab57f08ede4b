"""The fast reader: characters and drawn lines straight from PDFium, through its raw calls."""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from extractors.document import Box
from extractors.pdf_page import (
    ASCENT,
    DESCENT,
    OBLIQUE,
    Char,
    PageContent,
    Rule,
    Style,
    box_rules,
    char_box,
    rectangle,
    segment_rule,
)

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MAX_FORM_DEPTH = 8
_MAX_SEGMENTS = 200_000
_BREAKS = frozenset((0x09, 0x0A, 0x0D))
_LINE_END_HYPHEN = 2


class PageUnreadableError(Exception):
    """PDFium cannot load a page of a document that it could open."""


def open_pdfium(path: Path) -> pdfium.PdfDocument:
    """Open a document; raises ``pdfium.PdfiumError`` (its ``err_code`` tells why) where PDFium cannot."""
    return pdfium.PdfDocument(path)


def read_pdfium_page(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Read one page (0-based ``index``) and close it again; raises PageUnreadableError."""
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        raise PageUnreadableError(f"page {index + 1}")
    text_page = None
    try:
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            raise PageUnreadableError(f"text of page {index + 1}")
        frame = _frame(page)
        text = _Text(text_page, frame)
        text.read()
        drawn = _Drawn(frame, text.addresses)
        drawn.read(page)
        width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        return PageContent(
            number=index + 1,
            width=width,
            height=height,
            chars=tuple(text.chars),
            rules=tuple(drawn.rules),
            fills=tuple(drawn.fills),
            images=tuple(drawn.images),
            unmapped=text.unmapped,
            curves=drawn.curves,
            doubts=_doubts(text, drawn),
        )
    finally:
        if text_page:
            raw.FPDFText_ClosePage(text_page)
        raw.FPDF_ClosePage(page)


def _frame(page: raw.FPDF_PAGE) -> _Matrix:
    """Give the matrix from the page's own space (y upwards) to the page as shown (y downwards, ``/Rotate`` applied)."""
    bounds = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
    match raw.FPDFPage_GetRotation(page):
        case 1:
            return 0.0, 1.0, 1.0, 0.0, -bounds.bottom, -bounds.left
        case 2:
            return -1.0, 0.0, 0.0, 1.0, bounds.right, -bounds.bottom
        case 3:
            return 0.0, -1.0, -1.0, 0.0, bounds.top, bounds.right
        case _:
            return 1.0, 0.0, 0.0, -1.0, -bounds.left, bounds.top


def _chain(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _angle(dx: float, dy: float) -> int:
    length = math.hypot(dx, dy)
    if not length:
        return OBLIQUE
    if abs(dy) <= 0.035 * length:
        return 0 if dx > 0 else 180
    if abs(dx) <= 0.035 * length:
        return 90 if dy > 0 else 270
    return OBLIQUE


def _doubts(text: "_Text", drawn: "_Drawn") -> tuple[str, ...]:
    """Give the reasons not to trust a page's characters; a run drawn twice (imitated bold) is read once, and is none."""
    doubts = []
    if text.unmapped:
        doubts.append(f"{text.unmapped} 个字符没有对应的文字编码")
    if text.placeless:
        doubts.append(f"{text.placeless} 个字符没有位置")
    unread = [box for box in drawn.unread_runs if not _is_covered(box, text.chars)]
    if unread:
        doubts.append(f"{len(unread)} 段文字没有读出")
    return tuple(doubts)


def _is_covered(box: Box, chars: list[Char]) -> bool:
    x0, top, x1, bottom = box
    return any(x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom for char in chars)


class _Text:
    """Reads a page's characters; ``addresses`` are those of the text objects that gave any.

    Blanks that PDFium only infers from gaps are left out. (Of several blanks in a row it gives the first only.)
    """

    def __init__(self, text_page: raw.FPDF_TEXTPAGE, frame: _Matrix) -> None:
        self.text_page = text_page
        self.frame = frame
        self.chars: list[Char] = []
        self.addresses: set[int] = set()
        self.unmapped = 0
        self.placeless = 0

    def read(self) -> None:
        """Read all characters in the order PDFium gives them, which is that of drawing."""
        text_page = self.text_page
        get_unicode, get_object = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
        get_loose, is_generated = raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
        address_of = ctypes.addressof
        loose = raw.FS_RECTF()
        loose_ref = ctypes.byref(loose)
        fa, fb, fc, fd, fe, ff = self.frame
        add = self.chars.append
        last_address = run = 0
        style = Style(0.0)
        top_of_em = bottom_of_em = baseline = 0.0
        origin = (0.0, 0.0)
        for i in range(raw.FPDFText_CountChars(text_page)):
            pointer = get_object(text_page, i)
            if not pointer:
                continue
            address = address_of(pointer.contents)
            if address != last_address:
                last_address = address
                run += 1
                self.addresses.add(address)
                style, origin = self._read_style(i, pointer)
                baseline = origin[1]
                top_of_em, bottom_of_em = baseline - ASCENT * style.size, baseline + DESCENT * style.size
            code = get_unicode(text_page, i)
            if code < 0x21 or code >= 0xD800:
                if code in _BREAKS or (code == 0x20 and is_generated(text_page, i)):
                    continue
                code = self._printable(code)
            if not get_loose(text_page, i, loose_ref):
                self.placeless += 1
                continue
            left, bottom, right, top = loose.left, loose.bottom, loose.right, loose.top
            x0, y0 = left * fa + top * fc + fe, left * fb + top * fd + ff
            x1, y1 = right * fa + bottom * fc + fe, right * fb + bottom * fd + ff
            if x0 > x1:
                x0, x1 = x1, x0
            if y0 > y1:
                y0, y1 = y1, y0
            if style.angle == 0 and y0 <= baseline <= y1:
                y0, y1 = top_of_em, bottom_of_em
            else:
                x0, y0, x1, y1 = char_box(style.angle, style.size, origin, (x0, y0, x1, y1))
            add(Char(chr(code), x0, y0, x1, y1, style, run))

    def _printable(self, code: int) -> int:
        """Give the code of a blank, a hyphen that PDFium marked as a line's last, or a character without Unicode."""
        if code == 0x20 or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF:
            return code
        if code == _LINE_END_HYPHEN:
            return 0x2D
        self.unmapped += 1
        return 0xFFFD

    def _read_style(self, i: int, text_object: raw.FPDF_PAGEOBJECT) -> tuple[Style, tuple[float, float]]:
        """Give what all characters of a text object share, and the start of its baseline as shown."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text_page, i, ctypes.byref(matrix))
        a, b, c, d, e, f = _chain((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), self.frame)
        size = raw.FPDFText_GetFontSize(self.text_page, i) * math.hypot(c, d)
        red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
        has_colour = raw.FPDFPageObj_GetFillColor(
            text_object, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
        )
        style = Style(
            size,
            _angle(a, b),
            raw.FPDFTextObj_GetTextRenderMode(text_object) == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
            (red.value, green.value, blue.value, alpha.value) if has_colour else None,
            _is_artifact(text_object),
        )
        return style, (e, f)


def _is_artifact(item: raw.FPDF_PAGEOBJECT) -> bool:
    """Tell whether a tagged file marks an object as decoration: running heads and feet, watermarks."""
    for k in range(max(0, raw.FPDFPageObj_CountMarks(item))):
        name = (raw.FPDF_WCHAR * 16)()
        length = ctypes.c_ulong(0)
        mark = raw.FPDFPageObj_GetMark(item, k)
        known = raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(length))
        if known and bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
            return True
    return False


class _Drawn:
    """Collects what a page draws besides text: rules, filled boxes, images, going down into form objects."""

    def __init__(self, frame: _Matrix, read_runs: set[int]) -> None:
        self.frame = frame
        self.read_runs = read_runs
        self.unread_runs: list[Box] = []
        self.rules: list[Rule] = []
        self.fills: list[Box] = []
        self.images: list[Box] = []
        self.curves = 0
        self.segments = 0

    def read(self, page: raw.FPDF_PAGE) -> None:
        get = raw.FPDFPage_GetObject
        for k in range(raw.FPDFPage_CountObjects(page)):
            self._read_object(get(page, k), self.frame, 0)

    def _read_object(self, item: raw.FPDF_PAGEOBJECT, frame: _Matrix, depth: int) -> None:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._read_path(item, frame)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            if ctypes.addressof(item.contents) not in self.read_runs:
                self._note_unread(item, frame)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.images.append(_corner_box(_chain(_matrix_of(item), frame), 0.0, 0.0, 1.0, 1.0))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _chain(_matrix_of(item), frame)
            for k in range(max(0, raw.FPDFFormObj_CountObjects(item))):
                self._read_object(raw.FPDFFormObj_GetObject(item, k), inner, depth + 1)

    def _note_unread(self, item: raw.FPDF_PAGEOBJECT, frame: _Matrix) -> None:
        """Note a text object that gave no characters, unless it has no extent (blanks)."""
        left, bottom, right, top = (ctypes.c_float(0) for _ in range(4))
        raw.FPDFPageObj_GetBounds(
            item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
        )
        if right.value - left.value > 1 and top.value - bottom.value > 1:
            self.unread_runs.append(_corner_box(frame, left.value, bottom.value, right.value, top.value))

    def _read_path(self, path: raw.FPDF_PAGEOBJECT, frame: _Matrix) -> None:
        count = raw.FPDFPath_CountSegments(path)
        self.segments += count
        if self.segments > _MAX_SEGMENTS:
            return
        fill_mode, stroked = ctypes.c_int(0), ctypes.c_int(0)
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill_mode), ctypes.byref(stroked))
        if not fill_mode.value and not stroked.value:
            return
        frame = _chain(_matrix_of(path), frame)
        width = ctypes.c_float(0)
        raw.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width))
        thickness = width.value * math.sqrt(abs(frame[0] * frame[3] - frame[1] * frame[2]))
        for points, straight in _subpaths(path, count, frame):
            if not straight:
                self.curves += 1
            if stroked.value and thickness <= 2 * 3.2:
                self._add_stroke(points, thickness)
            if fill_mode.value and straight:
                self._add_fill(points)

    def _add_stroke(self, points: list[tuple[float, float] | None], thickness: float) -> None:
        for start, end in pairwise(points):
            if start is not None and end is not None:
                rule = segment_rule(start[0], start[1], end[0], end[1], thickness)
                if rule is not None:
                    self.rules.append(rule)

    def _add_fill(self, points: list[tuple[float, float] | None]) -> None:
        corners = [point for point in points if point is not None]
        box = rectangle(corners)
        if box is None:
            return
        rules = box_rules(box)
        if rules:
            self.rules.extend(rules)
        else:
            self.fills.append(box)


def _matrix_of(item: raw.FPDF_PAGEOBJECT) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _corner_box(frame: _Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    a, b, c, d, e, f = frame
    xs = [x * a + y * c + e for x in (left, right) for y in (bottom, top)]
    ys = [x * b + y * d + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(
    path: raw.FPDF_PAGEOBJECT, count: int, frame: _Matrix
) -> Iterator[tuple[list[tuple[float, float] | None], bool]]:
    """Yield each subpath's points as shown (None breaks the line where a curve runs) and whether it is all straight."""
    a, b, c, d, e, f = frame
    x, y = ctypes.c_float(0), ctypes.c_float(0)
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    points: list[tuple[float, float] | None] = []
    first: tuple[float, float] | None = None
    straight = True
    for k in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, k)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        point = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, straight
            points, first, straight = [point], point, True
        elif kind == raw.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            straight = False
            points += [None, point]
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(first)
    if len(points) > 1:
        yield points, straight
