"""Draws blocks of text and tables as a DOCX whose bytes depend on nothing but the blocks."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART_TIME = (2024, 1, 1, 0, 0, 0)
"""Every part of the archive carries this time, so that drawing again gives the same bytes."""

PORTRAIT = (11906, 16838)
"""A4 in twentieths of a point: width, height."""
MARGIN = 1134


@dataclass(frozen=True, slots=True)
class Box:
    """One table cell: its text, how many columns and rows it covers, and what a reader must see through.

    ``deleted`` is a tracked deletion, ``hidden`` is hidden text, ``controlled`` puts the text into a content
    control, ``inserted`` into a tracked insertion; only the two first do not belong to the cell's text.
    """

    text: str = ""
    cols: int = 1
    rows: int = 1
    bold: bool = False
    centred: bool = False
    borderless: bool = False
    deleted: str = ""
    hidden: str = ""
    controlled: bool = False
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of boxes as in HTML: a place covered by a box from above is left out of its row.

    ``widths`` are shares of the text width, one per column; the first ``head_rows`` rows repeat on each page.
    """

    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[float, ...]
    head_rows: int = 0
    whole_rows: bool = False
    size: int = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; ``size`` is in half points, ``level`` makes it a heading (1 or 2)."""

    text: str
    size: int = 24
    bold: bool = False
    align: str = "left"
    level: int = 0
    new_page: bool = False
    bookmark: str = ""
    deleted: str = ""
    hidden: str = ""


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document: its blocks, its paper and what runs along the top and the bottom of each page."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    running_head: str = ""
    running_foot: str = ""
    font: str = "宋体"
    title: str = ""


def _runs(text: str, size: int, bold: bool) -> str:
    style = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")]
    return f"<w:r>{style}{'<w:br/>'.join(parts)}</w:r>"


def _extras(deleted: str, hidden: str) -> str:
    xml = ""
    if deleted:
        xml += f'<w:del w:id="1" w:author="x"><w:r><w:delText>{escape(deleted)}</w:delText></w:r></w:del>'
    if hidden:
        xml += f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape(hidden)}</w:t></w:r>"
    return xml


def _line_xml(line: Line, number: int) -> str:
    style = f'<w:pStyle w:val="Heading{line.level}"/>' if line.level else ""
    style += "<w:pageBreakBefore/>" if line.new_page else ""
    style += f'<w:jc w:val="{line.align}"/>' if line.align != "left" else ""
    body = _runs(line.text, line.size, line.bold) + _extras(line.deleted, line.hidden)
    if line.bookmark:
        body = f'<w:bookmarkStart w:id="{number}" w:name="{line.bookmark}"/>{body}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p><w:pPr>{style}</w:pPr>{body}</w:p>"


def _box_xml(box: Box, width: int, size: int, merge: str) -> str:
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    props += f'<w:gridSpan w:val="{box.cols}"/>' if box.cols > 1 else ""
    props += merge
    if box.borderless:
        props += '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
    props += '<w:vAlign w:val="center"/>'
    style = '<w:pPr><w:jc w:val="center"/></w:pPr>' if box.centred else ""
    body = _runs(box.text, size, box.bold) if box.text else ""
    if box.inserted and body:
        body = f'<w:ins w:id="2" w:author="x">{body}</w:ins>'
    elif box.controlled and body:
        body = f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>"
    body += _extras(box.deleted, box.hidden)
    return f"<w:tc><w:tcPr>{props}</w:tcPr><w:p>{style}{body}</w:p></w:tc>"


def _table_xml(table: Table, text_width: int) -> str:
    total = sum(table.widths)
    widths = [round(text_width * share / total) for share in table.widths]
    covered: dict[tuple[int, int], tuple[Box, int]] = {}
    xml = []
    for row_no, row in enumerate(table.rows):
        waiting = list(row)
        cells: list[str] = []
        col = 0
        while col < len(widths):
            above = covered.get((row_no, col))
            if above is not None:
                box, width = above
                cells.append(_box_xml(Box(cols=box.cols), width, table.size, "<w:vMerge/>"))
            elif waiting:
                box = waiting.pop(0)
                width = sum(widths[col : col + box.cols])
                merge = '<w:vMerge w:val="restart"/>' if box.rows > 1 else ""
                cells.append(_box_xml(box, width, table.size, merge))
                for below in range(row_no + 1, row_no + box.rows):
                    covered[(below, col)] = (box, width)
            else:
                raise ValueError(f"row {row_no} ends at column {col} of {len(widths)}: {row}")
            col += box.cols
        if waiting or col != len(widths):
            raise ValueError(f"row {row_no} does not fit {len(widths)} columns: {row}")
        props = "<w:cantSplit/>" if table.whole_rows else ""
        props += "<w:tblHeader/>" if row_no < table.head_rows else ""
        xml.append(f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    style = '<w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblBorders>'
    style += "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    style += '</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{style}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(xml)}</w:tbl>"


def _document_xml(sheet: Sheet) -> str:
    width, height = PORTRAIT[::-1] if sheet.landscape else PORTRAIT
    body = []
    before: Block | None = None
    for number, block in enumerate(sheet.blocks):
        if isinstance(block, Table):
            if isinstance(before, Table):
                body.append("<w:p/>")
            body.append(_table_xml(block, width - 2 * MARGIN))
        else:
            body.append(_line_xml(block, number))
        before = block
    if isinstance(before, Table):
        body.append("<w:p/>")
    parts = '<w:headerReference w:type="default" r:id="rId2"/>' if sheet.running_head else ""
    parts += '<w:footerReference w:type="default" r:id="rId3"/>' if sheet.running_foot else ""
    turn = ' w:orient="landscape"' if sheet.landscape else ""
    paper = f'<w:pgSz w:w="{width}" w:h="{height}"{turn}/>'
    margins = " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    section = f'<w:sectPr>{parts}{paper}<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    spaces = f'xmlns:w="{_NAMESPACE}" xmlns:r="{_RELATIONS}"'
    return f"{_HEAD}<w:document {spaces}><w:body>{''.join(body)}{section}</w:body></w:document>"


def _styles_xml(font: str) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for level in (1, 2)
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/>'
        f'<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>{headings}</w:styles>'
    )


def _running_xml(tag: str, text: str) -> str:
    """Draw a running head or foot; ``#`` in the text stands for the page's number."""
    field_xml = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    body = field_xml.join(_runs(part, 18, False) for part in text.split("#"))
    align = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    return f'{_HEAD}<w:{tag} xmlns:w="{_NAMESPACE}"><w:p>{align}{body}</w:p></w:{tag}>'


def _core_xml(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


def draw_docx(sheet: Sheet) -> bytes:
    """Draw a document as the bytes of a DOCX file."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = [("styles", "styles")]
    kinds += [("header", "header")] if sheet.running_head else []
    kinds += [("footer", "footer")] if sheet.running_foot else []
    ids = {"styles": "rId1", "header": "rId2", "footer": "rId3"}
    types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{word}.{k}+xml"/>' for n, k in kinds)
    links = "".join(f'<Relationship Id="{ids[k]}" Type="{_RELATIONS}/{k}" Target="{n}.xml"/>' for n, k in kinds)
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": _core_xml(sheet.title),
        "word/document.xml": _document_xml(sheet),
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        "</Relationships>",
        "word/styles.xml": _styles_xml(sheet.font),
    }
    if sheet.running_head:
        parts["word/header.xml"] = _running_xml("hdr", sheet.running_head)
    if sheet.running_foot:
        parts["word/footer.xml"] = _running_xml("ftr", sheet.running_foot)
    return _zip(parts)


def _zip(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _PART_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


def row(*texts: str | Box) -> tuple[Box, ...]:
    """Make a row of boxes; a plain text is a box of one place."""
    return tuple(text if isinstance(text, Box) else Box(text) for text in texts)


def plain_table(rows: Sequence[Sequence[str]], widths: Sequence[float] | None = None, size: int = 18) -> Table:
    """Make a table without merged cells."""
    return Table(tuple(row(*texts) for texts in rows), tuple(widths or [1.0] * len(rows[0])), size=size)
