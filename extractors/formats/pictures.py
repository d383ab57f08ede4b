"""Picture files: their frames, upright as the camera held them, with their size on paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rejection import Reason, RejectedFile

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"BM", b"II*\x00", b"MM\x00*")
"""How JPEG, PNG, BMP and TIFF files begin."""

_COARSEST, _FINEST = 60, 1300
"""A resolution (dots an inch) outside these bounds says nothing of a picture's size on paper …"""
_SMALLEST, _LARGEST = 200, 2600
"""… nor does one that would make the longer side less or more than so many points."""
_A4 = (595.0, 842.0)


class Frame(NamedTuple):
    """One picture of a file, in red, green and blue, and the size (points) of the page that it shows."""

    image: "Image"
    width: float
    height: float


def is_picture_file(path: Path) -> bool:
    """Tell by its first bytes whether a file is a picture."""
    with path.open("rb") as stream:
        return stream.read(8).startswith(SIGNATURES)


def open_frames(path: Path | BinaryIO, limits: Limits = DEFAULT_LIMITS) -> Iterator[Frame]:
    """Yield a file's frames; raises RejectedFile where it is damaged or larger than the limits allow."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the limit below is the project's own, and refuses instead of warning
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
                yield _upright(frame)
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError) as error:
        raise RejectedFile(Reason.DAMAGED, "图片文件已损坏，打不开") from error


def _upright(frame: "Image") -> Frame:
    from PIL import Image, ImageOps

    dpi = frame.info.get("dpi")
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGBA", layer.size, "white")
        upright.alpha_composite(layer)
    return Frame(upright.convert("RGB"), *paper_size(upright.width, upright.height, dpi))


def paper_size(columns: int, rows: int, dpi: tuple[float, float] | None = None) -> tuple[float, float]:
    """Give the width and height (points) of a picture's page: by its own resolution where that makes sense, else A4's."""
    if dpi is not None and all(_COARSEST <= value <= _FINEST for value in dpi):
        width, height = columns / float(dpi[0]) * 72, rows / float(dpi[1]) * 72
        if _SMALLEST <= max(width, height) <= _LARGEST:
            return width, height
    longest = _A4[1] if max(rows, columns) > 1.2 * min(rows, columns) else _A4[0]
    scale = longest / max(rows, columns)
    return columns * scale, rows * scale
