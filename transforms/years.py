"""The fiscal year of a filing: stated marks first, then titles, then what most deadlines say, the file name, project codes.

Decisions: the body says the year before the file name does. Where a year that the body states, the one that most of its
deadlines fall into (two at least, and more than half) and the file name's are not the same, the filing's year is doubted
(``year_conflict``), which holds all of it: a wrong year puts every figure into the wrong comparison. Deadlines alone do
not contradict a year that the body states: work may be finished in the next one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from extractors.document import Document, Grid
from transforms.forms.heads.titles import LONGEST_TITLE
from transforms.records import Doubt, Filing, FiscalYear, Place
from transforms.words.folding import fold

_TABLE_MARK = re.compile(r"^[(（]?\s*(20\d\d)\s*年度?\s*[)）]?$")
_BUDGET_YEAR = re.compile(r"(?:预算|评价|绩效|申报)年度[::]?\s*(20\d\d)")
_TITLE = re.compile(
    r"(20\d\d)\s*年(?:度)?\s*(?:部门|单位|预算|项目|整体|本级|绩效|公开|区级|县级|镇级|乡级|财政|专项|区域|省级|市级|一般)"
)
_FORM_TITLE = re.compile(r"^(20\d\d)\s*年度.{0,30}表$|表\s*\((20\d\d)\s*年?度?\)$")
"""The year of a form's title: 2024年度乡镇水利绩效目标汇总表, 项目绩效目标表（2024年度); "2022年未拨…" may be a project's."""
_NOTICE = re.compile(r"关于(?:提前)?(?:下达|拨付|分配|安排|追加|批复)(20\d\d)\s*年")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|(?!\d))")
_NAMED_FILE_YEAR = re.compile(r"(20\d\d)年")
_DEADLINE = re.compile(r"(20\d\d)\s*[年./-]\s*1?\d\s*(?:[月./-]|$)")
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[A-Z]\d{9,12}[0-9A-Z]$")
LONGEST_DEADLINE = 24
"""A cell that is a deadline (2023年12月31日前完成) is short; in a longer text a date may be that of a document or a law."""
_FIRST_PLAUSIBLE = 2012
"""Budgets have performance targets since about then; a budget is filed for the year itself, the last or the next one."""


def find_fiscal_year(document: Document) -> FiscalYear:
    """Give the fiscal year, where it stands and what contradicts it.

    A year in a project's own name ("2022年未拨村级转移支付") is no evidence: it is the money's year, not the filing's.
    """
    lines = [fold(p.text).strip() for p in document.paragraphs()]
    cells = [fold(c.text).strip() for g in document.grids() for c in g.cells if c.text.strip()]
    marked = _years(_TABLE_MARK, cells)
    in_cells = marked if len(set(marked)) == 1 else []  # 2022年 | 2023年 | 2024年 head columns
    marks = [*_years(_TABLE_MARK, lines), *in_cells] or _search(_BUDGET_YEAR, [*lines, *cells])
    titled = [line for line in lines if _is_title(line)]
    titles = _search(_TITLE, titled) or _of_forms([*titled, *cells]) or _search(_NOTICE, lines)
    deadlines, in_name = _deadlines(document), _in_file_name(document.file_name)
    usual = _majority(deadlines)
    codes = [2000 + year for year in _years(_CODE_YEAR, cells)]
    stated = _most_common(marks) or _most_common(titles)
    if stated is not None:
        others = [("file_name", in_name[0])] if in_name and stated not in in_name else []
        return FiscalYear(stated, "table_mark" if marks else "title", tuple(others))
    if in_name and (usual is None or usual in in_name):
        return FiscalYear(usual or in_name[0], "file_name")
    if in_name and usual is not None:
        return FiscalYear(usual, "deadlines", (("file_name", in_name[0]),))
    for source, year in (("deadlines", _most_common(deadlines)), ("project_codes", _most_common(codes))):
        if year is not None:
            return FiscalYear(year, source)
    return FiscalYear(None, None)


def year_doubts(found: FiscalYear) -> Iterator[Doubt]:
    """Yield the doubt about the filing's year where something contradicts it."""
    if found.others:
        yield Doubt("fiscal_year", str(found.year), "year_conflict", None, None, Place(None, 0, 0))


def implausible_year_doubts(filing: Filing, received_in: int) -> Iterator[Doubt]:
    """Yield the doubt about a year that a filing received in ``received_in`` can hardly be of, unless a person said it."""
    year = filing.fiscal_year
    if year is None or filing.fiscal_year_source == "decided":
        return
    if not _FIRST_PLAUSIBLE <= year <= received_in + 1:
        yield Doubt("fiscal_year", str(year), "year_implausible", None, None, Place(None, 0, 0))


def _most_common(years: list[int]) -> int | None:
    return Counter(years).most_common(1)[0][0] if years else None


def _majority(years: list[int]) -> int | None:
    """Give the year of more than half of the deadlines, of two at least."""
    counted = Counter(years).most_common(1)
    return counted[0][0] if counted and counted[0][1] >= 2 and counted[0][1] * 2 > len(years) else None


def _in_file_name(file_name: str) -> list[int]:
    """Give the years in a file's name: those with 年 behind them, else all (2024-01-15石臼镇2023年目标 is of 2023)."""
    return [int(year) for year in _NAMED_FILE_YEAR.findall(file_name) or _FILE_YEAR.findall(file_name)]


def _is_title(line: str) -> bool:
    """Tell whether a line is a document's title: short, no sentence, no project's number before it."""
    return len(line) <= LONGEST_TITLE and not line.endswith(("。", "；")) and not re.match(r"^\d{1,2}\s*[.、．]", line)


def _years(pattern: re.Pattern[str], texts: Iterable[str]) -> list[int]:
    return [int(found.group(1)) for text in texts if (found := pattern.match(text))]


def _search(pattern: re.Pattern[str], texts: Iterable[str]) -> list[int]:
    return [int(found.group(1)) for text in texts if (found := pattern.search(text))]


def _of_forms(lines: Iterable[str]) -> list[int]:
    found = (_FORM_TITLE.search(line) for line in lines if _is_title(line))
    return [int(one.group(1) or one.group(2)) for one in found if one is not None]


def _deadlines(document: Document) -> list[int]:
    grids: Iterable[Grid] = document.grids()
    return _search(
        _DEADLINE, (cell.text for grid in grids for cell in grid.cells if len(cell.text) <= LONGEST_DEADLINE)
    )
