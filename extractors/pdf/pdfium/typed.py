"""What is typed on top of a page (form fields, check boxes, free text): part of what a person sees there."""

import ctypes
from typing import NamedTuple

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from extractors.document import Box
from extractors.pdf.page import GlyphStyle, Word
from extractors.pdf.pdfium import calls as calls
from extractors.pdf.pdfium.frame import Matrix, turned_box

_TYPED = frozenset([raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WIDGET])
_STATE, _OFF = b"AS", "Off"
_CHECKED, _UNCHECKED = "☑", "□"


class Tick(NamedTuple):
    """A check box or radio button: what it shows, and its box in the page's own space (left, bottom, right, top)."""

    text: str
    box: Box


def load_page(document: int, index: int) -> tuple[int, list[Tick]]:
    """Load a page (0 where it cannot be) with its typed text made part of it; boxes to tick are given apart.

    Those are drawn as little squares, which would be taken for cells.
    """
    page: int = calls.load_page(document, index)
    count = calls.count_annotations(page) if page else 0
    if not count:
        return page, []
    kinds, ticks = set(), []
    for k in reversed(range(count)):
        note = calls.get_annotation(page, k)
        kind = calls.annotation_kind(note)
        kinds.add(kind)
        tick = _read_tick(note) if kind == raw.FPDF_ANNOT_WIDGET else None
        calls.close_annotation(note)
        if tick is not None:
            ticks.append(tick)
            calls.remove_annotation(page, k)
    if kinds & _TYPED:
        calls.flatten_page(page, raw.FLAT_NORMALDISPLAY)
        calls.close_page(page)
        page = calls.load_page(document, index)
    return page, ticks


def tick_word(tick: Tick, frame: Matrix, run: int) -> Word:
    """Give a box to tick as a character at its place."""
    x0, top, x1, bottom = turned_box(frame, *tick.box)
    return Word(tick.text, x0, top, x1, bottom, GlyphStyle(bottom - top), run)


def _read_tick(note: int) -> Tick | None:
    if not calls.annotation_has_key(note, _STATE):
        return None
    buffer = (ctypes.c_ushort * 128)()
    length = calls.annotation_text(note, _STATE, ctypes.addressof(buffer), ctypes.sizeof(buffer))
    state = bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")
    rect = (ctypes.c_float * 4)()  # left, top, right, bottom
    calls.annotation_rect(note, ctypes.addressof(rect))
    left, top, right, bottom = rect
    return Tick(_UNCHECKED if state == _OFF else _CHECKED, (left, min(top, bottom), right, max(top, bottom)))
