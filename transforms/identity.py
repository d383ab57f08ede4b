"""Whose filing it is: unit code and name, township, county, from unit lines, fields, titles or the file name.

Decisions: who files says so under 填报单位, 预算单位 and the like; then in the document's titles and in a notice's letterhead (青禾县水利局
关于下达…的通知: the sender files, its addressees do not), then by a township in the file name. A doer (实施单位) files only where
none of these names anybody, a company or cooperative only as the very last, and the department in charge (主管部门) where
there is no doer, or where titles or file name begin with it. Where the forms of one file are those of several filers, nobody
files it: none of them answers for the projects of the others.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from extractors.document import Document, Grid
from transforms.forms.filers import (
    LONGEST_LETTERHEAD,
    filers_apart,
    is_doer,
    listed_units,
    lists_several_units,
    titles_in,
)
from transforms.forms.form import Form
from transforms.forms.heads.titles import plain_unit
from transforms.names.codes import read_project_code
from transforms.names.townships import (
    BudgetUnit,
    Seat,
    find_county_in,
    find_township_in,
    find_unit_in,
    is_business,
    read_unit_line,
)
from transforms.records import Doubt, Filing, FilingRecords, Place
from transforms.words.folding import squash

_SAMPLE_MARK = re.compile(r"^[【\[（(][^】\])）]{1,12}[】\])）]")
_UNIT_LINE = re.compile(
    r"(?:(?:填报|填表|申报|编报|编制|预算|报送)(?:单位|部门)|(?:单位|部门)名称)(?:[（(][^（）()]{1,6}[)）])?\s*[:：]\s*(\S.{2,60})$"
)


def find_identity(
    document: Document, forms: Sequence[Form], year: int | None, year_source: str | None, doc_kind: str
) -> Filing:
    """Give the filing's head facts; what no unit line, field, title or file name says stays None."""
    titled, filed = _place_in_titles(document), _place_in_file_name(document.file_name)
    titled = titled or _place_of_sheets(document, forms)
    unit = _find_unit(document, forms, titled, filed)
    if find_filers_apart(document, forms) is not None:
        titled, filed, unit = None, None, None
    place = titled or filed
    is_place_s = unit is None or (unit.township is None and unit.county is None)
    township = (unit.township if unit else None) or (place.township if place and is_place_s else None)
    counties = (unit.county if unit else None, *(seat.county for seat in (titled, filed) if seat and is_place_s))
    return Filing(
        county=next((county for county in counties if county), None) or find_county_in(_stem(document.file_name)),
        township=township,
        division_code=_division_code(forms),
        unit_code=unit.code if unit else None,
        unit_name=unit.name if unit else None,
        fiscal_year=year,
        fiscal_year_source=year_source,
        doc_kind=doc_kind,
        taxonomy=None,
        overall_goal=None,
    )


def find_filers_apart(document: Document, forms: Sequence[Form]) -> list[str | None] | None:
    """Give the filer that each form names where the file holds forms of several filers; None where it is one filer's."""
    titled, filed = _place_in_titles(document), _place_in_file_name(document.file_name)
    whole = _sender(document) if titled is None else None
    return filers_apart(forms, whole, (titled or filed) is not None, _sheets(document))


def sheet_doubts(document: Document, forms: Sequence[Form], township: str | None) -> Iterator[Doubt]:
    """Yield the doubt of a workbook whose sheets name another township than its file's name, and nothing else names one."""
    sheet, filed = _place_of_sheets(document, forms), _place_in_file_name(document.file_name)
    if sheet is None or filed is None or sheet.township != township or filed.township == township:
        return
    if _place_in_titles(document) is None and not any(read_unit_line(text) for text in _own_texts(forms)):
        yield Doubt("township", f"{sheet.township}、{filed.township}", "filer_conflict", None, None, Place(None, 0, 0))


def _own_texts(forms: Sequence[Form]) -> list[str]:
    return [value.text for form in forms for value in form.head.values.get("unit_name", [])]


def _sheets(document: Document) -> dict[int, str]:
    return {grid.table_no: grid.sheet for grid in document.grids() if grid.sheet is not None}


def _place_of_sheets(document: Document, forms: Sequence[Form]) -> Seat | None:
    """Give the one township that the sheets of a workbook's forms are named by."""
    sheets = _sheets(document)
    found = {seat for form in forms if (seat := find_township_in(sheets.get(form.grid.table_no, ""))) is not None}
    return found.pop() if len(found) == 1 else None


def unknown_filer_doubts(records: FilingRecords) -> Iterator[Doubt]:
    """Yield the doubt of a filing that names nobody: it is kept under its file's name until a person says whose it is.

    A file of several filers names them, and has its own doubts while those are open.
    """
    decided = any(doubt.field == "township" and doubt.decision != "open" for doubt in records.doubts)
    if any(doubt.reason == "several_units" and doubt.decision == "open" for doubt in records.doubts):
        return
    if records.filing.township is None and records.filing.unit_name is None and not decided:
        yield Doubt("township", None, "filer_unknown", None, None, Place(None, 0, 0))


def _find_unit(document: Document, forms: Sequence[Form], titled: Seat | None, filed: Seat | None) -> BudgetUnit | None:
    """Give the unit that files; None where only titles or the file name tell, or nobody does."""
    filers, doers, departments = _units(document, forms)
    doers, businesses = [u for u in doers if not is_business(u)], [u for u in doers if is_business(u)]
    stated = _best([*filers, *(unit for unit in doers if unit.code)])
    if stated is not None or titled is not None:
        return stated
    sender = _sender(document)
    if sender is not None:
        return sender
    heads = [squash(line) for line in (_stem(document.file_name), *_titles(document))]
    named = [unit for unit in (*doers, *departments) if any(head.startswith(unit.name) for head in heads)]
    if named or filed is not None:
        return _best(named)
    return _best(doers) or _best(departments) or _best(businesses)


def _units(document: Document, forms: Sequence[Form]) -> tuple[list[BudgetUnit], list[BudgetUnit], list[BudgetUnit]]:
    """Give the units that the forms name: those that file, those that do the work, the departments in charge."""
    texts: list[tuple[int, str]] = []
    for line in document.paragraphs():
        labelled = _UNIT_LINE.match(line.text.strip())
        texts += [(0, plain_unit(labelled.group(1)))] if labelled is not None else []
    for form in forms:
        texts += [(0, form.head.unit_line)] if form.head.unit_line else []
        for value in form.head.values.get("unit_name", []):
            if not form.rows or not form.rows[0].heading.is_flat:
                texts.append((1 if is_doer(value.label) else 0, value.text))
        texts += [(2, value.text) for value in form.head.values.get("department", [])]
    texts += [(0, text) for text in listed_units(forms)] if not lists_several_units(forms) else []
    texts += [(1, text) for text in listed_units(forms, doers=True)]
    found: tuple[list[BudgetUnit], list[BudgetUnit], list[BudgetUnit]] = ([], [], [])
    for rank, text in texts:
        unit = read_unit_line(text) if text else None
        if unit is not None:
            found[rank].append(unit)
    return found


def _best(units: Sequence[BudgetUnit]) -> BudgetUnit | None:
    """Give the unit named most often: of those with a code, else of those with a township, else of all."""
    for some in ([u for u in units if u.code], [u for u in units if u.township], units):
        if some:
            return Counter(some).most_common(1)[0][0]
    return None


def _sender(document: Document) -> BudgetUnit | None:
    return next((unit for line in _titles(document) if (unit := find_unit_in(line)) is not None), None)


def _titles(document: Document) -> list[str]:
    """Give the short lines before the first table that are neither sentences nor a salutation."""
    lines = []
    for block in document.blocks:
        if isinstance(block, Grid):
            break
        lines.append(block.text.strip())
    return [line for line in lines if _is_title(line)]


def _is_title(line: str) -> bool:
    return 0 < len(line) <= LONGEST_LETTERHEAD and not line.endswith(("。", "：", ":", "；", "，"))


def _place_in_titles(document: Document) -> Seat | None:
    lines = [paragraph.text for paragraph in document.paragraphs()]
    for line in (*lines, *(title for grid in document.grids() for title in titles_in(grid))):
        text = line.strip()
        if _is_title(text) and (place := find_township_in(text)):
            return place
    return None


def _place_in_file_name(file_name: str) -> Seat | None:
    for part in reversed(PurePosixPath(file_name).parts):
        if place := find_township_in(_stem(part)):
            return place
    return None


def _stem(file_name: str) -> str:
    return _SAMPLE_MARK.sub("", PurePosixPath(file_name).stem)


def _division_code(forms: Sequence[Form]) -> str | None:
    """Give the county's six-digit GB/T 2260 code that the project codes begin with, where they agree."""
    found: Counter[str] = Counter()
    for form in forms:
        value = form.head.first("project_code")
        code = read_project_code(value.text) if value else None
        if code is not None and code.division_code:
            found[code.division_code] += 1
    return found.most_common(1)[0][0] if found else None
