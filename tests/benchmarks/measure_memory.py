"""Reads a long PDF in a worker, as a run does, and prints its pages, the seconds taken and the worker's most memory.

    .venv/bin/python tests/benchmarks/measure_memory.py [FILE.pdf] [--pages N]

Without a file, a PDF of performance forms (two pages each) is drawn into a folder that is gone afterwards. The first
line is for reading alone, the second for reading, finding the records and packing them up for the parent: each in a
worker of its own, whose resident memory at its highest is what counts. A worker is to stay below 500 MB on 2,000 pages.
The limit on time is lifted here. The drawn file's font is not embedded, which costs PDFium twice as long as all the rest.
"""

import argparse
import pickle
import resource
import sys
import tempfile
import time
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.limits import MEGABYTE, Limits
from extractors.reading import Source, read_source, run_guarded
from extractors.rejection import RejectedFile
from transforms.filings import transform

LIMITS = Limits(seconds=900)
FONT, SIZE, HEIGHT = "STSong-Light", 10.0, 842.0
XS = (57.0, 117.0, 197.0, 317.0, 457.0, 537.0)
LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
VALUES = ("≥24个", "≥95%", "2024年12月底前", "≤12.5万元", "明显提升")


def draw_forms(path: Path, pages: int) -> None:
    """Draw forms of two pages each, every one with its own head, goals and thirty-six indicators."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=(595, HEIGHT))
    for number in range(1, (pages + 1) // 2 + 1):
        head = [
            ("项目名称", f"第{number}号农村道路修缮和水渠清淤工程", "", "项目编码", f"{130000000 + number}"),
            ("预算数", f"{number}.50万元", "", "其中：财政资金", f"{number}.50万元"),
            ("绩效目标", "1.完成道路修缮和水渠清淤，保障群众出行和农业生产", "", "", ""),
            ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"),
        ]
        body = [
            (first, second, f"第{k}项{second[:2]}任务完成情况", f"反映本年度第{k}项工作的完成情况", VALUES[k % 5])
            for first, seconds in LEVELS.items()
            for second in seconds
            for k in range(4)
        ]
        for rows, title in ((head + body[:16], f"{number}.第{number}号工程绩效目标表"), (body[16:], "")):
            canvas.setFont(FONT, SIZE)
            canvas.drawString(200, HEIGHT - 60, title)
            draw_rows(canvas, rows, 80.0 if title else 60.0)
            canvas.showPage()
    canvas.save()


def draw_rows(canvas: Canvas, rows: list[tuple[str, ...]], top: float, height: float = 34.0) -> None:
    """Draw a ruled table; an empty text belongs to the cell on its left, as in merged cells."""
    for r, row in enumerate(rows):
        y = HEIGHT - top - r * height
        canvas.line(XS[0], y, XS[-1], y)
        for c, text in enumerate(row):
            if text:
                canvas.line(XS[c], y, XS[c], y - height)
                most = int((XS[c + 1 if len(set(row)) == len(row) else -1] - XS[c] - 8) / SIZE)
                for k in range(0, len(text), most):
                    canvas.drawString(XS[c] + 4, y - 11 - 11 * (k // most), text[k : k + most])
        canvas.line(XS[-1], y, XS[-1], y - height)
    y = HEIGHT - top - len(rows) * height
    canvas.line(XS[0], y, XS[-1], y)


def read(source: Source) -> tuple[int, int, int]:
    """Read one source; give its pages and cells, and the worker's most memory in bytes."""
    document = read_source(source)
    return document.page_count or 0, sum(len(grid.cells) for grid in document.grids()), _most_bytes()


def read_records(source: Source) -> tuple[int, int, int]:
    """Read one source and find its records; give its pages and indicators, and the worker's most memory in bytes."""
    document = read_source(source)
    records = transform(document)
    pickle.dumps(records)
    return document.page_count or 0, len(records.indicators), _most_bytes()


def _most_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measure(path: Path) -> None:
    """Read a file in a worker, without and with its records, and print what it took."""
    for task, what in ((read, "cells"), (read_records, "indicators")):
        start = time.perf_counter()
        for _, result in run_guarded(task, [Source(path, path.name, path)], workers=1, limits=LIMITS):
            seconds = time.perf_counter() - start
            if isinstance(result, RejectedFile):
                sys.exit(str(result))
            pages, count, most = result
            print(f"{pages} pages, {count} {what}: {seconds:.1f} s, {most / MEGABYTE:.0f} MB at most")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    arguments = parser.parse_args()
    if arguments.file is not None:
        measure(arguments.file)
    else:
        with tempfile.TemporaryDirectory(prefix="jixiao-memory-") as folder:
            draw_forms(Path(folder) / "forms.pdf", arguments.pages)
            measure(Path(folder) / "forms.pdf")
