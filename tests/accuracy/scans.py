"""Measures the reading of scans: F1, wrong fields, and which of those nothing warns of; needs the extra ocr.

``python -m tests.accuracy.scans FOLDER TRUTH.json`` reads the files of a folder. Without them it draws invented filings
(LibreOffice), wears their pages as copiers, scanners and cameras do, and measures each kind of wear:
``[--seed S] [--layouts a,b] [--wear 150dpi,seal] [--keep FOLDER]``.

F1 is that of ``tests/accuracy``. A wrong field is silent where no doubt is about the field and its record is not held; of a
lost record, where nothing is said of its file's tables. Processor and wall time are those of reading, a page; the machine's
load stands beside, since only processor time says something on a busy one.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tests.accuracy.direct import ReadRows
from tests.accuracy.score import TOTAL, Miss, Tally, score_rows
from tests.accuracy.truth import read_truth
from tests.samples.damage import DAMAGE
from tests.samples.layouts.catalogue import LAYOUTS
from tests.samples.make_samples import convert_to_pdf, draw_sample, file_stem, sample_truth
from tests.samples.scans import Pixels, Wear, pdf_of, side_by_side, wear
from transforms.doubts import CELL_NOTES

WEARS = {
    "300dpi": Wear(dpi=300, noise=5, quality=85),
    "200dpi": Wear(dpi=200, noise=5, quality=85),
    "150dpi": Wear(dpi=150, noise=5, quality=85),
    "100dpi": Wear(dpi=100, noise=4, quality=85),
    "skew+3": Wear(skew=3, noise=5),
    "skew-3": Wear(skew=-2.9, noise=5),
    "noise": Wear(noise=18, shadow=0.25),
    "jpeg30": Wear(quality=30, noise=3),
    "seal": Wear(seals=2, noise=4),
    "grey seal": Wear(seals=1, noise=4, grey=True),
    "turned": Wear(turn=90, noise=4),
    "broken": Wear(broken=0.12, noise=4),
    "beside": Wear(noise=4),
    **{name: Wear(noise=4, damage=(name,)) for name in DAMAGE},
}
PAGES = 6
"""Longer filings are left out: what they show, shorter ones show."""

RAW = {
    "budget_yuan": "budget_raw",
    "fiscal_yuan": "fiscal_raw",
    "carryover_yuan": "carryover_raw",
    "other_yuan": "other_raw",
    "cumulative_pct": "pct_raw",
    "month": "pct_raw",
    "weight": "weight_raw",
    **dict.fromkeys(
        ("target_kind", "comparator", "value_low", "value_high", "unit", "due_date", "grade"), "target_raw"
    ),
}
"""A field → the one whose doubt is also its own."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kind of wear did."""

    tally: Tally
    silent: tuple[Miss, ...]
    doubts: int
    held: int
    indicators: int
    pages: int
    processor: float
    wall: float

    def show(self, name: str, wrong: int) -> None:
        """Print the figures on a line, and some of the fields that are silently wrong."""
        misses, stated = len(self.tally.misses), self.tally.wanted[TOTAL]
        flagged = 1 - len(self.silent) / misses if misses else 1.0
        print(
            f"{name:10} F1 {self.tally.f1():.4f}  {misses} of {stated} fields wrong, {flagged:.1%} of them held or flagged, "
            f"{len(self.silent)} silent, {self.doubts} doubts, {self.held} of {self.indicators} indicators held; a page "
            f"{self.processor / self.pages:.2f} s of processor, {self.wall / self.pages:.2f} s of wall (load {os.getloadavg()[0]:.1f})",
            flush=True,
        )
        for miss in self.silent[:wrong]:
            print(f"  silent: {miss.file} {miss.field}: {miss.wanted!r} was read as {miss.found!r}")


def draw_pages(folder: Path, seed: str, layouts: Sequence[str]) -> list[Path]:
    """Draw one filing of each layout as PDF, and their truth; give the PDFs that are short enough."""
    folder.mkdir(parents=True, exist_ok=True)
    truth, files = {}, []
    for name in layouts:
        filing, look, data = draw_sample(seed, name, LAYOUTS[name], 0)
        filing = replace(filing, formats=("pdf",)) if hasattr(filing, "formats") else filing
        files.append(folder / f"{file_stem(filing, look)}.docx")
        files[-1].write_bytes(data)
        truth[files[-1].stem] = {**sample_truth(filing, look, LAYOUTS[name]), "formats": ["pdf"]}
    if not all(file.with_suffix(".pdf").exists() for file in files):
        convert_to_pdf(files, folder)
    kept = [file.with_suffix(".pdf") for file in files if _count_pages(file.with_suffix(".pdf")) <= PAGES]
    stems = {file.stem for file in kept}
    known = {stem: said for stem, said in truth.items() if stem in stems}
    (folder / "truth.json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    return kept


def _count_pages(path: Path) -> int:
    document = pdfium.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def scan(path: Path, how: Wear, together: bool) -> bytes:
    """Give a PDF of the worn pictures of a PDF's pages; ``together`` puts two beside each other."""
    document = pdfium.PdfDocument(path)
    rng = Random(path.stem)
    pages: list[Pixels] = [
        np.asarray(document[index].render(scale=200 / 72).to_pil().convert("RGB")) for index in range(len(document))
    ]
    document.close()
    if together:
        pages = [side_by_side(*pages[k : k + 2]) if k + 1 < len(pages) else pages[k] for k in range(0, len(pages), 2)]
    return pdf_of([wear(page, how, rng) for page in pages], how.dpi)


def measure(name: str, drawn: Sequence[Path], folder: Path) -> Outcome:
    """Wear all filings in one way, read and score them."""
    inbox = folder / name
    inbox.mkdir(parents=True, exist_ok=True)
    for path in drawn:
        (inbox / path.name).write_bytes(scan(path, WEARS[name], name == "beside"))
    return measure_files([inbox / path.name for path in drawn], drawn[0].with_name("truth.json"))


def measure_files(files: Sequence[Path], truth: Path) -> Outcome:
    """Read and score files."""
    processor, wall = processor_time(), time.perf_counter()
    stored = ReadRows(files)
    processor, wall = processor_time() - processor, time.perf_counter() - wall
    tally = score_rows(stored, read_truth(truth))
    doubts = stored.rows("doubts", "filing_id")
    warned = {str(one["filing_id"]) for one in doubts if one["reason"] in CELL_NOTES} | set(stored.rejected)
    doubted = {(d["filing_id"], d["project_no"], d["indicator_no"], d["field"]) for d in doubts}
    silent = tuple(miss for miss in tally.misses if not _is_flagged(miss, doubted, warned))
    indicators = stored.rows("indicators", "filing_id")
    pages = sum(int(str(row["page_count"] or 1)) for row in stored.rows("filings", "filing_id"))
    held = sum(bool(row["is_held"]) for row in indicators)
    return Outcome(tally, silent, len(doubts), held, len(indicators), max(1, pages), processor, wall)


def processor_time() -> float:
    """Give the seconds that this process and those that it has ended have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _is_flagged(miss: Miss, doubted: set[tuple[object, ...]], warned: set[str]) -> bool:
    """Tell whether a person is told to look: at the record, at the field, or, of a lost record, at the file's tables."""
    if miss.row is None:
        return miss.file in warned
    row, field = miss.row, miss.field.partition(".")[2]
    if row.get("is_held"):
        return True
    place = (row.get("filing_id"), row.get("project_no"), row.get("indicator_no"))
    return (*place, field) in doubted or (*place, RAW.get(field)) in doubted


def main() -> None:
    """Read the arguments and print one line for each kind of wear."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("truth", nargs="?", type=Path)
    parser.add_argument("--seed", default="scans")
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    parser.add_argument("--wear", default=",".join(WEARS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="show so many silently wrong fields of each kind")
    arguments = parser.parse_args()
    if arguments.folder is not None:
        if arguments.truth is None:
            parser.error("a folder needs its truth")
        files = sorted(path for path in arguments.folder.iterdir() if path.is_file())
        measure_files(files, arguments.truth).show(arguments.folder.name, arguments.wrong)
        return
    with tempfile.TemporaryDirectory() as passing:
        folder = arguments.keep or Path(passing)
        drawn = draw_pages(folder / "drawn", arguments.seed, arguments.layouts.split(","))
        for name in arguments.wear.split(","):
            measure(name, drawn, folder).show(name, arguments.wrong)


if __name__ == "__main__":
    main()
