"""Measures how many pages a second are read from PDFs on one core, beside pdfplumber and plain PDFium.

    python tests/benchmarks/bench_pdf.py FILE.pdf … [--rounds N]

- plain PDFium: loads every page, its text and its page objects, and takes the text out in one call; nothing is kept.
- PDFium handing over: the fast reader's part of the work, every character and rule as Python objects.
- fast reader: the whole way to the Document (tables, cells, paragraphs).
- pdfplumber extract_tables: pdfplumber's own way to rows of texts, tables only.

Processor time is measured, not wall-clock time. The readers take turns on each file, so that other work on the machine
hits all alike, and each file's best round counts.
"""

import argparse
import ctypes
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2.raw as raw

sys.path.insert(0, str(Path(__file__).parents[2]))

from extractors.pdf.pdfium.reader import open_pdfium, read_pdfium_page
from extractors.pdf.read import read_pdf


def run_plain(path: Path) -> int:
    """Take every page's text with as few calls as PDFium allows."""
    document = open_pdfium(path)
    pages = len(document)
    for index in range(pages):
        page = raw.FPDF_LoadPage(document.raw, index)
        text_page = raw.FPDFText_LoadPage(page)
        count = raw.FPDFText_CountChars(text_page)
        buffer = (ctypes.c_ushort * (count + 1))()
        raw.FPDFText_GetText(text_page, 0, count, buffer)
        for k in range(raw.FPDFPage_CountObjects(page)):
            raw.FPDFPage_GetObject(page, k)
        raw.FPDFText_ClosePage(text_page)
        raw.FPDF_ClosePage(page)
    document.close()
    return pages


def run_handing_over(path: Path) -> int:
    """Take every character and rule, find nothing."""
    document = open_pdfium(path)
    pages = len(document)
    for index in range(pages):
        read_pdfium_page(document, index)
    document.close()
    return pages


def run_fast(path: Path) -> int:
    """Read the whole Document."""
    return read_pdf(path, sha256="").page_count or 0


def run_plumber(path: Path) -> int:
    """Let pdfplumber extract the tables."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()
        return len(document.pages)


RUNS: dict[str, Callable[[Path], int]] = {
    "plain PDFium": run_plain,
    "PDFium handing over": run_handing_over,
    "fast reader": run_fast,
    "pdfplumber extract_tables": run_plumber,
}


def bench(files: list[Path], rounds: int) -> None:
    """Print pages a second of each way and how they compare."""
    pages = [run_fast(path) for path in files]
    best: dict[str, list[float]] = {name: [float("inf")] * len(files) for name in RUNS}
    for _ in range(rounds):
        for k, path in enumerate(files):
            for name, run in RUNS.items():
                start = time.process_time()
                run(path)
                best[name][k] = min(best[name][k], time.process_time() - start)
    speeds = {name: sum(pages) / sum(times) for name, times in best.items()}
    for name, speed in speeds.items():
        print(f"{name:28} {speed:8.1f} pages/s")
    print(f"fast reader / pdfplumber: {speeds['fast reader'] / speeds['pdfplumber extract_tables']:.1f}")
    print(f"fast reader / PDFium handing over: {speeds['fast reader'] / speeds['PDFium handing over']:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    bench(arguments.files, arguments.rounds)
