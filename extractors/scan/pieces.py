"""Pieces of rules → whole rules: a rule ends at another rule; an end in mid-air shows that more of it was there."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from numpy.typing import NDArray

from extractors.scan.picture import POINT

_BREAK = round(9 * POINT)
"""A rule goes on after a gap of so many pixels: worn and badly copied lines break."""
_OFF = 1.6 * POINT
"""Pieces of one rule lie no farther (pixels) from its line than this."""
_GAP = round(45 * POINT)
"""So long a gap (pixels) is closed where one of its ends is in mid-air, and so far such an end is from the rule it met."""
_AT = 3 * POINT
"""A rule ends at another one if it ends so near to it (pixels)."""
_SEEN = round(20 * POINT)
"""Shorter pieces (pixels) are not lengthened: they may be dashes, or no rules."""
_CROSSED = 0.25
"""A gap with ink along more than this share of it is no gap in a rule: letters stand there."""


_SURE, _LETTERS = 48 * POINT, 0.4
"""Of pieces shorter than the first (pixels), those of which more than the second share lies in texts may be letters'."""
_OVERHANG = 16 * POINT
"""Letters lengthen a rule by no more than so many pixels."""
_MARGIN = 0.15
"""So much of a text box's height at its edges is white, where a rule may run."""
Sides = tuple[int, int, int, int]
"""Left, upper, right and lower edge of a line of text, in pixels."""


class Piece(NamedTuple):
    """One piece of a level rule (or an upright one on its side): across (its place) and from start to end, in pixels."""

    at: float
    start: float
    end: float
    thickness: float


def join_pieces(pieces: Sequence[Piece], reach: float = _BREAK) -> list[Piece]:
    """Join pieces that lie on one line with a gap of at most ``reach`` pixels between them: a short one, as worn rules have."""
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        for k, other in enumerate(joined):
            if abs(other.at - piece.at) <= _OFF and piece.start - other.end <= reach:
                joined[k] = _both(other, piece)
                break
        else:
            joined.append(piece)
    return joined


def _both(first: Piece, second: Piece) -> Piece:
    total = (first.end - first.start) + (second.end - second.start)
    share = (first.end - first.start) / total if total else 0.5
    at = first.at * share + second.at * (1 - share)
    return Piece(at, first.start, max(first.end, second.end), max(first.thickness, second.thickness))


def mend_pieces(
    pieces: tuple[list[Piece], list[Piece]],
    darks: tuple[NDArray[Any], NDArray[Any]],
    texts: tuple[Sequence[Sides], Sequence[Sides]],
) -> None:
    """Close gaps with an end in mid-air, in level and upright pieces (with the ink that each lies in), then lengthen ends.

    Pieces within a line of text that end in mid-air are strokes of its letters: they go.
    """
    spans = [join_pieces(own, _GAP) for own in pieces]
    for way in (0, 1):
        pieces[way][:] = [
            one for one in pieces[way] if not _is_within(one, texts[way]) or _is_between(one, spans[1 - way])
        ]
    spans = [join_pieces(own, _GAP) for own in pieces]
    for way in (0, 1):
        pieces[way][:] = [_without_letters(piece, spans[1 - way], texts[way]) for piece in pieces[way]]
    spans = [join_pieces(own, _GAP) for own in pieces]
    for way in (0, 1):
        pieces[way][:] = _close(pieces[way], spans[1 - way], darks[way], texts[way])
    spans = [join_pieces(own, _GAP) for own in pieces]
    for way in (0, 1):
        pieces[way][:] = [
            piece if is_of_letters(piece, texts[way]) else _lengthen(piece, spans[1 - way], darks[way])
            for piece in pieces[way]
        ]


def _is_within(piece: Piece, texts: Sequence[Sides]) -> bool:
    """Tell whether a piece runs through the letters of one line of text and hardly beyond it."""
    for left, upper, right, lower in texts:
        size = min(lower - upper, right - left)
        over, margin = size / 2, size * _MARGIN
        if left - over <= piece.start and piece.end <= right + over and upper + margin <= piece.at <= lower - margin:
            return True
    return False


def is_of_letters(piece: Piece, texts: Sequence[Sides]) -> bool:
    """Tell whether much of a short piece runs through letters: strokes of texts that stand close one behind another."""
    if piece.end - piece.start >= _SURE:
        return False
    inside = 0.0
    for left, upper, right, lower in texts:
        margin = min(lower - upper, right - left) * _MARGIN
        if upper + margin <= piece.at <= lower - margin:
            inside += max(0.0, min(piece.end, right) - max(piece.start, left))
    return inside > _LETTERS * (piece.end - piece.start)


def _is_between(piece: Piece, crossing: Sequence[Piece]) -> bool:
    return _ends_at_a_line(piece.start, piece.at, crossing) and _ends_at_a_line(piece.end, piece.at, crossing)


def _without_letters(piece: Piece, crossing: Sequence[Piece], texts: Sequence[Sides]) -> Piece:
    """Cut an end that lies in a line of text back to the last rule before it: letters stood in the rule's way."""
    inner = [at for at in _met(piece, crossing) if piece.start - _AT <= at <= piece.end + _AT]
    if not inner:
        return piece
    start, end = piece.start, piece.end
    if _AT < inner[0] - start <= _OVERHANG and _lies_in_text(start, piece.at, texts):
        start = inner[0]
    if _AT < end - inner[-1] <= _OVERHANG and _lies_in_text(end, piece.at, texts):
        end = inner[-1]
    return piece._replace(start=start, end=end)


def _lies_in_text(place: float, at: float, texts: Sequence[Sides]) -> bool:
    return any(left <= place <= right and upper <= at <= lower for left, upper, right, lower in texts)


def _met(piece: Piece, crossing: Sequence[Piece]) -> list[float]:
    """Give where the crossing rules stand that a piece meets, or would meet if it were longer."""
    return sorted(line.at for line in crossing if line.start - _AT <= piece.at <= line.end + _AT)


def _ends_at_a_line(place: float, at: float, crossing: Sequence[Piece]) -> bool:
    return any(abs(line.at - place) <= _AT and line.start - _AT <= at <= line.end + _AT for line in crossing)


def _close(
    pieces: Sequence[Piece], crossing: Sequence[Piece], dark: NDArray[Any], texts: Sequence[Sides]
) -> list[Piece]:
    """Join pieces of one line over gaps that do not reach from one crossing rule to another: those part merged cells."""
    closed: list[Piece] = []
    letters = [piece for piece in pieces if is_of_letters(piece, texts)]
    for piece in sorted((one for one in pieces if one not in letters), key=lambda p: p.start):
        for k, other in enumerate(closed):
            if abs(other.at - piece.at) > _OFF or piece.start - other.end > _GAP:
                continue
            ends = ((other.end, other.at), (piece.start, piece.at))
            in_air = not all(_ends_at_a_line(*end, crossing) or _lies_in_text(*end, texts) for end in ends)
            if piece.start <= other.end or (in_air and not _is_crossed(dark, piece.at, other.end, piece.start)):
                closed[k] = _both(other, piece)
                break
        else:
            closed.append(piece)
    return closed + letters


def _is_crossed(dark: NDArray[Any], at: float, start: float, end: float) -> bool:
    band = dark[max(0, round(at) - 1) : round(at) + 2, round(start) + 1 : round(end) - 1]
    return bool(band.size) and float(band.max(axis=0).mean()) > _CROSSED


def _lengthen(piece: Piece, crossing: Sequence[Piece], dark: NDArray[Any]) -> Piece:
    """Let a piece's ends in mid-air go on to the rule that they must have met, if one is near."""
    if piece.end - piece.start < _SEEN:
        return piece
    meeting = _met(piece, crossing)
    start, end = piece.start, piece.end
    if not _ends_at_a_line(start, piece.at, crossing):
        before = [at for at in meeting if start - _GAP <= at < start]
        if before and not _is_crossed(dark, piece.at, before[-1], start):
            start = before[-1]
    if not _ends_at_a_line(end, piece.at, crossing):
        after = [at for at in meeting if end < at <= end + _GAP]
        if after and not _is_crossed(dark, piece.at, end, after[0]):
            end = after[0]
    return piece._replace(start=start, end=end)
