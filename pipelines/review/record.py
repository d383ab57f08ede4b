"""Takes decisions about items of the queue into the county's files; the files are the record, not this process."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipelines.review.findings import FINDING, STATES, key_of, state_of
from pipelines.review.items import Item
from pipelines.review.queue import now, read_queue
from transforms.decisions import DECISIONS, DOC_KINDS, Decision, same_text
from warehouse.county.decisions import forget_decision, load_decisions, record_decisions
from warehouse.county.files import CountyFileError
from warehouse.county.finding_states import (
    FINDING_STATES_FILE,
    NEW,
    FindingState,
    load_finding_states,
    record_finding_states,
)
from warehouse.county.headings_file import is_known_meaning, teach_heading
from warehouse.home import Home

DECISIONS_FILE = "decisions.csv"
WHOLE_YEAR = 4


class DecideError(ValueError):
    """A decision that cannot be taken; the message is Chinese."""


class Review:
    """The decisions of one home, with the ones taken here that can be taken back."""

    def __init__(self, home: Home) -> None:
        """Begin with nothing to take back."""
        self._home = home
        self._path = home.config / DECISIONS_FILE
        self._states = home.config / FINDING_STATES_FILE
        self._taken: list[tuple[Decision, Decision | None] | FindingState] = []

    def with_decisions(self, items: Iterable[Item]) -> list[Item]:
        """Give items as they are decided in the file, which may be ahead of the database."""
        try:
            known = {one.key: one for one in load_decisions(self._path)}
            states = {one.finding_key: one for one in load_finding_states(self._states)}
        except CountyFileError as error:
            raise DecideError(str(error)) from error
        return [_as_stated(one, states) if one.kind == FINDING else _as_decided(one, known) for one in items]

    def decide(self, said: Mapping[str, object]) -> dict[str, object]:
        """Take one decision: ``key`` of an item, ``decision``, ``value`` for a correction, ``by``, ``note``."""
        item = self._find(str(said.get("key") or ""))
        if item.kind == "heading":
            return self._teach(item, said)
        if item.kind == FINDING:
            return self._state(item, said)
        decision = make_decision(item, said)
        self._record([decision])
        return {"key": item.key, "decision": decision.decision, "value_decided": decision.value}

    def _state(self, item: Item, said: Mapping[str, object]) -> dict[str, object]:
        """Say what became of a finding; the next publication's letters follow."""
        state = make_state(item, said)
        try:
            before = {one.finding_key: one for one in load_finding_states(self._states)}
            record_finding_states(self._states, [state])
        except CountyFileError as error:
            raise DecideError(str(error)) from error
        self._taken.append(before.get(state.finding_key, replace(state, state=NEW)))
        return {"key": item.key, "decision": state.state, "value_decided": state.reason or None}

    def _teach(self, item: Item, said: Mapping[str, object]) -> dict[str, object]:
        """Teach the county's forms what a heading means; the next run reads every filing's kept Document with it."""
        means = meaning_of(item, said)
        try:
            teach_heading(self._home.config / "headings.csv", item.value_read or "", means, "jixiao review")
        except CountyFileError as error:
            raise DecideError(str(error)) from error
        return {"key": item.key, "decision": "corrected", "value_decided": means}

    def decide_all(self, many: Sequence[Mapping[str, object]]) -> int:
        """Take several decisions or none of them; gives their number."""
        items = {one.key: one for one in read_queue(self._home)}
        made: list[Decision] = []
        taught: list[tuple[Item, Mapping[str, object]]] = []
        stated: list[tuple[Item, FindingState]] = []
        for said in many:
            key = str(said.get("key") or "")
            if key not in items:
                raise DecideError(f"待办中没有“{key}”，可能已经处理或文件已更换")
            if items[key].kind == "heading":
                meaning_of(items[key], said)
                taught.append((items[key], said))
            elif items[key].kind == FINDING:
                stated.append((items[key], make_state(items[key], said)))
            else:
                made.append(make_decision(items[key], said))
        self._record(made)
        for item, said in taught:
            self._teach(item, said)
        if stated:
            record_finding_states(self._states, [state for _, state in stated])
        return len(made) + len(taught) + len(stated)

    def undo(self) -> dict[str, object]:
        """Take the last decision back: the one before it stands again, or none."""
        if not self._taken:
            raise DecideError("没有可以撤销的决定")
        taken = self._taken.pop()
        if isinstance(taken, FindingState):
            record_finding_states(self._states, [taken])
            return {"undone": taken.finding_key, "text_read": taken.rule_title}
        decision, before = taken
        if not forget_decision(self._path, decision):
            raise DecideError("这个决定已被别人改动，没有撤销")
        if before is not None:
            record_decisions(self._path, [before])
        return {"undone": decision.field, "text_read": decision.text_read}

    def _find(self, key: str) -> Item:
        found = next((one for one in read_queue(self._home) if one.key == key), None)
        if found is None:
            raise DecideError("待办中没有这一项，可能已经处理或文件已更换，请刷新")
        return found

    def _record(self, decisions: Sequence[Decision]) -> None:
        try:
            before = {one.key: one for one in load_decisions(self._path)}
            record_decisions(self._path, decisions)
        except CountyFileError as error:
            raise DecideError(str(error)) from error
        except OSError as error:
            raise DecideError(f"无法写入 {self._path.name}：{error.strerror}（是否正在 Excel 中打开？）") from error
        self._taken += [(one, before.get(one.key)) for one in decisions]


def make_state(item: Item, said: Mapping[str, object]) -> FindingState:
    """Give what is said of a finding; raises DecideError where it makes no sense."""
    state, reason = str(said.get("decision") or ""), str(said.get("value") or "").strip()[:200]
    if state not in STATES:
        raise DecideError(f"审核问题的处理应为 {'、'.join(STATES)} 之一")
    if state == "waived" and not reason:
        raise DecideError("不再追究须填写理由")
    by = str(said.get("by") or "").strip()[:40]
    return state_of(item, state, reason, by, f"{now():%Y-%m-%d %H:%M}")


def _as_stated(item: Item, states: Mapping[str, FindingState]) -> Item:
    found = states.get(key_of(item))
    if found is None or found.state not in STATES:
        return replace(item, decision="open", value_decided=None)
    return replace(item, decision=found.state, value_decided=found.reason or None)


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
    if same_text(value, item.value_read):
        raise DecideError("与原读内容相同；内容无误请选“接受”")
    if item.field == "fiscal_year" and not (value.isdecimal() and len(value) == WHOLE_YEAR):
        raise DecideError("年度应为四位数字")
    if item.field == "doc_kind" and value not in DOC_KINDS:
        raise DecideError(f"类型应为 {'、'.join(DOC_KINDS)} 之一")


def _as_decided(item: Item, known: Mapping[tuple[str, int, int, int, str], Decision]) -> Item:
    decision = known.get((item.filing_id, item.table_no, item.row_no, item.col_no, item.field))
    if decision is None or item.kind != "doubt":
        return item if item.decision == "open" else replace(item, decision="open", value_decided=None)
    if not same_text(decision.text_read, item.value_read):
        return replace(item, decision="open", value_decided=None)
    return replace(item, decision=decision.decision, value_decided=decision.value)
