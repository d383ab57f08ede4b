"""A home made by an older program opens, is migrated, and gives the same figures."""

import csv
import shutil
from pathlib import Path

from pipelines.night.state import open_night
from pipelines.night.steps import build, steps
from tests.warehouse.store.home_of_6dad290.make import NAMES, fill_inbox, read_figures
from warehouse.home import Home

OLDER = Path(__file__).parent / "home_of_6dad290"


def run(home: Home) -> tuple[int, int]:
    """Do a night up to the database; give how many files were new and how many were read again."""
    night = open_night(home, None, workers=2)
    for step in steps(night):
        step.call(night)
        if step.call is build:
            break
    assert night.rejections == []
    return len(night.plan.new), len(night.plan.changed)


def expected() -> list[list[str]]:
    with (OLDER / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_home_of_6dad290_is_migrated_and_gives_the_same_figures(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(OLDER / "parquet", home.parquet)
    shutil.copytree(OLDER / "state", home.path / "state")
    fill_inbox(home.inbox)
    older = {path.parent for path in home.parquet.glob("indicators/*/part-*.parquet")}
    assert run(home) == (0, len(NAMES))
    assert older and not any(folder.exists() for folder in older)
    assert {path.parent.name[:12] for path in home.parquet.glob("indicators/**/*.parquet")} == {"fiscal_year="}
    assert read_figures(home.database) == expected()
    assert run(home) == (0, 0)


def test_filings_that_have_left_the_inbox_stay_with_their_figures(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(OLDER / "parquet", home.parquet)
    shutil.copytree(OLDER / "state", home.path / "state")
    home.inbox.mkdir(parents=True)
    assert run(home) == (0, 0)
    assert read_figures(home.database) == expected()
