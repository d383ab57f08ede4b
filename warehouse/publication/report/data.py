"""The report's data: each table once, as script files beside the page, its columns as numbers into lists of texts.

A page opened from a folder may load scripts but read no files, so each file calls ``jixiao.take`` with its part. A text
that stands in a thousand rows stands in its list once; a row is a number a column.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.publication.editions.keys import keys_of
from warehouse.publication.marts.tables import Mart, Row
from warehouse.publication.report.cells import ReportCell, ReportHeading, ReportSource

PART_ROWS = 4000
"""Rows of one script file: with the longest texts seen a file stays below 2 MB."""

ID_LENGTH = 8
"""Hexadecimal digits of a row's address; two rows in 20,000 share them once in twenty publications, and get a number."""

Entry = str | list[str | int | None]
"""A text, or [text, tone, link, 1 for invented data] where there is more to a cell than its text."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One column: what stands over it and a cell for each row; ``hidden`` ones only choose rows.

    ``opens`` names the column whose page this column's values lead to: the page that shows what a median is made of.
    """

    heading: ReportHeading
    cells: Sequence[ReportCell]
    hidden: bool = False
    opens: str = ""
    bar: bool = False


@dataclass(frozen=True, slots=True)
class TableData:
    """A table of the report with all its rows, each with its source (None for totals) and the id of its address."""

    key: str
    columns: tuple[DataColumn, ...]
    sources: Sequence[ReportSource | None]
    ids: Sequence[str]


def row_ids(table: Mart, rows: Iterable[Row]) -> list[str]:
    """Give each row an id made from its key, which a later publication keeps; of rows with one key the first has it."""
    names = tuple(column.name for column in table.columns)
    terms = [
        [table.positions[n] for n in term.split("|") if n in table.positions] for term in keys_of(table.name, names).key
    ]
    found: list[str] = []
    used: dict[str, int] = {}
    for row in rows:
        key = [next((str(row[at]) for at in term if row[at] is not None), "") for term in terms]
        made = hashlib.sha256("\0".join(key).encode()).hexdigest()[:ID_LENGTH]
        used[made] = used.get(made, 0) + 1
        found.append(made if used[made] == 1 else f"{made}-{used[made]}")
    return found


def write_data(data: TableData, folder: Path) -> tuple[Path, ...]:
    """Write a table's rows as script files into ``folder`` and give their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    lists = [_Entries(_entry) for _ in data.columns]
    files, pages, places, anchors = _Entries(str), _Entries(str), _Entries(str), _Entries(str)
    written = []
    for part, start in enumerate(range(0, max(len(data.ids), 1), PART_ROWS)):
        rows = slice(start, start + PART_ROWS)
        codes = [known.codes(column.cells[rows]) for column, known in zip(data.columns, lists, strict=True)]
        split = [_split(source) for source in data.sources[rows]]
        source_codes = [
            known.codes([one[at] for one in split]) for at, known in enumerate((files, pages, places, anchors))
        ]
        content = {
            **({"columns": [_column(column) for column in data.columns]} if part == 0 else {}),
            "entries": [known.news() for known in lists],
            "codes": codes,
            "sourceEntries": [known.news() for known in (files, pages, places, anchors)],
            "sources": source_codes,
            "ids": data.ids[rows],
        }
        path = folder / f"{data.key}_{part + 1}.js"
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        path.write_text(f'jixiao.take("{data.key}",{part},{_harmless(text)});\n', encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


class _Entries:
    """A growing list of a column's different values: entry 0 is the empty text."""

    def __init__(self, write: Callable[[ReportCell], Entry] | type[str]) -> None:
        self._write = write
        self._numbers: dict[object, int] = {"": 0}
        self._new: list[Entry] = [""]

    def codes(self, values: Sequence[object]) -> list[int]:
        return [self._code(value) for value in values]

    def _code(self, value: object) -> int:
        key = _key(value)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers)
            self._new.append(self._write(value))  # type: ignore[arg-type]
        return number

    def news(self) -> list[Entry]:
        """Give the entries that came since this was asked last."""
        new, self._new = self._new, []
        return new


def _key(value: object) -> object:
    if isinstance(value, ReportCell):
        plain = value.tone is None and value.href is None and not value.sample
        return value.text if plain else (value.text, value.tone, value.href, value.sample)
    return value


def _entry(cell: ReportCell) -> Entry:
    if cell.sample:
        return [cell.text, cell.tone, cell.href, 1]
    if cell.href:
        return [cell.text, cell.tone, cell.href]
    return [cell.text, cell.tone] if cell.tone else cell.text


def _column(column: DataColumn) -> dict[str, object]:
    heading = column.heading
    marks = {"numeric": heading.numeric, "hidden": column.hidden, "opens": column.opens, "bar": column.bar}
    return {"name": heading.name, "text": heading.text, "help": heading.help, **{k: v for k, v in marks.items() if v}}


def _split(source: ReportSource | None) -> tuple[str, str, str, str]:
    """Give a source's file, page, place and anchor; each comes back in many rows, all four together in few."""
    if source is None:
        return "", "", "", ""
    page, _, anchor = (source.href or "").partition("#")
    return source.file_name, page, source.place, anchor


def _harmless(text: str) -> str:
    """Keep what a script file must not hold: line ends that JSON allows in a text and older browsers do not."""
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
