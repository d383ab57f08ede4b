"""What the published tables were made from, so that a run knows whether they still hold."""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from warehouse.files import hash_file, set_aside, write_if_changed
from warehouse.home import Home
from warehouse.program import PUBLICATION, program_version

log = logging.getLogger("jixiao")


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """The build that was published, the program and the letters' template, and the inbox of the pictures.

    ``template`` is the checksum of the bureau's own feedback template, "" without one; ``config`` that of the county's
    own files, which may be why there is less than before.
    """

    build: str
    version: str
    inbox: str
    template: str = ""
    config: str = ""


def current_publication(home: Home, inbox: Path) -> PublicationRecord:
    """Give what a publication made now would be made from."""
    from warehouse.publication.publish import FEEDBACK_TEMPLATE

    template = home.config / FEEDBACK_TEMPLATE
    checksum = hash_file(template) if template.is_file() else ""
    return PublicationRecord(
        home.database.resolve().name, program_version(PUBLICATION), str(inbox.resolve()), checksum, counted_config(home)
    )


def counted_config(home: Home) -> str:
    """Give the checksum of the county's files that decide what counts; they are CSV all."""
    files = sorted(home.config.glob("*.csv")) if home.config.is_dir() else []
    return hashlib.sha256("".join(f"{path.name} {hash_file(path)}\n" for path in files).encode()).hexdigest()[:32]


def last_publication(home: Home) -> PublicationRecord | None:
    """Give what the published tables were made from; None where none were, or they are gone."""
    if not home.publication_record.exists() or not home.latest.exists():
        return None
    try:
        return PublicationRecord(**json.loads(home.publication_record.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        set_aside(home.publication_record, f"{type(error).__name__}")
        return None


def is_published(home: Home, inbox: Path) -> bool:
    """Tell whether the current build stands published already, and whole."""
    from warehouse.publication.editions.whole import find_damage

    last = last_publication(home)
    if last is None or replace(last, config="") != replace(current_publication(home, inbox), config=""):
        return False
    if damaged := find_damage(home.latest):
        log.warning("最近一次发布的文件已缺失或损坏（%s），现在重新生成。", "、".join(damaged[:3]))
    return not damaged


def record_publication(home: Home, inbox: Path) -> None:
    """Keep what was just published; written last, so that a killed publication is done again."""
    content = json.dumps(asdict(current_publication(home, inbox)), ensure_ascii=False)
    write_if_changed(home.publication_record, content.encode("utf-8"))
