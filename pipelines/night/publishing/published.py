"""What the published tables were made from, so that a run knows whether they still hold."""

import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from warehouse.files import hash_file, set_aside, write_if_changed, write_rebuildable
from warehouse.home import Home
from warehouse.models.swap import build_path, last_build_id, rules_path
from warehouse.program import PUBLICATION, program_version
from warehouse.publication.templates import USED_FOR

REJECTED = "core.rejected_files"

FULL_HASH = timedelta(days=7)
"""So long published files that look untouched are taken for what they were."""

log = logging.getLogger("jixiao")


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """The build that was published, the program and the letters' template, and the inbox of the pictures.

    ``template`` is the checksum of the bureau's own feedback template, "" without one; ``config`` that of the county's
    own files, which may be why there is less than before; ``tables`` that of all that the build holds but the list of
    rejected files.
    """

    build: str
    version: str
    inbox: str
    template: str = ""
    config: str = ""
    tables: str = ""


def current_publication(home: Home, inbox: Path) -> PublicationRecord:
    """Give what a publication made now would be made from."""
    from warehouse.models.states import hash_build  # brings the SQL parser along

    rules = rules_path(home.path, last_build_id(home.path) or "")
    return replace(_made_from(home, inbox), tables=hash_build(rules, without=REJECTED))


def _made_from(home: Home, inbox: Path) -> PublicationRecord:
    """Give the same without what the tables hold, which a night without news need not ask."""
    templates = [home.config / name for name in USED_FOR]
    return PublicationRecord(
        build=build_path(home.path, last_build_id(home.path) or "").name,
        version=program_version(PUBLICATION),
        inbox=str(inbox.resolve()),
        template="-".join(hash_file(path) for path in templates if path.is_file()),
        config=counted_config(home),
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
    last = last_publication(home)
    if last is None or replace(last, config="", tables="") != replace(_made_from(home, inbox), config=""):
        return False
    return is_whole(home)


def differs_in_rejected_only(home: Home, inbox: Path) -> bool:
    """Tell whether what is published differs from the current build in nothing but the list of rejected files."""
    last, now = last_publication(home), current_publication(home, inbox)
    if last is None or not now.tables or last.build == now.build or last != replace(now, build=last.build):
        return False
    return is_whole(home)


def is_whole(home: Home) -> bool:
    """Tell whether the latest publication's files are what they were; what is damaged is told by name.

    Files that look untouched (size, time, inode) are taken for what they were, and hashed again after a week: with
    10,000 filings that is the longest part of a night without news.
    """
    from warehouse.publication.editions.whole import find_damage

    stamp, today = stamp_files(home.latest.resolve()), datetime.now(UTC).date()
    if _was_whole(home, stamp, today):
        return True
    if damaged := find_damage(home.latest):
        log.warning("最近一次发布的文件已缺失或损坏（%s），现在重新生成。", "、".join(damaged[:3]))
        return False
    _note_whole(home, stamp, today)
    return True


def _note_whole(home: Home, stamp: str, today: date) -> None:
    note = {"stamp": stamp, "hashed_on": today.isoformat()}
    write_rebuildable(home.latest_stamp, json.dumps(note).encode())


def stamp_files(folder: Path) -> str:
    """Hash names, sizes, times and inodes of all files below a folder; opens none."""
    digest, waiting = hashlib.sha256(folder.name.encode()), [str(folder)]
    while waiting:
        place = waiting.pop()
        for entry in sorted(os.scandir(place), key=lambda one: one.name):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                found = entry.stat(follow_symlinks=False)
                facts = f"{entry.path} {found.st_size} {found.st_mtime_ns} {found.st_ino}\n"
                digest.update(facts.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _was_whole(home: Home, stamp: str, today: date) -> bool:
    try:
        known = json.loads(home.latest_stamp.read_text(encoding="utf-8"))
        age = today - date.fromisoformat(known["hashed_on"])
        return bool(known["stamp"] == stamp) and timedelta(0) <= age < FULL_HASH
    except (OSError, ValueError, KeyError, TypeError):
        return False


def record_publication(home: Home, inbox: Path) -> None:
    """Keep what was just published; written last, so that a killed publication is done again."""
    _note_whole(home, stamp_files(home.latest.resolve()), datetime.now(UTC).date())
    content = json.dumps(asdict(current_publication(home, inbox)), ensure_ascii=False)
    write_if_changed(home.publication_record, content.encode("utf-8"))
