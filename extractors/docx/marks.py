"""What stands out in a Word document, found in one pass: everything else can be read the short way."""

from dataclasses import dataclass, field

from extractors.docx.package import Element
from extractors.docx.styles import NUM_PR, P_STYLE, R_STYLE, STRIKE, STRIKE_TWICE, VANISH, Styles, whole
from extractors.docx.symbols import PRIVATE_USE
from extractors.docx.xml_names import (
    ALT_CHUNK,
    ALTERNATE,
    DEL,
    REMOVED,
    SDT,
    TBL,
    TC,
    TEXT_BOX,
    VAL,
    WRAPPERS,
    P,
    T,
    m,
    w,
)

GRID_SPAN, V_MERGE, H_MERGE, CELL_DELETED = w("gridSpan"), w("vMerge"), w("hMerge"), w("cellDel")
FORMER_PROPERTIES = w("tcPrChange")

PROMPT = w("showingPlcHdr")

PARAGRAPH_MARKS = (
    *(ALTERNATE, DEL, TEXT_BOX, NUM_PR, VANISH, STRIKE, STRIKE_TWICE, m("oMath")),
    *(w("moveFrom"), PROMPT, w("fldChar"), w("sym"), w("ruby")),
    *(w("br"), w("cr"), w("tab"), w("ptab"), w("noBreakHyphen")),
)
"""Elements that make a paragraph's text more than its w:t elements in a row."""

BLOCKS_AROUND = (TBL, SDT, ALTERNATE, ALT_CHUNK, *sorted(REMOVED | WRAPPERS))
"""What can stand beside paragraphs in a cell and holds content of its own."""

CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document's cells and paragraphs are, so that only those that stand out are looked at closely.

    ``paragraphs`` are those whose text is just their w:t elements in a row, each as its texts; ``cells`` those of
    nothing but such paragraphs, each as its paragraphs. All others need the careful reading.
    ``spans`` are grid spans of 1 or more; a merge is "restart" or "continue"; cells without either are not in there.
    ``wrapped`` are the elements of which some child stands inside a content control or another wrapper.
    """

    paragraphs: dict[Element, list[str]] = field(default_factory=dict)
    cells: dict[Element, list[list[str]]] = field(default_factory=dict)
    spans: dict[Element, int] = field(default_factory=dict)
    v_merges: dict[Element, str] = field(default_factory=dict)
    h_merges: dict[Element, str] = field(default_factory=dict)
    deleted: set[Element] = field(default_factory=set)
    wrapped: set[Element | None] = field(default_factory=set)


def find_outline(main: Element, styles: Styles) -> Outline:
    """Find the outline in one pass over the document's cells, paragraphs and texts."""
    outline = Outline(wrapped={wrapper.getparent() for wrapper in main.iter(SDT, *WRAPPERS)})
    paragraphs, cells, spans, v_merges = outline.paragraphs, outline.cells, outline.spans, outline.v_merges
    pieces: list[str] = []
    lines: list[list[str]] = []
    cell, is_former = main, False
    for element in main.iter(T, P, TC, GRID_SPAN, V_MERGE, H_MERGE, CELL_DELETED, FORMER_PROPERTIES):
        tag = element.tag
        if tag == T:
            pieces.append(element.text or "")
        elif tag == P:
            paragraphs[element] = pieces = []
            if element.getparent() is cell:
                lines.append(pieces)
        elif tag == TC:
            cell = element
            cells[cell] = lines = []
            is_former = False
        elif tag == FORMER_PROPERTIES:
            is_former = True  # what the cell was before a tracked change stands after what it is
        elif is_former:
            continue
        elif tag == GRID_SPAN:
            spans[cell] = max(1, whole(element.get(VAL), 1))
        elif tag == V_MERGE:
            v_merges[cell] = element.get(VAL, CONTINUE)
        elif tag == H_MERGE:
            outline.h_merges[cell] = element.get(VAL, CONTINUE)
        else:
            outline.deleted.add(cell)
    _drop_careful(outline, main, styles)
    return outline


def _drop_careful(outline: Outline, main: Element, styles: Styles) -> None:
    """Take the paragraphs and cells out of the outline that need the careful reading."""
    if styles.default_matters:
        outline.paragraphs.clear()
        outline.cells.clear()
        return
    careful = _marked_paragraphs(main, styles)
    if PRIVATE_USE.search("".join(map("".join, outline.paragraphs.values()))):
        careful.update(p for p, found in outline.paragraphs.items() if PRIVATE_USE.search("".join(found)))
    for paragraph in careful:
        del outline.paragraphs[paragraph]
    for inner in (*careful, *main.iter(*BLOCKS_AROUND)):
        around = inner.getparent()
        if around is not None:
            outline.cells.pop(around, None)


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
    for box in main.iter(TEXT_BOX):  # the paragraph around a box goes on after it: its texts would seem to be the box's
        marked.update(box.iter(P))
    return marked


def has_any(main: Element, *names: str) -> bool:
    """Tell whether a document has any of some elements; for names it does not have at all this costs nothing."""
    return next(main.iter(*names), None) is not None
