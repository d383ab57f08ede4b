"""Names, purposes and objectives that are another field's label; a title that says another kind of filing."""

import re
from collections.abc import Iterator, Sequence

from transforms.forms.heads.titles import LONGEST_TITLE
from transforms.forms.labels import find_head_role, find_header_role, label_key
from transforms.records import Doubt, FilingRecords, Place

_CODE_FIRST = re.compile(r"^[(\[]?[0-9A-Z]{2,}\d{8,}")
_SELF_EVALUATION = re.compile(r"自评(?:表|报告)?(?:\(|$)|绩效自评|目标完成情况表")


def text_doubts(records: FilingRecords) -> Iterator[Doubt]:
    """Yield the texts of projects that are a known label, and names that begin with a code."""
    for project in records.projects:
        texts = (("project_name", project.project_name), ("purpose", project.purpose), ("unit_name", project.unit_name))
        for field, text in texts:
            if text and _is_label(text):
                yield Doubt(field, text, "text_is_label", project.project_no, None, project.place)
        if _CODE_FIRST.match(label_key(project.project_name)):
            yield Doubt(
                "project_name", project.project_name, "name_begins_with_code", project.project_no, None, project.place
            )
    for objective in records.objectives:
        if _is_label(objective.objective_text):
            yield Doubt(
                "objective_text", objective.objective_text, "text_is_label", objective.project_no, None, objective.place
            )


def kind_doubts(records: FilingRecords, titles: Sequence[str]) -> Iterator[Doubt]:
    """Yield the doubt of a filing whose title says 自评, but of whose indicators none has a place for what was reached."""
    said = next((title for title in titles if len(title) <= LONGEST_TITLE and _SELF_EVALUATION.search(title)), None)
    if said is not None and records.filing.doc_kind == "targets":
        yield Doubt("doc_kind", records.filing.doc_kind, "kind_against_title", None, None, Place(None, 0, 0))


def _is_label(text: str) -> bool:
    return find_head_role(text) is not None or find_header_role(text) in ("level1", "level2", "name", "value", "sign")
