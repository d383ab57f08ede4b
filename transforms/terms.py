"""The county's own terms (``<home>/config/terms.csv``): what it says about single indicator names, kept by hand."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from transforms.county_csv import CountyFileError, read_county_rows, write_county_rows
from transforms.matching_text import squash

COLUMNS = ("kind", "raw", "level2_group", "unit_family", "canonical", "decision", "note")
KIND = "indicator"
DECISIONS = ("accept", "reject", "rename")


@dataclass(frozen=True, slots=True)
class Term:
    """One decision about one name: ``accept`` and ``rename`` give it ``canonical``, ``reject`` leaves it by itself.

    An empty ``level2_group`` or ``unit_family`` stands for any; for ``reject``, ``canonical`` is the proposal refused.
    """

    raw: str
    canonical: str
    decision: str
    level2_group: str = ""
    unit_family: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the term is about: squashed name, group, unit family."""
        return squash(self.raw), self.level2_group, self.unit_family


@dataclass(frozen=True)
class Terms:
    """The county's decisions. ``version`` changes whenever any of them does."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], Term]:
        return {term.key: term for term in self.terms}

    @cached_property
    def version(self) -> str:
        """A digest of the decisions, whatever their order in the file."""
        lines = sorted("\t".join((*term.key, term.canonical, term.decision)) for term in self.terms)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def find(self, raw: str, level2_group: str | None, unit_family: str | None) -> Term | None:
        """Find the decision about a name, the narrowest first: group and family, group, family, any."""
        name, group, family = squash(raw), level2_group or "", unit_family or ""
        for key in ((name, group, family), (name, group, ""), (name, "", family), (name, "", "")):
            if key in self._by_key:
                return self._by_key[key]
        return None


NO_TERMS = Terms()


def load_terms(path: Path) -> Terms:
    """Load and check the county's terms; without the file there are none.

    Raises CountyFileError naming the lines where a value is malformed or one name is decided twice.
    """
    seen: dict[tuple[str, str, str], int] = {}
    terms = []
    for line, row in read_county_rows(path, COLUMNS):
        term = _read_row(path.name, line, row)
        if term.key in seen:
            raise CountyFileError(f"{path.name} 第{line}行：“{term.raw}”与第{seen[term.key]}行重复，请只保留一行")
        seen[term.key] = line
        terms.append(term)
    return Terms(tuple(terms))


def save_terms(path: Path, terms: Terms) -> None:
    """Write the terms for a spreadsheet (UTF-8 with BOM), in their own order."""
    rows = (
        {
            "kind": KIND,
            "raw": term.raw,
            "level2_group": term.level2_group,
            "unit_family": term.unit_family,
            "canonical": term.canonical,
            "decision": term.decision,
            "note": term.note,
        }
        for term in terms.terms
    )
    write_county_rows(path, COLUMNS, rows)


def accept(terms: Terms, raw: str, canonical: str, level2_group: str = "", unit_family: str = "") -> Terms:
    """Confirm that a name means ``canonical``."""
    return decide(terms, Term(raw, canonical, "accept", level2_group, unit_family))


def reject(terms: Terms, raw: str, canonical: str = "", level2_group: str = "", unit_family: str = "") -> Terms:
    """Say that a name is not what it was taken for (``canonical``): it stays by itself from now on."""
    return decide(terms, Term(raw, canonical, "reject", level2_group, unit_family))


def rename(terms: Terms, raw: str, canonical: str, level2_group: str = "", unit_family: str = "") -> Terms:
    """Give a name the county's own name."""
    return decide(terms, Term(raw, canonical, "rename", level2_group, unit_family))


def decide(terms: Terms, decision: Term) -> Terms:
    """Put a decision in the place of the earlier one about the same name, or behind the others.

    Raises ValueError (Chinese) where the name, or the name to be given, is empty.
    """
    if not squash(decision.raw):
        raise ValueError("指标名称不能为空")
    if decision.decision != "reject" and not squash(decision.canonical):
        raise ValueError("规范名称不能为空")
    old = next((term for term in terms.terms if term.key == decision.key), None)
    if old is None:
        return Terms((*terms.terms, decision))
    new = replace(decision, note=decision.note or old.note)
    return Terms(tuple(new if term is old else term for term in terms.terms))


def _read_row(file: str, line: int, row: dict[str, str]) -> Term:
    if row["kind"] != KIND:
        raise CountyFileError(f"{file} 第{line}行：kind“{row['kind']}”应为 {KIND}")
    if row["decision"] not in DECISIONS:
        raise CountyFileError(f"{file} 第{line}行：decision“{row['decision']}”应为 {'、'.join(DECISIONS)} 之一")
    if not squash(row["raw"]):
        raise CountyFileError(f"{file} 第{line}行：raw（原名称）不能为空")
    if row["decision"] != "reject" and not squash(row["canonical"]):
        raise CountyFileError(f"{file} 第{line}行：canonical（规范名称）不能为空")
    return Term(
        raw=row["raw"],
        canonical=row["canonical"],
        decision=row["decision"],
        level2_group=row["level2_group"],
        unit_family=row["unit_family"],
        note=row["note"],
    )
