"""Reads Word files with extractors.docx.read and with python-docx's own cell walks, side by side in one run.

    .venv/bin/python tests/benchmarks/bench_docx.py FILE_OR_FOLDER ...

CPU time of one core, opening the file included, the best of several rounds that take turns. python-docx has two walks:
``row.cells`` of each row, and ``table.cell(row, column)``, which works the whole table out again for each cell.
"""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx

from extractors.docx.read import read_docx

ROUNDS = 9
SLOW_ROUNDS = 1


def walk_rows(path: Path) -> int:
    """Read all cells by rows; the number of grid places seen."""
    return sum(
        len([cell.text for cell in row.cells]) for table in docx.Document(str(path)).tables for row in table.rows
    )


def walk_places(path: Path) -> int:
    """Read all cells by row and column number; the number of grid places seen."""
    count = 0
    for table in docx.Document(str(path)).tables:
        for row in range(len(table.rows)):
            count += len([table.cell(row, column).text for column in range(len(table.columns))])
    return count


def read_cells(path: Path) -> int:
    """Read all blocks with this project's reader; the number of cells."""
    document = read_docx(path, sha256="", file_name=path.name)
    return sum(len(grid.cells) for grid in document.grids())


def seconds(read: Callable[[Path], int], path: Path) -> float:
    """Give the CPU seconds of one reading; what the reading before left behind is cleared away first."""
    gc.collect()
    start = time.process_time()
    read(path)
    return time.process_time() - start


def main() -> None:
    """Measure the files named on the command line and print a line each and the totals."""
    roots = [Path(argument) for argument in sys.argv[1:]]
    paths = [file for root in roots for file in (sorted(root.rglob("*.docx")) if root.is_dir() else [root])]
    gc.freeze()  # as in a worker: imported modules are not looked at again by collections
    totals = [0.0, 0.0, 0.0]
    print(f"{'ours ms':>8} {'row.cells':>10} {'table.cell':>11} {'ratio':>6} {'ratio':>6}  file")
    for path in paths:
        ours, rows = float("inf"), float("inf")
        for _ in range(ROUNDS):
            ours, rows = min(ours, seconds(read_cells, path)), min(rows, seconds(walk_rows, path))
        places = min(seconds(walk_places, path) for _ in range(SLOW_ROUNDS))
        totals = [total + one for total, one in zip(totals, (ours, rows, places), strict=True)]
        print_line(ours, rows, places, path.name)
    print_line(totals[0], totals[1], totals[2], f"{len(paths)} files")


def print_line(ours: float, rows: float, places: float, name: str) -> None:
    """Print one line of the comparison."""
    print(f"{ours * 1e3:8.2f} {rows * 1e3:10.1f} {places * 1e3:11.1f} {rows / ours:6.1f} {places / ours:6.1f}  {name}")


if __name__ == "__main__":
    main()
