"""The review form (绩效目标审核表): a template that people change in Word, filled once for each project."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.publication.letters.letterhead import save_document, sign_document
from warehouse.publication.letters.tables import BODY_FONT, HEAD_FONT, LetterTable, plain_text, table_xml

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

TITLE = "绩效目标审核表"
ASKED = {
    "完整性": "内容是否齐全，产出、效益、满意度和成本指标是否都有",
    "相关性": "目标和指标与项目、与本单位职责是否对得上",
    "适当性": "指标值是否明确合理，与预算是否相称",
    "可行性": "时限、进度和保障是否做得到",
}
"""The four dimensions and what is asked of each."""

OPINION_TWIPS = 3000
"""The height of the place for the reviewer's opinion: eight lines by hand."""

MARK = re.compile(r"\{\{([^{}]+)\}\}")

Marks = Mapping[str, str]
"""What each mark of the template stands for in one project's form: 项目名称 → 村级办公经费."""


def write_forms(projects: Sequence[Marks], template: Path | None, dated: datetime, path: Path) -> None:
    """Write a file with a form for each project, each on pages of its own; the same projects give the same bytes.

    Without a template of the bureau's own the form is a plain one. What stands in a filing is never taken for a mark.
    """
    from docx import Document

    document = Document(str(template)) if template else blank_form()
    body = document.element.body
    form = [part for part in body if not part.tag.endswith("}sectPr")]
    for part in form:
        body.remove(part)
    for number, marks in enumerate(projects):
        for part in (*([_page_break()] if number else []), *(copy.deepcopy(part) for part in form)):
            _fill(part, marks)
            document.element.body.insert_element_before(part, "w:sectPr")
    sign_document(document, TITLE, dated)
    save_document(document, path)


def blank_form() -> "DocxDocument":
    """Make the plain form, with the marks that a template of the bureau's own may use too."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(2)
    _paragraph(document, "{{年度}}绩效目标审核表", HEAD_FONT, 18, centred=True)
    _paragraph(document, "{{提示}}", BODY_FONT, 10.5)
    heads = ("项目名称", "{{项目名称}}", "项目编码", "{{项目编码}}")
    about = (("报送单位", "{{单位}}", "预算数（元）", "{{预算数}}"), ("报送文件", "{{文件}}", "位置", "{{位置}}"))
    reviewed = [(name, asked, f"{{{{{name}}}}}", f"{{{{{name}问题}}}}") for name, asked in ASKED.items()]
    result = ("建议结论", "{{建议结论}}", "审定结论", "")
    signed = (("处理结果", "", "审核人和日期", ""),)
    for headings, lines, widths in (
        (heads, about, (0.16, 0.42, 0.17, 0.25)),
        (("审核内容", "审核要点", "建议等级", "发现的问题"), reviewed, (0.12, 0.28, 0.12, 0.48)),
        (result, signed, (0.16, 0.32, 0.17, 0.35)),
        (("审核意见（由审核人填写）",), (("{{审核意见}}",),), (1.0,)),
    ):
        table = parse_xml(table_xml(LetterTable(headings, tuple(lines), widths)))
        document.element.body.insert_element_before(table, "w:sectPr")
        _paragraph(document, "", BODY_FONT, 6)
    _make_tall(table)
    return document


def _make_tall(table: Any) -> None:
    """Leave room for an opinion of some lines in a table's last row."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    row = next(table.iterchildren(f"{_W}tr", reversed=True))
    row.find(f"{_W}trPr").append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="{OPINION_TWIPS}" w:hRule="atLeast"/>'))


def _paragraph(document: "DocxDocument", text: str, font: str, size: float, *, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _page_break() -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:p {nsdecls("w")}><w:r><w:br w:type="page"/></w:r></w:p>')


def _fill(part: Any, marks: Marks) -> None:
    """Put a project's texts in the place of marks, all at once: a mark that a filing wrote stays what it is."""
    for paragraph in _paragraphs(part):
        texts = list(paragraph.iter(_W_TEXT))
        whole = "".join(text.text or "" for text in texts)
        if not MARK.search(whole):
            continue
        filled = MARK.sub(lambda found: plain_text(marks.get(found[1], found[0])), whole)
        texts[0].text = filled
        texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for text in texts[1:]:  # a mark that the word processor cut into several runs
            text.text = ""


def _paragraphs(part: Any) -> Iterator[Any]:
    yield from part.iter(_W_PARAGRAPH)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_TEXT, _W_PARAGRAPH = f"{_W}t", f"{_W}p"
