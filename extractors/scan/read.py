"""Picture files (JPEG, PNG, TIFF, BMP) → Document, and the function that reads pictures in other files."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np

from extractors.document import Document, Grid, Paragraph, ReadNote
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


_COARSEST, _FINEST = 60.0, 250.0
"""A picture shown at a resolution (dots an inch) between these is as large on paper as it is shown; a finer one, larger."""
_STRETCHED = 1.15
"""A picture shown so much wider or higher than its pixels say is shown cropped, or its frame says nothing."""
_BORDER = 12.0
"""White put around a picture (points): text in it may reach its edges."""


def read_embedded(
    content: bytes, width: float, height: float, *, recognise: Recognise, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[Paragraph | Grid, ...], tuple[ReadNote, ...]] | None:
    """Read a picture inside a document, shown ``width`` × ``height`` points; None where it cannot be read."""
    try:
        frame = next(open_frames(BytesIO(content), limits), None)
    except RejectedFile:
        return None
    if frame is None:
        return None
    pixels = _pixels(frame)
    size = _size_on_paper(frame, width, height)
    across, down = (round(_BORDER * side / points) for side, points in zip(pixels.shape[1::-1], size, strict=True))
    padded: Pixels = cv2.copyMakeBorder(pixels, down, down, across, across, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    pages = [lay_out_page(content) for content in recognise(padded, size[0] + 2 * _BORDER, size[1] + 2 * _BORDER, 1)]
    notes = [note for page in pages for note in page.notes]
    blocks = tuple(build_blocks(pages, notes))
    return blocks, tuple(notes)


def _size_on_paper(frame: Frame, width: float, height: float) -> tuple[float, float]:
    columns, rows = frame.image.size
    dots = columns / width * 72
    if not 1 / _STRETCHED <= (columns / width) / (rows / height) <= _STRETCHED or dots < _COARSEST:
        return frame.width, frame.height
    dots = min(dots, _FINEST)
    return columns / dots * 72, rows / dots * 72


def _pixels(frame: Frame) -> Pixels:
    return np.ascontiguousarray(np.asarray(frame.image)[:, :, ::-1])
