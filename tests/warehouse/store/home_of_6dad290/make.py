"""Makes this home with the program of 6dad290: python tests/warehouse/store/home_of_6dad290/make.py FOLDER.

FOLDER is a checkout of that commit. The home keeps what a later program must open: the Parquet parts, the manifest, the
county's files, and ``figures.csv``, what its database said. Its filings are the invented samples of this repository.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
SAMPLES = HERE.parents[3] / "pipelines" / "samples" / "filings"
NAMES = (
    "【虚构样例】平川镇2023年部门预算绩效目标.docx",
    "【虚构样例】平川镇2023年项目支出绩效自评表.docx",
    "【虚构样例】双龙河乡2023年部门预算绩效目标.pdf",
)
RECEIVED = 1_672_876_800
"""2023-01-05 in UTC: the files' own time."""

FIGURES = """
    select
        f.file_name, p.project_name, p.budget_yuan, i.indicator_raw, i.target_raw, i.value_low, i.value_high, i.due_date,
        i.actual_raw, i.score
    from core.indicators as i
    inner join core.projects as p using (filing_id, project_no)
    inner join core.filings as f using (filing_id)
    where f.is_current
    order by all
"""


def fill_inbox(inbox: Path) -> None:
    """Lay the filings into an inbox, with the time at which the old home received them."""
    inbox.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        shutil.copyfile(SAMPLES / name, inbox / name)
        os.utime(inbox / name, (RECEIVED, RECEIVED))


def read_figures(database: Path) -> list[list[str]]:
    """Give what a home's database says, as text."""
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        return [
            ["" if value is None else str(value) for value in row] for row in connection.execute(FIGURES).fetchall()
        ]


def main(checkout: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill_inbox(home / "inbox")
        command = [sys.executable, "-m", "pipelines.cli", "--home", str(home), "run"]
        subprocess.run(command, cwd=checkout, env={**os.environ, "PYTHONPATH": checkout}, check=True)
        shutil.rmtree(HERE / "parquet", ignore_errors=True)
        shutil.copytree(home / "parquet", HERE / "parquet")
        (HERE / "state").mkdir(exist_ok=True)
        shutil.copyfile(home / "state" / "manifest.json", HERE / "state" / "manifest.json")
        with (HERE / "figures.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(read_figures(home / "county.duckdb"))


if __name__ == "__main__":
    main(sys.argv[1])
