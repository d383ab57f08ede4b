"""What stands out in a Word document, found in one pass: everything else can be read the short way."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.docx_names import ALTERNATE, DEL, TC, TEXT_BOX, VAL, P, T, m, w
from extractors.docx_package import Element
from extractors.docx_styles import NUM_PR, P_STYLE, R_STYLE, STRIKE, STRIKE_TWICE, VANISH, Styles, whole
from extractors.docx_symbols import PRIVATE_USE

GRID_SPAN, V_MERGE, H_MERGE, CELL_DELETED = w("gridSpan"), w("vMerge"), w("hMerge"), w("cellDel")

PROMPT = w("showingPlcHdr")

PARAGRAPH_MARKS = (
    *(ALTERNATE, DEL, TEXT_BOX, NUM_PR, VANISH, STRIKE, STRIKE_TWICE, m("oMath")),
    *(w("moveFrom"), PROMPT, w("fldChar"), w("sym"), w("ruby")),
    *(w("br"), w("cr"), w("tab"), w("ptab"), w("noBreakHyphen")),
)
"""Elements that make a paragraph's text more than its w:t elements in a row."""

CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class CellShapes:
    """Cells that are merged or deleted, by what their properties say; all others are plain.

    ``spans`` are grid spans of 1 or more; a merge is "restart" or "continue".
    """

    spans: dict[Element, int]
    v_merges: dict[Element, str]
    h_merges: dict[Element, str]
    deleted: set[Element]


def find_plain_texts(main: Element, styles: Styles) -> dict[Element, list[str]]:
    """Give the texts of all paragraphs that are just their w:t elements in a row; the others need the careful reading."""
    if styles.default_matters:
        return {}
    texts: dict[Element, list[str]] = {}
    pieces: list[str] = []
    for element in main.iter(P, T):
        if element.tag == P:
            texts[element] = pieces = []
        else:
            pieces.append(element.text or "")
    for paragraph in _marked_paragraphs(main, styles):
        del texts[paragraph]
    if PRIVATE_USE.search("".join(["".join(found) for found in texts.values()])):
        return {p: found for p, found in texts.items() if not PRIVATE_USE.search("".join(found))}
    return texts


def _marked_paragraphs(main: Element, styles: Styles) -> set[Element]:
    """Find the paragraphs that are more than plain, by what is in them or by a style that hides or numbers."""
    style_marks = [P_STYLE] if styles.matters_for_paragraphs else []
    if styles.hides or styles.strikes:
        style_marks.append(R_STYLE)
    marked: set[Element] = set()
    for element in main.iter(*PARAGRAPH_MARKS, *style_marks):
        paragraph = next(element.iterancestors(P), None)
        while paragraph is not None and paragraph not in marked:
            marked.add(paragraph)
            paragraph = next(paragraph.iterancestors(P), None)
    return marked


def find_cell_shapes(main: Element) -> CellShapes:
    """Find the cells that are not plain: one scan a property costs less than a look at each cell."""
    return CellShapes(
        {cell: max(1, whole(mark.get(VAL), 1)) for cell, mark in _cells_with(main, GRID_SPAN)},
        {cell: mark.get(VAL, CONTINUE) for cell, mark in _cells_with(main, V_MERGE)},
        {cell: mark.get(VAL, CONTINUE) for cell, mark in _cells_with(main, H_MERGE)},
        {cell for cell, _ in _cells_with(main, CELL_DELETED)},
    )


def _cells_with(main: Element, property_name: str) -> Iterator[tuple[Element, Element]]:
    for mark in main.iter(property_name):
        properties = mark.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is not None and cell.tag == TC:
            yield cell, mark


def has_any(main: Element, *names: str) -> bool:
    """Tell whether a document has any of some elements; for names it does not have at all this costs nothing."""
    return next(main.iter(*names), None) is not None
