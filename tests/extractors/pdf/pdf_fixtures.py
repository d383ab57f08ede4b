"""Where the drawn PDF fixtures lie, and short ways to read them."""

from pathlib import Path

from extractors.document import Document, Grid
from extractors.pdf.read import read_pdf

FOLDER = Path(__file__).parent / "fixtures"
READABLE = sorted(path for path in FOLDER.glob("*.pdf") if path.stem not in ("image_only", "password"))

INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
    ["产出指标", "数量指标", "修缮桥梁座数", "≥3座", ""],
    [None, "质量指标", "验收合格率", "≥95%", ""],
    ["效益指标", "社会效益指标", "出行便利程度", "明显提升", ""],
]
"""The table that most fixtures draw; the first cell of its second row is merged with the one below."""


def read_fixture(name: str) -> Document:
    """Read a fixture by its name without ending."""
    return read_pdf(FOLDER / f"{name}.pdf", sha256="")


def grids_of(name: str) -> list[Grid]:
    """Give a fixture's tables."""
    return list(read_fixture(name).grids())


def texts_of(name: str) -> list[str]:
    """Give a fixture's paragraphs."""
    return [paragraph.text for paragraph in read_fixture(name).paragraphs()]


def note_codes(name: str) -> list[str]:
    """Give the codes of a fixture's notes."""
    return [note.code for note in read_fixture(name).notes]
