"""The file of the county's own terms, ``<home>/config/terms.csv``."""

from pathlib import Path

from transforms.names.terms import DECISIONS, KINDS, Term, Terms
from transforms.words.folding import squash
from warehouse.county.files import CountyFileError, read_county_rows, write_county_rows

COLUMNS = ("kind", "raw", "level2_group", "unit_family", "canonical", "decision", "note")


def load_terms(path: Path) -> Terms:
    """Load and check the county's terms; without the file there are none.

    Raises CountyFileError naming the lines where a value is malformed or one name is decided twice.
    """
    seen: dict[tuple[str, str, str, str], int] = {}
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


def _read_row(file: str, line: int, row: dict[str, str]) -> Term:
    if row["kind"] not in KINDS:
        raise CountyFileError(f"{file} 第{line}行：kind“{row['kind']}”应为 {'、'.join(KINDS)} 之一")
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
        kind=row["kind"],
    )
