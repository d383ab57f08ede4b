"""Draws the invented county's filings that ``jixiao demo`` shows, and its registry of townships.

``python -m tests.samples.county.make`` writes ``filings/*.docx`` and ``config/townships.csv`` again, the same bytes
each time; with ``--pdf`` also the PDF filings, which LibreOffice draws anew.
"""

import argparse
import csv
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.places import ROOT
from tests.samples.codes import INVENTED_DIVISION
from tests.samples.county.facts import county_filing
from tests.samples.county.faults import corrected, with_actuals, with_faults
from tests.samples.county.words import FILE_MARK, NOTICE, YEARS, TownshipWords, townships
from tests.samples.drawing import Block, Line, Sheet, draw_docx
from tests.samples.facts import FilingFact
from tests.samples.forms import Look
from tests.samples.layouts.catalogue import LAYOUTS
from tests.samples.make_samples import convert_to_pdf
from tests.samples.surroundings import cover, other_tables

SAMPLES = ROOT / "pipelines" / "samples"
"""The filings that ship with the demo; their inventor stays with the tests."""
FILINGS = SAMPLES / "filings"
REGISTRY = SAMPLES / "config" / "townships.csv"
_CORRECTION = ("清水乡", 2024, "防汛抗旱经费")
"""The township, year and project of the one filing that a corrected one replaces."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented filing: its facts, the file's name without ending, and the formats it is shipped in."""

    filing: FilingFact
    stem: str
    formats: tuple[str, ...]


def samples() -> Iterator[Sample]:
    """Give the invented filings in a fixed order."""
    for township in townships():
        for year, layout in township.forms.items():
            plain = county_filing(township, year, layout)
            stem = f"{FILE_MARK}{township.township}{year}年部门预算绩效目标"
            formats = township.formats if year == YEARS[0] or township.formats != ("docx", "pdf") else ("docx",)
            yield Sample(with_faults(plain), stem, formats)
            if (township.township, year) == _CORRECTION[:2]:
                yield Sample(corrected(plain, _CORRECTION[2]), f"{stem}（更正）", ("docx",))
        if township.self_evaluation:
            yield _self_evaluation(township)


def _self_evaluation(township: TownshipWords) -> Sample:
    filing = county_filing(township, YEARS[0], township.self_evaluation)
    stem = f"{FILE_MARK}{township.township}{YEARS[0]}年项目支出绩效自评表"
    return Sample(with_actuals(filing), stem, ("docx",))


def draw_sheet(sample: Sample) -> Sheet:
    """Draw one filing: the notice that it is invented, a cover, other tables in some, the forms."""
    filing = sample.filing
    layout = LAYOUTS[filing.layout]
    rng = Random(f"county/{filing.township}/{filing.layout}")
    blocks: list[Block] = [Line(NOTICE, 24, True, "center"), *cover(filing)]
    if filing.layout in ("mof", "sichuan", "selfeval"):
        blocks += other_tables(rng, filing)
    blocks += layout.draw(rng, filing, county_look(filing))
    head = f"虚构样例　{filing.township}{filing.year}年"
    return Sheet(tuple(blocks), layout.landscape, head, "第#页", "宋体", f"虚构样例 {sample.stem}")


def county_look(filing: FilingFact) -> Look:
    """Give the look of a township's filings: the same in all years."""
    variant = int(filing.unit_code[:3]) % 2
    levels = ("merged", "merged", "mixed", "blank")[int(filing.unit_code[:3]) % 4]
    look = Look(levels=levels, unit_in="note", size=18, head_repeats=True, new_page=False, variant=variant)
    return replace(look, levels="merged") if filing.layout in ("two_period", "sichuan", "many") else look


def registry_bytes() -> bytes:
    """Give the registry of townships as a CSV that opens in a spreadsheet (UTF-8 with BOM)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("township", "aliases", "division_code", "unit_codes", "villages", "population", "expected_kinds"))
    for place, township in enumerate(townships(), 1):
        alias = f"{township.township}人民政府"
        division = f"{INVENTED_DIVISION}{100 + place}"
        kinds = "targets、self_evaluation" if township.self_evaluation else "targets"
        row = (township.township, alias, division, township.unit_code, township.villages, township.population, kinds)
        writer.writerow(row)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def write_filings(folder: Path, pdf: bool) -> None:
    """Write the invented filings; PDF ones only where asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        to_convert = []
        for sample in samples():
            data = draw_docx(draw_sheet(sample))
            if "docx" in sample.formats:
                (folder / f"{sample.stem}.docx").write_bytes(data)
            if "pdf" in sample.formats:
                to_convert.append(Path(temporary) / f"{sample.stem}.docx")
                to_convert[-1].write_bytes(data)
        if pdf:
            convert_to_pdf(to_convert, folder)


def main() -> None:
    """Read the arguments and write the county's files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", action="store_true", help="draw the PDF filings too (needs LibreOffice)")
    arguments = parser.parse_args()
    write_filings(FILINGS, arguments.pdf)
    REGISTRY.parent.mkdir(parents=True, exist_ok=True)
    REGISTRY.write_bytes(registry_bytes())


if __name__ == "__main__":
    main()
