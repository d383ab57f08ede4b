"""The fiscal year of a filing: stated marks first, then titles, file name, deadlines and project codes."""

import re
from collections import Counter
from collections.abc import Iterable

from extractors.document import Document, Grid
from transforms.words.folding import fold

_TABLE_MARK = re.compile(r"^[(（]?\s*(20\d\d)\s*年度?\s*[)）]?$")
_BUDGET_YEAR = re.compile(r"(?:预算|评价|绩效|申报)年度[::]?\s*(20\d\d)")
_TITLE = re.compile(
    r"(20\d\d)\s*年(?:度)?\s*(?:部门|单位|预算|项目|整体|本级|绩效|公开|区级|县级|镇级|乡级|财政|专项|区域|省级|市级|一般)"
)
_FILE_YEAR = re.compile(r"(20\d\d)(?!\d)")
_DEADLINE = re.compile(r"(20\d\d)\s*[年./-]\s*1?\d\s*(?:[月./-]|$)")
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[A-Z]\d{9,12}[0-9A-Z]$")


def find_fiscal_year(document: Document) -> tuple[int | None, str | None]:
    """Give (year, source); source is table_mark, title, file_name, deadlines, project_codes or None.

    A year in a project's own name ("2022年未拨村级转移支付") is no evidence: it is the money's year, not the filing's.
    """
    lines = [fold(p.text).strip() for p in document.paragraphs()]
    cells = [fold(c.text).strip() for g in document.grids() for c in g.cells if c.text.strip()]
    for source, years in (
        ("table_mark", _years(_TABLE_MARK, [*lines, *cells]) or _search(_BUDGET_YEAR, [*lines, *cells])),
        ("title", _search(_TITLE, [line for line in lines if _is_title(line)])),
        ("file_name", _search(_FILE_YEAR, [document.file_name])),
        ("deadlines", _deadlines(document)),
        ("project_codes", [2000 + year for year in _years(_CODE_YEAR, cells)]),
    ):
        if years:
            return Counter(years).most_common(1)[0][0], source
    return None, None


def _is_title(line: str) -> bool:
    """Tell whether a line is a document's title: short, no sentence, no project's number before it."""
    return len(line) <= 40 and not line.endswith(("。", "；")) and not re.match(r"^\d{1,2}\s*[.、．]", line)


def _years(pattern: re.Pattern[str], texts: Iterable[str]) -> list[int]:
    return [int(found.group(1)) for text in texts if (found := pattern.match(text))]


def _search(pattern: re.Pattern[str], texts: Iterable[str]) -> list[int]:
    return [int(found.group(1)) for text in texts if (found := pattern.search(text))]


def _deadlines(document: Document) -> list[int]:
    grids: Iterable[Grid] = document.grids()
    return _search(_DEADLINE, (cell.text for grid in grids for cell in grid.cells if len(cell.text) <= 24))
