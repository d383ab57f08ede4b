"""Writes what goes back to each township: its list of remarks, and its own Word files with comments on the cells."""

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from warehouse.publication.letters.write import FOLDER as LETTERS
from warehouse.publication.letters.write import SentLetter, file_stem
from warehouse.publication.marts.facts import Facts
from warehouse.publication.marts.tables import Warehouse
from warehouse.publication.marts.years import YearRows
from warehouse.publication.package import csv_text
from warehouse.publication.report.pages import Handout
from warehouse.publication.returned.copies import Copies
from warehouse.publication.returned.remarks import COMMENTED, Remark, remarks_of
from warehouse.publication.sources.links import SourceLinks

FOLDER = "反馈附件"
HEADINGS = ("序号", "程度", "规则", "项目", "指标", "文件", "位置", "原文", "应为或算式", "差额", "问题", "处理情况")
_NO_DATE = datetime(2000, 1, 1)

Handouts = Mapping[str, tuple[Handout, ...]]
"""Township → what is handed to it, each with its address beside the report."""


def write_returned(
    warehouse: Warehouse,
    year_rows: Callable[[int | None], YearRows],
    facts: Facts,
    sources: SourceLinks,
    copies: Copies,
    folder: Path,
) -> Handouts:
    """Write the lists and the commented files of all townships into ``folder``/反馈附件 and say what each gets."""
    made: dict[str, list[Handout]] = {}
    names = {filing.filing_id: filing.file_name for filing in warehouse.current_filings()}
    dated = datetime.combine(facts.published_on, datetime.min.time()) if facts.published_on else _NO_DATE
    remarked = {name: remarks_of(year_rows(year), sources, name) for name, year in _newest(warehouse).items()}
    copies.make(_word_files(warehouse, remarked.values()), dated)
    for township, remarks in remarked.items():
        made[township] = []
        if not remarks:
            continue
        (folder / FOLDER).mkdir(exist_ok=True)
        path = _free(folder / FOLDER / f"{file_stem(township)}_问题清单.csv")
        _write_list(remarks, names, path)
        made[township].append(Handout("问题清单（CSV，可用 Excel 打开）", f"{FOLDER}/{path.name}"))
        for filing_id, own in _by_filing(remarks).items():
            kept = copies.find(filing_id, own)
            if kept is not None:
                target = _free(folder / FOLDER / f"{file_stem(Path(names[filing_id]).stem)}（批注）.docx")
                shutil.copyfile(kept, target)
                made[township].append(Handout(f"原文件加批注：{target.name}", f"{FOLDER}/{target.name}"))
    return {township: tuple(handouts) for township, handouts in made.items()}


def letter_handouts(letters: Sequence[SentLetter]) -> Handouts:
    """Give each township's letters, one a kind of filing."""
    made: dict[str, list[Handout]] = defaultdict(list)
    for letter in letters:
        made[letter.township].append(Handout(f"{letter.subject}反馈单（Word）", f"{LETTERS}/{letter.path.name}"))
    return {township: tuple(handouts) for township, handouts in made.items()}


def join_handouts(*given: Handouts) -> Handouts:
    """Give for each township all that it gets, in the order given."""
    townships = dict.fromkeys(name for handouts in given for name in handouts)
    return {name: tuple(one for handouts in given for one in handouts.get(name, ())) for name in townships}


def _newest(warehouse: Warehouse) -> dict[str, int | None]:
    newest: dict[str, int | None] = {}
    for year in warehouse.years():
        for filing in warehouse.current_filings(year):
            if filing.township:
                newest.setdefault(filing.township, year)
    return newest


def _word_files(
    warehouse: Warehouse, remarked: Iterable[Sequence[Remark]]
) -> dict[str, tuple[str, tuple[Remark, ...]]]:
    """Give the Word files that anything is to be written into: by id their names and the remarks on them."""
    filings = {f.filing_id: f.file_name for f in warehouse.current_filings() if f.format == "docx"}
    return {
        filing_id: (filings[filing_id], own)
        for remarks in remarked
        for filing_id, own in _by_filing(remarks).items()
        if filing_id in filings
    }


def _by_filing(remarks: Sequence[Remark]) -> dict[str, tuple[Remark, ...]]:
    found: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.severity in COMMENTED:
            found[remark.filing_id].append(remark)
    return {filing_id: tuple(own) for filing_id, own in found.items()}


def _free(path: Path) -> Path:
    """Give a path that no other file of this folder has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}_{number}")
    return free


def _write_list(remarks: Sequence[Remark], names: Mapping[str, str], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(HEADINGS)
        for one in remarks:
            about = (one.number, one.severity_name, one.rule, one.project, one.indicator)
            where = (names.get(one.filing_id, ""), one.place, one.filed, one.expected, one.difference, one.message, "")
            writer.writerow([csv_text(value) for value in (*about, *where)])
