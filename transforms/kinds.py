"""Which kind of filing it is: targets, a self-evaluation, what was reached so far, or a change of targets."""

import re
from collections.abc import Iterable, Sequence

from extractors.document import Document
from transforms.forms.form import Form
from transforms.forms.heads.titles import LONGEST_TITLE

_MONITORING = re.compile(r"监控|运行情况表|执行情况监测|双监控")
_ADJUSTMENT = re.compile(r"(?:绩效)?目标.{0,6}调整|调整.{0,10}目标|调整(?:申请|申报|审批|情况)?表$")
_SELF_EVALUATION = re.compile(r"自评|自我评价")


def find_doc_kind(document: Document, forms: Sequence[Form]) -> str:
    """Give targets, self_evaluation, monitoring or adjustment: by the title, else by what the columns ask for.

    A form of what was reached in some months (1—7月执行情况) monitors, whatever its title says.
    """
    titles = list(find_titles(document))
    roles = {column.role for form in forms for row in form.rows for column in row.heading.columns}
    said = " ".join(titles)
    if "actual" not in roles and "monitor" in roles:
        return "monitoring"
    if _MONITORING.search(said) and not _SELF_EVALUATION.search(said):
        return "monitoring"
    if "actual" in roles:
        return "self_evaluation"
    return "adjustment" if _ADJUSTMENT.search(said) else "targets"


def find_titles(document: Document) -> Iterable[str]:
    """Yield the short lines above and at the top of tables that may be a form's title."""
    for paragraph in document.paragraphs():
        text = paragraph.text.strip()
        if 0 < len(text) <= LONGEST_TITLE and not text.endswith(("。", "；")):
            yield text
    for grid in document.grids():
        for cell in grid.cells:
            if cell.row < 2 and cell.col == 0 and cell.col_span >= grid.n_cols and 0 < len(cell.text) <= LONGEST_TITLE:
                yield cell.text
