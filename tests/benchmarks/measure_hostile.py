"""Reads a folder of hostile files through the guarded reader and prints what becomes of each.

.venv/bin/python tests/benchmarks/measure_hostile.py ../shared/cases/hostile
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from extractors.document import Document
from extractors.limits import Limits
from extractors.reading import Source, open_sources, read_source, run_guarded
from extractors.rejection import RejectedFile

LIMITS = Limits(seconds=20)


def read(source: Source) -> Document:
    """Read one source; at module level, so that a worker can import it."""
    return read_source(source, LIMITS)


def main() -> None:
    """Read the folder in two workers and print a line for each file and the sums."""
    folder = Path(sys.argv[1])
    index = folder / "index.json"
    known = {row["file"]: row["what"] for row in json.loads(index.read_text())} if index.exists() else {}
    started, counts = time.monotonic(), Counter[str]()
    with open_sources([path for path in sorted(folder.iterdir()) if path != index], limits=LIMITS) as opened:
        for source, result in run_guarded(read, opened.sources, workers=2, limits=LIMITS):
            if isinstance(result, RejectedFile):
                said = f"{result.reason.value}: {result.detail}"
                counts[result.reason.value] += 1
            else:
                grids, paragraphs = len(list(result.grids())), len(list(result.paragraphs()))
                said = f"{result.format}: {grids} tables, {paragraphs} paragraphs {[n.code for n in result.notes][:3]}"
                counts["read"] += 1
            print(f"{time.monotonic() - started:6.1f} {source.file_name} [{known.get(source.file_name, '')}] → {said}")
        for path, rejected in opened.rejected:
            print(path.name, rejected)
            counts[rejected.reason.value] += 1
    print(f"{time.monotonic() - started:.1f} s", dict(counts))


if __name__ == "__main__":
    main()
