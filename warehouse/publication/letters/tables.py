"""The tables of letters, written as WordprocessingML at once: setting hundreds of cells one by one takes a second a letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

BODY_FONT, HEAD_FONT = "仿宋_GB2312", "黑体"
"""The fonts of official letters (GB/T 9704); machines without them show their own."""

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")

_PAGE_WIDTH_TWIPS = 8840
_MARGIN_TWIPS, _DIGIT_TWIPS, _HEADING_DIGITS = 60, 135, 5
"""A cell's margin, the width of a bold digit of 9.5 points in the widest of the fonts in use, and the least of a column."""

_MOST_FIGURES = 0.75
"""The share of a table's width that figures may take beside texts."""

_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7A8594"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
"""A table is ruled by itself: a bureau's template need not have a style for it."""

_CELL_MARGINS = (
    f'<w:tblCellMar><w:left w:w="{_MARGIN_TWIPS}" w:type="dxa"/>'
    f'<w:right w:w="{_MARGIN_TWIPS}" w:type="dxa"/></w:tblCellMar>'
)


@dataclass(frozen=True, slots=True)
class LetterTable:
    """One table of the body; ``widths`` are shares of the page's width; ``marked`` lines are written bold."""

    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    marked: frozenset[int] = frozenset()


def table_xml(part: LetterTable) -> str:
    """Write a table as WordprocessingML."""
    widths = column_widths(part)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_row_xml(part.headings, widths, head=True, bold=True)]
    rows += [_row_xml(line, widths, head=False, bold=at in part.marked) for at, line in enumerate(part.lines)]
    return (
        f'<w:tbl xmlns:w="{_NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/>{_CELL_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def column_widths(part: LetterTable) -> list[int]:
    """Share the page's width out, in twips: each column of figures gets what its longest figure needs first.

    A figure must never be broken over two lines; the texts' columns have the rest, by their shares.
    """
    columns = list(zip(*part.lines, strict=True)) if part.lines else [()] * len(part.headings)
    figures = {at: _figure_width(texts) for at, texts in enumerate(columns) if any(map(_NUMBER.fullmatch, texts))}
    shares = {at: share for at, share in enumerate(part.widths) if at not in figures}
    if not shares:
        return [round(_PAGE_WIDTH_TWIPS * figures[at] / sum(figures.values())) for at in range(len(columns))]
    tight = min(1.0, _MOST_FIGURES * _PAGE_WIDTH_TWIPS / max(sum(figures.values()), 1))
    figures = {at: round(width * tight) for at, width in figures.items()}
    room = _PAGE_WIDTH_TWIPS - sum(figures.values())
    return [figures.get(at) or round(room * shares[at] / sum(shares.values())) for at in range(len(columns))]


def _figure_width(texts: Sequence[str]) -> int:
    longest = max(len(text) for text in texts if _NUMBER.fullmatch(text))
    return 2 * _MARGIN_TWIPS + _DIGIT_TWIPS * max(longest, _HEADING_DIGITS)


def _row_xml(values: tuple[str, ...], widths: list[int], *, head: bool, bold: bool) -> str:
    cells = "".join(_cell_xml(text, width, head, bold) for text, width in zip(values, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell_xml(text: str, width: int, head: bool, bold: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E8EDF3"/>' if head else ""
    align = "center" if head else "right" if _NUMBER.fullmatch(text) else "left"
    font, weight = (HEAD_FONT, "" if head else "<w:b/>") if bold else (BODY_FONT, "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr><w:spacing w:before="40" w:after="40" '
        f'w:line="264" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{font}" '
        f'w:hAnsi="{font}" w:eastAsia="{font}"/>{weight}<w:sz w:val="19"/></w:rPr><w:t xml:space="preserve">{_xml_text(text)}</w:t>'
        f"</w:r></w:p></w:tc>"
    )


def _xml_text(text: str) -> str:
    return escape(plain_text(text))


def plain_text(text: str) -> str:
    """Leave out what XML cannot hold (control characters)."""
    return _NOT_XML.sub("", text)
