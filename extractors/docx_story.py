"""What a walk through one Word document carries along: rules, counters and what there is to say about the file."""

from dataclasses import dataclass, field

from extractors.document import ReadNote
from extractors.docx_names import ALTERNATE, CHOICE, FALLBACK
from extractors.docx_numbering import Numbering
from extractors.docx_package import Element, WordPackage
from extractors.docx_styles import NO_STYLES, Styles, read_styles
from extractors.limits import Limits

NOTE_MESSAGES = {
    "tracked_deletion_dropped": "文中有修订删除的内容，按已删除处理，未读取。",
    "hidden_text_dropped": "文中有隐藏文字或未填写的提示文字，未读取。",
    "struck_text_dropped": "文中有加删除线的文字，按已删除处理，未读取。",
    "nested_table": "单元格内另有嵌套表格，已作为单独的表格读取。",
    "embedded_part_not_read": "文中嵌入了其他文件的内容，该部分未读取。",
}

STYLE_MARKS = (b":vanish", b"trike", b":numPr")
"""Only a styles part with one of these changes what is read."""


@dataclass
class Story:
    """One document's walk. ``may_hide``, ``may_strike`` and ``may_box`` say whether the file has such marks at all."""

    limits: Limits
    styles: Styles
    numbering: Numbering | None
    may_hide: bool
    may_strike: bool
    may_box: bool
    has_picture: bool = False
    tables: int = 0
    depth: int = 0
    notes: dict[str, ReadNote] = field(default_factory=dict)

    def note(self, code: str) -> None:
        """Say something about the file once."""
        if code not in self.notes:
            self.notes[code] = ReadNote(code, NOTE_MESSAGES[code])

    def next_table_no(self) -> int:
        """Count one more table."""
        self.tables += 1
        return self.tables


def start_story(package: WordPackage, limits: Limits) -> Story:
    """Prepare the walk; styles and numbering are parsed only where the document's bytes show that they matter."""
    styles_blob, body = package.styles or b"", package.main_bytes
    has_numbers = package.numbering is not None and (b":numPr" in body or b":numPr" in styles_blob)
    styles = read_styles(styles_blob) if any(mark in styles_blob for mark in STYLE_MARKS) else NO_STYLES
    numbering = Numbering(package.numbering, styles) if has_numbers and package.numbering else None
    return Story(
        limits,
        styles,
        numbering,
        may_hide=styles.hides or b":vanish" in body or b":showingPlcHdr" in body,
        may_strike=styles.strikes or b"trike" in body,
        may_box=b"txbxContent" in body,
        has_picture=b":blip" in body or b":imagedata" in body,
    )


def chosen_branch(alternate: Element) -> Element | None:
    """Give the one branch of mc:AlternateContent to read: the first choice that holds anything, else the fallback."""
    for choice in alternate.iterchildren(CHOICE):
        if len(choice):
            return choice
    return next(alternate.iterchildren(FALLBACK), None)


__all__ = ["ALTERNATE", "Story", "chosen_branch", "start_story"]
