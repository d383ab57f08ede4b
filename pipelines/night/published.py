"""What the published tables were made from, so that a run knows whether they still hold."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.files import hash_file, write_if_changed
from warehouse.home import Home
from warehouse.program import PUBLICATION, program_version


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """The build that was published, the program and the letters' template, and the inbox of the pictures.

    ``template`` is the checksum of the bureau's own feedback template, "" without one.
    """

    build: str
    version: str
    inbox: str
    template: str = ""


def current_publication(home: Home, inbox: Path) -> PublicationRecord:
    """Give what a publication made now would be made from."""
    from warehouse.publication.publish import FEEDBACK_TEMPLATE

    template = home.config / FEEDBACK_TEMPLATE
    checksum = hash_file(template) if template.is_file() else ""
    return PublicationRecord(home.database.resolve().name, program_version(PUBLICATION), str(inbox.resolve()), checksum)


def last_publication(home: Home) -> PublicationRecord | None:
    """Give what the published tables were made from; None where none were, or they are gone."""
    if not home.publication_record.exists() or not home.latest.exists():
        return None
    return PublicationRecord(**json.loads(home.publication_record.read_text(encoding="utf-8")))


def is_published(home: Home, inbox: Path) -> bool:
    """Tell whether the current build stands published already."""
    return last_publication(home) == current_publication(home, inbox)


def record_publication(home: Home, inbox: Path) -> None:
    """Keep what was just published; written last, so that a killed publication is done again."""
    content = json.dumps(asdict(current_publication(home, inbox)), ensure_ascii=False)
    write_if_changed(home.publication_record, content.encode("utf-8"))
