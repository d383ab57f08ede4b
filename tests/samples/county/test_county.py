"""The shipped samples: drawn by the script, labelled as invented, read as drawn."""

import csv
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from statistics import median

import pypdfium2
import pytest

from extractors.reading import read_filing
from tests.samples.codes import INVENTED_DIVISION, check_character, project_code
from tests.samples.county.facts import county_filing
from tests.samples.county.faults import plant_fault
from tests.samples.county.make import FILINGS, REGISTRY, Sample, draw_sheet, registry_bytes, samples
from tests.samples.county.words import COUNTY, FILE_MARK, NOTICE, county_indicators, faults, outliers, townships
from tests.samples.drawing import draw_docx
from tests.samples.facts import FilingFact, filing_truth
from tests.samples.layouts.catalogue import LAYOUTS
from transforms.filings import transform
from warehouse.county.registry import load_registry

REAL = "李钊庄镇2023年部门预算绩效文本.docx"
DRAWN = [sample for sample in samples() if "docx" in sample.formats]
PDFS = sorted(FILINGS.glob("*.pdf"))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_drawing_again_gives_the_shipped_filings():
    # Parts, not archives: how well an archive is packed depends on the machine's zlib.
    for sample in DRAWN:
        shipped = (FILINGS / f"{sample.stem}.docx").read_bytes()
        assert parts_of(shipped) == parts_of(draw_docx(draw_sheet(sample))), sample.stem


def test_drawing_twice_gives_the_same_bytes():
    sample = DRAWN[0]
    assert draw_docx(draw_sheet(sample)) == draw_docx(draw_sheet(sample))


def test_the_shipped_registry_is_drawn_again_and_loads():
    assert REGISTRY.read_bytes() == registry_bytes()
    registry = load_registry(REGISTRY)
    assert [entry.township for entry in registry.townships] == [t.township for t in townships()]
    assert all(entry.villages and entry.population for entry in registry.townships)


def test_each_shipped_filing_is_the_real_one_or_a_drawn_one():
    drawn = {f"{sample.stem}.{ending}" for sample in samples() for ending in sample.formats}
    assert {path.name for path in FILINGS.iterdir()} == drawn | {REAL}


def test_each_invented_filing_says_so_in_its_name_and_on_its_first_line():
    for path in sorted(FILINGS.iterdir()):
        if path.name == REAL:
            continue
        assert path.name.startswith(FILE_MARK)
        if path.suffix == ".docx":
            text = re.sub(r"<[^>]+>", "", parts_of(path.read_bytes())["word/document.xml"].decode())
            assert text.strip().startswith(NOTICE), path.name


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_each_invented_pdf_says_so_on_its_first_page(path: Path):
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert NOTICE in re.sub(r"\s+", "", text)


def test_the_samples_stay_small():
    assert sum(path.stat().st_size for path in FILINGS.iterdir()) < 3_000_000


def test_every_code_is_of_the_division_that_does_not_exist():
    wrong = [key for key, fault in faults().items() if fault == "wrong_check_character"]
    for sample in samples():
        for project in sample.filing.projects:
            assert project.code.startswith(INVENTED_DIVISION)
            key = (sample.filing.year, sample.filing.township, project.category)
            assert (check_character(project.code[:20]) == project.code[20]) is (key not in wrong)


def test_the_check_character_is_that_of_real_codes():
    # Two codes of the real filing; the rule was found on all of its eight.
    assert check_character("13020823P00000310006") == "D"
    assert check_character("13020823P00004810009") == "H"
    assert len(project_code(2023, 12, 6)) == 21


@pytest.mark.parametrize("sample", DRAWN, ids=lambda sample: sample.stem)
def test_a_sample_is_read_as_it_was_drawn(sample: Sample):
    records = transform(read_filing(FILINGS / f"{sample.stem}.docx"))
    filing = sample.filing
    layout = LAYOUTS[filing.layout]
    assert (records.filing.county, records.filing.township) == (COUNTY, filing.township)
    assert records.filing.fiscal_year == filing.year
    assert [p.project_name for p in records.projects] == [p.name for p in filing.projects]
    factor = 10000 if filing.money_unit == "万元" else 1
    budgets = [Decimal(p.budget.replace(",", "")) * factor for p in filing.projects]
    assert [p.budget_yuan for p in records.projects] == budgets
    expected = [
        (number, fact.level1, fact.level2, fact.name)
        for number, project in enumerate(filing.projects, 1)
        for fact in project.indicators
    ]
    found = [(i.project_no, i.level1, i.level2, i.indicator_raw) for i in records.indicators]
    assert found == expected
    if not layout.columns:
        targets = [f.target.text if f.target else "" for p in filing.projects for f in p.indicators]
        assert [re.sub(r"\s", "", i.target.raw) for i in records.indicators] == [re.sub(r"\s", "", t) for t in targets]


def cost_of(filing: FilingFact, category: str, names: tuple[str, ...]) -> Decimal | None:
    for project in filing.projects:
        for fact in project.indicators:
            if project.category == category and fact.name in names and fact.target is not None:
                return fact.target.high
    return None


def test_each_deliberate_outlier_stands_out_among_its_peers():
    filings = {t.township: county_filing(t, 2023, t.forms[2023]) for t in townships()}
    for (township, category, name), factor in outliers().items():
        names = next(i.names for i in county_indicators()[category] if i.names[0] == name)
        costs = {place: cost_of(filing, category, names) for place, filing in filings.items()}
        peers = [cost for place, cost in costs.items() if cost is not None and place != township]
        own = costs[township]
        assert own is not None and len(peers) >= 5
        ratio = own / Decimal(median(peers))
        assert ratio > Decimal("1.7") if factor > 1 else ratio < Decimal("0.5")


def test_years_townships_and_forms_are_enough_to_compare():
    filed = {(s.filing.township, s.filing.year) for s in samples()}
    assert len({township for township, _ in filed}) >= 12
    missing = {(t.township, year) for t in townships() for year in (2023, 2024)} - filed
    assert missing == {("东风渠镇", 2024)}
    assert len({s.filing.layout for s in samples()}) >= 10
    with REGISTRY.open(encoding="utf-8-sig") as file:
        assert len(list(csv.DictReader(file))) == len(townships())


def test_faults_are_planted_where_the_list_says():
    planted = 0
    for sample in samples():
        filing = sample.filing
        if "自评" in sample.stem or "更正" in sample.stem:
            continue
        township = next(t for t in townships() if t.township == filing.township)
        plain = county_filing(township, filing.year, filing.layout)
        for project, clean in zip(filing.projects, plain.projects, strict=True):
            listed = (filing.year, filing.township, project.category) in faults()
            assert (project != clean) is listed
            planted += listed
    assert planted == len(faults())


def test_an_unknown_fault_is_refused():
    township = townships()[0]
    filing = county_filing(township, 2023, "hebei")
    with pytest.raises(ValueError, match="nonsense"):
        plant_fault(filing.projects[0], "nonsense", filing)


def test_truth_leaves_out_what_the_layout_does_not_print():
    filing = county_filing(townships()[0], 2023, "mof")
    project = filing_truth(filing, LAYOUTS["mof"].prints)["projects"][0]  # type: ignore[index]
    assert project["project_code"] == "" and project["plan"] == {}  # type: ignore[index]
    assert project["budget"] == filing.projects[0].budget  # type: ignore[index]
