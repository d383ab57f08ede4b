"""Names of indicators and kinds of projects that may be one thing, as clusters: many names, one that they would all have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha1
from itertools import groupby

import duckdb

from pipelines.review.items import Item, Member, number
from transforms.names.terms import Term, Terms
from warehouse.county.proposals import Proposal, find_proposals

NAMES = "names"
"""The kind of such items."""
_WORDS = {"indicator": "指标名称", "project": "项目类别"}
_DECIDED = {"accept": "accepted", "rename": "corrected", "reject": "excluded"}


def read_clusters(connection: duckdb.DuckDBPyConnection) -> Iterator[Item]:
    """Yield the proposals of a built database, those with one name to keep together."""

    def target(one: Proposal) -> tuple[str, str, str]:
        return one.kind, one.level2_group, one.canonical

    for (kind, group, canonical), found in groupby(sorted(find_proposals(connection), key=target), target):
        members = tuple(map(_member, found))
        scope = f"{group}指标" if kind == "indicator" and group else ""
        yield Item(
            kind=NAMES,
            filing_id="",
            file_name="",
            filer=f"{_WORDS[kind]}归并{f'（{scope}）' if scope else ''}",
            field=f"names-{sha1(repr((kind, group, canonical)).encode()).hexdigest()[:12]}",
            field_name=f"可能是同一{'指标' if kind == 'indicator' else '类项目'}",
            value_read=canonical,
            reason="names_alike",
            sentence=f"这些名称可能就是“{canonical}”：勾选的一起归并，确有不同的去掉勾选或不归并。",
            holds=False,
            stake_yuan=max((one.stake_yuan or 0 for one in members), default=0) or None,
            members=members,
        )


def _member(one: Proposal) -> Member:
    return Member(
        kind=one.kind,
        level2_group=one.level2_group,
        name=one.name,
        canonical=one.canonical,
        reasons=one.reasons,
        filers=one.filers,
        stake_yuan=number(one.budget_yuan),
    )


def terms_for(item: Item, said: Mapping[str, object]) -> list[Term]:
    """Give the lines for the county's terms that a decision about a cluster makes.

    ``decision``: accepted, excluded (each name stays by itself) or corrected (``value`` is the name that all get, the
    cluster's own too); ``names``: some of the cluster's, else all. Raises ValueError (Chinese) where it makes no sense.
    """
    decision, value = str(said.get("decision") or ""), str(said.get("value") or "").strip()
    chosen = _chosen(item.members, said.get("names"))
    match decision:
        case "accepted":
            return [_term(one, "accept", one.canonical) for one in chosen]
        case "excluded":
            return [_term(one, "reject", one.canonical) for one in chosen]
        case "corrected" if value and value != item.value_read:
            own = replace(chosen[0], name=str(item.value_read), reasons="")
            return [_term(one, "rename", value) for one in (*chosen, own)]
        case "corrected":
            raise ValueError("请填写统一使用的名称；就用建议的名称请选“接受”")
        case _:
            raise ValueError("决定应为 accepted、corrected、excluded 之一")


def _chosen(members: Sequence[Member], names: object) -> list[Member]:
    if names is None:
        return list(members)
    wanted = [str(name) for name in names] if isinstance(names, list | tuple) else []
    if not wanted or set(wanted) - {one.name for one in members}:
        raise ValueError("names 应为这一组中的名称，至少一个")
    return [one for one in members if one.name in wanted]


def _term(one: Member, decision: str, canonical: str) -> Term:
    return Term(one.name, canonical, decision, one.level2_group, note=one.reasons, kind=one.kind)


def as_named(item: Item, terms: Terms) -> Item:
    """Give a cluster as the county's terms have it: open as long as one of its names is."""
    members = tuple(_as_termed(one, terms.by_key.get(_term(one, "accept", one.canonical).key)) for one in item.members)
    said = {one.decision for one in members}
    decision = "open" if "open" in said else next(iter(said)) if len(said) == 1 else "accepted"
    value = next((one.value_decided for one in members if one.decision == "corrected"), None)
    return replace(item, members=members, decision=decision, value_decided=value)


def _as_termed(one: Member, term: Term | None) -> Member:
    if term is None:
        return one
    return replace(one, decision=_DECIDED[term.decision], value_decided=term.canonical)
