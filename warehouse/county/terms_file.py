"""The file of the county's own terms, ``<home>/config/terms.csv``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from transforms.names.terms import DECISIONS, KINDS, Term, Terms, decide
from transforms.words.folding import squash
from warehouse.county.files import locked_file, write_county_rows
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


def record_terms(path: Path, terms: Iterable[Term]) -> None:
    """Add terms to the file, each in the place of the earlier one about the same name; several programs may do so.

    Raises ValueError (Chinese) where a name is empty, and CountyFileError; the file then stays as it was.
    """
    with locked_file(path):
        known = load_terms(path)
        for term in terms:
            known = decide(known, term)
        save_terms(path, known)


def put_terms_back(path: Path, written: Iterable[Term], before: Iterable[Term]) -> bool:
    """Take terms out of the file again and put those back that stood there before; tells whether they still stood there."""
    with locked_file(path):
        known, gone = load_terms(path), {term.key: term for term in written}
        stands = {term.key: (term.decision, term.canonical) for term in known.terms}
        if any(stands.get(key) != (term.decision, term.canonical) for key, term in gone.items()):
            return False
        kept = Terms(tuple(term for term in known.terms if term.key not in gone))
        for term in before:
            kept = decide(kept, term)
        save_terms(path, kept)
        return True


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
