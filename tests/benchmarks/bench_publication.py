"""Times the publication of one county-year: python tests/benchmarks/bench_publication.py [--townships 30] [--projects 10] [--pdf].

Draws an invented county (30 townships of 10 projects, one fiscal year; with --pdf every other filing as a PDF, drawn
with LibreOffice; with more projects each of the ten comes several times, as its first, second … lot), reads it and builds the database; then publishes it twice, with source pages to be made and with
source pages at hand. Prints the seconds of each part, and the processor's without the worker processes
that draw pages and write comments. The aims for the first publication, on two cores: 5 s for 30 × 10, 25 s and 60 MB
for 30 × 100.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pipelines.night.state import open_night
from pipelines.night.steps import build, steps
from tests.benchmarks.in_chromium import time_reader
from tests.samples.county.facts import county_filing
from tests.samples.county.make import Sample, draw_sheet
from tests.samples.county.words import townships
from tests.samples.drawing import draw_docx
from tests.samples.facts import ProjectFact
from tests.samples.make_samples import convert_to_pdf
from tests.samples.vocabulary import places
from warehouse.home import Home
from warehouse.publication import publish as publication
from warehouse.publication.publish import publish

YEAR, LOT = 2024, 10
PARTS = {
    "source pages": "publish_sources",
    "places": "find_places",
    "data package": "write_package",
    "changes": "compare_publications",
    "workbooks": "write_workbooks",
    "report": "write_report",
    "letters": "write_feedback",
    "returned files": "write_returned",
    "checksums": "write_checksums",
}
"""The parts of a publication and the functions, as warehouse.publication.publish names them, that write them."""


def in_lots(projects: Sequence[ProjectFact], count: int) -> tuple[ProjectFact, ...]:
    """Give so many projects: those there are, then their second, third … lots, under other names and codes."""
    lots = []
    for number in range(count):
        project, lot = projects[number % len(projects)], number // len(projects)
        if lot:
            name, code = f"{project.name}第{lot + 1}批", f"{project.code[:-3]}{number:03d}"
            project = replace(project, name=name, category=f"{project.category}第{lot + 1}批", code=code)
        lots.append(project)
    return tuple(lots)


def draw_inbox(inbox: Path, count: int, projects: int, pdf: bool) -> None:
    """Draw one filing for each of so many invented townships; the county's forms take turns."""
    inbox.mkdir(parents=True)
    known, names = townships(), places()
    with tempfile.TemporaryDirectory() as temporary:
        to_convert = []
        for number in range(count):
            model = known[number % len(known)]
            township = replace(
                model,
                township="东西南北"[number // len(names) - 1] * (number >= len(names)) + names[number % len(names)],
                unit_code=f"{911 + number}001",
                villages=10 + number * 7 % 25,
                population=40_000 + number * 531,
                cost_level=Decimal(90 + number * 13 % 24) / 100,
            )
            filing = county_filing(township, YEAR, model.forms.get(YEAR) or next(iter(model.forms.values())))
            filing = replace(filing, projects=in_lots(filing.projects[:LOT], projects))
            sample = Sample(filing, f"虚构样例_{township.township}{YEAR}年部门预算绩效目标", ("docx",))
            as_pdf = pdf and number % 2 == 1
            path = Path(temporary if as_pdf else inbox) / f"{sample.stem}.docx"
            path.write_bytes(draw_docx(draw_sheet(sample)))
            to_convert += [path] if as_pdf else []
        if to_convert:
            convert_to_pdf(to_convert, inbox)


def build_home(home: Home) -> None:
    """Read the inbox and build the database."""
    night = open_night(home, None)
    for step in steps(night):
        step.call(night)
        if step.call is build:
            break


@contextmanager
def timed_parts() -> Iterator[dict[str, float]]:
    """Time each part while publications are made."""
    seconds = dict.fromkeys(PARTS, 0.0)
    plain = {name: getattr(publication, name) for name in PARTS.values()}

    def timed(part: str, write: Callable[..., object]) -> Callable[..., object]:
        def write_timed(*args: object, **options: object) -> object:
            started = time.perf_counter()
            written = write(*args, **options)
            seconds[part] += time.perf_counter() - started
            return written

        return write_timed

    try:
        for part, name in PARTS.items():
            setattr(publication, name, timed(part, plain[name]))
        yield seconds
    finally:
        for name, write in plain.items():
            setattr(publication, name, write)


def time_publication(home: Home, name: str, *, reader: bool = False) -> None:
    """Publish once and print the seconds of each part; with ``reader`` also what the report's reader waits for."""
    with timed_parts() as seconds:
        started, used = time.perf_counter(), time.process_time()
        made = publish(home.database, home.path / name, inbox=home.inbox)
        total = time.perf_counter() - started
    files = [path for path in made.folder.rglob("*") if path.is_file()]
    print(
        f"{name}: {total:.1f} s ({time.process_time() - used:.1f} processor s), {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB"
    )
    for part, spent in seconds.items():
        print(f"  {spent:6.2f} s  {part}")
    if reader:
        time_reader(made.reports[0])


def main() -> None:
    """Draw, build, publish twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--townships", type=int, default=30)
    parser.add_argument("--projects", type=int, default=LOT, help="so many a township")
    parser.add_argument("--pdf", action="store_true", help="every other filing as a PDF (needs LibreOffice)")
    parser.add_argument("--reader", action="store_true", help="time the report's reader too (needs Chromium)")
    parser.add_argument("--home", type=Path, help="keep the county here; an existing one is published as it is")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Home((chosen.home or Path(temporary)).resolve())
        if not home.database.exists():
            draw_inbox(home.inbox, chosen.townships, chosen.projects, chosen.pdf)
            build_home(home)
        with tempfile.TemporaryDirectory(dir=home.path) as fresh:
            for path in (home.database.resolve(), home.inbox):
                (Path(fresh) / path.name).symlink_to(path)
            copy = Home(Path(fresh))
            copy.database.unlink(missing_ok=True)
            copy.database.symlink_to(home.database.resolve())
            time_publication(copy, "first")
            time_publication(copy, "again", reader=chosen.reader)


if __name__ == "__main__":
    sys.exit(main())
