"""Characters that are drawn but not meant: struck-through and hidden text, watermarks and stamps."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf_page import DESCENT, OBLIQUE, Char, PageContent, Rule, Style

_STRIKE_HEIGHT = (0.14, 0.62)
"""Between these parts of the em above the baseline a line strikes text out; lower it underlines."""


class Marked(NamedTuple):
    """A page without the characters that do not count, and those characters by what happened to them.

    ``recognised`` tells that the page's text is an invisible layer over a picture (made by text recognition).
    """

    page: PageContent
    struck: tuple[Char, ...]
    hidden: tuple[Char, ...]
    recognised: bool


def drop_marked(page: PageContent) -> Marked:
    """Take struck-through characters (with their lines), watermarks and hidden characters off a page."""
    hidden = {id(char) for char in _find_stamps(page)}
    unseen, recognised = _find_unseen(page)
    hidden |= {id(char) for char in unseen}
    level = [char for char in page.chars if char.style.angle == 0 and id(char) not in hidden]
    struck, strikes = find_struck(level, page.rules)
    dropped = {id(char) for char in struck} | hidden
    if not dropped:
        return Marked(page, (), (), recognised)
    kept = replace(
        page,
        chars=tuple(char for char in page.chars if id(char) not in dropped),
        rules=tuple(rule for rule in page.rules if id(rule) not in strikes),
    )
    return Marked(kept, tuple(struck), tuple(char for char in page.chars if id(char) in hidden), recognised)


def find_struck(chars: Sequence[Char], rules: Iterable[Rule]) -> tuple[list[Char], set[int]]:
    """Find the characters with a line through them, and the ids of those lines.

    A strike is a thin level line that begins and ends where the struck characters do, at the height of their middle;
    a table rule that overfull text happens to touch reaches farther than the text on at least one side.
    """
    ordered = sorted((c for c in chars if not c.text.isspace()), key=lambda c: c.bottom)
    if not ordered:
        return [], set()
    bottoms = [c.bottom for c in ordered]
    tallest = max(c.style.size for c in ordered)
    struck: dict[int, Char] = {}
    strikes: set[int] = set()
    for rule in rules:
        if not rule.level or rule.thickness > 0.2 * tallest:
            continue
        crossed = []
        for k in range(bisect_left(bottoms, rule.at), len(ordered)):
            char = ordered[k]
            if char.bottom > rule.at + tallest:
                break
            if _is_struck(char, rule):
                crossed.append(char)
        if crossed and _matches_ends(crossed, rule):
            struck.update((id(char), char) for char in crossed)
            strikes.add(id(rule))
    return list(struck.values()), strikes


def _is_struck(char: Char, rule: Rule) -> bool:
    size = char.style.size
    above_baseline = (char.bottom - DESCENT * size - rule.at) / size if size else 0.0
    middle = (char.x0 + char.x1) / 2
    return _STRIKE_HEIGHT[0] <= above_baseline <= _STRIKE_HEIGHT[1] and rule.start <= middle <= rule.end


def _matches_ends(crossed: list[Char], rule: Rule) -> bool:
    slack = 0.6 * max(char.style.size for char in crossed)
    starts, ends = min(c.x0 for c in crossed), max(c.x1 for c in crossed)
    covered = sum(c.x1 - c.x0 for c in crossed)
    return (
        abs(starts - rule.start) <= slack and abs(ends - rule.end) <= slack and covered >= 0.6 * (rule.end - rule.start)
    )


def _find_stamps(page: PageContent) -> list[Char]:
    """Find watermark characters: slanting ones, and very large pale ones that lie over other text."""
    visible = [char for char in page.chars if not char.text.isspace()]
    if not visible:
        return []
    usual = median(char.style.size for char in visible)
    stamps = [char for char in page.chars if char.style.angle == OBLIQUE]
    pale: dict[Style, bool] = {}
    for char in visible:
        if char.style not in pale:
            pale[char.style] = char.style.size > 2.5 * usual and _is_pale(char.style.colour)
    for style in (style for style, is_pale in pale.items() if is_pale):
        large = [char for char in page.chars if char.style == style]
        small = [char for char in visible if char.style.size <= 1.5 * usual]
        if any(_overlap(a, b) for a in large for b in small):
            stamps += large
    return stamps


def _overlap(large: Char, small: Char) -> bool:
    x, y = (small.x0 + small.x1) / 2, (small.top + small.bottom) / 2
    return large.x0 < x < large.x1 and large.top < y < large.bottom


def _is_pale(colour: tuple[int, int, int, int] | None) -> bool:
    if colour is None:
        return False
    red, green, blue, alpha = colour
    luminance = 0.3 * red + 0.59 * green + 0.11 * blue
    return alpha < 160 or luminance > 150


def _find_unseen(page: PageContent) -> tuple[list[Char], bool]:
    """Find characters that nobody sees: off the page, or drawn invisibly without a picture below them.

    Invisible text over a picture is what text recognition read in a scan, and all invisible text of a page without any
    visible one stands for drawn letters: both are kept. Tells, too, whether a recognised layer was met.
    """
    off_page: list[Char] = []
    over_picture: list[Char] = []
    unbacked: list[Char] = []
    seen = False
    for char in page.chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        if not (0 <= x <= page.width and 0 <= y <= page.height):
            off_page.append(char)
        elif not char.style.invisible:
            seen = seen or not char.text.isspace()
        elif any(_holds(box, x, y) for box in page.images):
            over_picture.append(char)
        else:
            unbacked.append(char)
    return off_page + (unbacked if seen else []), bool(over_picture)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
