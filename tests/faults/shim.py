"""Faults at a chosen change of a file: builds the preload library and runs a command under it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

SOURCE = Path(__file__).with_name("shim.c")
COMPILERS = ("cc", "gcc", "clang")
NAMES, WRITES, SYNCS = "n", "w", "s"


@dataclass(frozen=True)
class Fault:
    """The ``at``-th call (from 1; 0: none) of these kinds under a folder; ``lasts``: and every later one."""

    kinds: str
    do: str = "kill"
    at: int = 0
    lasts: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a command ended under a fault, and how many calls of the fault's kinds it made."""

    code: int
    said: str
    calls: int


def build_shim(folder: Path) -> Path:
    """Compile the library into a folder."""
    compiler = next(path for name in COMPILERS if (path := shutil.which(name)))
    library = folder / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def run_under(
    library: Path, root: Path, fault: Fault, arguments: Sequence[str], seconds: float = 300, **environment: str
) -> Outcome:
    """Run Python with these arguments while a fault waits for it under ``root``; all of its processes are gone after."""
    counter = library.with_name("counter")
    counter.write_bytes(bytes(8))
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JIXIAO_", "PREFECT_"))}
    faults = {
        "LD_PRELOAD": str(library),
        "FAULT_ROOT": str(root.resolve()),
        "FAULT_COUNTER": str(counter),
        "FAULT_KINDS": fault.kinds,
        "FAULT_AT": str(fault.at),
        "FAULT_DO": fault.do,
        "FAULT_LASTS": "1" if fault.lasts else "0",
    }
    process = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, **environment, **faults, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=seconds,
        start_new_session=True,  # a kill takes the whole group, as a power cut would
        check=False,
    )
    return Outcome(process.returncode, process.stdout, int.from_bytes(counter.read_bytes(), sys.byteorder))
