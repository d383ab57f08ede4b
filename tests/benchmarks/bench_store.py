"""Times the store and the kept Documents: python tests/benchmarks/bench_store.py [--filings 10000].

The store is drawn with DuckDB straight as Parquet (see bench_models.py). Prints processor seconds of: a commit without
news, one new filing, one corrected filing, the registry filled after it; then, beside each other, reading a sample PDF
and DOCX anew, opening the kept Document of it, and making its records.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from extractors.reading import read_filing
from tests.benchmarks.bench_models import draw_store
from tests.places import SAMPLES
from tests.warehouse.invented_filings import filing, project, received
from transforms.filings import transform
from transforms.records import FilingRecords
from warehouse.county.found_townships import fill_registry
from warehouse.home import Home
from warehouse.store.documents import Documents, encode_document, open_document
from warehouse.store.store import open_store

REPEATS = 5


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Give processor and wall seconds of one call."""
    before, started = cpu(), time.perf_counter()
    call()
    return cpu() - before, time.perf_counter() - started


def best(call: Callable[[], object]) -> float:
    """Give the least processor seconds of several calls."""
    return min(timed(call)[0] for _ in range(REPEATS))


def one_filing(township: str, budget: str) -> FilingRecords:
    goals = [("成本指标", f"第{number}项成本", f"≤{number + 1}00元") for number in range(10)]
    return filing(township, [project(f"项目类别{number}", budget, goals) for number in range(7)], year=2024)


def put(home: Path, sha256: str, township: str, budget: str) -> None:
    store = open_store(home, "bench")
    store.journal(received(f"{township}.docx", sha256), "docx", None, one_filing(township, budget))
    store.commit()


def time_store(filings: int) -> None:
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        home = Path(folder)
        draw_store(home, filings)
        (home / "state" / "manifest.json").unlink()
        rows = [
            ("the first commit after the manifest was lost", lambda: open_store(home, "bench").commit()),
            ("a commit without news", lambda: open_store(home, "bench").commit()),
            ("one new filing", lambda: put(home, "a1" * 32, "新来镇", "100000")),
            ("one more", lambda: put(home, "b2" * 32, "又来镇", "100000")),
            ("the one corrected", lambda: put(home, "c3" * 32, "新来镇", "200000")),
            ("the registry filled for it", lambda: fill_registry(Home(home), {"新来镇"})),
            ("the registry filled for all", lambda: fill_registry(Home(home))),
        ]
        print(f"{filings} filings in the store")
        for name, call in rows:
            used, wall = timed(call)
            print(f"  {name:<46} {used:7.3f} CPU s {wall:7.3f} s {1000 * used / filings:8.4f} ms a filing")


def time_documents() -> None:
    print(f"{'one sample filing':<12} {'read anew':>10} {'kept opened':>12} {'share':>7} {'records':>9} {'kept as':>9}")
    for ending in ("pdf", "docx"):
        path = next(path for path in sorted(SAMPLES.iterdir()) if path.suffix == f".{ending}")
        document = read_filing(path)
        with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
            documents = Documents(Path(folder), ("any",), lambda _: "1")
            documents.keep(document.sha256, "any", encode_document(document))
            place = documents.find(document.sha256)
            assert place is not None
            reading = best(lambda path=path: read_filing(path))
            opening = best(lambda place=place, name=path.name: open_document(place, name))
            records = best(lambda document=document: transform(document))
            print(
                f"{ending:<12} {1000 * reading:7.1f} ms {1000 * opening:9.2f} ms {opening / reading:7.3f}"
                f" {1000 * records:6.1f} ms {place.stat().st_size / 1024:6.1f} kB"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--documents", action="store_true", help="time only the kept Documents")
    options = parser.parse_args()
    time_documents()
    for filings in [] if options.documents else options.filings:
        time_store(filings)


if __name__ == "__main__":
    sys.exit(main())
