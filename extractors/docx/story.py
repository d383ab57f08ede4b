"""What a walk through one Word document carries along: rules, counters and what there is to say about the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.document import Grid, Paragraph, ReadNote
from extractors.docx.lists import read_lists
from extractors.docx.marks import PROMPT, Outline, find_outline, has_any
from extractors.docx.numbering import Numbering
from extractors.docx.package import Element, WordPackage
from extractors.docx.styles import NO_STYLES, NUM_PR, STRIKE, STRIKE_TWICE, VANISH, Styles, read_styles
from extractors.docx.xml_names import CHOICE, DRAWING, FALLBACK, TEXT_BOX, VML
from extractors.formats.zip_archive import PackedMember
from extractors.limits import Limits

NOTE_MESSAGES = {
    "tracked_deletion_dropped": "文中有修订删除的内容，按已删除处理，未读取。",
    "hidden_text_dropped": "文中有隐藏文字或未填写的提示文字，未读取。",
    "struck_text_dropped": "文中有加删除线的文字，按已删除处理，未读取。",
    "nested_table": "单元格内另有嵌套表格，已作为单独的表格读取。",
    "embedded_part_not_read": "文中嵌入了其他文件的内容，该部分未读取。",
    "picture_not_read": "文中有大幅图片，可能是表格的图片，图中的文字没有读取。",
}
PICTURES = (f"{{{DRAWING}}}blip", f"{{{VML}}}imagedata")


class PictureText(NamedTuple):
    """What stands on a picture, numbered as if it were a document of its own."""

    blocks: tuple[Paragraph | Grid, ...]
    notes: tuple[ReadNote, ...]


ReadPicture = Callable[[bytes, float, float], PictureText | None]
"""Reads a picture file that is shown so many points wide and high; None where it cannot be read."""


@dataclass
class Story:
    """One document's walk.

    ``outline`` tells the paragraphs and cells that need no careful reading and the cells that are merged or deleted;
    ``may_hide``, ``may_strike`` and ``may_box`` say whether the file has such marks at all. ``elements`` holds each
    table's w:tc elements in the order of its grid's cells, where somebody wants to find them again.
    """

    limits: Limits
    styles: Styles
    numbering: Numbering | None
    may_hide: bool
    may_strike: bool
    may_box: bool
    outline: Outline
    has_picture: bool = False
    pictures: Mapping[str, PackedMember] = field(default_factory=dict)
    read_picture: ReadPicture | None = None
    pictures_read: int = 0
    tables: int = 0
    depth: int = 0
    notes: dict[str, ReadNote] = field(default_factory=dict)
    cell_notes: list[ReadNote] = field(default_factory=list)
    elements: dict[int, list[Element]] | None = None

    def note(self, code: str) -> None:
        """Say something about the file once."""
        if code not in self.notes:
            self.notes[code] = ReadNote(code, NOTE_MESSAGES[code])

    def note_picture(self, table_no: int, row: int, col: int) -> None:
        """Say that a cell (0-based place) holds a picture instead of text."""
        message = "单元格的内容是图片，没有可读取的文字"
        self.cell_notes.append(ReadNote("picture_cell", message, None, table_no, row + 1, col + 1))

    def next_table_no(self) -> int:
        """Count one more table."""
        self.tables += 1
        return self.tables


def start_story(package: WordPackage, limits: Limits, read_picture: ReadPicture | None = None) -> Story:
    """Prepare the walk."""
    main = package.main
    styles = read_styles(package.styles) if package.styles else NO_STYLES
    is_numbered = package.numbering and (styles.numbers or has_any(main, NUM_PR))
    return Story(
        limits,
        styles,
        Numbering(read_lists(package.numbering), styles) if package.numbering and is_numbered else None,
        may_hide=styles.hides or has_any(main, VANISH, PROMPT),
        may_strike=styles.strikes or has_any(main, STRIKE, STRIKE_TWICE),
        may_box=has_any(main, TEXT_BOX),
        has_picture=has_any(main, *PICTURES),
        outline=find_outline(main, styles),
        pictures=package.pictures,
        read_picture=read_picture,
    )


def chosen_branch(alternate: Element) -> Element | None:
    """Give the one branch of mc:AlternateContent to read: the first choice that holds anything, else the fallback."""
    for choice in alternate.iterchildren(CHOICE):
        if len(choice):
            return choice
    return next(alternate.iterchildren(FALLBACK), None)


__all__ = ["Story", "chosen_branch", "start_story"]
