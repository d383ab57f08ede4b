"""Every figure of every mart leads to a cell whose text holds it, on filings that were read from files."""

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.reading import read_filing
from tests.places import SAMPLES
from transforms.filings import transform
from warehouse.files import hash_file
from warehouse.models.build import build_database
from warehouse.publication.marts.places import plain
from warehouse.publication.marts.tables import Mart, Row, Warehouse, open_warehouse
from warehouse.publication.sources.used_cells import FIGURES, CellPlace, UsedCells, choose_cell, read_used_cells
from warehouse.store.received import ReceivedFile
from warehouse.store.store import open_store

FILINGS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".docx", ".pdf"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {document.sha256: document for document in map(read_filing, FILINGS)}


@pytest.fixture(scope="module")
def database(documents: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    store = open_store(home, "v1")
    for number, path in enumerate(FILINGS):
        document = documents[hash_file(path)]
        file = ReceivedFile(path.name, 1, 1_700_000_000_000_000_000 + number, document.sha256)
        store.journal(file, document.format, document.page_count, transform(document))
    store.commit()
    build_database(home)
    return home / "county.duckdb"


def texts_of(document: Document, cells: tuple[CellPlace, ...]) -> list[tuple[CellPlace, str]]:
    grids = {grid.table_no: grid for grid in document.grids()}
    found = []
    for place in cells:
        cell = grids[place.table_no].cell_at(place.row_no - 1, place.col_no - 1)
        assert cell is not None, place
        found.append((place, cell.text))
    return found


def holds(text: str, shown: object) -> bool:
    """Tell whether a cell's text holds what a mart shows: the same words, or the same number in its own unit."""
    if isinstance(shown, Decimal):
        try:
            number = Decimal(re.sub(r"[^\d.]", "", plain(text)))
        except InvalidOperation:
            return False
        return number in (shown, shown / 10000)
    return plain(text) in plain(str(shown)) or plain(str(shown)) in plain(text)


SHOWN = {name: figure.shown[0] for name, figure in FIGURES.items()}
FEW = {"execution": 50, "score_comparison": 0, "standard_comparison": 0, "filed_twice": 0}
"""What few of the samples have, or none: their other marts show more than a hundred figures each."""


@pytest.mark.parametrize("name", [*FIGURES, "year_over_year"])
def test_every_figure_leads_to_a_cell_that_holds_it(name: str, database: Path, documents: dict[str, Document]) -> None:
    with open_warehouse(database) as warehouse:
        used = read_used_cells(warehouse)
        table = next(table for table in warehouse.tables if table.name == name)
        led, lost = count(warehouse, table, used, documents)
    assert led >= FEW.get(name, 100) and not lost, (led, lost[:5])


def count(
    warehouse: Warehouse, table: Mart, used: UsedCells, documents: dict[str, Document]
) -> tuple[int, list[tuple[object, ...]]]:
    led, lost = 0, []
    for row in warehouse.rows(table):
        shown = table.value(row, _shown(table, row))
        filing_id = table.text(row, "filing_id")
        if filing_id is None or shown in (None, "") or not _is_of_one_record(table, row):
            continue
        cells = texts_of(documents[filing_id], used.of(table, row))
        chosen = choose_cell(table, row, cells)
        text = dict(cells).get(chosen, "") if chosen is not None else ""
        if text and holds(text, shown):
            led += 1
        else:
            lost.append((table.name, shown, text, filing_id[:8], table.whole(row, "project_no")))
    return led, lost


def _shown(table: Mart, row: Row) -> str:
    if table.name != "year_over_year":
        return SHOWN[table.name]
    return "this_raw" if table.text(row, "item") == "indicator" else "this_value"


def _is_of_one_record(table: Mart, row: Row) -> bool:
    """Sums over several projects, and lists of several targets, stand in no cell; they lead to the first of theirs."""
    if table.name == "year_over_year":
        return table.text(row, "item") == "indicator" and "；" not in (table.text(row, "this_raw") or "；")
    return (table.whole(row, "projects") or 1) == 1 and table.text(row, "scope") in (None, "project")
