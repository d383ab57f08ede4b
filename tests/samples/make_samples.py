"""Draws a set of invented filings in every layout, with the truth of every field.

``python -m tests.samples.make_samples OUT --seed N [--each K] [--pdf]`` writes OUT/inbox and OUT/truth.json; the
same seed gives the same DOCX files. Such a set measures how well reading holds on forms that nobody looked at.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from random import Random

from tests.samples.drawing import Block, Sheet, draw_docx
from tests.samples.facts import FilingFact, Json, filing_truth
from tests.samples.forms import Look, draw_look
from tests.samples.invention import draw_filing
from tests.samples.layouts.catalogue import LAYOUTS, Layout
from tests.samples.layouts.hebei import draw_narrative
from tests.samples.surroundings import closing, contents, cover, edited, other_tables
from tests.samples.vocabulary import places

_FONTS = ("宋体", "仿宋", "黑体", "楷体")


def draw_sample(seed: str, name: str, layout: Layout, variant: int) -> tuple[FilingFact, Look, bytes]:
    """Draw one filing: its facts, its look and its DOCX; ``variant`` counts the filings of this layout."""
    rng = Random(f"{seed}/{name}/{variant}")
    filing = draw_filing(
        rng,
        county=rng.choice(("澄溪县", "陌川县", "榴江区")),
        township=rng.choice(places()),
        year=rng.choice((2021, 2022, 2023, 2024, 2025)),
        layout=name,
        taxonomy=rng.choice(layout.taxonomies),
        money_unit=rng.choice(layout.money_units),
        columns=layout.columns,
        most_projects=layout.most_projects,
        narrative=layout.narrative and variant % 2 == 1,
    )
    filing = layout.adapts[variant % len(layout.adapts)](rng, filing)
    look = draw_look(rng, layout.units, variant)
    return filing, look, draw_docx(draw_sheet(rng, filing, look, layout))


def draw_sheet(rng: Random, filing: FilingFact, look: Look, layout: Layout) -> Sheet:
    """Draw the whole document: what stands before the forms, the forms, what stands behind them."""
    blocks: list[Block] = []
    neutral = is_neutral(look)
    if neutral or rng.random() < 0.5:
        blocks += cover(filing)
        blocks += contents(filing) if rng.random() < 0.4 else []
    if rng.random() < 0.5:
        others = other_tables(rng, filing)
        # Their notes name a money unit, which would hold for the whole document.
        blocks += others if look.unit_in != "missing" else []
    if filing.goals:
        blocks += draw_narrative(filing.goals, filing.safeguards, filing.overall)
    blocks += layout.draw(rng, filing, look)
    if rng.random() < 0.3:
        blocks += closing()
    if rng.random() < 0.5:
        blocks = edited(rng, blocks, deletions=rng.random() < 0.4)
    return Sheet(
        tuple(blocks),
        layout.landscape,
        f"{filing.township}{filing.year}年部门预算公开" if rng.random() < 0.5 else "",
        rng.choice(("", "第#页", "— # —", "- # -")),
        rng.choice(_FONTS),
        f"{filing.township}绩效目标",
    )


def is_neutral(look: Look) -> bool:
    """Tell whether the file's name says neither township nor year: every third filing of a layout."""
    return look.variant % 3 == 1


def file_stem(filing: FilingFact, look: Look) -> str:
    """Give the file name without its ending."""
    if is_neutral(look):
        return f"绩效目标申报材料_{filing.layout}_{look.variant:02d}"
    return f"{filing.township}{filing.year}年部门预算绩效目标_{filing.layout}_{look.variant:02d}"


def sample_truth(filing: FilingFact, look: Look, layout: Layout, pdf: bool = True) -> dict[str, Json]:
    """Give the truth of one filing; amounts without any unit are no amounts."""
    prints = layout.prints - ({"budget"} if look.unit_in == "missing" else set())
    return filing_truth(filing, prints, ("docx", "pdf") if pdf else ("docx",))


def convert_to_pdf(files: list[Path], folder: Path) -> None:
    """Convert DOCX files to PDF with one LibreOffice start."""
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("PDF samples need LibreOffice (soffice)")
    with tempfile.TemporaryDirectory() as profile:
        options = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        names = [str(file) for file in files]
        subprocess.run([office, *options, "--outdir", str(folder), *names], check=True, capture_output=True)


def make_samples(out: Path, seed: str, each: int, pdf: bool) -> None:
    """Write ``each`` filings of every layout, and their truth."""
    inbox = out / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    truth: dict[str, Json] = {}
    files = []
    for name, layout in LAYOUTS.items():
        for variant in range(each):
            filing, look, data = draw_sample(seed, name, layout, variant)
            stem = file_stem(filing, look)
            files.append(inbox / f"{stem}.docx")
            files[-1].write_bytes(data)
            truth[stem] = sample_truth(filing, look, layout, pdf)
    (out / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if pdf:
        convert_to_pdf(files, inbox)


def main() -> None:
    """Read the arguments and write the set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--pdf", action="store_true")
    arguments = parser.parse_args()
    make_samples(arguments.out, arguments.seed, arguments.each, arguments.pdf)


if __name__ == "__main__":
    main()
