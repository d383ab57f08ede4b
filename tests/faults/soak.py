"""The long proof: a night killed or failed at each of its changes, then random kills, swaps under readers, and nights.

``python -m tests.faults.soak names|writes|flushes|kills|swaps|nights`` runs one part, ``--in published`` one section of it,
``--every N`` every N-th change and the first and last of each file (1: all), ``--from N`` goes on where an earlier run was stopped. After every disturbed night readers must meet
what was there before or what comes after, whole; and the next night must end with what an undisturbed one ends with:
stored rows, every table of the database, everything published, nothing left over. Prints figures, and each difference.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from tests.faults.holdings import HalfWrittenError, differences, disk_bytes, holdings, look, state_of
from tests.faults.nursery import Nursery
from tests.faults.shim import NAMES, SYNCS, WRITES, Fault, Shim, build_shim
from tests.faults.story import Arrival, many_nights, of_night, two_nights
from tests.faults.tally import Tally
from warehouse.files import hash_file

PARTS = {
    "names": ((NAMES, "kill", False),),
    "writes": ((WRITES, "ENOSPC", True), (WRITES, "EIO", False)),
    "flushes": ((SYNCS, "EIO", False), (SYNCS, "ENOSPC", True)),
}
SECTIONS = ("published", "builds", "")
"""Where a change is made; "": all the rest of the home."""

MOMENTS = {"evening": "builds", "stored": "published", "built": ""}
"""The moments of the night from which faults are reached, each with the section whose first change ends its stretch:
a fault of the publication needs no build again, as a killed night goes on where it stopped."""

GOOD = (0, 3)
KILLED = -9
TWICE = 0.3
"""So many of the random kills hit the next night too."""

SHOWN_EVERY = 50

ROOM = 1.5
"""A disturbed home may take so much more of the disk than an undisturbed one after the next night."""


@dataclass(frozen=True)
class Call:
    """A change of a file: the moment from which it is reached, its number in its section from there, and the file."""

    moment: str
    number: int
    file: str


class Night:
    """A home before its second night, and what an undisturbed second night makes of it."""

    def __init__(self, work: Path, shim: Shim) -> None:
        """Run both nights undisturbed."""
        self.home, self._moments = work / "home", work / "moments"
        self._moments.mkdir()
        self._shim, self.nursery = shim, Nursery(shim)
        shim.set(self.home, Fault(""))
        inbox = self.home / "inbox"
        inbox.mkdir(parents=True)
        story = two_nights(work)
        self._happen(story, 0)
        assert self.nursery.run(self.home)[0] in GOOD
        self._happen(story, 1)
        _copy(self.home, self._moments / "evening")
        before = look(self.home)
        started = time.monotonic()
        assert self.nursery.run(self.home)[0] in GOOD
        self.seconds = time.monotonic() - started
        self.whole, self._bytes = holdings(self.home), disk_bytes(self.home)
        after = look(self.home)
        self._tables = (before.tables, after.tables)
        self._published = ((before.latest, before.checksums), (after.latest, after.checksums))
        for section, moment in zip(MOMENTS.values(), [*MOMENTS][1:], strict=False):
            self.reset()
            self._shim.set(self.home / section, Fault(NAMES, at=1))
            assert self.nursery.run(self.home)[0] == KILLED
            _copy(self.home, self._moments / moment)

    def _happen(self, story: list[Arrival], night: int) -> None:
        for arrival in of_night(story, night):
            arrival.happen(self.home / "inbox")

    def calls(self, kinds: str, section: str) -> list[Call]:
        """Give the calls of some kinds in a section of an undisturbed night, by the moments from which they are reached."""
        return [call for moment, end in MOMENTS.items() for call in self._stretch(kinds, section, moment, end)]

    def _stretch(self, kinds: str, section: str, moment: str, end: str) -> Iterator[Call]:
        """Yield the section's calls from a moment on, up to the first one in the section ``end``."""
        self.reset(moment)
        self._shim.set(self.home, Fault(kinds, "list"))
        self.nursery.run(self.home)
        number = 0
        for name in self._shim.take_names():
            place = Path(name).relative_to(self.home).parts[:1]
            found = place[0] if place and place[0] in SECTIONS else ""
            if end and found == end:
                return
            number += found == section
            if found == section:
                yield Call(moment, number, name)

    def reset(self, moment: str = "evening") -> None:
        """Go back to a moment of the night."""
        _copy(self._moments / moment, self.home)

    def disturb(self, tally: Tally, name: str, section: str, fault: Fault, kill_after: float | None = None) -> None:
        """Run the night under a fault and look at it as readers do."""
        self._set(section, fault)
        code, said = self.nursery.run(self.home, kill_after)
        self._shim.set(self.home, Fault(""))
        tally.landed += code not in GOOD
        if code != KILLED:
            tally.hear(f"{code} {said}")
        try:
            seen = look(self.home)
            if seen.tables not in self._tables or (seen.latest, seen.checksums) not in self._published:
                tally.note(f"{name}: readers see what is neither before nor after")
        except HalfWrittenError as error:
            tally.note(f"{name}: {error}")

    def _set(self, section: str, fault: Fault) -> None:
        without = () if section else SECTIONS[:2]
        self._shim.set(self.home / section, replace(fault, without=without))

    def heal(self, tally: Tally, name: str) -> None:
        """Run the next night, unless it would begin with what an earlier one began with; compare what it ends with."""
        state = state_of(self.home)
        tally.tried += 1
        if state in tally.states:
            return
        tally.states.add(state)
        code, said = self.nursery.run(self.home)
        if code not in GOOD:
            tally.note(f"{name}: the next night ended with {code}: {said.strip()[:300]}")
            return
        if found := differences(self.whole, holdings(self.home)):
            tally.note(f"{name}: the next night differs in {found[:5]} ({len(found)})")
        if (taken := disk_bytes(self.home)) > ROOM * self._bytes:
            tally.note(f"{name}: {taken} bytes on the disk, {self._bytes} undisturbed")


def faults(work: Path, part: str, does: list[str], sections: list[str], every: int, first: int) -> None:
    """Disturb every N-th change of a night in each section, in the ways chosen."""
    night = Night(work, build_shim(work))
    for section in sections:
        for kinds, do, lasts in (way for way in PARTS[part] if way[1] in does):
            calls, started = night.calls(kinds, section), time.monotonic()
            chosen = [calls[at - 1] for at in choose([call.file for call in calls], every) if at >= first]
            where = f"{len(calls)} ({len({call.file for call in calls})} files) in {section or 'the rest'}"
            tally = Tally(f"{do}{' that lasts' if lasts else ''} at {kinds} of {where}, {len(chosen)} chosen")
            for call in chosen:
                name = f"{do} {kinds}{call.number} of {call.file.removeprefix(str(night.home))} from {call.moment}"
                night.reset(call.moment)
                night.disturb(tally, name, section, Fault(kinds, do, call.number, lasts))
                night.heal(tally, name)
                if tally.tried % SHOWN_EVERY == 0:
                    minutes = (time.monotonic() - started) / 60
                    print(f"  {tally.tried} of {len(chosen)}: {minutes:.0f} min, wrong {len(tally.wrong)}", flush=True)
            tally.report()
    night.nursery.close()


def choose(named: Sequence[str], every: int) -> list[int]:
    """Choose calls (from 1) by the files they change: the first and the last of each go on one file, and every N-th."""
    last = len(named)
    ends = {at for at in range(1, last + 1) if at == 1 or named[at - 2] != named[at - 1]}
    ends |= {at for at in range(1, last + 1) if at == last or named[at - 1] != named[at]}
    return sorted(ends | {*range(1, last + 1, every)})


def kills(work: Path, number: int, chance: random.Random) -> None:
    """Kill nights at random moments, some of them twice in a row."""
    night = Night(work, build_shim(work))
    tally = Tally("random kills")
    for one in range(number):
        night.reset()
        night.disturb(tally, f"kill {one}", "", Fault(""), chance.uniform(0, night.seconds))
        if chance.random() < TWICE:
            night.disturb(tally, f"second kill {one}", "", Fault(""), chance.uniform(0, night.seconds))
        night.heal(tally, f"kill {one}")
    tally.report()
    night.nursery.close()


def swaps(work: Path, number: int, readers: int = 4) -> None:
    """Swap builds while readers connect and ask twice; an answer must not change within one connection."""
    from tests.warehouse.invented_county import build_home
    from tests.warehouse.invented_filings import filing, project, received
    from warehouse.models.build import build_database
    from warehouse.store.store import open_store

    home = work / "swapped"
    build_home(home, [("a.docx", 0, filing("甲镇", [project()]))])
    done, asked, failed = threading.Event(), [0] * readers, [0] * readers

    def read(reader: int) -> None:
        while not done.is_set():
            asked[reader] += 1
            try:
                with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
                    answers = {
                        connection.execute("select count(*) from core.filings").fetchall()[0][0] for _ in range(2)
                    }
                    failed[reader] += len(answers) != 1
            except duckdb.Error:
                failed[reader] += 1

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(readers)]
    for thread in threads:
        thread.start()
    for night in range(number):
        store = open_store(home, "v1")
        store.journal(received(f"{night}.docx", f"{night + 1:064x}"), "docx", None, filing("乙镇", [project()]))
        store.commit()
        build_database(home)
    done.set()
    for thread in threads:
        thread.join()
    print(f"swaps: {number} under {readers} readers, {sum(asked)} connections, failed {sum(failed)}", flush=True)


def nights(work: Path, number: int, chance: random.Random) -> None:
    """Live through the same nights twice, undisturbed and with kills; after each night both homes must hold the same."""
    shim = build_shim(work)
    nursery, tally = Nursery(shim), Tally(f"{number} nights")
    story = many_nights(work, number, chance)
    home, calm, rough = work / "home", work / "calm", work / "rough"
    for place in (calm, rough):
        (place / "inbox").mkdir(parents=True)
    shim.set(home, Fault(""))
    for night in range(number):
        held: list[dict[str, str]] = []
        for place in (calm, rough):
            place.rename(home)
            for arrival in of_night(story, night):
                arrival.happen(home / "inbox")
            if place is rough:
                tally.landed += nursery.run(home, chance.uniform(0, 12))[0] == KILLED
            code, said = nursery.run(home)
            if code not in GOOD:
                tally.note(f"night {night + 1} ended with {code}: {said.strip()[:300]}")
            held.append(holdings(home))
            home.rename(place)
        tally.tried += 1
        if found := differences(*held):
            tally.note(f"night {night + 1} differs in {found[:5]} ({len(found)})")
        parts = " ".join(f"{name} {disk_bytes(rough / name) / 1e6:.1f}" for name in ("published", "builds", "state"))
        sizes = f"{disk_bytes(calm) / 1e6:.1f} / {disk_bytes(rough) / 1e6:.1f} MB ({parts})"
        print(f"  night {night + 1}: {len(list(of_night(story, night)))} events, {sizes}", flush=True)
    lost = [path.name for path in (rough / "inbox").iterdir() if not _is_known(rough, path)]
    if lost:
        tally.note(f"files of the inbox that are neither stored nor rejected: {lost}")
    tally.report()
    nursery.close()


def _is_known(home: Path, file: Path) -> bool:
    """Tell whether a file's bytes are stored or rejected; the same bytes under two names are one filing."""
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        asked = "select 1 from core.filings where filing_id = $1 union all select 1 from core.rejected_files where sha256 = $1"
        return bool(connection.execute(asked, [hash_file(file)]).fetchall())


def _copy(home: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run(["cp", "-a", str(home), str(place)], check=True)


def main() -> None:
    """Run one part in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=[*PARTS, "kills", "swaps", "nights"])
    parser.add_argument("--in", nargs="*", default=list(SECTIONS), dest="sections", choices=list(SECTIONS))
    parser.add_argument(
        "--do", nargs="*", default=["kill", "ENOSPC", "EIO"], dest="does", choices=["kill", "ENOSPC", "EIO"]
    )
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--number", type=int, default=0, help="how many kills (200), swaps (50) or nights (24)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--place", type=Path, help="a folder to work in; in memory is quickest")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory(prefix="jixiao-soak-", dir=chosen.place) as folder:
        work = Path(folder)
        match chosen.part:
            case "kills":
                kills(work, chosen.number or 200, chance)
            case "swaps":
                swaps(work, chosen.number or 50)
            case "nights":
                nights(work, chosen.number or 24, chance)
            case part:
                faults(work, part, chosen.does, chosen.sections, chosen.every, chosen.first)


if __name__ == "__main__":
    main()
