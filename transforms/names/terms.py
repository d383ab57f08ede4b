"""The county's own terms: what it says about single names of indicators and kinds of projects."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

from transforms.words.folding import squash

DECISIONS = ("accept", "reject", "rename")
KINDS = ("indicator", "project")


@dataclass(frozen=True, slots=True)
class Term:
    """One decision about one name: ``accept`` and ``rename`` give it ``canonical``, ``reject`` leaves it by itself.

    An empty ``level2_group`` or ``unit_family`` stands for any; for ``reject``, ``canonical`` is the proposal refused.
    ``kind`` is indicator or project; a project's term is about its category and has neither group nor family.
    """

    raw: str
    canonical: str
    decision: str
    level2_group: str = ""
    unit_family: str = ""
    note: str = ""
    kind: str = "indicator"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the term is about: kind, squashed name, group, unit family."""
        return self.kind, _squash_name(self.raw, self.kind), self.level2_group, self.unit_family


def _squash_name(name: str, kind: str) -> str:
    """Bring a name into the form in which terms are found: a category has full-width brackets."""
    squashed = squash(name)
    return squashed.replace("(", "（").replace(")", "）") if kind == "project" else squashed


@dataclass(frozen=True)
class Terms:
    """The county's decisions. ``version`` changes whenever any of them does."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def by_key(self) -> dict[tuple[str, str, str, str], Term]:
        """The terms by what they are about."""
        return {term.key: term for term in self.terms}

    @cached_property
    def version(self) -> str:
        """A digest of the decisions, whatever their order in the file."""
        lines = sorted("\t".join((*term.key, term.canonical, term.decision)) for term in self.terms)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def find(self, raw: str, level2_group: str | None, unit_family: str | None) -> Term | None:
        """Find the decision about a name, the narrowest first: group and family, group, family, any."""
        name, group, family = squash(raw), level2_group or "", unit_family or ""
        for scope in ((group, family), (group, ""), ("", family), ("", "")):
            if (found := self.by_key.get(("indicator", name, *scope))) is not None:
                return self._settled(found)
        return None

    def find_project(self, category: str) -> str | None:
        """Give what the county calls a category, or None where it says nothing about it or leaves it by itself."""
        term = self.by_key.get(("project", _squash_name(category, "project"), "", ""))
        found = self._settled(term) if term is not None else None
        return found.canonical if found is not None and found.decision != "reject" else None

    def _settled(self, term: Term) -> Term:
        """Follow decisions about the name that a decision gives: 甲 is 乙 and 乙 is 丙, so 甲 is 丙."""
        seen = {term.key}
        while term.decision != "reject":
            after = self.by_key.get(replace(term, raw=term.canonical).key)
            if after is None or after.decision == "reject" or after.key in seen:
                break
            seen.add(after.key)
            term = replace(term, canonical=after.canonical)
        return term


NO_TERMS = Terms()


def decide(terms: Terms, decision: Term) -> Terms:
    """Put a decision in the place of the earlier one about the same name, or behind the others.

    Raises ValueError (Chinese) where the name, or the name to be given, is empty.
    """
    if not squash(decision.raw):
        raise ValueError("名称不能为空")
    if decision.decision != "reject" and not squash(decision.canonical):
        raise ValueError("规范名称不能为空")
    old = next((term for term in terms.terms if term.key == decision.key), None)
    if old is None:
        return Terms((*terms.terms, decision))
    new = replace(decision, note=decision.note or old.note)
    return Terms(tuple(new if term is old else term for term in terms.terms))
