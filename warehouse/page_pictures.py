"""Draws the pages of a filing as pictures, to show where a published figure stands."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

DOTS_PER_POINT = 1.5
"""108 dots per inch: small print is still legible, a page is about 50 kB in grey."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page (1-based) as drawn: its size in points as displayed, and the picture's file."""

    page: int
    width: float
    height: float
    path: Path


def draw_pages(pdf: Path, pages: Iterable[int], folder: Path) -> Iterator[PagePicture]:
    """Draw pages of a PDF as grey PNG files in ``folder`` (``p001.png`` …); page numbers beyond the end are left out."""
    import pypdfium2  # type: ignore[import-untyped]

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in sorted(set(pages)):
            if not 1 <= page <= len(document):
                continue
            shown = document[page - 1]
            width, height = shown.get_size()
            path = folder / f"p{page:03d}.png"
            bitmap = shown.render(scale=DOTS_PER_POINT, grayscale=True, may_draw_forms=True)
            bitmap.to_pil().save(path, "PNG", compress_level=6)
            yield PagePicture(page, width, height, path)
