"""Reads PDF tables with camelot or tabula in an interpreter that has them; both stay out of the project's dependencies.

Started by measure_pdf_tables.py as ``PYTHON beside_pdf_tables.py``. Standard input: a JSON object with ``way`` (one of
WAYS) and ``jobs``, each with ``path``, ``pages`` and ``repeat`` (the text of merged cells at each row they cover).
Standard output: one JSON line a job, ``{page: [table, …]}``, a table as rows of null (nothing of its own) or
``[left, top, right, bottom, text]`` in points from the top left corner of the page as shown.
"""

import contextlib
import itertools
import json
import logging
import sys
import warnings
from collections.abc import Callable
from typing import Any

Place = list[Any] | None
Table = list[list[Place]]


def read_with_camelot(path: str, page: int, repeat: bool, flavors: tuple[str, ...]) -> list[Table]:
    """Read one page with the first of some flavors that finds a table."""
    import camelot
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    height = document[page - 1].get_height()
    document.close()
    for flavor in flavors:
        copied = {"copy_text": ["v"]} if repeat and flavor == "lattice" else {}
        found = list(camelot.read_pdf(path, pages=str(page), flavor=flavor, suppress_stdout=True, **copied))
        if found:
            return [
                [[[cell.x1, height - cell.y2, cell.x2, height - cell.y1, cell.text] for cell in row] for row in t.cells]
                for t in found
            ]
    return []


def read_with_tabula(path: str, page: int, repeat: bool, options: dict[str, bool]) -> list[Table]:
    """Read one page; places that a merged cell covers have no size and are filled from above where that is asked for."""
    import tabula

    found = tabula.read_pdf(path, pages=page, output_format="json", silent=True, **options)
    tables = []
    for table in found:
        rows: Table = [
            [
                [c["left"], c["top"], c["left"] + c["width"], c["top"] + c["height"], c["text"]]
                if c["height"]
                else None
                for c in row
            ]
            for row in table["data"]
        ]
        for above, row in itertools.pairwise(rows) if repeat else ():
            tops = [place[1] for place in row if place]
            for col, place in enumerate(row[: len(above)]):
                over = above[col]
                if place is None and tops and over is not None and over[3] > min(tops) + 1:
                    row[col] = over
        tables.append(rows)
    return tables


WAYS: dict[str, tuple[str, Callable[[str, int, bool], list[Table]]]] = {
    "camelot lattice": ("camelot", lambda path, page, repeat: read_with_camelot(path, page, repeat, ("lattice",))),
    "camelot lattice, else stream": (
        "camelot",
        lambda path, page, repeat: read_with_camelot(path, page, repeat, ("lattice", "stream")),
    ),
    "camelot auto": ("camelot", lambda path, page, repeat: read_with_camelot(path, page, repeat, ("auto",))),
    "tabula lattice": ("tabula", lambda path, page, repeat: read_with_tabula(path, page, repeat, {"lattice": True})),
    "tabula default": ("tabula", lambda path, page, repeat: read_with_tabula(path, page, repeat, {})),
}
"""The readers as their users call them: the package to import, and how one page is read."""


def main() -> None:
    """Read the jobs of standard input; a page that makes the package fail has no tables, and standard error says so."""
    asked = json.load(sys.stdin)
    read = WAYS[asked["way"]][1]
    logging.disable()
    warnings.simplefilter("ignore")
    for job in asked["jobs"]:
        pages: dict[int, list[Table]] = {}
        for page in job["pages"]:
            try:
                with contextlib.redirect_stdout(sys.stderr):
                    pages[page] = read(job["path"], page, job["repeat"])
            except Exception as error:
                print(f"{asked['way']}: {job['path']}: {error!r}", file=sys.stderr)
                pages[page] = []
        print(json.dumps(pages), flush=True)


if __name__ == "__main__":
    main()
