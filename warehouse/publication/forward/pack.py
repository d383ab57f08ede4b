"""Packs one file to forward out of a publication: all of one township, or all of the county with its overview as PDF.

A township's file holds its page and whatever that leads to, with links that hold inside the file; no other township's
figures are in it. The same publication gives the same bytes (save for the PDF, which LibreOffice draws).
"""

import html
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from extractors.doc.convert import find_libreoffice
from warehouse.files import put_file
from warehouse.publication.forward.pages import FOLDER, UP
from warehouse.publication.letters.write import file_stem
from warehouse.publication.workbook.cover import COVER
from warehouse.publication.workbook.write import WORKBOOK

ENTRY = "请先看这里.html"
OVERVIEW = "总览.pdf"
PAGES_BESIDE = ".html"
_LINK = re.compile(r'(?:href|src)="([^"]+)"')
_DATED = (2000, 1, 1, 0, 0, 0)
PDF_SECONDS = 180


class PackError(Exception):
    """What cannot be packed; the message is Chinese."""


def townships_of(publication: Path) -> tuple[str, ...]:
    """Give the townships that a publication has pages of."""
    return tuple(sorted(path.stem for path in (publication / FOLDER).glob("*.html")))


def pack_township(publication: Path, township: str, target: Path) -> int:
    """Write the zip of one township and give the number of files in it; PackError where it has no page."""
    publication = publication.resolve()
    page = publication / FOLDER / f"{file_stem(township)}.html"
    if not page.is_file():
        known = "、".join(townships_of(publication)) or "没有"
        raise PackError(f"发布的比较表中没有“{township}”的页面（现有：{known}）。")
    text = page.read_text(encoding="utf-8")
    files = {place: publication / place for place in _reached(publication, page)}
    entry = text.replace(f'href="{UP}', 'href="').encode()
    return _write(target, {ENTRY: entry}, files)


def pack_county(publication: Path, target: Path) -> tuple[int, bool]:
    """Write the zip of a whole publication; give the number of files and whether the overview could be drawn as PDF."""
    publication = publication.resolve()
    files = {
        path.relative_to(publication).as_posix(): path for path in sorted(publication.rglob("*")) if path.is_file()
    }
    overview = draw_overview(publication / WORKBOOK)
    return _write(target, {OVERVIEW: overview} if overview else {}, files), overview is not None


def draw_overview(workbook: Path) -> bytes | None:
    """Draw the workbook's cover, charts included, as PDF; None without LibreOffice, or where it fails."""
    program = find_libreoffice()
    if program is None or not workbook.is_file():
        return None
    with tempfile.TemporaryDirectory(prefix="jixiao-pdf-") as folder:
        command = [program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(workbook.resolve())]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PDF_SECONDS)
            return _cover_pages(Path(folder) / workbook.with_suffix(".pdf").name)
        except (subprocess.SubprocessError, OSError):
            return None


def _cover_pages(pdf: Path) -> bytes | None:
    """Give the first pages, those whose foot names the cover, as a PDF of their own."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    with pdfium.PdfDocument(pdf) as whole, pdfium.PdfDocument.new() as cover:
        count = 0
        for page in whole:
            if COVER not in page.get_textpage().get_text_bounded().split():
                break
            count += 1
        if count == 0:
            return None
        cover.import_pages(whole, list(range(count)))
        out = io.BytesIO()
        cover.save(out)
        return out.getvalue()


def _reached(publication: Path, page: Path) -> Iterator[str]:
    """Give the files that a page leads to, and those that these lead to, relative to it (a real path)."""
    waiting, seen = [page], {page}
    while waiting:
        at = waiting.pop()
        for path in _linked(at):
            if path in seen or not path.is_file() or not path.is_relative_to(publication):
                continue
            seen.add(path)
            yield path.relative_to(publication).as_posix()
            if path.suffix == PAGES_BESIDE:
                waiting.append(path)


def _linked(page: Path) -> Iterator[Path]:
    for link in dict.fromkeys(_LINK.findall(page.read_text(encoding="utf-8"))):
        address = unquote(html.unescape(link)).split("#")[0]
        if address and ":" not in address:
            yield (page.parent / address).resolve()


def _write(target: Path, made: Mapping[str, bytes], files: Mapping[str, Path]) -> int:
    """Write a zip whole or not at all; files that are made for it stand first."""

    half = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in made.items():
                archive.writestr(_entry(name), content)
            for name in sorted(files):
                archive.writestr(_entry(name), files[name].read_bytes())
        put_file(half, target)
    finally:
        half.unlink(missing_ok=True)
    return len(made) + len(files)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
