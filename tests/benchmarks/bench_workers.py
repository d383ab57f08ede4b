"""Reads a folder of filings many times over in one worker and in two, and shows the gain.

    .venv/bin/python tests/benchmarks/bench_workers.py ../shared/accuracy/dev/inbox [REPEATS]

Wall-clock time from the first item to the last, starting the workers included. Only a quiet machine with two free cores
tells the truth.
"""

import sys
import time
from pathlib import Path

from extractors.reading import Source, open_sources, read_source, run_guarded


def count_cells(source: Source) -> int:
    """Read one source and give the number of its cells: as in a run, the document itself does not travel."""
    return sum(len(grid.cells) for grid in read_source(source).grids())


def seconds(paths: list[Path], workers: int) -> float:
    """Give the wall-clock seconds of reading all paths."""
    with open_sources(paths, workers=workers) as opened:
        start = time.perf_counter()
        for _ in run_guarded(count_cells, opened.sources, workers=workers):
            pass
        return time.perf_counter() - start


def main() -> None:
    """Measure and print both times and the gain."""
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    paths = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file()) * repeats
    seconds(paths[:2], 2)  # starts the server that workers are forked from
    one, two = (min(seconds(paths, workers) for _ in range(3)) for workers in (1, 2))
    print(f"{len(paths)} readings: {one:.2f} s in one worker, {two:.2f} s in two: {one / two:.2f} times as fast")


if __name__ == "__main__":
    main()
