"""Measures the cells read from Word files against the truth beside them.

    .venv/bin/python tests/benchmarks/measure_docx_tables.py ../shared/cases/docx_tables [--wrong]

A truth file ``NAME.json`` holds ``tables`` as rows of texts, and for some files ``paragraphs``. A cell is right when the
same text (white space apart) stands at the same row and column; empty places are not counted. Where the truth repeats a
merged cell's text at each place it covers (``span_text``), so does the reading here.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from extractors.document import Document, Grid
from extractors.reading import read_filing
from extractors.rejection import RejectedFile

Place = tuple[int, int, int, str]


def bare(text: str | None) -> str:
    """Give a text without white space."""
    return "".join((text or "").split())


def places(rows: list[list[str | None]], number: int) -> Counter[Place]:
    """Give the non-empty places of a table with their texts."""
    return Counter((number, r, c, bare(text)) for r, row in enumerate(rows) for c, text in enumerate(row) if bare(text))


def read_places(document: Document, *, repeated: bool) -> Counter[Place]:
    """Give the places of all grids, merged cells once or at each place they cover."""
    found: Counter[Place] = Counter()
    for number, grid in enumerate(document.grids()):
        found += places(repeat_spans(grid) if repeated else grid.rows(), number)
    return found


def repeat_spans(grid: Grid) -> list[list[str | None]]:
    """Give a grid's texts with each merged cell's text at every place it covers."""
    return [
        [cell.text if (cell := grid.cell_at(row, col)) else None for col in range(grid.n_cols)]
        for row in range(grid.n_rows)
    ]


def measure(truth: dict[str, Any], document: Document) -> tuple[int, int, int, Counter[Place], Counter[Place]]:
    """Give right, read and true cells, and those that are missing and too many."""
    true: Counter[Place] = Counter()
    for number, rows in enumerate(truth["tables"]):
        true += places(rows, number)
    read = read_places(document, repeated=truth.get("span_text") == "repeated")
    return (true & read).total(), read.total(), true.total(), true - read, read - true


def main() -> None:
    """Measure a folder and print a line for each file and the total."""
    show_wrong = "--wrong" in sys.argv
    right = read = true = paragraphs_right = paragraphs_true = 0
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(truth, dict) or "tables" not in truth:
            continue
        try:
            document = read_filing(path.with_suffix(""))
        except RejectedFile as rejected:
            print(f"{path.stem}: {rejected}")
            true += sum(places(rows, 0).total() for rows in truth["tables"])
            continue
        one_right, one_read, one_true, missing, extra = measure(truth, document)
        texts = Counter(bare(paragraph.text) for paragraph in document.paragraphs())
        wanted = Counter(bare(text) for text in truth.get("paragraphs", ()) if bare(text))
        found = (texts & wanted).total()
        print(
            f"{one_right:4d} of {one_true:4d} cells, {one_read:4d} read; {found:3d} of {wanted.total():3d}  {path.stem}"
        )
        if show_wrong:
            for label, rows in (("missing", missing), ("too many", extra), ("no paragraph", wanted - texts)):
                for item in rows:
                    print(f"    {label}: {item}")
        right, read, true = right + one_right, read + one_read, true + one_true
        paragraphs_right, paragraphs_true = paragraphs_right + found, paragraphs_true + wanted.total()
    print(f"cell F1 {2 * right / (read + true):.4f}; paragraphs found {paragraphs_right} of {paragraphs_true}")


if __name__ == "__main__":
    main()
