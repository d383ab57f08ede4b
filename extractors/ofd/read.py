"""OFD → Document: each page's text and paths, through the same finding of tables as PDF pages."""

from collections.abc import Iterator
from pathlib import Path

from extractors.document import Document
from extractors.formats.zip_archive import Archive, open_archive
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.ofd.package import PackagePart, find_all, numbers, open_part, text_of
from extractors.ofd.page import PageReader
from extractors.pdf.layout import lay_out_page
from extractors.pdf.page import PageContent
from extractors.pdf.read import build_blocks
from extractors.rejection import Reason, RejectedFile

_A4 = (0.0, 0.0, 210.0, 297.0)


def read_ofd(path: Path, *, sha256: str, file_name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read an OFD file; RejectedFile where it is damaged, encrypted, breaks a limit or holds pictures only."""
    with open_archive(path, limits) as archive:
        contents = list(read_pages(archive, limits))
    pages = [lay_out_page(content) for content in contents]
    if not pages:
        raise RejectedFile(Reason.DAMAGED, "OFD 文件里没有一页可以读取")
    if not any(page.count.total for page in pages) and any(content.images or content.curves for content in contents):
        raise RejectedFile(Reason.IMAGE_ONLY, f"共 {len(pages)} 页，只有图片")
    notes = [note for page in pages for note in page.notes]
    blocks = tuple(build_blocks(pages, notes))
    return Document(file_name, "ofd", sha256, blocks, page_count=len(pages), notes=tuple(notes))


def read_pages(archive: Archive, limits: Limits) -> Iterator[PageContent]:
    """Yield the pages of all documents in a package, in order."""
    if any(name.endswith("encryptions.xml") for name in archive.members):
        raise RejectedFile(Reason.ENCRYPTED, "OFD 文件已加密")
    package = open_part(archive, "OFD.xml")
    number = 0
    for body in find_all(package.root, "DocBody"):
        location = text_of(body, "DocRoot")
        if not location:
            raise RejectedFile(Reason.DAMAGED, "OFD 文件没有写明正文部件")
        document = open_part(archive, package.path_of(location))
        templates = dict(_templates(archive, document))
        usual = numbers(text_of(document.root, "CommonData", "PageArea", "PhysicalBox"))
        for entry in find_all(document.root, "Pages", "Page"):
            number += 1
            if number > limits.pages:
                raise RejectedFile(Reason.TOO_MANY_PAGES, f"页数超过 {limits.pages} 页")
            page = open_part(archive, document.path_of(entry.get("BaseLoc", "")))
            yield _read_page(page, templates, usual, number)


def _templates(archive: Archive, document: PackagePart) -> Iterator[tuple[str, PackagePart]]:
    """Yield the page templates (letterheads, and in some programs whole forms) by their number."""
    for entry in find_all(document.root, "CommonData", "TemplatePage"):
        yield entry.get("ID", ""), open_part(archive, document.path_of(entry.get("BaseLoc", "")))


def _read_page(page: PackagePart, templates: dict[str, PackagePart], usual: list[float], number: int) -> PageContent:
    own = numbers(text_of(page.root, "Area", "PhysicalBox"))
    left, top, width, height = next((box for box in (own, usual) if len(box) == 4), _A4)
    reader = PageReader(width, height, left, top)
    for use in find_all(page.root, "Template"):
        template = templates.get(use.get("TemplateID", ""))
        if template is not None:
            reader.read(template.root)
    reader.read(page.root)
    return reader.content(number)
