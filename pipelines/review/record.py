"""Takes decisions about items of the queue into the county's files; the files are the record, not this process."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from pipelines.review.clusters import NAMES, terms_for
from pipelines.review.findings import FINDING
from pipelines.review.items import Item
from pipelines.review.making import DecideError, make_decision, make_state, meaning_of
from pipelines.review.overlay import with_decisions
from pipelines.review.queue import read_queue
from transforms.decisions import Decision
from transforms.names.terms import Term
from warehouse.county.decisions import forget_decision, load_decisions, record_decisions
from warehouse.county.files import CountyFileError
from warehouse.county.finding_states import (
    FINDING_STATES_FILE,
    NEW,
    FindingState,
    load_finding_states,
    record_finding_states,
)
from warehouse.county.headings_file import forget_heading, teach_heading
from warehouse.county.terms_file import load_terms, put_terms_back, record_terms
from warehouse.home import Home

Said = Mapping[str, object]
"""What a person says of an item: ``key``, ``decision``, ``value``, ``names`` of a cluster, ``by``, ``note``."""
CHANGED = "这个决定已被别人改动，没有撤销"


class Review:
    """The decisions of one home, with the ones taken here that can be taken back, the last one first."""

    def __init__(self, home: Home) -> None:
        """Begin with nothing to take back."""
        self._home = home
        self._path = home.config / "decisions.csv"
        self._states = home.config / FINDING_STATES_FILE
        self._headings = home.config / "headings.csv"
        self._terms = home.config / "terms.csv"
        self._taken: list[Callable[[], bool]] = []

    def with_decisions(self, items: Iterable[Item]) -> list[Item]:
        """Give items as they are decided in the files."""
        with _told():
            return with_decisions(self._home, items)

    def decide(self, said: Said) -> dict[str, object]:
        """Take one decision; gives the item's key with what is now decided about it."""
        found = self._find([said])
        self._take(found, [said])
        (item,) = self.with_decisions(found)
        value = str(said.get("value") or "").strip() if item.kind == "heading" else item.value_decided
        decision = "corrected" if item.kind == "heading" else item.decision
        return {"key": item.key, "decision": decision, "value_decided": value}

    def decide_all(self, many: Sequence[Said]) -> int:
        """Take several decisions or none of them; gives their number. They are taken back together."""
        self._take(self._find(many), many)
        return len(many)

    def _take(self, items: Sequence[Item], many: Sequence[Said]) -> None:
        """Take what is said of each item, or nothing of it."""
        decisions: list[Decision] = []
        headings: list[tuple[str, str]] = []
        states: list[FindingState] = []
        terms: list[Term] = []
        for item, said in zip(items, many, strict=True):
            if item.kind == "heading":
                headings.append((item.value_read or "", meaning_of(item, said)))
            elif item.kind == FINDING:
                states.append(make_state(item, said))
            elif item.kind == NAMES:
                terms += _terms_for(item, said)
            else:
                decisions.append(make_decision(item, said))
        steps = [
            *([partial(self._decide, decisions)] if decisions else []),
            *([partial(self._teach, headings)] if headings else []),
            *([partial(self._state, states)] if states else []),
            *([partial(self._name, terms)] if terms else []),
        ]
        undo: list[Callable[[], bool]] = []
        with _told():
            try:
                for step in steps:
                    undo.append(step())
            except (ValueError, OSError):
                _take_back(undo)
                raise
        self._taken.append(partial(_take_back, undo))

    def undo(self) -> dict[str, object]:
        """Take the last decision back: the one before it stands again, or none."""
        if not self._taken:
            raise DecideError("没有可以撤销的决定")
        with _told():
            if not self._taken.pop()():
                raise DecideError(CHANGED)
        return {"undone": True, "left": len(self._taken)}

    def _find(self, many: Sequence[Said]) -> list[Item]:
        known = {one.key: one for one in read_queue(self._home)}
        keys = [str(said.get("key") or "") for said in many]
        for key in keys:
            if key not in known:
                raise DecideError(f"待办中没有“{key}”，可能已经处理或文件已更换，请刷新")
        return [known[key] for key in keys]

    def _decide(self, decisions: Sequence[Decision]) -> Callable[[], bool]:
        before = {one.key: one for one in load_decisions(self._path)}
        record_decisions(self._path, decisions)

        def take_back() -> bool:
            gone = [forget_decision(self._path, one) for one in decisions]
            record_decisions(self._path, [before[one.key] for one in decisions if one.key in before])
            return all(gone)

        return take_back

    def _teach(self, headings: Sequence[tuple[str, str]]) -> Callable[[], bool]:
        """Teach the county's forms what headings mean; the next run reads every filing's kept Document with them."""
        for heading, means in headings:
            teach_heading(self._headings, heading, means, "jixiao review")
        return partial(_take_back, [partial(forget_heading, self._headings, *one) for one in headings])

    def _state(self, states: Sequence[FindingState]) -> Callable[[], bool]:
        """Say what became of findings; the next publication's letters follow."""
        before = {one.finding_key: one for one in load_finding_states(self._states)}
        record_finding_states(self._states, states)

        def take_back() -> bool:
            old = [before.get(one.finding_key, replace(one, state=NEW)) for one in states]
            record_finding_states(self._states, old)
            return True

        return take_back

    def _name(self, terms: Sequence[Term]) -> Callable[[], bool]:
        """Write what names are called into the county's terms; the next run names the stored records anew."""
        known = load_terms(self._terms)
        before = [known.by_key[one.key] for one in terms if one.key in known.by_key]
        record_terms(self._terms, terms)
        return lambda: put_terms_back(self._terms, terms, before)


def _take_back(undo: Sequence[Callable[[], bool]]) -> bool:
    """Take back what several files were told; tells whether all of it still stood there."""
    stood = [one() for one in reversed(undo)]
    return all(stood)


def _terms_for(item: Item, said: Said) -> list[Term]:
    try:
        return terms_for(item, said)
    except ValueError as error:
        raise DecideError(str(error)) from error


@contextmanager
def _told() -> Iterator[None]:
    """Say in Chinese what is wrong with a county's file, or why it cannot be written."""
    try:
        yield
    except CountyFileError as error:
        raise DecideError(str(error)) from error
    except OSError as error:
        raise DecideError(f"无法写入 config 中的文件：{error.strerror}（是否正在 Excel 中打开？）") from error
