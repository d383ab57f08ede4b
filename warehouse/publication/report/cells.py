"""The cells of the report's tables: each writes itself as HTML, every text escaped."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import escape

from warehouse.publication.marts.view import Tone

NARROW, LONG, SUMMARY = 14, 90, 60
"""Characters of a text that is not broken into lines, of one that is folded, and of the part that stays in sight."""

_SAMPLE = ' <b class="sample">虚构样例</b>'


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """One column's head; ``help`` explains it, ``numeric`` sorts as numbers and stands right."""

    text: str
    help: str
    name: str
    numeric: bool = False


@dataclass(frozen=True)
class ReportCell:
    """One value as shown; ``bar`` from -1 to 1 draws it left or right of the median; ``sample`` marks invented data."""

    text: str
    tone: Tone | None = None
    href: str | None = None
    bar: float | None = None
    sample: bool = False
    numeric: bool = False

    def __html__(self) -> str:
        """Write the cell for a template (once: a cell may stand on several pages)."""
        return self._written

    @cached_property
    def _written(self) -> str:
        """Escape and join by hand: a report has a hundred thousand cells, and formatting markup is slow."""
        shown: str = escape(self.text)
        if self.href:
            shown = f'<a href="{escape(self.href)}">{shown}</a>'
        elif len(self.text) > LONG:
            shown = f"<details><summary>{escape(self.text[:SUMMARY])}</summary>{escape(self.text[SUMMARY:])}</details>"
        style = ""
        if self.bar is not None:
            style = f' style="--bar:{self.bar:.2f}"'
            shown = f'<i class="bar{" low" if self.bar < 0 else ""}"></i>{shown}'
        kind = "n" if self.numeric else "s" if len(self.text) <= NARROW else ""
        classes = f"{kind} {self.tone or ''}".strip()
        mark = f' class="{classes}"' if classes else ""
        return f"<td{mark}{style}>{shown}{_SAMPLE if self.sample else ''}</td>"


@dataclass(frozen=True, slots=True)
class ReportSource:
    """Where a row stands; ``href`` opens its source page, None where the filing is not at hand."""

    place: str
    file_name: str
    href: str | None

    def __html__(self) -> str:
        """Write the cell of the source for a template."""
        name, place = escape(self.file_name), escape(self.place)
        if self.href is None:
            return f'<td class="s at"><span title="{name}">{place}</span></td>'
        link = f'<a class="src" href="{escape(self.href)}" target="_blank" rel="noopener" title="{name}">{place}</a>'
        return f'<td class="s at">{link}</td>'


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One row of a table: cells, its source, and whether anything in it stands out."""

    cells: tuple[ReportCell, ...]
    source: ReportSource | None
    striking: bool
