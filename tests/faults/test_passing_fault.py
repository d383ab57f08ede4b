"""A disk that refuses one write and takes the next: what it refused is there after the next night at the latest."""

import shutil
from pathlib import Path

import pytest

from tests.faults.holdings import differences, holdings
from tests.faults.shim import WRITES, Fault, Shim, build_shim, run_under
from tests.faults.story import of_night, two_nights

pytestmark = pytest.mark.needs_compiler


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Shim:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory, library: Shim) -> Path:
    """A home with filings of which none is read yet."""
    work = tmp_path_factory.mktemp("evening")
    (work / "home" / "inbox").mkdir(parents=True)
    for arrival in of_night(two_nights(work), 0):
        arrival.happen(work / "home" / "inbox")
    return work / "home"


@pytest.fixture(scope="module")
def whole(evening: Path, library: Shim) -> dict[str, str]:
    """What an undisturbed night makes of it."""
    assert run(library, renew(evening), Fault("")) == 0
    return holdings(evening.with_name("night"))


def renew(evening: Path) -> Path:
    """Put the evening's home where all nights run: a home knows its own place."""
    home = evening.with_name("night")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(evening, home)
    return home


def run(library: Shim, home: Path, fault: Fault, below: str = "") -> int:
    """Run a night while a fault waits for it below a place of the home; give its exit code."""
    command = ["-m", "pipelines.cli", "--home", str(home), "run", "--workers", "1"]
    return run_under(library, home / below, fault, command).code


@pytest.mark.parametrize(
    ("place", "at", "ends"),
    [
        pytest.param("state/source_pages", 2, 1, id="a filing's page"),
        pytest.param("state/returned", 1, 1, id="a commented copy"),
        pytest.param(".history.new", 3, 0, id="the database of publications, which no night waits for"),
    ],
)
def test_what_the_disk_refused_is_made_the_next_night(
    evening: Path, whole: dict[str, str], library: Shim, place: str, at: int, ends: int
) -> None:
    home = renew(evening)
    assert run(library, home, Fault(WRITES, "EIO", at), place) == ends
    assert library.calls() >= at, "the fault was met"
    assert run(library, home, Fault("")) == 0
    assert differences(whole, holdings(home)) == []
