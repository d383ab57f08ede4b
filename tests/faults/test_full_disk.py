"""A disk that is full at any moment of a build leaves the good database in place, and the next night heals."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.faults.shim import WRITES, Fault, Shim, build_shim, run_under
from tests.warehouse.invented_county import County
from tests.warehouse.invented_filings import filing, project, received
from warehouse.models.build import build_database
from warehouse.store.store import open_store

pytestmark = pytest.mark.needs_compiler

BUILD = [
    "-c",
    "import sys; from pathlib import Path; import warehouse.models.build as b; b.build_database(Path(sys.argv[1]))",
]
POINTS = 7
"""Moments tried here; ``tests/faults/soak.py`` tries every one."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Shim:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture
def home(small_county: County, tmp_path: Path) -> Path:
    shutil.copytree(small_county.home, tmp_path / "home", symlinks=True)
    store = open_store(tmp_path / "home", "v1")
    store.journal(received("b.docx", "b" * 64), "docx", None, filing("乙镇", [project()]))
    store.commit()
    return tmp_path / "home"


def filings(home: Path) -> int:
    with duckdb.connect(str((home / "county.duckdb").resolve()), read_only=True) as connection:
        return int(connection.execute("select count(*) from core.filings").fetchall()[0][0])


def test_a_full_disk_leaves_the_good_database_and_the_next_night_heals(home: Path, library: Shim) -> None:
    calls = run_under(library, home, Fault(WRITES), [*BUILD, str(home)]).calls
    assert calls > POINTS, "the library sees the writes"
    assert filings(home) == 2
    for at in sorted({1 + (calls - 1) * step // (POINTS - 1) for step in range(POINTS)}):
        store = open_store(home, "v1")
        store.journal(received(f"{at}.docx", f"{at:064x}"), "docx", None, filing("丙镇", [project()]))
        store.commit()
        before = filings(home)
        ended = run_under(library, home, Fault(WRITES, "ENOSPC", at, lasts=True), [*BUILD, str(home)])
        assert ended.code != 0, f"write {at} failed and nobody noticed"
        assert filings(home) == before, f"write {at}"
        build_database(home)
        assert filings(home) == before + 1, f"after write {at}"
