"""The long proof: a night killed or failed at each of its changes, then random kills, swaps under readers, and nights.

``python -m tests.faults.soak --every N`` tries every N-th change of names, write and flush (1: all of them);
``--kills`` random kills: each ends with a run that must equal an undisturbed one. ``--swaps`` swaps under four readers
must give whole answers; ``--nights`` nights with arrivals, corrections and hostile files show how the home grows and
which night did not end well. Prints one line a test, and the figures.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.faults.shim import NAMES, SYNCS, WRITES, Fault, build_shim, run_under
from tests.pipelines.night.test_killed import kept
from tests.places import ROOT, SAMPLES

FILES = sorted(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size)
FAULTS = ((NAMES, "kill", False), (WRITES, "ENOSPC", True), (WRITES, "EIO", False), (SYNCS, "EIO", False))
HOSTILE = {
    "空.docx": b"",
    "坏.docx": b"PK\x03\x04" + bytes(200),
    "假.pdf": b"%PDF-1.7\n" + bytes(300),
    "乱码.doc": bytes(range(256)) * 8,
    "长.txt": "长".encode() * 50_000,
}


def command(home: Path) -> list[str]:
    return ["-m", "pipelines.cli", "--home", str(home), "run", "--workers", "1"]


def run(home: Path) -> int:
    return subprocess.run([sys.executable, *command(home)], cwd=ROOT, capture_output=True, check=False).returncode


@contextmanager
def second_night(work: Path) -> Iterator[tuple[Path, Path]]:
    """Give a home after its first night with news in the inbox, and the same home after an undisturbed second one."""
    before, after = work / "before", work / "after"
    (before / "inbox").mkdir(parents=True)
    shutil.copy2(FILES[0], before / "inbox" / "甲.docx")
    assert run(before) == 0
    shutil.copy2(FILES[1], before / "inbox" / "乙.docx")
    shutil.copytree(before, after, symlinks=True)
    assert run(after) == 0
    yield before, after


def rows(home: Path) -> dict[str, int]:
    """Count the rows of every table that readers see; raises where the database is not whole."""
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart')"
        ).fetchall()
        return {n: connection.execute(f"select count(*) from {n}").fetchall()[0][0] for (n,) in names}


def faults(work: Path, every: int) -> None:
    library = build_shim(work)
    with second_night(work) as (before, after):
        whole, counts = kept(after), (rows(before), rows(after))
        for kinds, do, lasts in FAULTS:
            home = work / "home"
            tried, wrong = 0, []
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(before, home, symlinks=True)
            calls = run_under(library, home, Fault(kinds), command(home)).calls
            for at in range(1, calls + 1, every):
                shutil.rmtree(home, ignore_errors=True)
                shutil.copytree(before, home, symlinks=True)
                run_under(library, home, Fault(kinds, do, at, lasts), command(home))
                seen = rows(home)
                healed = run(home)
                tried += 1
                if seen not in counts or healed != 0 or kept(home) != whole:
                    wrong.append(at)
            print(f"{do} at {kinds}: {calls} calls, {tried} tried, wrong {len(wrong)} {wrong[:10]}", flush=True)


def kills(work: Path, number: int, seed: int) -> None:
    chance = random.Random(seed)
    with second_night(work) as (before, after):
        whole, counts, wrong, landed = kept(after), (rows(before), rows(after)), 0, 0
        started = time.monotonic()
        shutil.copytree(before, work / "timed", symlinks=True)
        run(work / "timed")
        lasts = time.monotonic() - started
        for _ in range(number):
            home = work / "home"
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(before, home, symlinks=True)
            process = subprocess.Popen(
                [sys.executable, *command(home)],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                process.wait(chance.uniform(0, lasts))
            except subprocess.TimeoutExpired:
                subprocess.run(["kill", "-KILL", f"-{process.pid}"], check=False)
                landed += process.wait() == -signal.SIGKILL
            seen = rows(home)
            wrong += run(home) != 0 or seen not in counts or kept(home) != whole
        print(f"random kills: {number} tried, {landed} landed, wrong {wrong}", flush=True)


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


def nights(work: Path, number: int, seed: int) -> None:
    """Let filings arrive, be corrected and be hostile, night after night; print what ended ill and how the home grew."""
    chance = random.Random(seed)
    home = work / "nights"
    inbox = home / "inbox"
    inbox.mkdir(parents=True)
    sizes, waiting = [], list(FILES)
    for night in range(number):
        for _ in range(chance.randint(0, 2)):
            if waiting:
                shutil.copy2(waiting.pop(0), inbox)
        here = sorted(inbox.iterdir())
        if here and chance.random() < 0.3:
            shutil.copy2(chance.choice(FILES), chance.choice(here))
        if chance.random() < 0.3:
            name, content = chance.choice(list(HOSTILE.items()))
            (inbox / name).write_bytes(content)
        code = run(home)
        if code not in (0, 3):
            print(f"night {night + 1} ended with {code}", flush=True)
        sizes.append(
            sum(p.stat().st_size for p in {p.stat().st_ino: p for p in home.rglob("*") if p.is_file()}.values())
        )
    print(f"nights: {number}, home {sizes[0] / 1e6:.1f} → {sizes[-1] / 1e6:.1f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--swaps", type=int, default=0)
    parser.add_argument("--nights", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    for wanted, test in (
        (chosen.every, lambda work: faults(work, chosen.every)),
        (chosen.kills, lambda work: kills(work, chosen.kills, chosen.seed)),
        (chosen.swaps, lambda work: swaps(work, chosen.swaps)),
        (chosen.nights, lambda work: nights(work, chosen.nights, chosen.seed)),
    ):
        if wanted:
            with tempfile.TemporaryDirectory(prefix="jixiao-soak-") as folder:
                test(Path(folder))


if __name__ == "__main__":
    main()
