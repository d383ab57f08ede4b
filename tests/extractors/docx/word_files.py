"""Builds Word packages from raw XML, one oddity at a time: python-docx and LibreOffice never write most of them."""

import zipfile
from pathlib import Path

from extractors.document import Document, Grid
from extractors.docx.read import read_docx
from extractors.limits import DEFAULT_LIMITS, Limits

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{main}" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def write_docx(
    path: Path,
    body: str,
    *,
    styles: str | None = None,
    numbering: str | None = None,
    main: str = "word/document.xml",
    before: str = '<?xml version="1.0" encoding="UTF-8"?>',
    office: str = OFFICE,
    namespaces: str = NAMESPACES,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """Write a package with a body; ``styles`` and ``numbering`` are what stands inside those parts."""
    folder, name = main.rsplit("/", 1)
    parts: dict[str, str] = {
        "[Content_Types].xml": CONTENT_TYPES.format(main=main),
        "_rels/.rels": relations({"officeDocument": main}, office),
        main: f"{before}<w:document {namespaces}><w:body>{body}</w:body></w:document>",
    }
    related: dict[str, str] = {}
    if styles is not None:
        related["styles"] = "styles.xml"
        parts[f"{folder}/styles.xml"] = f"<w:styles {namespaces}>{styles}</w:styles>"
    if numbering is not None:
        related["numbering"] = "numbering.xml"
        parts[f"{folder}/numbering.xml"] = f"<w:numbering {namespaces}>{numbering}</w:numbering>"
    parts[f"{folder}/_rels/{name}.rels"] = relations(related, office)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
        for part, data in (extra or {}).items():
            archive.writestr(part, data)
    return path


def relations(targets: dict[str, str], office: str) -> str:
    """Give a relationships part."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """Give a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "") -> str:
    """Give a paragraph of one plain run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    """Give a table cell; plain text becomes its one paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Give a table row; plain texts become plain cells."""
    inner = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    """Give a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a Word file as the reader does."""
    return read_docx(path, sha256="", file_name=path.name, limits=limits)


def texts(document: Document) -> list[str]:
    """Give the texts of a document's paragraphs."""
    return [one.text for one in document.paragraphs()]


def first_grid(document: Document) -> Grid:
    """Give a document's first table."""
    return next(document.grids())
