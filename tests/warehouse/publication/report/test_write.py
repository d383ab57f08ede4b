import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.publication.publication_county import SPITEFUL, build_county
from warehouse.publication.marts.facts import gather_facts
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.marts.years import read_year
from warehouse.publication.report import data as report_data
from warehouse.publication.report.cells import ReportCell, ReportHeading
from warehouse.publication.report.write import write_report
from warehouse.publication.sources.links import SourceLinks


class Outline(HTMLParser):
    """Collects what the tests ask of a page: ids, links, addresses of other files, scripts and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values.get("href", values.get("xlink:href", "")))
        self.loaded += [values["src"]] if values.get("src") else []
        self.loaded += [values["href"]] if tag == "link" else []
        self.scripts += tag == "script"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    make_report(build_county(folder / "county.duckdb", years=(2022, 2023)), folder)
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "绩效目标对比报告.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(folder: Path) -> dict[str, Any]:
    """Give the report's data by mart, as its script files hand them over."""
    return {path.stem.removesuffix("_1"): read_part(path) for path in folder.glob("报告数据/2023年/*_1.js")}


def read_part(path: Path) -> Any:
    call = path.read_text(encoding="utf-8")
    return json.loads(call[call.index("{") : call.rindex(")")])


def make_report(database: Path, folder: Path) -> str:
    with open_warehouse(database) as warehouse:
        facts = gather_facts(warehouse, warehouse.data_date())
        year = warehouse.years()[0] if warehouse.years() else None
        return write_report(read_year(warehouse, year), facts, SourceLinks(), folder).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    return parser


def test_it_needs_no_network_and_no_other_file(page: str, outline: Outline) -> None:
    assert outline.loaded == []
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'<]*", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names of XML, not places
    assert "@import" not in page and "url(http" not in page


def test_text_from_filings_is_escaped(page: str, outline: Outline) -> None:
    assert SPITEFUL not in page
    assert "&lt;script&gt;" in page
    assert (
        outline.scripts == 4
    )  # the page's own: one in the head, the rows' files and the words of the sheets, one at the end


def test_only_the_pages_own_scripts_may_run(page: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    allowed = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in allowed and "default-src 'none'" in policy
    for text in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in allowed


def test_every_inner_link_leads_to_a_page(outline: Outline) -> None:
    anchors = {link[1:].partition("?")[0] for link in outline.links if link.startswith("#")}
    assert len(anchors) > 20
    assert anchors <= set(outline.ids)


def test_no_id_is_given_twice(outline: Outline) -> None:
    assert len(outline.ids) == len(set(outline.ids))


def test_each_township_category_and_shared_indicator_has_a_page(page: str) -> None:
    for name in ("石桥镇", "村级办公经费", "合格率（质量，%）"):
        assert re.search(rf'<li><a href="#[tci]\d+">{name}</a></li>', page)


def test_headings_are_the_databases(rows: dict[str, Any]) -> None:
    for mart, said in (("cost_comparison", "比较金额除以中位数"), ("budget_comparison", "当年预算除以全县中位数")):
        (column,) = (each for each in rows[mart]["columns"] if each["name"] == "ratio_to_median")
        assert (column["text"], column["help"]) == ("与中位数之比", said)


def test_a_text_stands_once_in_the_data_and_rows_have_addresses(rows: dict[str, Any]) -> None:
    cost = rows["cost_comparison"]
    for entries, codes in zip(cost["entries"], cost["codes"], strict=True):
        assert entries[0] == "" and len({json.dumps(entry) for entry in entries}) == len(entries)
        assert max(codes) == len(entries) - 1 and len(codes) == len(cost["ids"]) == 12
    assert len(set(cost["ids"])) == 12
    assert any(entry[1:] == [None, "#t1", 1] for entry in cost["entries"][0])  # a township: its page, and invented


def test_texts_come_in_the_part_that_needs_them_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_data, "PART_ROWS", 2)
    cells = [ReportCell(text) for text in ("甲", "乙", "甲", "丙\u2028</script>")]
    column = report_data.DataColumn(ReportHeading("列", "", "name"), cells)
    written = report_data.write_data(report_data.TableData("t", (column,), [None] * 4, list("abcd")), tmp_path)
    parts = [read_part(path) for path in written]
    assert [part["entries"] for part in parts] == [[["", "甲", "乙"]], [["丙\u2028</script>"]]]
    assert [part["codes"] for part in parts] == [[[1, 2]], [[1, 3]]]
    assert "\u2028" not in written[1].read_text(encoding="utf-8")


def test_charts_are_drawn_into_the_page(page: str) -> None:
    assert (
        page.count("<figure>") == 4 + 2 + 6
    )  # four comparisons have one, two of them stand on the first page too, six townships
    assert (
        len(re.findall("<svg [^>]*xmlns=", page)) == page.count("<figure>") + 1
    )  # the heat map's names stand by themselves
    assert "Noto Sans CJK SC" in page


def test_the_drawings_show_what_they_promise(page: str) -> None:
    drawn = dict(re.findall(r"<figcaption><b>([^<]+)</b>.*?(<svg.*?)</figure>", page, re.DOTALL))
    assert {"累计支出计划", "乡镇预算总额", "成本与全县中位数之比", "指标值松紧"} <= drawn.keys()
    assert (
        "中位数" in drawn["成本与全县中位数之比"] and "白杨镇 13,803" in drawn["成本与全县中位数之比"]
    )  # named: far too dear
    assert "stroke-dasharray" in drawn["成本与全县中位数之比"]  # the median's line
    assert "全县" in drawn["累计支出计划"] and "≥85%" in drawn["指标值松紧"]


def test_no_mark_of_a_drawing_is_a_stop_of_the_tab_key(page: str) -> None:
    links = [link for svg in re.findall("<svg.*?</svg>", page, re.DOTALL) for link in re.findall("<a [^>]*>", svg)]
    assert len(links) > 20
    assert all('tabindex="-1"' in link for link in links)
    assert 'class="heat" tabindex="0"' in page  # but the arrow keys scroll the heat map


def test_the_cards_lead_to_what_they_count(page: str) -> None:
    cards = re.findall(r"<dt>([^<]+)</dt><dd><a href=\"#([a-z_]+)\">", page)
    assert ("成本明显偏高", "cost_comparison") in cards and ("须改正的问题", "review_findings") in cards
    assert ("指标值明显偏松", "target_comparison") in cards and ("请核对的问题", "review_findings") in cards


def test_every_figure_names_its_source(rows: dict[str, Any]) -> None:
    files, _, places, _ = rows["cost_comparison"]["sourceEntries"]
    named = [
        (files[file], places[place]) for file, _, place, _ in zip(*rows["cost_comparison"]["sources"], strict=True)
    ]
    assert len(named) == 12  # 6 townships × 2 projects
    assert all(file.endswith(".docx") and re.fullmatch(r"表\d+ 行12", place) for file, place in named)


def test_other_years_are_one_click_away(page: str) -> None:
    assert '<a href="绩效目标对比报告_2022年.html">2022年</a>' in page


def test_rejected_files_come_with_advice(page: str) -> None:
    assert "坏文件.docx" in page and "重新导出报送" in page


@pytest.mark.parametrize("townships", [0, 1])
def test_too_few_townships_make_a_page_that_says_so(tmp_path: Path, townships: int) -> None:
    page = make_report(build_county(tmp_path / "county.duckdb", townships=townships), tmp_path)
    assert ("只有一个乡镇，暂无可比对象" if townships else "还没有可以对比的报送文件") in page
    assert "None" not in page
