"""Measures cell F1 and row F1 of the table reading against tables whose cells are known, beside pdfplumber's own.

    python tests/benchmarks/measure_pdf_tables.py FOLDER [--wrong]

FOLDER holds pairs of ``name.pdf`` and ``name.json`` (``{"pages": [{"page": 1, "tables": [[[cell, …], …], …]}]}``).

How tables are matched: every known table is paired with the table read from the same page that shares most cells with
it, each read table at most once; a known table without a partner counts as missed. Tables read beside those are not
counted, since not every table of a page is known. Cells: the multiset of non-empty texts (NFKC, white space removed).
Rows: the multiset of rows, each the tuple of its non-empty texts. Precision and recall are over all pairs of all files
together; the figures are micro-averaged F1.

Two conventions of the known tables, taken from ``index.json`` and applied to every reader alike: where only an area
of the page is known, cells outside it are cut off; where the text of merged cells was repeated downwards, the read
tables are filled down too.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber

sys.path.insert(0, str(Path(__file__).parents[2]))

from extractors.pdf_layout import FoundTable, lay_out_page
from extractors.pdf_pages import PdfReader, read_pages

Table = list[list[str | None]]


Area = tuple[float, float, float, float]


def normalise(text: str | None) -> str:
    """Drop what no reader is asked to keep: white space, invisible marks, widths."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\ufeff]", "", unicodedata.normalize("NFKC", text or ""))


def is_within(box: Area, area: Area | None) -> bool:
    """Tell whether a box's middle lies in an area (top, left, bottom, right)."""
    if area is None:
        return True
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[1] <= x <= area[3] and area[0] <= y <= area[2]


def read_own(path: Path, area: Area | None, repeat: bool, reader: PdfReader = "fast") -> dict[int, list[Table]]:
    """Give our tables by page, merged places None."""
    pages: dict[int, list[Table]] = {}
    for content, _ in read_pages(path, reader=reader):
        layout = lay_out_page(content)
        for item in layout.items:
            if isinstance(item, FoundTable):
                table: Table = [[None] * (len(item.xs) - 1) for _ in item.ys[1:]]
                for cell in item.cells:
                    if is_within(cell.box, area):
                        for row in range(cell.row, cell.row + (cell.row_span if repeat else 1)):
                            table[row][cell.col] = cell.text
                pages.setdefault(content.number, []).append(table)
    return pages


def read_plumber(path: Path, area: Area | None, repeat: bool) -> dict[int, list[Table]]:
    """Give pdfplumber's own tables by page."""
    pages: dict[int, list[Table]] = {}
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, start=1):
            for table in page.find_tables():
                texts: Table = table.extract()
                boxes = [row.cells for row in table.rows]
                for r, row in enumerate(boxes):
                    for c, box in enumerate(row):
                        if box is not None and not is_within(box, area):
                            texts[r][c] = None
                        above = boxes[r - 1][c] if r else None
                        if repeat and box is None and above is not None and above[3] > table.rows[r].bbox[1] + 1:
                            texts[r][c], boxes[r][c] = texts[r - 1][c], above
                pages.setdefault(number, []).append(texts)
    return pages


READERS: dict[str, Callable[[Path, Area | None, bool], dict[int, list[Table]]]] = {
    "fast reader": read_own,
    "reference reader": lambda path, area, repeat: read_own(path, area, repeat, "pdfplumber"),
    "pdfplumber extract_tables": read_plumber,
}


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


def measure(folder: Path, wrong: bool) -> None:
    """Print the figures of every reader, by file and in total."""
    index_path = folder / "index.json"
    index = {entry["file"]: entry for entry in json.loads(index_path.read_text())} if index_path.exists() else {}
    totals = {name: [0] * 6 for name in READERS}
    for truth_path in sorted(folder.glob("*.json")):
        pdf = truth_path.with_suffix(".pdf")
        if not pdf.exists():
            continue
        entry = index.get(pdf.name, {})
        truth = {page["page"]: page["tables"] for page in json.loads(truth_path.read_text())["pages"]}
        line = []
        for name, read in READERS.items():
            area = entry.get("area_top_left_bottom_right_pt")
            found = read(pdf, area if isinstance(area, list) else None, "repeated" in (entry.get("notes") or ""))
            counts = count_file(truth, found, wrong and name == "fast reader")
            totals[name] = [x + y for x, y in zip(totals[name], counts, strict=True)]
            line.append(f"{f1(*counts[:3]):.3f}/{f1(*counts[3:]):.3f}")
        print(f"{pdf.name:44} " + "   ".join(line))
    print()
    for name, counts in totals.items():
        print(f"{name:28} cell F1 {f1(*counts[:3]):.3f}   row F1 {f1(*counts[3:]):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list the cells and rows that differ")
    arguments = parser.parse_args()
    measure(arguments.folder, arguments.wrong)
