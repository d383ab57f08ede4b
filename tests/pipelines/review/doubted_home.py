"""A home with one shipped sample filing in which one target is doubted, for the tests of the queue."""

import hashlib
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from extractors.reading import Source, read_source
from tests.places import SAMPLES
from transforms.filings import transform
from transforms.records import Doubt, Indicator
from warehouse.home import Home
from warehouse.models.build import build_database
from warehouse.store.documents import documents_of, encode_document
from warehouse.store.received import ReceivedFile
from warehouse.store.store import open_store


def build_doubted_home(path: Path) -> tuple[Home, Indicator]:
    """Store the filing with one doubt about the third indicator's target; gives the home and that indicator."""
    home = Home(path)
    home.inbox.mkdir(parents=True)
    source = min(SAMPLES.glob("*.docx"), key=lambda file: file.stat().st_size)
    file = Path(shutil.copy2(source, home.inbox))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    document = read_source(Source(file, file.name, file))
    records = transform(document)
    doubted = records.indicators[2]
    column = next(
        cell.col_no
        for cell in records.used_cells
        if (cell.project_no, cell.indicator_no, cell.field) == (doubted.project_no, doubted.indicator_no, "target_raw")
    )
    doubt = Doubt(
        field="target_raw",
        value_read=doubted.target.raw,
        reason="low_confidence",
        project_no=doubted.project_no,
        indicator_no=doubted.indicator_no,
        place=doubted.place,
        col_no=column,
        confidence=Decimal("0.71"),
    )
    documents_of(home).keep(sha256, "docx", encode_document(document))
    store = open_store(home.path, "v1")
    found = ReceivedFile(file.name, file.stat().st_size, file.stat().st_mtime_ns, sha256)
    store.journal(found, "docx", None, replace(records, doubts=(doubt,)))
    store.commit()
    build_database(home.path)
    return home, doubted
