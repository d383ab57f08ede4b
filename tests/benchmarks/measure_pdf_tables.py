"""Measures cell F1 and row F1 of the table reading against tables whose cells are known, beside other readers.

    python tests/benchmarks/measure_pdf_tables.py FOLDER [--files] [--wrong] [--beside camelot,tabula --python PYTHON]

FOLDER holds pairs of ``name.pdf`` and ``name.json`` (``{"pages": [{"page": 1, "tables": [[[cell, …], …], …]}]}``).

How tables are matched: every known table is paired with the table read from the same page that shares most cells with
it, each read table at most once; a known table without a partner counts as missed. Tables read beside those are not
counted, since not every table of a page is known. Cells: the multiset of non-empty texts (NFKC, white space removed).
Rows: the multiset of rows, each the tuple of its non-empty texts. Precision and recall are over all pairs of all files
together; the figures are micro-averaged F1.

Two conventions of the known tables, taken from ``index.json`` and applied to every reader alike: where only an area
of the page is known, cells outside it are cut off; where the text of merged cells was repeated downwards, the read
tables are filled down too.

pdfplumber is always measured. camelot and tabula are measured where PYTHON (this interpreter unless named) can import
them, in the ways of beside_pdf_tables.py; they are no dependencies of this project:
``python3 -m venv OTHER; OTHER/bin/pip install camelot-py tabula-py`` (tabula needs Java).
"""

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

sys.path.insert(0, str(Path(__file__).parents[2]))

from extractors.pdf.layout import FoundTable, lay_out_page
from extractors.pdf.pages import PdfReader, read_pages
from tests.benchmarks import beside_pdf_tables

Table = list[list[str | None]]
Tables = dict[int, list[Table]]
"""The tables of a file by page."""

Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Known:
    """A file whose tables are known, and the conventions they were written in."""

    path: Path
    tables: Tables
    area: Area | None
    repeat: bool


def read_known(folder: Path) -> list[Known]:
    """Read the pairs of a folder, with what its index says about them."""
    index_path = folder / "index.json"
    index = {entry["file"]: entry for entry in json.loads(index_path.read_text())} if index_path.exists() else {}
    found = []
    for truth_path in sorted(folder.glob("*.json")):
        path = truth_path.with_suffix(".pdf")
        if path.exists():
            tables = {page["page"]: page["tables"] for page in json.loads(truth_path.read_text())["pages"]}
            entry = index.get(path.name, {})
            area = entry.get("area_top_left_bottom_right_pt")
            repeat = "repeated" in (entry.get("notes") or "")
            found.append(Known(path, tables, tuple(area) if isinstance(area, list) else None, repeat))
    return found


def normalise(text: str | None) -> str:
    """Drop what no reader is asked to keep: white space, invisible marks, widths."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\ufeff]", "", unicodedata.normalize("NFKC", text or ""))


def is_within(box: Area, area: Area | None) -> bool:
    """Tell whether a box's middle lies in an area (top, left, bottom, right)."""
    if area is None:
        return True
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[1] <= x <= area[3] and area[0] <= y <= area[2]


def read_own(known: Known, reader: PdfReader = "fast") -> Tables:
    """Give our tables by page, merged places None."""
    pages: Tables = {}
    for content, _ in read_pages(known.path, reader=reader):
        layout = lay_out_page(content)
        for item in layout.items:
            if isinstance(item, FoundTable):
                table: Table = [[None] * (len(item.xs) - 1) for _ in item.ys[1:]]
                for cell in item.cells:
                    if is_within(cell.box, known.area):
                        for row in range(cell.row, cell.row + (cell.row_span if known.repeat else 1)):
                            table[row][cell.col] = cell.text
                pages.setdefault(content.number, []).append(table)
    return pages


def read_plumber(known: Known) -> Tables:
    """Give pdfplumber's own tables by page."""
    pages: Tables = {}
    with pdfplumber.open(known.path) as document:
        for number, page in enumerate(document.pages, start=1):
            for table in page.find_tables():
                texts: Table = table.extract()
                boxes = [row.cells for row in table.rows]
                for r, row in enumerate(boxes):
                    for c, box in enumerate(row):
                        if box is not None and not is_within(box, known.area):
                            texts[r][c] = None
                        above = boxes[r - 1][c] if r else None
                        if known.repeat and box is None and above is not None and above[3] > table.rows[r].bbox[1] + 1:
                            texts[r][c], boxes[r][c] = texts[r - 1][c], above
                pages.setdefault(number, []).append(texts)
    return pages


def read_beside(way: str, files: list[Known], python: str) -> list[Tables]:
    """Give the tables of all files as another package reads them, in one process of the interpreter that has it."""
    jobs = [{"path": str(known.path), "pages": list(known.tables), "repeat": known.repeat} for known in files]
    run = subprocess.run(
        [python, beside_pdf_tables.__file__],
        input=json.dumps({"way": way, "jobs": jobs}),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: list[Tables] = []
    for known, line in zip(files, run.stdout.splitlines(), strict=True):
        pages = json.loads(line)
        found.append({int(page): [cut(table, known.area) for table in tables] for page, tables in pages.items()})
    return found


def cut(table: beside_pdf_tables.Table, area: Area | None) -> Table:
    """Give a table's texts, those outside an area left out."""
    return [[place[4] if place and is_within(tuple(place[:4]), area) else None for place in row] for row in table]


OWN: dict[str, Callable[[Known], Tables]] = {
    "fast reader": read_own,
    "reference reader": lambda known: read_own(known, "pdfplumber"),
    "pdfplumber extract_tables": read_plumber,
}


def can_import(package: str, python: str) -> bool:
    """Tell whether an interpreter has a package."""
    return subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0


def cells_of(table: Table) -> Counter[Any]:
    """Give the multiset of a table's non-empty texts."""
    return Counter(text for row in table for cell in row if (text := normalise(cell)))


def rows_of(table: Table) -> Counter[Any]:
    """Give the multiset of a table's rows, each as its non-empty texts."""
    rows = (tuple(text for cell in row if (text := normalise(cell))) for row in table)
    return Counter(row for row in rows if row)


def pairs(truth: list[Table], read: list[Table]) -> Iterator[tuple[Table, Table]]:
    """Pair each known table with the read one that shares most cells with it."""
    scored = sorted(
        ((sum((cells_of(t) & cells_of(r)).values()), i, k) for i, t in enumerate(truth) for k, r in enumerate(read)),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    used_truth: set[int] = set()
    used_read: set[int] = set()
    for score, i, k in scored:
        if score and i not in used_truth and k not in used_read:
            used_truth.add(i)
            used_read.add(k)
            yield truth[i], read[k]
    for i, table in enumerate(truth):
        if i not in used_truth:
            yield table, []


def f1(right: int, known: int, read: int) -> float:
    """Give the harmonic mean of right/known and right/read."""
    return 2 * right / (known + read) if known + read else 1.0


def count_file(truth: dict[int, list[Table]], found: dict[int, list[Table]], wrong: bool) -> list[int]:
    """Give right, known and read cells, then right, known and read rows."""
    counts = [0] * 6
    for page, tables in truth.items():
        for known, table in pairs(tables, found.get(page, [])):
            for offset, (a, b) in ((0, (cells_of(known), cells_of(table))), (3, (rows_of(known), rows_of(table)))):
                counts[offset] += sum((a & b).values())
                counts[offset + 1] += sum(a.values())
                counts[offset + 2] += sum(b.values())
                for side, rest in (("known", a - b), ("read ", b - a)) if wrong else ():
                    for text in rest:
                        print(f"    {side} {'row ' if offset else 'cell'}: {text}")
    return counts


def measure(files: list[Known], beside: list[str], python: str, *, by_file: bool, wrong: bool) -> None:
    """Print the figures of every reader: in total, and by file where that is asked for."""
    found = {name: [read(known) for known in files] for name, read in OWN.items()}
    for package in beside:
        if not can_import(package, python):
            print(f"{package}: not measured, {python} cannot import it (name another interpreter with --python)")
            continue
        for way, (needed, _) in beside_pdf_tables.WAYS.items():
            if needed == package:
                found[way] = read_beside(way, files, python)
    totals = {name: [0] * 6 for name in found}
    if by_file:
        print(f"{'cell F1/row F1':40} " + "  ".join(f"{name[:13]:13}" for name in found))
    for number, known in enumerate(files):
        line = []
        for name in found:
            counts = count_file(known.tables, found[name][number], wrong and name == "fast reader")
            totals[name] = [x + y for x, y in zip(totals[name], counts, strict=True)]
            line.append(f"{f1(*counts[:3]):.3f}/{f1(*counts[3:]):.3f}")
        if by_file or wrong:
            print(f"{known.path.stem[:40]:40} " + "  ".join(f"{figures:13}" for figures in line))
    print()
    for name, counts in totals.items():
        print(f"{name:28} cell F1 {f1(*counts[:3]):.3f}   row F1 {f1(*counts[3:]):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", action="store_true", help="also the figures of each file")
    parser.add_argument("--wrong", action="store_true", help="list the cells and rows that differ in ours")
    parser.add_argument("--beside", default="camelot,tabula", help="packages to measure beside us, by commas")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that has them")
    arguments = parser.parse_args()
    measure(
        read_known(arguments.folder),
        [package for package in arguments.beside.split(",") if package],
        arguments.python,
        by_file=arguments.files,
        wrong=arguments.wrong,
    )
