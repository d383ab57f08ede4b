"""Pictures on a page that is text otherwise: those that stand for a table or a cell's text are read in their place."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from extractors.document import Box
from extractors.pdf.page import PageContent, Rule, Word
from extractors.pdf.pictures import Pixels, Recognise, may_hold_a_table
from extractors.pdf.tables.cells import assign_words
from extractors.pdf.tables.doubts import find_picture_cells
from extractors.pdf.tables.lattice import build_lattices, join_rules

_BORDER = 12.0
"""White put around a picture (points): its text may reach its edges."""


def find_inlays(page: PageContent) -> list[Box]:
    """Give the pictures of a page that are read: as large as a table and bare of text, or alone in a cell."""
    if not page.images:
        return []
    large = [box for box in page.images if may_hold_a_table(box, page)]
    lattices = build_lattices(join_rules(page.rules))
    held = assign_words(page.words, lattices).held if lattices else ()
    return large + [
        box for box in page.images if box not in large and lattices and find_picture_cells([box], lattices, held)
    ]


def read_inlays(page: PageContent, pixels: Pixels, boxes: list[Box], recognise: Recognise) -> PageContent:
    """Add the words and rules that stand in pictures to a page's own; ``pixels`` show the whole page."""
    across, down = pixels.shape[1] / page.width, pixels.shape[0] / page.height
    for x0, top, x1, bottom in boxes:
        piece = pixels[
            max(0, round(top * down)) : round(bottom * down), max(0, round(x0 * across)) : round(x1 * across)
        ]
        if not piece.size:
            continue
        margins = (round(_BORDER * down),) * 2, (round(_BORDER * across),) * 2, (0, 0)
        padded = np.ascontiguousarray(np.pad(piece, margins, constant_values=255))
        width, height = padded.shape[1] / across, padded.shape[0] / down
        for found in recognise(padded, width, height, page.number):
            page = _merge(page, found, x0 - _BORDER, top - _BORDER)
    return page


def _merge(page: PageContent, found: PageContent, x: float, y: float) -> PageContent:
    return replace(
        page,
        words=(*page.words, *_shift_words(found.words, x, y)),
        rules=(*page.rules, *(_shift_rule(rule, x, y) for rule in found.rules)),
        unsure_sides=(*page.unsure_sides, *(_shift_box(box, x, y) for box in found.unsure_sides)),
        unread=(*page.unread, *(_shift_box(box, x, y) for box in found.unread)),
    )


def _shift_words(words: tuple[Word, ...], x: float, y: float) -> Iterator[Word]:
    for word in words:
        starts = tuple(start + x for start in word.starts)
        yield word._replace(x0=word.x0 + x, top=word.top + y, x1=word.x1 + x, bottom=word.bottom + y, starts=starts)


def _shift_rule(rule: Rule, x: float, y: float) -> Rule:
    along, across = (x, y) if rule.level else (y, x)
    return rule._replace(at=rule.at + across, start=rule.start + along, end=rule.end + along)


def _shift_box(box: Box, x: float, y: float) -> Box:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y
