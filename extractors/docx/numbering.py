"""Automatic numbers of Word paragraphs: the visible "1." or "（一）" is not in the text and is worked out here."""

from dataclasses import dataclass, field

from extractors.docx.lists import LEVELS, ListLevel, Lists
from extractors.docx.number_formats import format_number
from extractors.docx.package import Element
from extractors.docx.styles import Styles, number_of
from extractors.docx.symbols import symbol_text

NO_NUMBER = "0"
SUFFIXES = {"tab": " ", "space": " ", "nothing": ""}


@dataclass(slots=True)
class Counter:
    """Running numbers of lists that count together; ``given`` are the start overrides already applied."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    given: set[tuple[str, int]] = field(default_factory=set)


@dataclass(slots=True)
class Numbering:
    """The running numbers of one document; to be asked once for each paragraph, in document order."""

    lists: Lists
    styles: Styles
    counters: dict[str, Counter] = field(default_factory=dict)

    def label(self, p_pr: Element | None, style_id: str | None) -> str | None:
        """Give the number in front of a paragraph with its suffix ("1. "), or None; counts the paragraph."""
        num_id, level = number_of(p_pr)
        style_id = style_id or self.styles.default_paragraph or ""
        style = self.styles.by_id.get(style_id)
        if num_id is None and style is not None:
            num_id = style.num_id
            if level is None:
                level = self.lists.level_of_style.get((num_id or "", style_id), style.level)
        if num_id is None or num_id == NO_NUMBER or num_id not in self.lists.levels:
            return None
        return self._advance(num_id, min(max(level or 0, 0), LEVELS - 1))

    def _advance(self, num_id: str, at: int) -> str | None:
        levels = self.lists.levels[num_id]
        level = levels[at]
        if level is None:
            return None
        counter = self.counters.setdefault(self.lists.counter_of[num_id], Counter())
        before = counter.values[at]
        if level.start_override is not None and (num_id, at) not in counter.given:
            counter.given.add((num_id, at))
            counter.values[at] = level.start_override
        else:
            counter.values[at] = level.start if before is None else before + 1
        for lower in range(at + 1, LEVELS):
            below = levels[lower]
            if below is None or below.restart is None or (below.restart and at < below.restart):
                counter.values[lower] = None
        return _label(level, levels, counter)


def _label(level: ListLevel, levels: tuple[ListLevel | None, ...], counter: Counter) -> str:
    """Fill in a level's text: %1 stands for the number of the first level in that level's own format."""
    if level.number_format == "bullet":
        return f"{symbol_text(level.text)} " if level.text.strip() else ""
    text = level.text
    for at, shown in enumerate(levels):
        mark = f"%{at + 1}"
        if mark not in text:
            continue
        value = counter.values[at]
        if value is None:
            counter.values[at] = value = shown.start if shown is not None else 1
        kind = "decimal" if level.is_legal or shown is None else shown.number_format
        text = text.replace(mark, format_number(value, kind))
    return text + SUFFIXES.get(level.suffix, " ") if text else ""
