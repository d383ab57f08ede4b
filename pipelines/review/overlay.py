"""Items as the county's files have them decided: the files may be ahead of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipelines.review.clusters import NAMES, as_named
from pipelines.review.findings import FINDING, STATES, key_of
from pipelines.review.items import Item
from transforms.decisions import Decision, same_text
from warehouse.county.decisions import load_decisions
from warehouse.county.finding_states import FINDING_STATES_FILE, FindingState, load_finding_states
from warehouse.county.terms_file import load_terms
from warehouse.home import Home


def with_decisions(home: Home, items: Iterable[Item]) -> list[Item]:
    """Give items as they are decided in the files; raises CountyFileError."""
    known = {one.key: one for one in load_decisions(home.config / "decisions.csv")}
    states = {one.finding_key: one for one in load_finding_states(home.config / FINDING_STATES_FILE)}
    terms = load_terms(home.config / "terms.csv")

    def overlay(item: Item) -> Item:
        if item.kind == NAMES:
            return as_named(item, terms)
        return _as_stated(item, states) if item.kind == FINDING else _as_decided(item, known)

    return [overlay(one) for one in items]


def _as_stated(item: Item, states: Mapping[str, FindingState]) -> Item:
    found = states.get(key_of(item))
    if found is None or found.state not in STATES:
        return replace(item, decision="open", value_decided=None)
    return replace(item, decision=found.state, value_decided=found.reason or None)


def _as_decided(item: Item, known: Mapping[tuple[str, int, int, int, str], Decision]) -> Item:
    decision = known.get((item.filing_id, item.table_no, item.row_no, item.col_no, item.field))
    if decision is None or item.kind != "doubt":
        return item if item.decision == "open" else replace(item, decision="open", value_decided=None)
    if not same_text(decision.text_read, item.value_read):
        return replace(item, decision="open", value_decided=None)
    return replace(item, decision=decision.decision, value_decided=decision.value)
