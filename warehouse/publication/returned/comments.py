"""Writes comments into a filing's own Word file, on the cells that remarks are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.docx.locate import CellPlaces, locate_cells
from extractors.rejection import RejectedFile
from warehouse.publication.letters.letterhead import save_document
from warehouse.publication.letters.tables import plain_text
from warehouse.publication.returned.hiding import hide_in
from warehouse.publication.returned.remarks import Remark
from warehouse.publication.sources.masking import contact_cells
from warehouse.publication.sources.pages import open_or_read

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

AUTHOR, INITIALS = "绩效目标审核", "审"


@dataclass(frozen=True, slots=True)
class ReturnJob:
    """One Word file to be given back: where its bytes are, where the copy goes, and the remarks on it.

    ``document`` is the place of its kept Document (None: it is read again).
    """

    path: Path
    target: Path
    remarks: tuple[Remark, ...]
    dated: datetime
    document: Path | None = None


def write_commented(job: ReturnJob) -> int:
    """Write the file with its comments, what is personal hidden, and give how many stand on a cell; runs in a guarded worker.

    The same file and remarks give the same bytes. 0, and no file, where it is none that Word's own format allows to
    write into (macros, strict format, damage): the list of remarks then has to do.
    """
    from docx import Document

    try:
        places, document = locate_cells(job.path), Document(str(job.path))
        contacts = contact_cells(open_or_read(job.path, job.path.name, job.document))
    except (RejectedFile, ValueError, KeyError):
        return 0
    cells = list(document.element.iter(_qn("w:tc")))
    hide_in(document, [cells[places[place]] for place in contacts if place in places])
    elsewhere: list[Remark] = []
    for remark in job.remarks:
        number = _number_of(remark, places)
        if number is None or number >= len(cells):
            elsewhere.append(remark)
        else:
            _comment(document, cells[number], _text(remark), job.dated)
    if elsewhere:
        _comment(document, document.element.body, _rest(elsewhere), job.dated)
    save_document(document, job.target)
    return len(job.remarks) - len(elsewhere)


def _number_of(remark: Remark, places: CellPlaces) -> int | None:
    """Give the number of a remark's cell; of a row as a whole, its first cell."""
    if remark.cell is None:
        return None
    table_no, row_no, col_no = remark.cell
    if col_no is not None:
        return places.get((table_no, row_no, col_no))
    row = [place for place in places if place[:2] == (table_no, row_no)]
    return places[min(row)] if row else None


def _comment(document: "DocxDocument", element: Any, text: str, dated: datetime) -> None:
    """Put a comment on an element's first paragraph."""
    from docx.text.paragraph import Paragraph

    found = next(element.iter(_qn("w:p")), None)
    if found is None:
        return
    paragraph = Paragraph(found, document._body)
    runs = paragraph.runs or [paragraph.add_run("")]
    comment = document.add_comment(runs, plain_text(text), AUTHOR, INITIALS)
    comment._comment_elm.date = dated


def _text(remark: Remark) -> str:
    about = " · ".join(part for part in (remark.project, remark.indicator) if part)
    lines = [f"【{remark.severity_name}】{remark.message}", f"依据：{remark.rule}", remark.expected, about]
    return "\n".join([*(line for line in lines if line), f"（问题清单第{remark.number}条）"])


def _rest(remarks: Sequence[Remark]) -> str:
    listed = "\n".join(f"第{remark.number}条【{remark.severity_name}】{remark.message}" for remark in remarks)
    return f"以下 {len(remarks)} 条不在某一个单元格，见问题清单：\n{listed}"


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
