import hashlib
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.reading import read_filing
from warehouse.home import Home
from warehouse.program import FORMAT_ROOMS, readers_version
from warehouse.publication.marts.filings import FilingSource
from warehouse.publication.marts.tables import Mart, MartColumn
from warehouse.publication.sources.links import SourceLinks
from warehouse.publication.sources.pages import publish_sources
from warehouse.publication.sources.pictures import DOTS_PER_POINT
from warehouse.store.documents import Documents, encode_document

COLUMNS = tuple(
    MartColumn(name, kind, "", "")
    for name, kind in {
        **{"filing_id": "VARCHAR", "page": "INTEGER", "table_no": "INTEGER", "row_no": "INTEGER"},
        **{"target_raw": "VARCHAR", "total_yuan": "DECIMAL(18,2)", "cumulative_pct": "DECIMAL(9,4)"},
    }.items()
)
MART = Mart("mart", "cost_comparison", "成本比较", "", "", 1, COLUMNS)

COLUMN_EDGES, ROW_HEIGHT, TOP = (60, 160, 260, 360), 24, 100


def filing_of(path: Path) -> FilingSource:
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    return FilingSource(checksum, path.name, path.suffix[1:], None, "石桥镇", None, 2023, "targets", None, True)


def draw_pdf(path: Path, rows: int = 4) -> None:
    """Draw a ruled table with a text ``r<row>c<column>`` in each cell, as far from the top as the constants say."""
    canvas = Canvas(str(path), pagesize=A4)
    for row in range(rows):
        for column, left in enumerate(COLUMN_EDGES[:-1]):
            bottom = A4[1] - TOP - (row + 1) * ROW_HEIGHT
            canvas.rect(left, bottom, 100, ROW_HEIGHT)
            canvas.drawString(left + 10, bottom + 8, f"r{row + 1}c{column + 1}")
    canvas.save()


def write_docx(path: Path, texts: list[list[str]]) -> None:
    document = Document()
    table = document.add_table(rows=len(texts), cols=len(texts[0]))
    for row, values in zip(table.rows, texts, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.save(str(path))


def publish_one(path: Path, folder: Path) -> tuple[SourceLinks, str]:
    folder.mkdir(exist_ok=True)
    filing = filing_of(path)
    links = publish_sources([filing], [path.parent], Home(folder.parent / "home"), folder)
    page = folder / "出处" / links.names[filing.filing_id]
    return links, page.read_text(encoding="utf-8")


def row_of(path: Path, table_no: int, row_no: int, **values: object) -> tuple[object, ...]:
    known = {"filing_id": filing_of(path).filing_id, "page": None, "table_no": table_no, "row_no": row_no, **values}
    return tuple(known.get(column.name) for column in COLUMNS)


def test_a_pdfs_cell_is_outlined_where_it_was_drawn(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.pdf"
    path.parent.mkdir()
    draw_pdf(path)
    links, page = publish_one(path, tmp_path / "new")
    assert links.href_of(MART, row_of(path, 1, 3, target_raw="r3c2")) == f"出处/{links.names.popitem()[1]}#t1r3c2"
    outline = re.search(r'id="t1r3" style="left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%"', page)
    assert outline is not None
    left, top, width, height = (float(share) / 100 for share in outline.groups())
    assert left * A4[0] == pytest.approx(COLUMN_EDGES[0], abs=2)
    assert top * A4[1] == pytest.approx(TOP + 2 * ROW_HEIGHT, abs=2)
    assert width * A4[0] == pytest.approx(300, abs=3)
    assert height * A4[1] == pytest.approx(ROW_HEIGHT, abs=2)
    (picture,) = (tmp_path / "new" / "出处").rglob("*.png")
    with Image.open(picture) as image:
        assert image.height / image.width == pytest.approx(A4[1] / A4[0], abs=0.01)
        assert image.convert("L").getextrema()[0] < 64  # something is drawn on it


def test_a_docx_is_shown_as_text_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    write_docx(path, [["指标", "指标值"], ["<b>满意度</b>", "≥95%"]])
    links, page = publish_one(path, tmp_path / "new")
    assert (links.href_of(MART, row_of(path, 1, 2, target_raw="≥95%")) or "").endswith("#t1r2c2")
    assert '<tr id="t1r2"><th>2</th>' in page  # the row's number, for readers who have only that
    assert '<td id="t1r2c2">≥95%</td>' in page
    assert "&lt;b&gt;满意度&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"target_raw": "≥ 95 %"}, "c4"),  # blanks don't matter
        ({"target_raw": "≥7500元"}, "c2"),  # sign, value and unit in cells of their own: the value
        ({"total_yuan": Decimal("149300.00")}, "c3"),  # stated in 万元
        ({"cumulative_pct": Decimal("25.0000")}, "c5"),
        ({"target_raw": "别处的文字"}, ""),  # no cell is surely the one: the row is outlined
    ],
)
def test_the_cell_is_found_by_what_it_says(tmp_path: Path, values: dict[str, object], column: str) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    write_docx(path, [["≥", "7500", "14.93", "≥95%", "25%", "元"]])
    links, _ = publish_one(path, tmp_path / "new")
    assert (links.href_of(MART, row_of(path, 1, 1, **values)) or "").endswith(f"#t1r1{column}")


def test_text_outside_tables_leads_to_its_page(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.pdf"
    path.parent.mkdir()
    draw_pdf(path)
    links, page = publish_one(path, tmp_path / "new")
    assert (links.href_of(MART, row_of(path, 0, 0, page=1)) or "").endswith("#p1")
    assert 'id="p1"' in page


def test_a_paragraph_has_its_own_anchor(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    document = Document()
    for text in ("一、分项绩效目标", "（一）案件查办", "绩效目标：<i>按时办结</i>"):
        document.add_paragraph(text)
    document.save(str(path))
    links, page = publish_one(path, tmp_path / "new")
    assert (links.href_of(MART, row_of(path, 0, 2)) or "").endswith("#b2")
    assert '<p id="b2">（一）案件查办</p>' in page


def test_the_way_to_the_table_does_not_hang_on_the_anchor(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.pdf"
    path.parent.mkdir()
    draw_pdf(path)
    links, _ = publish_one(path, tmp_path / "new")
    jump = links.jump_of(MART, row_of(path, 1, 3, page=1, target_raw="r3c2")) or ""
    name, _, anchor = jump.partition("#")
    assert anchor == "t1r3c2"
    said = (tmp_path / "new" / name).read_text(encoding="utf-8")
    assert f"url=../{links.names.popitem()[1]}#t1r1" in said  # the table, where the anchor was lost
    assert "location.hash" in said  # the cell, where it was not


def test_a_filing_that_is_gone_has_no_link(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    write_docx(path, [["甲", "乙"]])
    filing, row = filing_of(path), row_of(path, 1, 1)
    path.write_bytes(b"other bytes under the same name")
    (tmp_path / "new").mkdir()
    links = publish_sources([filing], [path.parent], Home(tmp_path / "home"), tmp_path / "new")
    assert links.href_of(MART, row) is None


def test_bytes_are_found_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    write_docx(path, [["甲", "乙"]])
    filing = filing_of(path)
    path.rename(path.with_name("000001"))  # as members of zip files are kept
    (tmp_path / "new").mkdir()
    links = publish_sources([filing], [path.parent], Home(tmp_path / "home"), tmp_path / "new")
    assert filing.filing_id in links.names


def test_pages_are_made_once(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    write_docx(path, [["甲", "乙"]])
    made: list[int] = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        filings = [filing_of(path)]
        publish_sources(
            filings, [path.parent], Home(tmp_path / "home"), tmp_path / name, lambda done, _: made.append(done)
        )
    assert made == [1]
    first, second = (sorted((tmp_path / name).rglob("*.html")) for name in ("first", "second"))
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second] != []


SECRETS = ("甲乙丙", "13900001234", "13000019900101123X")


def test_who_filled_in_the_form_is_on_no_source_page(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "报送.docx"
    path.parent.mkdir()
    write_docx(
        path,
        [
            ["项目名称", "村级运转经费", "项目负责人及联系电话", "甲乙丙 13900001234"],
            ["绩效目标", "联系13900001234办理，户主13000019900101123X", "预算资金", "13900001234元"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "补助村数", "≥24个"],
        ],
    )
    _, page = publish_one(path, tmp_path / "published")
    assert not [secret for secret in SECRETS if secret in page.replace("13900001234元", "")]
    assert "已隐去" in page and "≥24个" in page and "13900001234元" in page


def test_pictures_show_no_number_either(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "报送.pdf"
    path.parent.mkdir()
    canvas = Canvas(str(path), pagesize=A4)
    canvas.rect(60, 700, 300, 24)
    canvas.drawString(70, 708, "13900001234")
    canvas.rect(60, 676, 300, 24)
    canvas.drawString(70, 684, "24")
    canvas.save()
    publish_one(path, tmp_path / "published")
    picture = Image.open(next((tmp_path / "published" / "出处").rglob("p001.png"))).convert("L")
    points = DOTS_PER_POINT

    def shades(left: float, top: float, right: float, bottom: float) -> set[int]:
        part = picture.crop((round(left * points), round(top * points), round(right * points), round(bottom * points)))
        return set(part.tobytes())

    height = A4[1]
    assert shades(72, height - 714, 132, height - 709) == {0}, "the number is painted over"
    assert len(shades(68, height - 694, 90, height - 682)) > 1, "what is not personal is legible"


def test_a_page_is_made_of_the_kept_document_and_of_the_filing_where_that_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.docx"
    path.parent.mkdir()
    write_docx(path, [["项目名称", "文化馆"], ["预算数", "10"]])
    _, from_filing = publish_one(path, tmp_path / "new")
    read = read_filing(path)
    documents = Documents(Home(tmp_path / "home").documents, FORMAT_ROOMS, readers_version)
    (grid,) = read.grids()
    marked = replace(grid, cells=tuple(cell._replace(text=cell.text + "（留存）") for cell in grid.cells))
    documents.keep(read.sha256, "docx", encode_document(replace(read, blocks=(marked,))))
    shutil.rmtree(Home(tmp_path / "home").source_pages)
    _, from_kept = publish_one(path, tmp_path / "again")
    assert "文化馆（留存）" in from_kept and "文化馆" in from_filing and "（留存）" not in from_filing
    place = documents.find(read.sha256)
    assert place is not None
    place.write_bytes(place.read_bytes()[:-1])
    shutil.rmtree(Home(tmp_path / "home").source_pages)
    assert publish_one(path, tmp_path / "third")[1] == from_filing
