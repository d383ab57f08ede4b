"""Faults at a chosen change of a file: builds the preload library and runs a command under it."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

SOURCE = Path(__file__).with_name("shim.c")
COMPILERS = ("cc", "gcc", "clang")
NAMES, WRITES, SYNCS = "n", "w", "s"
PLAN = struct.Struct("@LLL8s16s256s3800sl")
"""The library's ``struct plan``: calls so far, number of the one that fails, whether it lasts, kinds, what, without, root,
group."""
GROUP = struct.Struct("@l")


@dataclass(frozen=True)
class Fault:
    """The ``at``-th call (from 1; 0: none) of these kinds under a folder; ``lasts``: and every later one.

    ``do`` is kill, ENOSPC or EIO; list only notes the files.

    ``without`` names what lies in the folder and does not count.
    """

    kinds: str
    do: str = "kill"
    at: int = 0
    lasts: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How a command ended under a fault, and how many calls of the fault's kinds it made."""

    code: int
    said: str
    calls: int


@dataclass(frozen=True)
class Shim:
    """The library, and the file through which it is told what is to fail."""

    library: Path

    @property
    def named(self) -> Path:
        """The file that the library names files in whose changes it counts, where the plan asks for that."""
        return self.library.with_name("plan.calls")

    @property
    def plan(self) -> Path:
        """The file of the plan."""
        return self.library.with_name("plan")

    def environment(self) -> dict[str, str]:
        """What a program's environment needs to run under the library, and nothing of the person who tests."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JIXIAO_", "PREFECT_"))}
        return {
            **inherited,
            "LD_PRELOAD": str(self.library),
            "FAULT_PLAN": str(self.plan),
            "PYTHONPATH": str(ROOT),
        }

    def set(self, root: Path, fault: Fault) -> None:
        """Let this fault wait under a folder, whose calls are counted from none."""
        without = "".join(f"{name}\n" for name in fault.without)
        texts = (text.encode() for text in (fault.kinds, fault.do, without, str(root.resolve())))
        with self.plan.open("r+b") as file:  # in place: programs have the file mapped
            file.write(PLAN.pack(0, fault.at, fault.lasts, *texts, 0))

    def calls(self) -> int:
        """Give the number of calls since the plan was set."""
        return int(PLAN.unpack(self.plan.read_bytes())[0])

    def take_names(self) -> list[str]:
        """Give the files of the calls since the last time, one a call; the plan must have asked (``do``: list)."""
        names = self.named.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        self.named.unlink()
        return names


def kill_this_group() -> None:
    """Let a kill take this process's group, whoever makes the call: workers may belong to a server that is to stay."""
    with Path(os.environ["FAULT_PLAN"]).open("r+b") as file:
        file.seek(PLAN.size - GROUP.size)
        file.write(GROUP.pack(os.getpid()))


def build_shim(folder: Path) -> Shim:
    """Compile the library into a folder."""
    compiler = next(path for name in COMPILERS if (path := shutil.which(name)))
    library = folder / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    shim = Shim(library)
    shim.plan.write_bytes(bytes(PLAN.size))
    return shim


def run_under(shim: Shim, root: Path, fault: Fault, arguments: Sequence[str], seconds: float = 300) -> Outcome:
    """Run Python with these arguments while a fault waits for it under ``root``."""
    shim.set(root, fault)
    process = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=shim.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=seconds,
        start_new_session=True,  # a kill takes the whole group, as a power cut would
        check=False,
    )
    return Outcome(process.returncode, process.stdout, shim.calls())
