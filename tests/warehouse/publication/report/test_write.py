import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.warehouse.publication.publication_county import SPITEFUL, build_county
from warehouse.publication.marts.facts import gather_facts
from warehouse.publication.marts.tables import open_warehouse
from warehouse.publication.marts.years import read_year
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
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    return make_report(build_county(folder / "county.duckdb", years=(2022, 2023)), folder)


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
    assert outline.scripts == 2  # the page's own: one in the head, one at the end


def test_every_inner_link_leads_to_a_page(outline: Outline) -> None:
    anchors = {link[1:] for link in outline.links if link.startswith("#")}
    assert len(anchors) > 20
    assert anchors <= set(outline.ids)


def test_no_id_is_given_twice(outline: Outline) -> None:
    assert len(outline.ids) == len(set(outline.ids))


def test_each_township_category_and_shared_indicator_has_a_page(page: str) -> None:
    for name in ("石桥镇", "村级办公经费", "合格率（质量，%）"):
        assert re.search(rf'<li><a href="#[tci]\d+">{name}</a></li>', page)


def test_headings_are_the_databases(page: str) -> None:
    assert 'title="比较金额除以中位数（ratio_to_median）">与中位数之比</button>' in page
    assert 'title="当年预算除以全县中位数（ratio_to_median）">与中位数之比</button>' in page


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


def test_every_figure_names_its_source(page: str) -> None:
    body = page[page.index('id="cost_comparison"') : page.index('id="budget_comparison"')]
    assert len(re.findall(r'<span title="[^"]+\.docx">表\d+ 行12</span>', body)) == 12  # 6 townships × 2 projects


def test_other_years_are_one_click_away(page: str) -> None:
    assert '<a href="绩效目标对比报告_2022年.html">2022年</a>' in page


def test_rejected_files_come_with_advice(page: str) -> None:
    assert "坏文件.docx" in page and "重新导出报送" in page


@pytest.mark.parametrize("townships", [0, 1])
def test_too_few_townships_make_a_page_that_says_so(tmp_path: Path, townships: int) -> None:
    page = make_report(build_county(tmp_path / "county.duckdb", townships=townships), tmp_path)
    assert ("只有一个乡镇，暂无可比对象" if townships else "还没有可以对比的报送文件") in page
    assert "None" not in page
