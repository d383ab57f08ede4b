"""Reads Word files (DOCX, DOCM, DOTX): the text as a reader sees it, and tables from the XML's own cells."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extractors.document import Document, Grid, Paragraph
from extractors.docx.package import Element, open_word_package
from extractors.docx.pictures import count_table_pictures, read_element, table_pictures
from extractors.docx.story import PICTURES, ReadPicture, Story, chosen_branch, start_story
from extractors.docx.tables import read_table
from extractors.docx.text import read_paragraph, shows_prompt
from extractors.docx.xml_names import ALT_CHUNK, ALTERNATE, REMOVED, SDT, SDT_CONTENT, TBL, WRAPPERS, P, w
from extractors.limits import DEFAULT_LIMITS, Limits
from extractors.rejection import Reason, RejectedFile

EMBEDDED = "embedded_part_not_read"


def read_docx(
    path: Path,
    *,
    sha256: str,
    file_name: str,
    format: str = "docx",
    limits: Limits = DEFAULT_LIMITS,
    read_picture: ReadPicture | None = None,
) -> Document:
    """Read a Word file; RejectedFile where it is damaged, encrypted, breaks a limit or holds pictures only.

    ``format`` is what the document reports: a file that was converted from another format says that one's name.
    Pictures of tables, and those in the place of a cell's text, are read by ``read_picture``; without it, a file without
    any other table waits for it.
    """
    package = open_word_package(path, limits)
    story = start_story(package, limits, read_picture)
    body = next(package.main.iterchildren(w("body")), None)
    if body is None:
        raise RejectedFile(Reason.DAMAGED, "Word 正文部件没有内容")
    blocks = tuple(_blocks(body, story))
    if read_picture is None and story.has_picture and count_table_pictures(package.main):
        if not any(isinstance(block, Grid) for block in blocks):
            raise RejectedFile(Reason.NEEDS_OCR, "Word 文件里的表格是图片，不能直接读取")
        story.note("picture_not_read")
    if not blocks and story.has_picture:
        raise RejectedFile(Reason.IMAGE_ONLY, "Word 文件里只有图片，没有文字")
    if not blocks and EMBEDDED in story.notes:
        raise RejectedFile(Reason.UNSUPPORTED_FORMAT, "正文是嵌入的网页，请用 Word 打开后另存为 DOCX 报送")
    return Document(file_name, format, sha256, blocks, notes=(*story.notes.values(), *story.cell_notes))


def _blocks(body: Element, story: Story) -> Iterator[Paragraph | Grid]:
    for item in read_flow(body, story):
        if not isinstance(item, str) and item.tag in PICTURES:
            yield from _read_picture(item, story)
        elif not isinstance(item, str):
            yield from read_table(item, story, read_flow)
        elif item.strip():
            yield Paragraph(item.strip("\n"))


def _read_picture(picture: Element, story: Story) -> Iterator[Paragraph | Grid]:
    """Give what stands on a picture, its tables numbered among the document's."""
    found = read_element(picture, story)
    if found is None:
        story.note("picture_not_read")
        return
    numbers: dict[int, int] = {}
    for block in found.blocks:
        if isinstance(block, Paragraph):
            yield replace(block, page=None)
        else:
            numbers[block.table_no] = story.next_table_no()
            cells = tuple(cell._replace(page=None, box=None) for cell in block.cells)
            own = replace(
                block, table_no=numbers[block.table_no], cells=cells, row_pages=(), page_starts=(), cut_rows=()
            )
            yield own
    story.cell_notes += [
        replace(note, page=None, table_no=numbers.get(note.table_no) if note.table_no else None) for note in found.notes
    ]


def read_flow(container: Element, story: Story) -> Iterator[str | Element]:
    """Yield a container's paragraphs as text and its tables as elements, in order.

    A text box follows the paragraph it is anchored in. Paragraphs whose marks were deleted are joined.
    """
    begun = ""
    for block in _unwrapped(container, story):
        if block.tag == TBL:
            if begun:
                yield begun
                begun = ""
            yield block
            continue
        text, boxes, runs_on = read_paragraph(block, story)
        begun += text
        if not runs_on:
            yield begun
            begun = ""
        if story.has_picture and story.read_picture is not None:
            yield from table_pictures(block)
        for box in boxes:
            yield from read_flow(box, story)
    if begun:
        yield begun


def _unwrapped(container: Element, story: Story) -> Iterator[Element]:
    """Yield paragraphs and tables, also those inside content controls, insertions and alternate content."""
    for child in container:
        tag = child.tag
        if tag in (P, TBL):
            yield child
        elif tag == SDT:
            if shows_prompt(child, story):
                story.note("hidden_text_dropped")
                continue
            for content in child.iterchildren(SDT_CONTENT):
                yield from _unwrapped(content, story)
        elif tag in WRAPPERS:
            yield from _unwrapped(child, story)
        elif tag in REMOVED:
            story.note("tracked_deletion_dropped")
        elif tag == ALTERNATE:
            branch = chosen_branch(child)
            if branch is not None:
                yield from _unwrapped(branch, story)
        elif tag == ALT_CHUNK:
            story.note(EMBEDDED)
