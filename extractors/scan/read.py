"""Picture files (JPEG, PNG, TIFF, BMP) → Document, and the function that reads pictures in other files."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractors.document import Document
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.pdf.layout import lay_out_page
from extractors.pdf.page import PageContent
from extractors.pdf.pictures import Recognise
from extractors.pdf.read import build_blocks
from extractors.rejection import Reason, RejectedFile
from extractors.scan.page import read_picture
from extractors.scan.picture import Picture, Pixels, picture_without_size

_BROKEN = (OSError, SyntaxError, ValueError, UnidentifiedImageError, EOFError)
"""What Pillow raises on damaged pictures."""


def recognise(pixels: Pixels, width: float, height: float, number: int) -> tuple[PageContent, ...]:
    """Read the picture (blue, green, red) of a page of ``width`` × ``height`` points; see ``pdf.pictures.Recognise``."""
    return read_picture(Picture(pixels, width, height), number)


def read_pictures(
    path: Path, *, sha256: str, recognise: Recognise, file_name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Read a picture file, each of its frames as a page; raises RejectedFile."""
    pages = [
        lay_out_page(content)
        for number, picture in enumerate(_open_frames(path, limits), start=1)
        for content in read_picture(picture, number)
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


def _open_frames(path: Path, limits: Limits) -> Iterator[Picture]:
    """Yield a file's frames upright as the camera held them."""
    try:
        with Image.open(path) as image:
            count = getattr(image, "n_frames", 1)
            if count > limits.scanned_pages:
                raise RejectedFile(Reason.TOO_MANY_PAGES, f"共 {count} 页图片，上限 {limits.scanned_pages} 页")
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.pixels:
                    size = f"{frame.width} × {frame.height}"
                    raise RejectedFile(
                        Reason.TOO_LARGE, f"图片有 {size} 个像素，上限 {limits.pixels // 1_000_000} 百万"
                    )
                yield _read_frame(frame)
    except _BROKEN as error:
        raise RejectedFile(Reason.DAMAGED, "图片文件已损坏，打不开") from error


def _read_frame(frame: Image.Image) -> Picture:
    dpi = frame.info.get("dpi")
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGBA", layer.size, "white")
        upright.alpha_composite(layer)
    pixels = np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])
    return picture_without_size(pixels, (float(dpi[0]), float(dpi[1])) if dpi else None)
