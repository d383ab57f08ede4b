"""What is said about an item → the decision that is kept; what makes no sense is refused with the reason."""

from collections.abc import Mapping

from pipelines.review.clock import now
from pipelines.review.findings import STATES, state_of
from pipelines.review.items import Item
from transforms.decisions import DECISIONS, DOC_KINDS, Decision, same_text
from warehouse.county.finding_states import FindingState
from warehouse.county.headings_file import is_known_meaning

WHOLE_YEAR = 4


class DecideError(ValueError):
    """A decision that cannot be taken; the message is Chinese."""


def make_state(item: Item, said: Mapping[str, object]) -> FindingState:
    """Give what is said of a finding; raises DecideError where it makes no sense."""
    state, reason = str(said.get("decision") or ""), str(said.get("value") or "").strip()[:200]
    if state not in STATES:
        raise DecideError(f"审核问题的处理应为 {'、'.join(STATES)} 之一")
    if state == "waived" and not reason:
        raise DecideError("不再追究须填写理由")
    by = str(said.get("by") or "").strip()[:40]
    return state_of(item, state, reason, by, f"{now():%Y-%m-%d %H:%M}")


def meaning_of(item: Item, said: Mapping[str, object]) -> str:
    """Give the known heading that a heading is said to mean; raises DecideError where it is none."""
    means = str(said.get("value") or "").strip()
    if said.get("decision") != "corrected" or same_text(means, item.value_read) or not is_known_meaning(means):
        raise DecideError("请填写这个表头相当于哪个已知的表头（如 指标值、实际完成值、预算数），再按“更正”")
    return means


def make_decision(item: Item, said: Mapping[str, object]) -> Decision:
    """Make a decision about an item from what was said; raises DecideError where it makes no sense."""
    decision, value = str(said.get("decision") or ""), str(said.get("value") or "").strip()
    if item.kind != "doubt":
        raise DecideError("这一项不能在这里决定，请按提示处理文件")
    if decision not in DECISIONS:
        raise DecideError("决定应为 accepted、corrected、excluded 之一")
    if decision == "corrected":
        _check_value(item, value)
    return Decision(
        sha256=item.filing_id,
        table_no=item.table_no,
        row_no=item.row_no,
        col_no=item.col_no,
        field=item.field,
        text_read=item.value_read or "",
        decision=decision,
        value=value if decision == "corrected" else None,
        decided_at=now(),
        decided_by=str(said.get("by") or "").strip()[:40] or None,
        file_name=item.file_name,
        note=str(said.get("note") or "").strip()[:200] or None,
    )


def _check_value(item: Item, value: str) -> None:
    if not value:
        raise DecideError("请输入正确的内容")
    if item.table_no and not item.col_no:
        raise DecideError("这一项不是单个单元格的内容，不能在这里更正；请接受、不采用，或请乡镇改正后重新报送")
    if same_text(value, item.value_read):
        raise DecideError("与原读内容相同；内容无误请选“接受”")
    if item.field == "fiscal_year" and not (value.isdecimal() and len(value) == WHOLE_YEAR):
        raise DecideError("年度应为四位数字")
    if item.field == "doc_kind" and value not in DOC_KINDS:
        raise DecideError(f"类型应为 {'、'.join(DOC_KINDS)} 之一")
