"""Lattices and characters → the text of every cell; works on any ``PageContent``, also on recognised words of a scan."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.pdf_page import OBLIQUE, Char, turn_box
from extractors.tables_lattice import Lattice, LatticeCell
from extractors.tables_lines import TextLine, build_lines, is_stacked
from extractors.tables_text import find_padding, join_lines

_PROTRUDES = 0.25
"""The share of its height by which a character's middle may lie above or below a table and still be in it.

LibreOffice draws the last line of a row that a page break cut partly over the row's rule.
"""

Place = tuple[int, int]
"""A lattice's number on its page and the number of one of its cells."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Each lattice's characters by cell number; those outside all tables; those inside a table but in no cell."""

    held: tuple[dict[int, list[Char]], ...]
    outside: tuple[Char, ...]
    stray: tuple[Char, ...]


def assign_chars(chars: Sequence[Char], lattices: Sequence[Lattice]) -> Assigned:
    """Put each character into the cell that its middle lies in; of tables within tables the inner one counts."""
    if not lattices:
        return Assigned((), tuple(chars), ())
    order = sorted(range(len(lattices)), key=lambda n: _area(lattices[n]))
    covers = [_covers(lattice) for lattice in lattices]
    places: list[Place | None] = []
    stray: list[Char] = []
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        slack = _PROTRUDES * (char.bottom - char.top)
        place = None
        missed = False
        for n in order:
            xs, ys = lattices[n].xs, lattices[n].ys
            if xs[0] <= x <= xs[-1] and ys[0] - slack <= y <= ys[-1] + slack:
                k = covers[n].get((_interval(ys, y), _interval(xs, x)))
                if k is not None:
                    place = (n, k)
                    break
                missed = True
        places.append(place)
        if missed and place is None and not char.text.isspace():
            stray.append(char)
    _gather_overfull(chars, places, lattices)
    held: tuple[dict[int, list[Char]], ...] = tuple({} for _ in lattices)
    outside = []
    for char, place in zip(chars, places, strict=True):
        if place is None:
            outside.append(char)
        else:
            held[place[0]].setdefault(place[1], []).append(char)
    return Assigned(held, tuple(outside), tuple(stray))


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def _covers(lattice: Lattice) -> dict[tuple[int, int], int]:
    return {
        (row, col): k
        for k, cell in enumerate(lattice.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _interval(edges: Sequence[float], at: float) -> int:
    return max(0, min(bisect_right(edges, at), len(edges) - 1) - 1)


def _gather_overfull(chars: Sequence[Char], places: list[Place | None], lattices: Sequence[Lattice]) -> None:
    """Put back together words that run over their cell's edge into cells that are otherwise empty (spreadsheets)."""
    filled = Counter(place for char, place in zip(chars, places, strict=True) if not char.text.isspace())
    for first, end in _crossing_words(chars, places):
        inside = Counter(places[k] for k in range(first, end) if not chars[k].text.isspace())
        foreign = [place for place in inside if inside[place] < filled[place]]
        if len(foreign) > 1:
            continue
        start, middle = places[first], _middle_place(chars[first:end], places[first:end], lattices)
        owner = foreign[0] if foreign else middle or start
        for k in range(first, end):
            places[k] = owner


def _crossing_words(chars: Sequence[Char], places: Sequence[Place | None]) -> Iterator[tuple[int, int]]:
    """Yield the index ranges of words, drawn in one go, that lie in more than one cell of a table."""
    first = 0
    crosses = False
    for k in range(1, len(chars) + 1):
        if k < len(chars) and places[k] is not None and places[k - 1] is not None and _adjoins(chars[k - 1], chars[k]):
            crosses = crosses or (places[k] != places[k - 1] and places[k][0] == places[k - 1][0])  # type: ignore[index]
            continue
        if crosses:
            yield first, k
        first, crosses = k, False


def _adjoins(before: Char, after: Char) -> bool:
    size = after.style.size
    return (
        before.run == after.run
        and after.style.angle == 0
        and -0.3 * size < after.x0 - before.x1 < 0.15 * size
        and abs(after.bottom - before.bottom) < 0.2 * size
    )


def _middle_place(word: Sequence[Char], places: Sequence[Place | None], lattices: Sequence[Lattice]) -> Place | None:
    """Give the cell in the middle of a word that runs over both of the cell's edges (centred text)."""
    x0, x1 = word[0].x0, word[-1].x1
    for place in dict.fromkeys(places):
        if place is not None:
            box = lattices[place[0]].cells[place[1]].box
            if x0 < box[0] and x1 > box[2]:
                return place
    return None


def read_cells(
    lattice: Lattice, held: dict[int, list[Char]], width: float, height: float
) -> tuple[dict[int, str], tuple[TextLine, ...]]:
    """Give the text of each cell that holds characters (by cell number), and the table's level lines.

    ``width`` and ``height`` are the page's, to turn sideways text by.
    """
    lines_of: dict[int, list[TextLine]] = {}
    texts: dict[int, str] = {}
    for k, chars in held.items():
        angle = _reading_angle(chars)
        if angle:
            texts[k] = _read_turned(chars, angle, lattice.cells[k], width, height)
        else:
            lines_of[k] = build_lines(chars)
    padding = find_padding(
        [min(line.x0 for line in lines) - lattice.cells[k].box[0] for k, lines in lines_of.items() if lines]
    )
    for k, lines in lines_of.items():
        x0, _, x1, _ = lattice.cells[k].box
        texts[k] = _join(lines, x0, x1, padding)
    return texts, tuple(line for k in sorted(lines_of) for line in lines_of[k])


def _join(lines: Sequence[TextLine], x0: float, x1: float, padding: float) -> str:
    """Join a cell's lines; text that reaches nearer to the cell's edges than others shows how wide its area is."""
    if not lines:
        return ""
    left = min(x0 + padding, min(line.x0 for line in lines))
    right = max(x1 - padding, max(line.x1 for line in lines))
    return join_lines(lines, left, right)


def _reading_angle(chars: Sequence[Char]) -> int:
    """Give the angle by which a cell's text is turned: its characters', or 90 where they stand one below the other.

    Vertical Chinese writing runs down and its columns from right to left, as if a level page were turned by 90 degrees.
    """
    angles = Counter(char.style.angle for char in chars if not char.text.isspace())
    if not angles:
        return 0
    angle, _ = angles.most_common(1)[0]
    if angle in (0, OBLIQUE):
        return 90 if is_stacked(chars) else 0
    return angle


def _read_turned(chars: Sequence[Char], angle: int, cell: LatticeCell, width: float, height: float) -> str:
    back = -angle % 360
    lines = build_lines(turn_chars(chars, back, width, height))
    x0, _, x1, _ = turn_box(cell.box, back, width, height)
    return _join(lines, x0, x1, find_padding([line.x0 - x0 for line in lines]))


def turn_chars(chars: Sequence[Char], angle: int, width: float, height: float) -> list[Char]:
    """Turn characters with their page of ``width`` × ``height`` clockwise by a multiple of 90 degrees."""
    return [
        Char(
            char.text, *turn_box((char.x0, char.top, char.x1, char.bottom), angle, width, height), char.style, char.run
        )
        for char in chars
    ]
