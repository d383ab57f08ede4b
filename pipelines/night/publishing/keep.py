"""What is kept and for how long: publications and what they were made from, and what filings are shown by."""

import json
import re
from pathlib import Path

from pipelines.night.settings import KeepSettings
from pipelines.terminal.query_output import connect_read_only
from warehouse.files import remove_folder
from warehouse.home import Home
from warehouse.publication.editions.chain import MANIFEST, previous_of, record_place
from warehouse.store.documents import drop_documents
from warehouse.store.manifest import read_manifest

NAME = re.compile(r"(\d{4}-\d{2})-\d{2}(?:-(\d+))?")


def drop_old_publications(home: Home, keep: KeepSettings) -> list[str]:
    """Remove publications that are neither among the newest nor the last of their month; give their names.

    The latest one and the one that it was compared with always stay. What a removed one was made from goes with it.
    """
    found = sorted(
        (path for path in home.published.iterdir() if NAME.fullmatch(path.name) and (path / MANIFEST).is_file()),
        key=_order,
    )
    if not keep.publications or len(found) <= keep.publications:
        return []
    latest = home.latest.resolve().name
    kept = {latest, previous_of(home.latest), *(path.name for path in found[-keep.publications :])}
    if keep.one_a_month:
        kept |= {path.name for path in {_month(path): path for path in found}.values()}
    dropped = [path for path in found if path.name not in kept]
    for path in dropped:
        (record_place(home.path) / f"{path.name}.json").unlink(missing_ok=True)
        remove_folder(path)  # a killed removal is finished by the next publication
    if dropped:
        from warehouse.publication.remake.inputs import drop_unneeded  # brings the whole publication along

        drop_unneeded(home.path)
    return [path.name for path in dropped]


def drop_replaced(home: Home, keep: KeepSettings) -> int:
    """Remove pages and Documents of filings that do not count any more; tell how many things.

    What a kept publication shows stays, and so does the Document of a stored filing whose file has left the inbox: it
    is the only one that could give the filing back.
    """
    if keep.replaced:
        return 0
    from warehouse.publication.sources.pages import drop_pages  # brings the whole publication along

    shown = {name for folder in home.published.iterdir() for name in _filings_of(folder)}
    manifest = read_manifest(home.manifest)
    inbox = {file.sha256 for file in manifest.files.values()}
    rejected = inbox - manifest.filings.keys()
    outside = manifest.filings.keys() - inbox
    needed = shown | _current(home) | rejected | outside
    return drop_pages(home, shown) + drop_documents(home.documents, needed.__contains__)


def _current(home: Home) -> set[str]:
    with connect_read_only(home.database) as connection:
        rows = connection.execute("select filing_id from core.filings where is_current").fetchall()
    return {str(row[0]) for row in rows}


def _filings_of(folder: Path) -> list[str]:
    """Name the filings that a publication shows; none where it is not whole enough to say."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return [str(filing["sha256"]) for filing in manifest["filings"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _order(path: Path) -> tuple[str, int]:
    match = NAME.fullmatch(path.name)
    assert match is not None
    return path.name[:10], int(match[2] or 1)


def _month(path: Path) -> str:
    return path.name[:7]
