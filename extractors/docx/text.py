"""The text of one Word paragraph as a reader sees it: insertions in, deletions and hidden text out, numbers shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.docx.marks import PROMPT
from extractors.docx.package import Element
from extractors.docx.story import Story, chosen_branch
from extractors.docx.styles import P_STYLE, PLAIN, R_STYLE, VANISH, struck, switch, whole
from extractors.docx.symbols import PRIVATE_USE, symbol_character, symbol_text
from extractors.docx.xml_names import (
    ALTERNATE,
    DEL,
    FALSE_VALUES,
    P_PR,
    R_PR,
    REMOVED,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TEXT_BOX,
    VAL,
    WRAPPERS,
    R,
    T,
    m,
    w,
)

FIXED_TEXT = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
SYM, FIELD_CHAR, RUBY, RUBY_BASE = w("sym"), w("fldChar"), w("ruby"), w("rubyBase")
MATH, MATH_PARAGRAPH, MATH_TEXT = m("oMath"), m("oMathPara"), m("t")
FRACTION, NUMERATOR, DENOMINATOR = m("f"), m("num"), m("den")
PICTURES = frozenset([w("drawing"), w("pict"), w("object")])
R_FONTS = w("rFonts")
FONT_KINDS = (w("ascii"), w("hAnsi"), w("eastAsia"))
FIELD_KIND, SYM_FONT, SYM_CODE = w("fldCharType"), w("font"), w("char")
CHECKED, UNCHECKED = "☑", "□"


@dataclass(slots=True)
class Line:
    """One paragraph being read.

    ``in_code`` holds, for each open field, whether its instruction is still running, ``held`` the text met meanwhile.
    """

    story: Story
    style_id: str | None
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    in_code: list[bool] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add visible text; what stands between a field's begin and its result is held back."""
        (self.held if any(self.in_code) else self.pieces).append(text)


NO_BOXES: tuple[Element, ...] = ()


def read_paragraph(paragraph: Element, story: Story) -> tuple[str, Sequence[Element], bool]:
    """Read one w:p: its text, the text boxes anchored in it, and whether it runs on into the next paragraph.

    It runs on where its mark was deleted by a tracked change or is hidden.
    """
    plain = story.outline.paragraphs.get(paragraph)
    if plain is not None:
        return "".join(plain), NO_BOXES, False
    p_pr = next(paragraph.iterchildren(P_PR), None)
    style_id, runs_on = None, False
    if p_pr is not None:
        style = p_pr.find(P_STYLE)
        style_id = None if style is None else style.get(VAL)
        mark = p_pr.find(R_PR)
        runs_on = mark is not None and (mark.find(DEL) is not None or (story.may_hide and switch(mark, VANISH) is True))
    line = Line(story, style_id)
    _read_inline(paragraph, line)
    text = "".join(
        line.pieces + line.held if any(line.in_code) else line.pieces
    )  # a field that never ends hides nothing
    if story.numbering is not None and not (runs_on and not text):
        label = story.numbering.label(p_pr, style_id)
        if label:
            text = label + text if text.strip() else label.rstrip()
    return text, line.boxes, runs_on


def _read_inline(parent: Element, line: Line) -> None:
    for child in parent:
        tag = child.tag
        if tag == R:
            _read_run(child, line)
        elif tag in WRAPPERS:
            _read_inline(child, line)
        elif tag == SDT:
            _read_control(child, line)
        elif tag in REMOVED:
            line.story.note("tracked_deletion_dropped")
        elif tag == ALTERNATE:
            branch = chosen_branch(child)
            if branch is not None:
                _read_inline(branch, line)
        elif tag in (MATH, MATH_PARAGRAPH):
            line.add(_math_text(child))


def _read_control(control: Element, line: Line) -> None:
    """Read an inline content control; the grey prompt of one that nobody filled in is not the township's text."""
    content = next(control.iterchildren(SDT_CONTENT), None)
    if content is None:
        return
    if shows_prompt(control, line.story):
        line.story.note("hidden_text_dropped")
        return
    _read_inline(content, line)


def shows_prompt(control: Element, story: Story) -> bool:
    """Tell whether a content control only shows its prompt ("click here to enter text")."""
    if not story.may_hide:
        return False
    properties = next(control.iterchildren(SDT_PR), None)
    return switch(properties, PROMPT) is True


def _read_run(run: Element, line: Line) -> None:
    story = line.story
    if (story.may_hide or story.may_strike) and _is_dropped(run, line):
        return
    for child in run:
        tag = child.tag
        if tag == T:
            text = child.text
            if text:
                line.add(symbol_text(text, _font(run)) if PRIVATE_USE.search(text) else text)
        elif tag == R_PR:
            continue
        elif tag in FIXED_TEXT:
            line.add(FIXED_TEXT[tag])
        elif tag == FIELD_CHAR:
            _read_field_mark(child, line)
        elif tag == SYM:
            line.add(symbol_character(child.get(SYM_FONT), _code(child.get(SYM_CODE))))
        elif tag in PICTURES:
            if story.may_box:
                line.boxes.extend(_text_boxes(child))
        elif tag == ALTERNATE:
            branch = chosen_branch(child)
            if branch is not None:
                _read_branch(branch, run, line)
        elif tag == RUBY:
            base = next(child.iterchildren(RUBY_BASE), None)
            if base is not None:
                _read_inline(base, line)


def _read_branch(branch: Element, run: Element, line: Line) -> None:
    """Read a branch of alternate content inside a run: pictures with text boxes, or plain run content."""
    for child in branch:
        if child.tag in PICTURES:
            if line.story.may_box:
                line.boxes.extend(_text_boxes(child))
            continue
        if child.tag == R:
            _read_run(child, line)
        elif child.tag == T and child.text:
            line.add(symbol_text(child.text, _font(run)))
        elif child.tag in FIXED_TEXT:
            line.add(FIXED_TEXT[child.tag])


def _is_dropped(run: Element, line: Line) -> bool:
    """Tell whether a run is hidden or struck through, by itself or by its styles; its text then gets a note only."""
    story = line.story
    r_pr = next(run.iterchildren(R_PR), None)
    by_paragraph = story.styles.by_id.get(line.style_id or story.styles.default_paragraph or "", PLAIN)
    by_run = PLAIN
    if r_pr is not None:
        style = r_pr.find(R_STYLE)
        by_run = story.styles.by_id.get(style.get(VAL, ""), PLAIN) if style is not None else PLAIN
    hidden, crossed = switch(r_pr, VANISH), struck(r_pr)
    if hidden is None:  # toggle property: paragraph and character style cancel each other out (17.7.3 of ISO 29500-1)
        hidden = bool(by_paragraph.hidden) != bool(by_run.hidden)
    if crossed is None:
        crossed = bool(by_paragraph.struck) != bool(by_run.struck)
    if (hidden or crossed) and any(text.text and text.text.strip() for text in run.iterchildren(T)):
        story.note("hidden_text_dropped" if hidden else "struck_text_dropped")
    return hidden or crossed


def _read_field_mark(mark: Element, line: Line) -> None:
    """Follow a complex field: between begin and separate stands its code, after that the result that Word shows."""
    kind = mark.get(FIELD_KIND)
    if kind == "begin":
        line.in_code.append(True)
        line.pieces.append(_form_field(mark))
    elif kind == "separate" and line.in_code:
        line.in_code[-1] = False
    elif kind == "end" and line.in_code:
        line.in_code.pop()
    if not any(line.in_code):
        line.held.clear()


def _form_field(mark: Element) -> str:
    """Give what a legacy form field shows: a ticked box, or the entry chosen from a list; other fields give nothing."""
    box = mark.find(f"{w('ffData')}/{w('checkBox')}")
    if box is not None:
        checked = box.find(w("checked"))
        state = checked if checked is not None else box.find(w("default"))
        return CHECKED if state is not None and state.get(VAL) not in FALSE_VALUES else UNCHECKED
    choice = mark.find(f"{w('ffData')}/{w('ddList')}")
    if choice is None:
        return ""
    entries = [entry.get(VAL, "") for entry in choice.iterchildren(w("listEntry"))]
    result = choice.find(w("result"))
    at = 0 if result is None else whole(result.get(VAL), 0)
    return entries[at] if 0 <= at < len(entries) else ""


def _text_boxes(picture: Element) -> list[Element]:
    """Find the text boxes of a drawing, each once: one branch of alternate content, and none inside another box."""
    found: list[Element] = []
    open_elements = [picture]
    while open_elements:
        element = open_elements.pop()
        if element.tag == TEXT_BOX:
            found.append(element)
        elif element.tag == ALTERNATE:
            branch = chosen_branch(element)
            if branch is not None:
                open_elements.append(branch)
        else:
            open_elements.extend(reversed(element))
    return found


def _math_text(formula: Element) -> str:
    """Give a formula's characters in reading order; a fraction is written with a slash."""
    if formula.tag == MATH_TEXT:
        return formula.text or ""
    if formula.tag == FRACTION:
        upper, lower = formula.find(NUMERATOR), formula.find(DENOMINATOR)
        return "/".join(_math_text(part) for part in (upper, lower) if part is not None)
    return "".join(_math_text(child) for child in formula)


def _font(run: Element) -> str | None:
    fonts = run.find(f"{R_PR}/{R_FONTS}")
    if fonts is None:
        return None
    return next((fonts.get(kind) for kind in FONT_KINDS if fonts.get(kind)), None)


def _code(text: str | None) -> int:
    try:
        return int(text or "", 16)
    except ValueError:
        return 0xFFFD
