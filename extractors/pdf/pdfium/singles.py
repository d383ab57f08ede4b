"""Characters that were read one by one, joined into words."""

from collections.abc import Sequence

from extractors.pdf.page import WORD_GAP, Word


def join_singles(singles: Sequence[Word]) -> list[Word]:
    """Join level characters of one run that adjoin into words; blanks and sideways characters stay single."""
    words: list[Word] = []
    group: list[Word] = []
    for single in singles:
        if group and not _adjoins(group[-1], single):
            words.append(_join_group(group))
            group = []
        group.append(single)
    if group:
        words.append(_join_group(group))
    return words


def _adjoins(before: Word, after: Word) -> bool:
    size = after.style.size
    return (
        after.style.angle == 0
        and not before.text.isspace()
        and not after.text.isspace()
        and abs(after.bottom - before.bottom) < 0.01 * size
        and before.x0 < after.x0
        and -0.5 * size <= after.x0 - before.x1 <= WORD_GAP * size
    )


def _join_group(group: Sequence[Word]) -> Word:
    if len(group) == 1:
        return group[0]
    first, last = group[0], group[-1]
    text = "".join(single.text for single in group)
    starts = tuple(single.x0 for single in group)
    return Word(text, first.x0, first.top, last.x1, first.bottom, first.style, first.run, starts)
