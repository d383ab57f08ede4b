"""Hides what is personal in the copy of a township's Word file: in its texts, and who wrote and saved it."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from transforms.words.personal import HIDDEN, find_personal, hide_contact

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_TEXTS = (qn("w:t"), qn("w:delText"))


def hide_in(document: "DocxDocument", contacts: Collection[Any]) -> None:
    """Hide numbers and names in every text of a Word file (header, notes and comments too), and whole contact cells.

    ``contacts`` are the w:tc elements that hold who filled in the form. Pictures stay as they are.
    """
    for cell in contacts:
        _hide_cell(cell)
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for paragraph in root.iter(qn("w:p")) if root is not None else ():
            _hide_spans(list(_own_texts(paragraph)))
    document.core_properties.author = document.core_properties.last_modified_by = ""


def _hide_cell(cell: Any) -> None:
    paragraphs = [list(_own_texts(paragraph)) for paragraph in cell.iterchildren(qn("w:p"))]
    texts = [text for paragraph in paragraphs for text in paragraph]
    whole = "\n".join("".join(text.text or "" for text in paragraph) for paragraph in paragraphs).strip()
    hidden = hide_contact(whole)
    if hidden != whole:
        texts[0].text = hidden
        for text in texts[1:]:
            text.text = ""


def _own_texts(paragraph: Any) -> Iterator[Any]:
    """Yield a paragraph's pieces of text, without those of text boxes that hang on it."""
    for text in paragraph.iter(*_TEXTS):
        if next(text.iterancestors(qn("w:p"))) is paragraph:
            yield text


def _hide_spans(texts: list[Any]) -> None:
    """Hide in place what is personal in a text that stands in several pieces."""
    whole = "".join(text.text or "" for text in texts)
    for start, end in sorted(set(find_personal(whole)), reverse=True):
        at = 0
        for text in texts:
            piece = text.text or ""
            first, last = max(start - at, 0), min(end - at, len(piece))
            at += len(piece)
            if first < last:
                text.text = piece[:first] + (HIDDEN if first == start - at + len(piece) else "") + piece[last:]
