"""A run that is killed, or interrupted by a person, loses nothing: the next one ends as if undisturbed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipelines.test_e2e import run_on
from tests.places import ROOT, SAMPLES

WAIT_SECONDS = 90


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "inbox"
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*.docx"))[:6]:
        shutil.copy2(path, folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(inbox: Path) -> dict[str, bytes]:
    return kept(run_on(inbox.parent / "undisturbed", inbox).home)


def kept(home: Path) -> dict[str, bytes]:
    """Give what a home holds for others: the Parquet store, the registry and the checksums of what is published."""
    files = [*(home / "parquet").rglob("*.parquet"), *(home / "config").glob("*.csv")]
    files += (home / "published" / "latest").glob("SHA256SUMS")
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def stop_when(home: Path, inbox: Path, reached: Callable[[], bool], how: signal.Signals) -> "subprocess.Popen[str]":
    """Start a run and send it a signal as soon as it has come so far."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JIXIAO_", "PREFECT_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "--home", str(home), "run", "--inbox", str(inbox), "--workers", "1"],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    deadline = time.monotonic() + WAIT_SECONDS
    while not reached() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(how)
    process.wait(WAIT_SECONDS)
    return process


def journalled(home: Path) -> bool:
    return any((home / "state" / "journal").glob("*.filing"))


def building(home: Path) -> bool:
    return any((home / "builds").glob("building*"))


def publishing(home: Path) -> bool:
    return any((home / "published").glob(".*.new"))


@pytest.mark.parametrize("stage", [journalled, building, publishing])
def test_a_run_after_a_kill_ends_as_if_undisturbed(
    stage: Callable[[Path], bool], inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    stop_when(home, inbox, lambda: stage(home), signal.SIGKILL)
    again = run_on(home, inbox)
    assert again.code == 0
    assert kept(home) == undisturbed
    assert not journalled(home)
    assert not building(home)
    assert not publishing(home)


def test_ctrl_c_says_what_is_kept(inbox: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    home = tmp_path / "home"
    process = stop_when(home, inbox, lambda: journalled(home), signal.SIGINT)
    assert process.returncode == 1
    said = process.communicate()[1]
    assert "已中断" in said
    assert "Traceback" not in said
    assert run_on(home, inbox).code == 0
    assert kept(home) == undisturbed
