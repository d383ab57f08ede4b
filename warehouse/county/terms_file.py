"""The file of the county's own terms, ``<home>/config/terms.csv``."""

from collections.abc import Iterator
from pathlib import Path

from transforms.names.terms import DECISIONS, KINDS, Term, Terms
from transforms.words.folding import squash
from warehouse.county.files import write_county_rows
from warehouse.county.mistakes import Mistakes

COLUMNS = ("kind", "raw", "level2_group", "unit_family", "canonical", "decision", "note")


def load_terms(path: Path) -> Terms:
    """Load and check the county's terms; without the file there are none.

    Raises CountyFileError naming every place where a value is malformed or a name is decided twice.
    """
    mistakes = Mistakes()
    terms = read_terms(path, mistakes)
    mistakes.refuse()
    return terms


def read_terms(path: Path, mistakes: Mistakes) -> Terms:
    """Load the terms that are sound, and note what is wrong with the others."""
    seen: dict[tuple[str, str, str, str], int] = {}
    terms = []
    for line, row in mistakes.rows(path, COLUMNS):
        problems = list(_problems(row))
        for column, said in problems:
            mistakes.add(path, line, column, said)
        if problems:
            continue
        term = _read_row(row)
        if seen.setdefault(term.key, line) != line:
            mistakes.add(path, line, "raw", f"“{term.raw}”与第{seen[term.key]}行重复，请只保留一行")
        terms.append(term)
    return Terms(tuple(terms))


def save_terms(path: Path, terms: Terms) -> None:
    """Write the terms for a spreadsheet (UTF-8 with BOM), in their own order."""
    rows = (
        {
            "kind": term.kind,
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


def _problems(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give (column, sentence) of each mistake in a line."""
    if row["kind"] not in KINDS:
        yield "kind", f"“{row['kind']}”应为 {'、'.join(KINDS)} 之一"
    if row["decision"] not in DECISIONS:
        yield "decision", f"“{row['decision']}”应为 {'、'.join(DECISIONS)} 之一"
    if not squash(row["raw"]):
        yield "raw", "原名称不能为空"
    if row["decision"] != "reject" and not squash(row["canonical"]):
        yield "canonical", "规范名称不能为空"


def _read_row(row: dict[str, str]) -> Term:
    return Term(
        raw=row["raw"],
        canonical=row["canonical"],
        decision=row["decision"],
        level2_group=row["level2_group"],
        unit_family=row["unit_family"],
        note=row["note"],
        kind=row["kind"],
    )
