"""Times a night with nothing new: python -m tests.benchmarks.bench_nights [--filings 10000] [--pages 10000].

Draws a store (see bench_models.py) with an inbox of as many files and a publication with as many source pages, builds
the database, and then lives through nights without news. Prints processor and wall seconds of each step beside its share.
The aim is 1 s for 10,000 filings; the start of the program is not in it.
"""

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.night.publishing.published import is_published, record_publication
from pipelines.night.state import Night, open_night
from pipelines.night.steps import build, list_inbox, store_records
from pipelines.night.sums import sum_up
from pipelines.terminal.homes import create_home
from tests.benchmarks.bench_models import draw_store
from warehouse.home import Home
from warehouse.models.build import build_database
from warehouse.program import readers_version, records_version
from warehouse.publication.package import write_checksums
from warehouse.store.manifest import list_filings, read_manifest, write_manifest
from warehouse.store.parts import Parts

REPEATS = 3
PAGE_BYTES = 20_000
"""Some source pages are larger; what counts is that each is looked at."""


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def draw_home(home: Home, filings: int, pages: int) -> None:
    """Lay out a home as it is after a night."""
    create_home(home)
    draw_store(home.path, filings)
    _fill_inbox(home)
    build_database(home.path)
    latest = home.published / "2024-01-01"
    (latest / "出处").mkdir(parents=True)
    for number in range(pages):
        (latest / "出处" / f"{number:016x}.html").write_bytes(os.urandom(16) * (PAGE_BYTES // 16))
    write_checksums(latest)
    home.latest.symlink_to(latest.name)
    record_publication(home, home.inbox)


def _fill_inbox(home: Home) -> None:
    """Put a file for each drawn filing into the inbox, and have the manifest know it as read by today's program."""
    parts = Parts(home.parquet, {})
    parts.take_checksums()
    key = f"{records_version()}-{readers_version('docx')}"
    stored = list_filings(parts.read("filings"), key)
    facts = {}
    for filing_id, one in stored.items():
        place = home.inbox / one.file_name
        place.write_bytes(filing_id.encode())
        os.utime(place, (1_700_000_000, 1_700_000_000))
        found = place.stat()
        facts[one.file_name] = [found.st_size, found.st_mtime_ns, filing_id, found.st_ctime_ns, found.st_ino]
    write_manifest(home.manifest, read_manifest(home.manifest))
    content = json.loads(home.manifest.read_text(encoding="utf-8"))
    content["files"], content["parts"] = facts, parts.checksums
    content["hashed_on"] = time.strftime("%Y-%m-%d", time.gmtime())
    content["filings"] = {
        filing_id: [key, one.format, one.file_name, one.received_us, one.fiscal_year, one.filer, one.doc_kind]
        for filing_id, one in stored.items()
    }
    home.manifest.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def time_night(home: Home) -> dict[str, tuple[float, float]]:
    """Live through a night without news; give processor and wall seconds of each step."""
    taken: dict[str, tuple[float, float]] = {}
    night: list[Night] = []

    def timed(name: str, call: Callable[[], object]) -> None:
        used, started = cpu(), time.perf_counter()
        call()
        taken[name] = (cpu() - used, time.perf_counter() - started)

    timed("open store, county, locks", lambda: night.append(open_night(home, None)))
    (one,) = night
    timed("list the inbox", lambda: list_inbox(one))
    assert not one.plan.to_read, f"{len(one.plan.to_read)} files count as news"
    timed("store", lambda: store_records(one))
    timed("look at the build", lambda: build(one))
    timed("look at the publication", lambda: is_published(home, home.inbox))
    timed("sum up", lambda: sum_up(one))
    return {} if one.rebuilt else taken


def main() -> None:
    """Print the shares of the quickest of several nights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        home = Home(Path(folder) / "home")
        draw_home(home, chosen.filings, chosen.pages)
        while not time_night(home):  # the first one names what was drawn by the county's terms
            record_publication(home, home.inbox)
        best = min((time_night(home) for _ in range(REPEATS)), key=lambda one: sum(used for used, _ in one.values()))
        shutil.rmtree(home.path)
    whole = sum(used for used, _ in best.values())
    for name, (used, passed) in best.items():
        print(f"{name:28} {used:6.2f} s of the processor {passed:6.2f} s wall  {used / whole:5.0%}")
    print(
        f"{'night without news':28} {whole:6.2f} s of the processor {sum(passed for _, passed in best.values()):6.2f} s"
    )


if __name__ == "__main__":
    main()
