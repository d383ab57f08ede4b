"""Draws invented filings in every layout, runs the main job on them, and scores what was read: ``make accuracy``.

``python -m tests.accuracy.measure [--seed S] [--each N] [--keep FOLDER]``. DOCX, and PDF where LibreOffice is there. Where
labelled filings lie beside the project (``../shared/accuracy/*/inbox`` with ``truth.json``), they are scored too.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.accuracy.score import Tally, score, show
from tests.accuracy.truth import read_truth
from tests.places import ROOT, SHARED
from tests.samples.make_samples import make_samples

SOME_REJECTED = 3
"""Exit code of a run that is done, with filings that were not loaded: their fields count as missed."""


def read_inbox(inbox: Path, home: Path) -> Path:
    """Run the main job as a user does; give the database."""
    command = [sys.executable, "-m", "pipelines.cli", "--home", str(home), "run", "--inbox", str(inbox), "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode not in (0, SOME_REJECTED):
        raise RuntimeError(f"jixiao run ended with {run.returncode}:\n{run.stderr[-2000:]}")
    return home / "county.duckdb"


def score_invented(folder: Path, seed: str, each: int, pdf: bool) -> Tally:
    """Draw ``each`` filings of every layout into the folder, read and score them."""
    make_samples(folder, seed, each, pdf)
    return score(read_inbox(folder / "inbox", folder / "home"), read_truth(folder / "truth.json"))


def main() -> None:
    """Read the arguments, score the invented filings, then those that lie beside the project."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="accuracy")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="keep filings and databases in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = arguments.keep or Path(passing)
        pdf = shutil.which("soffice") is not None
        print(f"invented filings, {'DOCX and PDF' if pdf else 'DOCX only: LibreOffice is not there'}")
        show(
            score_invented(folder / "invented", arguments.seed, arguments.each, pdf), ("format", "layout", "field"), 10
        )
        for truth in sorted(SHARED.glob("accuracy/*/truth.json")):
            name = truth.parent.name
            print(f"\n{name}, beside the project")
            database = read_inbox(truth.parent / "inbox", folder / name)
            show(score(database, read_truth(truth)), ("format", "field"), 10)


if __name__ == "__main__":
    main()
