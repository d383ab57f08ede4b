"""The review form: a page a project, the bureau's own words kept, and nothing of a filing taken for a mark."""

import hashlib
from datetime import datetime
from pathlib import Path

from docx import Document

from tests.warehouse.invented_county import County
from warehouse.publication.audit.form import blank_form, write_forms
from warehouse.publication.audit.write import write_audits
from warehouse.publication.marts.facts import gather_facts
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.marts.years import read_year

DATED = datetime(2024, 3, 1)
PROJECT = {"项目名称": "村级办公经费", "适当性": "中", "适当性问题": "1．比率超过100%。", "建议结论": "中"}


def cells(path: Path) -> list[str]:
    return [cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells]


def test_each_project_has_a_form_and_decisions_stay_empty(tmp_path: Path) -> None:
    path = tmp_path / "forms.docx"
    write_forms([PROJECT, {**PROJECT, "项目名称": "防汛经费"}], None, DATED, path)
    document = Document(str(path))
    assert len(document.tables) == 8 and document.element.xml.count('w:type="page"') == 1
    said = cells(path)
    assert "村级办公经费" in said and "防汛经费" in said and said.count("1．比率超过100%。") == 2
    assert said[said.index("审定结论") + 1] == ""


def test_what_a_filing_says_is_never_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "forms.docx"
    write_forms([{**PROJECT, "项目名称": "{{建议结论}}{% x %}=1+1\x07"}], None, DATED, path)
    assert "{{建议结论}}{% x %}=1+1" in cells(path)


def test_a_template_of_the_bureau_keeps_its_words(tmp_path: Path) -> None:
    own = blank_form()
    own.paragraphs[0].insert_paragraph_before("某县财政局")
    cut = own.add_paragraph("结论：{{建议")
    cut.add_run("结论}}")  # as a word processor cuts a mark into runs
    own.save(str(tmp_path / "own.docx"))
    write_forms([PROJECT], tmp_path / "own.docx", DATED, tmp_path / "forms.docx")
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "forms.docx")).paragraphs]
    assert texts[0] == "某县财政局" and texts[-1] == "结论：中"


def test_a_built_county_gets_its_forms_twice_the_same(county: County, tmp_path: Path) -> None:
    sums = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        with open_warehouse((county.home / "county.duckdb").resolve()) as warehouse:
            years = {year: read_year(warehouse, year) for year in warehouse.years()}
            made = write_audits(warehouse, years.__getitem__, gather_facts(warehouse, DATED.date()), None, folder)
        assert len(made) == 8
        (path, *_) = sorted(folder.rglob("*_绩效目标审核表.docx"))
        assert {"优", "良", "中", "差", "待核对"} & set(cells(path))
        sums.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.docx"))])
    assert sums[0] == sums[1]
