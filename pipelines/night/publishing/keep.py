"""What is kept and for how long: publications, and what they were made from."""

import re
from pathlib import Path

from pipelines.night.settings import KeepSettings
from warehouse.files import remove_folder
from warehouse.home import Home
from warehouse.publication.editions.chain import MANIFEST, previous_of, record_place

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


def _order(path: Path) -> tuple[str, int]:
    match = NAME.fullmatch(path.name)
    assert match is not None
    return path.name[:10], int(match[2] or 1)


def _month(path: Path) -> str:
    return path.name[:7]
