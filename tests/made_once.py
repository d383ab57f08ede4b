"""What is costly to make, made once for all workers of a run."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.county.files import locked_file


def made_once(factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder that ``make`` fills: the first worker that asks makes it, the others wait. Who changes it copies it."""
    base = factory.getbasetemp()
    place = (base if worker_id == "master" else base.parent) / name
    with locked_file(place):
        if not place.exists():
            beside = place.with_name(f"{name}.new")
            shutil.rmtree(beside, ignore_errors=True)  # of a worker whose making failed
            beside.mkdir()
            make(beside)
            beside.rename(place)
    return place
