"""What comes into an inbox, night after night: filings, corrections, removals, and files that nobody can read."""

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx

from tests.places import SAMPLES

FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOSTILE = {
    "空.docx": b"",
    "坏.docx": b"PK\x03\x04" + bytes(200),
    "假.pdf": b"%PDF-1.7\n" + bytes(300),
    "乱码.doc": bytes(range(256)) * 8,
    "长.txt": "长".encode() * 50_000,
}


@dataclass(frozen=True)
class Arrival:
    """A file that comes, or (``content`` None) goes, on a night; ``night`` counts from 0."""

    night: int
    name: str
    content: bytes | None

    def happen(self, inbox: Path) -> None:
        """Put the file there with the time of its night, or take it away."""
        place = inbox / self.name
        if self.content is None:
            place.unlink()
            return
        place.write_bytes(self.content)
        moment = (FIRST_DAY + timedelta(days=self.night)).timestamp()
        os.utime(place, (moment, moment))


def small_filings() -> list[Path]:
    """Give the shipped DOCX filings, the smallest first."""
    return sorted(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size)


def corrected(filing: Path, place: Path) -> bytes:
    """Give a filing as it is sent again with another figure in its last cell that has one."""
    shutil.copy2(filing, place)
    document = docx.Document(str(place))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for cell in reversed(cells):
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            digit = next((char for char in run.text if char.isdigit()), None)
            if digit is not None:
                run.text = run.text.replace(digit, "2" if digit == "1" else "1", 1)
                document.save(str(place))
                return place.read_bytes()
    raise ValueError(f"{filing.name} holds no figure")


def two_nights(work: Path) -> list[Arrival]:
    """Give a small story: two filings; then a third, a correction of the first, a file that cannot be read, one gone."""
    one, two, three = small_filings()[:3]
    return [
        Arrival(0, "甲.docx", one.read_bytes()),
        Arrival(0, "乙.docx", two.read_bytes()),
        Arrival(1, "丙.docx", three.read_bytes()),
        Arrival(1, "甲（更正）.docx", corrected(one, work / "corrected.docx")),
        Arrival(1, "坏.docx", HOSTILE["坏.docx"]),
        Arrival(1, "乙.docx", None),
    ]


def many_nights(work: Path, nights: int, chance: random.Random) -> list[Arrival]:
    """Give a story of nights: up to two arrivals, corrections, removals and hostile files; some nights bring nothing."""
    waiting: list[Path] = small_filings()
    here: dict[str, Path] = {}
    story: list[Arrival] = []
    for night in range(nights):
        for _ in range(chance.choice((0, 1, 1, 2))):
            if waiting:
                filing = waiting.pop(0)
                here[filing.name] = filing
                story.append(Arrival(night, filing.name, filing.read_bytes()))
        if here and chance.random() < 0.3:
            name = chance.choice(sorted(here))
            story.append(Arrival(night, f"更正{night}_{name}", corrected(here[name], work / "corrected.docx")))
        if here and chance.random() < 0.15:
            name = chance.choice(sorted(here))
            del here[name]
            if any(one.name == name and one.night < night for one in story):
                story.append(Arrival(night, name, None))
        if chance.random() < 0.3:
            name, content = chance.choice(list(HOSTILE.items()))
            story.append(Arrival(night, f"{night}_{name}", content))
    return story


def of_night(story: Sequence[Arrival], night: int) -> Iterator[Arrival]:
    """Give what comes and goes on one night."""
    return (one for one in story if one.night == night)
