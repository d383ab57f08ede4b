"""Picture files (JPEG, PNG, TIFF, BMP) → Document, and the function that reads pictures in other files."""

from pathlib import Path

import numpy as np

from extractors.document import Document
from extractors.formats.pictures import Frame, open_frames
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.pdf.layout import lay_out_page
from extractors.pdf.page import PageContent
from extractors.pdf.pictures import Recognise
from extractors.pdf.read import build_blocks
from extractors.rejection import Reason, RejectedFile
from extractors.scan.page import read_picture
from extractors.scan.picture import Picture, Pixels


def recognise(pixels: Pixels, width: float, height: float, number: int) -> tuple[PageContent, ...]:
    """Read the picture (blue, green, red) of a page of ``width`` × ``height`` points; see ``pdf.pictures.Recognise``."""
    return read_picture(Picture(pixels, width, height), number)


def read_pictures(
    path: Path, *, sha256: str, recognise: Recognise, file_name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Read a picture file, each of its frames as a page; raises RejectedFile."""
    pages = [
        lay_out_page(content)
        for number, frame in enumerate(open_frames(path, limits), start=1)
        for content in recognise(_pixels(frame), frame.width, frame.height, number)
    ]
    if not any(page.count.total for page in pages):
        raise RejectedFile(Reason.IMAGE_ONLY, "图片中没有认出文字")
    notes = [note for page in pages for note in page.notes]
    blocks = tuple(build_blocks(pages, notes))
    return Document(
        file_name=file_name or path.name,
        format="picture",
        sha256=sha256,
        blocks=blocks,
        page_count=len({page.number for page in pages}),
        notes=tuple(notes),
    )


def _pixels(frame: Frame) -> Pixels:
    return np.ascontiguousarray(np.asarray(frame.image)[:, :, ::-1])
