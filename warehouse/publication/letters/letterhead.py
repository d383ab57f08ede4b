"""Writes letters (DOCX) under the bureau's letterhead: its own template where it has one, else a plain official form."""

import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from warehouse.publication.letters.tables import BODY_FONT, HEAD_FONT, LetterTable, plain_text, table_xml

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

BODY_MARK = "{{正文}}"
"""The paragraph of a template that the letter's body replaces; without it the body goes to the end."""

TITLE_FONT = "方正小标宋简体"

_ZIP_TIME = struct.pack("<HH", 0, 1 << 5 | 1)
"""Midnight of 1 January 1980, the first moment of the format, as an archive writes it."""

_LOCAL_TIME, _CENTRAL_TIME, _CENTRAL_LENGTHS, _CENTRAL_SIZE = 10, 12, 28, 46
"""Where an archive's headers hold time, and the lengths of a central header's name, extra field and comment."""

_NO_DATE = datetime(2000, 1, 1)


Kind = Literal["heading", "text", "finding", "place", "note", "right"]


@dataclass(frozen=True, slots=True)
class LetterText:
    """One paragraph of the body; ``lead`` is written bold before the text."""

    kind: Kind
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: its title, what a template's marks ({{乡镇}} …) stand for, and its body."""

    title: str
    marks: dict[str, str]
    body: tuple[LetterText | LetterTable, ...]


def write_letter(letter: Letter, template: Path | None, dated: datetime | None, path: Path) -> None:
    """Write a letter; the same letter, template and date give the same bytes."""
    from docx import Document

    document = Document(str(template)) if template else _blank_letter()
    _fill_marks(document, letter.marks)
    at = _body_place(document)
    for part in letter.body:
        added = _add_table(document, part) if isinstance(part, LetterTable) else _add_text(document, part)
        if at is not None:
            at.addprevious(added)
        if part is letter.body[-1] and isinstance(part, LetterText):
            added.get_or_add_pPr().get_or_add_keepNext()  # seal and date never stand alone on a page
    if at is not None:
        at.getparent().remove(at)
    sign_document(document, letter.title, dated or _NO_DATE)
    save_document(document, path)


def _blank_letter() -> "DocxDocument":
    """Make the form that is used without a template: a place for the letterhead, title, body, seal and date."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    normal = document.styles["Normal"]
    _set_font(normal, BODY_FONT, 12)
    normal.paragraph_format.space_after = Pt(0)
    _write_in_chinese(normal)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("〔此处套用本局文头〕")
    _set_font(run, TITLE_FONT, 20)
    run.font.color.rgb = RGBColor(0xC0, 0x10, 0x10)
    _rule_below(head)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(16), Pt(10)
    _set_font(title.add_run("关于{{乡镇}}{{年度}}{{事项}}审核情况的反馈"), TITLE_FONT, 18)
    addressed = document.add_paragraph()
    addressed.paragraph_format.space_after = Pt(6)
    _set_font(addressed.add_run("{{单位}}："), BODY_FONT, 14)
    document.add_paragraph(BODY_MARK)
    for text in ("〔盖章处〕", "　　　　年　　月　　日"):
        last = document.add_paragraph()
        last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        last.paragraph_format.space_before, last.paragraph_format.keep_with_next = Pt(14), text.startswith("〔")
        _set_font(last.add_run(text), BODY_FONT, 14)
    return document


def _fill_marks(document: "DocxDocument", marks: dict[str, str]) -> None:
    for paragraph in _paragraphs(document):
        if "{{" not in paragraph.text:
            continue
        for run in paragraph.runs:
            for mark, value in marks.items():
                if mark in run.text:
                    run.text = run.text.replace(mark, value)
        if any(mark in paragraph.text for mark in marks):  # a mark that the word processor cut into several runs
            text = paragraph.text
            for mark, value in marks.items():
                text = text.replace(mark, value)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text


def _paragraphs(document: "DocxDocument") -> Iterable[Any]:
    """Yield the paragraphs of the body, of its tables, and of all heads and feet of pages."""
    yield from document.paragraphs
    for table in document.tables:
        for cell in table._cells:
            yield from cell.paragraphs
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part.paragraphs
                for table in part.tables:
                    for cell in table._cells:
                        yield from cell.paragraphs


def _body_place(document: "DocxDocument") -> Any:
    return next((p._p for p in document.paragraphs if p.text.strip() == BODY_MARK), None)


def _add_text(document: "DocxDocument", part: LetterText) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after = 1.35, Pt(3)
    if part.kind == "heading":
        shape.space_before, shape.keep_with_next = Pt(10), True
        _set_font(paragraph.add_run(plain_text(part.text)), HEAD_FONT, 14)
        return paragraph._p
    size = {"place": 10.5, "note": 11}.get(part.kind, 12)
    shape.first_line_indent = Pt(2 * size) if part.kind in ("text", "note") else None
    if part.kind in ("finding", "place"):
        shape.left_indent = Pt(24)
        shape.first_line_indent = Pt(-24) if part.kind == "finding" else Pt(0)
        shape.keep_with_next = part.kind == "finding"
    if part.kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if part.lead:
        lead = paragraph.add_run(plain_text(part.lead))
        _set_font(lead, HEAD_FONT, size)
    run = paragraph.add_run(plain_text(part.text))
    _set_font(run, BODY_FONT, size)
    if part.kind in ("place", "note"):
        run.font.color.rgb = RGBColor(0x55, 0x5F, 0x6B) if part.kind == "place" else RGBColor(0x8A, 0x4B, 0x00)
    return paragraph._p


def _add_table(document: "DocxDocument", part: LetterTable) -> Any:
    from docx.oxml import parse_xml

    table = parse_xml(table_xml(part))
    document.element.body.insert_element_before(table, "w:sectPr")
    return table


def _set_font(target: Any, name: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    target.font.name, target.font.size = name, Pt(size)
    target.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _write_in_chinese(style: Any) -> None:
    """Name the language: without it, some machines draw Chinese text with Japanese or Korean glyphs."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)


def _rule_below(paragraph: Any) -> None:
    """Draw the red line below the letterhead."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C01010")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def sign_document(document: "DocxDocument", title: str, dated: datetime) -> None:
    """Say in the properties of a document that the program wrote it, and when."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "jixiao", "jixiao"
    properties.created = properties.modified = dated
    properties.revision = 1


def save_document(document: "DocxDocument", path: Path) -> None:
    """Save with fixed times inside the archive: python-docx writes the clock's."""
    buffer = BytesIO()
    document.save(buffer)
    archive = bytearray(buffer.getvalue())
    with zipfile.ZipFile(buffer) as made:
        entries, at = made.infolist(), made.start_dir
    for entry in entries:
        for time_at in (entry.header_offset + _LOCAL_TIME, at + _CENTRAL_TIME):
            archive[time_at : time_at + len(_ZIP_TIME)] = _ZIP_TIME
        at += _CENTRAL_SIZE + sum(struct.unpack_from("<3H", archive, at + _CENTRAL_LENGTHS))
    path.write_bytes(archive)
