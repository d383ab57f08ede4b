"""Whose filing it is: unit code and name, township, county, from unit lines, fields, titles or the file name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from extractors.document import Document
from transforms.forms.read import Form
from transforms.names.codes import read_project_code
from transforms.names.townships import BudgetUnit, Seat, find_township_in, read_unit_line
from transforms.records import Filing

_SAMPLE_MARK = re.compile(r"^[【\[（(][^】\])）]{1,12}[】\])）]")


def find_identity(
    document: Document, forms: Sequence[Form], year: int | None, year_source: str | None, is_self_evaluation: bool
) -> Filing:
    """Give the filing's head facts; what no unit line, field, title or file name says stays None.

    The unit named most often wins; a coded name beats one without code, a field of the form beats a title,
    a title beats the file name.
    """
    units = list(_units(forms))
    coded = [unit for unit in units if unit.code]
    unit = _most_common(coded) or _most_common([u for u in units if u.township]) or _most_common(units)
    titled = _place_in_titles(document)
    filed = _place_in_file_name(document.file_name)
    place = titled or filed
    township = (unit.township if unit else None) or (place.township if place else None)
    county = (unit.county if unit else None) or (place.county if place else None) or (filed.county if filed else None)
    return Filing(
        county=county,
        township=township,
        division_code=_division_code(forms),
        unit_code=unit.code if unit else None,
        unit_name=unit.name if unit else None,
        fiscal_year=year,
        fiscal_year_source=year_source,
        doc_kind="self_evaluation" if is_self_evaluation else "targets",
        taxonomy=None,
        overall_goal=None,
    )


def _units(forms: Sequence[Form]) -> Iterator[BudgetUnit]:
    for form in forms:
        texts = [form.head.unit_line] if form.head.unit_line else []
        texts += [value.text for value in form.head.values.get("unit_name", [])]
        for row in form.rows:
            if row.heading.is_flat and row.row.text("unit_name"):
                texts.append(row.row.text("unit_name"))
        for text in texts:
            unit = read_unit_line(text)
            if unit is not None:
                yield unit


def _most_common(units: Sequence[BudgetUnit]) -> BudgetUnit | None:
    return Counter(units).most_common(1)[0][0] if units else None


def _place_in_titles(document: Document) -> Seat | None:
    for paragraph in document.paragraphs():
        text = paragraph.text.strip()
        if text and len(text) <= 60 and not text.endswith("。") and (place := find_township_in(text)):
            return place
    return None


def _place_in_file_name(file_name: str) -> Seat | None:
    for part in reversed(PurePosixPath(file_name).parts):
        stem = _SAMPLE_MARK.sub("", PurePosixPath(part).stem)
        if place := find_township_in(stem):
            return place
    return None


def _division_code(forms: Sequence[Form]) -> str | None:
    """Give the county's six-digit GB/T 2260 code that the project codes begin with, where they agree."""
    found: Counter[str] = Counter()
    for form in forms:
        value = form.head.first("project_code")
        code = read_project_code(value.text) if value else None
        if code is not None and code.division_code:
            found[code.division_code] += 1
    return found.most_common(1)[0][0] if found else None
