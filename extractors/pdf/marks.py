"""Words that are drawn but not meant: struck-through and hidden text, watermarks and stamps."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.page import DESCENT, OBLIQUE, PageContent, Rule, Word, cut_word, middles

_LOWEST, _HIGHEST = 0.14 + DESCENT, 0.62 + DESCENT
"""Between these parts of the em above the em box's foot a line strikes text out; lower it underlines."""


_PALEST_SEEN_THROUGH, _PALEST_PRINT = 160, 150
"""Of 255 (opacity, luminance): a watermark is meant to be read through. Dark grey print and red seals are darker."""


class Marked(NamedTuple):
    """A page without the words that do not count, and those words by what happened to them.

    ``recognised`` tells that the page's text is an invisible layer over a picture (made by text recognition).
    """

    page: PageContent
    struck: tuple[Word, ...]
    hidden: tuple[Word, ...]
    recognised: bool


def drop_marked(page: PageContent) -> Marked:
    """Take struck-through words (with their lines), watermarks and hidden words off a page."""
    unseen, recognised = _find_unseen(page)
    hidden = unseen + _find_stamps(page)
    words: Sequence[Word] = page.words
    if hidden:
        gone = {id(word) for word in hidden}
        words = [word for word in words if id(word) not in gone]
    words, struck, strikes = take_struck(words, page.rules)
    if not hidden and not struck:
        return Marked(page, (), (), recognised)
    rules = tuple(rule for rule in page.rules if id(rule) not in strikes)
    return Marked(replace(page, words=tuple(words), rules=rules), tuple(struck), tuple(hidden), recognised)


def take_struck(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[Sequence[Word], list[Word], set[int]]:
    """Give the words that stay, those (or the parts of them) with a line through them, and the ids of those lines.

    A strike is a thin level line that begins and ends where the struck characters do, at the height of their middle;
    a table rule that overfull text happens to touch reaches farther than the text on at least one side.
    """
    lines = _Lines(words)
    through: dict[int, set[int]] = {}
    strikes: set[int] = set()
    for rule in rules:
        if not rule.level or rule.thickness > 0.2 * lines.tallest:
            continue
        crossed = lines.crossed_by(rule)
        if crossed and _matches_ends([_span(word, letters) for word, letters in crossed], rule, lines.tallest):
            strikes.add(id(rule))
            for word, letters in crossed:
                through.setdefault(id(word), set()).update(letters)
    if not strikes:
        return words, [], set()
    stay, gone = _part(words, through)
    return stay, gone, strikes


class _Lines:
    """A page's level words by height, so that those at the height of a rule are found without looking at all."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = sorted((word for word in words if word.style.angle == 0 and not word.text.isspace()), key=_bottom)
        self.bottoms = [word.bottom for word in self.words]
        self.tallest = max((word.style.size for word in self.words), default=0.0)
        self._near: dict[float, list[Word]] = {}

    def crossed_by(self, rule: Rule) -> list[tuple[Word, list[int]]]:
        """Give the words that the rule runs through at the height of a strike, each with the letters that it meets."""
        _, at, start, end, _ = rule
        if at not in self._near:
            self._near[at] = [
                word
                for word in self.words[bisect_left(self.bottoms, at) : bisect_right(self.bottoms, at + self.tallest)]
                if _LOWEST * word.style.size <= word.bottom - at <= _HIGHEST * word.style.size
            ]
        beside = [word for word in self._near[at] if word.x1 > start and word.x0 < end]
        met = [(word, [k for k, middle in enumerate(middles(word)) if start <= middle <= end]) for word in beside]
        return [(word, letters) for word, letters in met if letters]


def _part(words: Sequence[Word], through: dict[int, set[int]]) -> tuple[list[Word], list[Word]]:
    """Part the words into those that stay and those struck out; a word of which only letters are struck is cut up."""
    stay: list[Word] = []
    gone: list[Word] = []
    for word in words:
        letters = through.get(id(word))
        if letters is None:
            stay.append(word)
            continue
        for k in range(len(word.text)):
            (gone if k in letters else stay).append(cut_word(word, k, k + 1))
    return stay, gone


def _bottom(word: Word) -> float:
    return word.bottom


def _span(word: Word, letters: list[int]) -> tuple[float, float]:
    part = cut_word(word, letters[0], letters[-1] + 1)
    return part.x0, part.x1


def _matches_ends(spans: list[tuple[float, float]], rule: Rule, tallest: float) -> bool:
    slack = 0.6 * tallest
    covered = sum(end - start for start, end in spans)
    return (
        abs(min(start for start, _ in spans) - rule.start) <= slack
        and abs(max(end for _, end in spans) - rule.end) <= slack
        and covered >= 0.6 * (rule.end - rule.start)
    )


def _find_stamps(page: PageContent) -> list[Word]:
    """Find watermarks: slanting words, and very large pale ones that lie over other text."""
    stamps = [word for word in page.words if word.style.angle == OBLIQUE]
    pale = [word for word in page.words if word.style.colour is not None and _is_pale(word.style.colour)]
    if not pale:
        return stamps
    usual = median(word.style.size for word in page.words)
    small = [word for word in page.words if word.style.size <= 1.5 * usual]
    large = [word for word in pale if word.style.size > 2.5 * usual and word.style.angle != OBLIQUE]
    styles = {big.style for big in large if any(_overlap(big, word) for word in small)}
    return stamps + [word for word in large if word.style in styles]


def _overlap(large: Word, small: Word) -> bool:
    x, y = (small.x0 + small.x1) / 2, (small.top + small.bottom) / 2
    return large.x0 < x < large.x1 and large.top < y < large.bottom


def _is_pale(colour: tuple[int, int, int, int]) -> bool:
    red, green, blue, alpha = colour
    luminance = 0.3 * red + 0.59 * green + 0.11 * blue
    return alpha < _PALEST_SEEN_THROUGH or luminance > _PALEST_PRINT


def _find_unseen(page: PageContent) -> tuple[list[Word], bool]:
    """Find words that nobody sees: off the page, or drawn invisibly without a picture below them.

    Invisible text over a picture is what text recognition read in a scan, and all invisible text of a page without any
    visible one stands for drawn letters: both are kept. Tells, too, whether a recognised layer was met.
    """
    width, height = page.width, page.height
    off_page = [
        word
        for word in page.words
        if not (0 <= word.x0 + word.x1 <= 2 * width and 0 <= word.top + word.bottom <= 2 * height)
    ]
    invisible = [word for word in page.words if word.style.invisible]
    if not invisible:
        return off_page, False
    seen = any(not word.style.invisible and not word.text.isspace() for word in page.words)
    unbacked = [word for word in invisible if not any(_holds(box, word) for box in page.images)]
    gone = {id(word) for word in off_page}
    unseen = off_page + [word for word in unbacked if id(word) not in gone] if seen else off_page
    return unseen, len(unbacked) < len(invisible)


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
