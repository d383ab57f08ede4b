"""Draws the pages of a filing as pictures, to show where a published figure stands."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.formats.pictures import is_picture_file, open_frames

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_POINT = 1.5
"""108 dots per inch: small print is still legible, a page is about 50 kB in grey."""

GREYS = 16
"""Shades of a picture: smooth print has no more, and half as much to compress as with 256."""

_TO_GREY = [(shade * (GREYS - 1) + 127) // 255 for shade in range(256)]
_PALETTE = [grey * 255 // (GREYS - 1) for grey in range(GREYS) for _ in "rgb"]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page (1-based) as drawn: its size in points as displayed, and the picture's file."""

    page: int
    width: float
    height: float
    path: Path


Retouch = Callable[["Image", object, int], None]
"""Changes a picture before it is saved: the picture, PDFium's page (None for a picture file), and its number."""


def draw_pages(file: Path, pages: Iterable[int], folder: Path, retouch: Retouch | None = None) -> Iterator[PagePicture]:
    """Draw pages of a PDF, or frames of a picture file, as grey PNG files in ``folder`` (``p001.png`` …).

    Page numbers beyond the end are left out.
    """
    wanted = sorted(set(pages))
    for page, width, height, picture, shown in (_frames if is_picture_file(file) else _pdf_pages)(file, wanted):
        path = folder / f"p{page:03d}.png"
        if retouch is not None:
            retouch(picture, shown, page)
        _save(picture, path)
        yield PagePicture(page, width, height, path)


def _pdf_pages(pdf: Path, pages: list[int]) -> Iterator[tuple[int, float, float, "Image", object]]:
    import pypdfium2  # type: ignore[import-untyped]

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in pages:
            if not 1 <= page <= len(document):
                continue
            shown = document[page - 1]
            width, height = shown.get_size()
            bitmap = shown.render(scale=DOTS_PER_POINT, grayscale=True, may_draw_forms=True)
            yield page, width, height, bitmap.to_pil(), shown


def _frames(file: Path, pages: list[int]) -> Iterator[tuple[int, float, float, "Image", object]]:
    for page, (image, width, height) in enumerate(open_frames(file), start=1):
        if page in pages:
            size = max(1, round(width * DOTS_PER_POINT)), max(1, round(height * DOTS_PER_POINT))
            yield page, width, height, image.convert("L").resize(size), None


def _save(picture: "Image", path: Path) -> None:
    from PIL import Image

    shades = Image.frombytes("P", picture.size, picture.point(_TO_GREY).tobytes())
    shades.putpalette(_PALETTE)
    shades.save(path, "PNG", bits=4, compress_level=3)
