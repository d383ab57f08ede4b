"""Names that may be one thing: proposals for the county to accept, from descriptions, categories, units and coverage.

Two names are proposed where they stand in the same level-2 group, unit family and project category, no filer uses both of
them there, and one of these holds: their descriptions are equal, they are alike in writing, or together they cover a
category that neither covers. Kinds of projects likewise, by their indicators in place of descriptions. Opposites, other
numbers and other measures are never proposed. The name of the list, else the one that more filers use, is the one to keep.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.names.indicators import are_told_apart, is_listed, likeness
from transforms.names.terms import NO_TERMS, Term, Terms

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ALIKE = 60
"""rapidfuzz ratio (0–100) from which two names are alike enough for a person to look at: 养护里程 and 养护公里数 have 62, 宣传次数 and 培训次数 50."""
FEWEST_FILERS = 3
"""Filers that each of two names needs for coverage alone to speak: two names of one filer each complete each other by chance."""

_INDICATORS = """
with used as (
    select
        i.level2_group, i.indicator as name, i.unit_family, p.project_category, f.fiscal_year, f.filer,
        i.description, p.budget_yuan, i.name_method
    from core.indicators as i
    inner join core.filings as f on i.filing_id = f.filing_id and f.is_current
    inner join core.projects as p on i.filing_id = p.filing_id and i.project_no = p.project_no
    where i.indicator is not null and i.level2_group is not null and i.name_method <> 'county_term'
),
named as (
    select
        level2_group as scope, name, unit_family as family, project_category as place,
        list(distinct filer || fiscal_year) as filers, list(distinct description) as descriptions,
        sum(budget_yuan) as budget_yuan
    from used group by all
),
covered as (select scope, place, list(distinct filer) as filers from (
    select scope, place, unnest(filers) as filer from named) group by all)
select
    a.scope, a.family, a.name as one, b.name as other,
    max(len(a.filers)) as one_filers, max(len(b.filers)) as other_filers,
    bool_or(len(list_intersect(a.descriptions, b.descriptions)) > 0) as same_description,
    bool_and(len(list_intersect(a.filers, b.filers)) = 0) as never_both,
    max((len(a.filers) + len(b.filers)) / len(covered.filers)) as coverage,
    any_value(a.place) as place, sum(a.budget_yuan + b.budget_yuan) as budget_yuan
from named as a
inner join named as b
    on a.scope = b.scope and a.place = b.place and a.family is not distinct from b.family and a.name < b.name
inner join covered on a.scope = covered.scope and a.place = covered.place
group by a.scope, a.family, a.name, b.name
"""
_PROJECTS = """
with used as (
    select p.project_category as name, f.filer || f.fiscal_year as filer, p.filing_id, p.project_no, p.budget_yuan
    from core.projects as p
    inner join core.filings as f on p.filing_id = f.filing_id and f.is_current
    where p.project_category is not null
),
named as (
    select used.name, list(distinct filer) as filers, sum(distinct budget_yuan) as budget_yuan,
        list(distinct i.indicator) filter (where i.indicator is not null) as indicators
    from used left join core.indicators as i on used.filing_id = i.filing_id and used.project_no = i.project_no
    group by used.name
)
select
    '' as scope, null as family, a.name as one, b.name as other, len(a.filers), len(b.filers),
    len(list_intersect(a.indicators, b.indicators)) * 10
        >= 8 * greatest(len(list_distinct(list_concat(a.indicators, b.indicators))), 1) as same_description,
    len(list_intersect(a.filers, b.filers)) = 0 as never_both, 0.0 as coverage, '' as place,
    a.budget_yuan + b.budget_yuan as budget_yuan
from named as a inner join named as b on a.name < b.name
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two names that may be one thing: ``name`` would be called ``canonical``; ``reasons`` (Chinese) say why."""

    kind: str
    level2_group: str
    unit_family: str | None
    name: str
    canonical: str
    reasons: str
    filers: int
    canonical_filers: int
    budget_yuan: object

    def term(self, decision: str) -> Term:
        """Give the line of the county's terms that accepts or rejects it."""
        return Term(self.name, self.canonical, decision, self.level2_group, note=self.reasons, kind=self.kind)


def find_proposals(connection: "DuckDBPyConnection", terms: Terms = NO_TERMS) -> list[Proposal]:
    """Give the proposals for a built database, those that concern most filers first; a name is proposed once.

    What the county has already decided about, in ``terms``, is not proposed again.
    """
    found = [*_proposals(connection, "indicator", _INDICATORS), *_proposals(connection, "project", _PROJECTS)]
    found.sort(key=lambda one: (-(one.filers + one.canonical_filers), one.kind, one.level2_group, one.name))
    taken: set[tuple[str, str, str | None, str]] = set()
    kept = []
    for one in found:
        if one.term("accept").key in terms.by_key:
            continue
        keys = {(one.kind, one.level2_group, one.unit_family, name) for name in (one.name, one.canonical)}
        if not keys & taken:
            taken |= {(one.kind, one.level2_group, one.unit_family, one.name)}
            kept.append(one)
    return kept


def _proposals(connection: "DuckDBPyConnection", kind: str, query: str) -> list[Proposal]:
    found = []
    for scope, family, one, other, *facts in connection.execute(query).fetchall():
        one_filers, other_filers, same_description, never_both, coverage, place, budget = facts
        if not never_both or are_told_apart(one, other) or (is_listed(one) and is_listed(other)):
            continue
        reasons = []
        if same_description:
            reasons.append("说明相同" if kind == "indicator" else "指标相同")
        if likeness(one, other) >= ALIKE:
            reasons.append("写法相近")
        if coverage >= 1 and min(one_filers, other_filers) >= FEWEST_FILERS:
            reasons.append(f"在“{place}”中此有彼无")
        if not reasons or (kind == "project" and reasons == ["指标相同"]):
            continue
        keep_one = is_listed(one) or (not is_listed(other) and one_filers >= other_filers)
        name, canonical = (other, one) if keep_one else (one, other)
        counts = (other_filers, one_filers) if keep_one else (one_filers, other_filers)
        found.append(Proposal(kind, scope or "", family, name, canonical, "、".join(reasons), *counts, budget))
    return found
