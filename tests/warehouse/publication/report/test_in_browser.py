import json
import shutil
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.warehouse.publication.report.opened import column, head, open_page
from tests.warehouse.publication.sources.test_pages import ROW_HEIGHT, TOP, draw_pdf, publish_one
from warehouse.publication.publish import Publication
from warehouse.publication.report.cells import ReportCell, ReportHeading
from warehouse.publication.report.data import DataColumn, TableData, write_data

pytestmark = pytest.mark.needs_browser


def test_only_the_first_page_is_shown_at_first(report: webdriver.Chrome) -> None:
    shown = [page for page in report.find_elements(By.CSS_SELECTOR, "article.page") if page.is_displayed()]
    assert [page.get_attribute("id") for page in shown] == ["overview"]


def test_a_click_on_a_heading_sorts_numbers_as_numbers(report: webdriver.Chrome) -> None:
    table = open_page(report, "成本比较").find_element(By.TAG_NAME, "table")
    button, number = head(table, "金额")
    button.click()
    amounts = [float(text.replace(",", "")) for text in column(table, number)]
    assert amounts == sorted(amounts) and len(set(amounts)) > 3
    button.send_keys(Keys.ENTER)  # the keyboard turns the order round
    assert [float(text.replace(",", "")) for text in column(table, number)] == amounts[::-1]
    assert button.find_element(By.XPATH, "..").get_attribute("aria-sort") == "descending"


def test_empty_values_stay_at_the_end(report: webdriver.Chrome) -> None:
    page = open_page(report, "指标值比较")
    wrap = page.find_element(By.CSS_SELECTOR, ".wrap")
    button, number = head(page.find_element(By.TAG_NAME, "table"), "中位数")
    for _ in range(2):
        button.click()
        assert column(wrap, number)[0] != ""
        report.execute_script("arguments[0].scrollTop = arguments[0].scrollHeight", wrap)
        WebDriverWait(report, 5).until(lambda d: column(wrap, number)[-1] == "")


def test_rows_are_made_when_they_come_into_sight(
    browser: webdriver.Chrome, publication: Publication, tmp_path: Path
) -> None:
    """A table of 5,000 rows, in two script files, in place of the findings."""
    report = Path(shutil.copytree(publication.folder, tmp_path / "copy")) / publication.reports[0].name
    texts = [ReportCell(f"第{number}行" + "很长的一句话" * (number % 9)) for number in range(5000)]
    column = DataColumn(ReportHeading("说明", "", "message"), texts)
    ids = [f"id{number}" for number in range(5000)]
    rows = report.parent / "报告数据" / "2023年"
    files = write_data(TableData("review_findings", (column,), [None] * 5000, ids), rows)
    page = report.read_text(encoding="utf-8")
    known = json.dumps(f"报告数据/2023年/{files[0].name}", ensure_ascii=False)
    both = ", ".join(json.dumps(f"报告数据/2023年/{path.name}", ensure_ascii=False) for path in files)
    report.write_text(page.replace(known, both), encoding="utf-8")
    browser.get("about:blank")
    browser.get(f"{report.as_uri()}#review_findings?row=id4321")
    wait, made = WebDriverWait(browser, 10), "return document.querySelectorAll('article.page.on tr[data-row]').length"
    here = wait.until(lambda d: d.find_element(By.CSS_SELECTOR, "tr.here"))
    assert here.is_displayed() and here.text.startswith("第4321行")
    assert browser.execute_script(made) < 400
    wrap = browser.find_element(By.CSS_SELECTOR, "article.page.on .wrap")
    browser.execute_script("arguments[0].scrollTop = arguments[0].scrollHeight", wrap)
    wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, "tr[aria-rowindex='5001']"))
    assert browser.execute_script(made) < 400


def test_a_row_has_an_address_of_its_own(report: webdriver.Chrome) -> None:
    page = open_page(report, "审核问题")
    wrap = page.find_element(By.CSS_SELECTOR, ".wrap")
    report.execute_script("arguments[0].scrollTop = arguments[0].scrollHeight", wrap)
    row = WebDriverWait(report, 5).until(lambda d: page.find_elements(By.CSS_SELECTOR, "tr[data-row]")[-1])
    said, address = row.text, row.find_element(By.CSS_SELECTOR, "a.own").get_property("href")
    report.get("about:blank")
    report.get(str(address))
    here = WebDriverWait(report, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, "tr.here"))
    assert here.text == said
    box, around = here.rect, report.find_element(By.CSS_SELECTOR, "article.page.on .wrap").rect
    assert around["y"] <= box["y"] < around["y"] + around["height"]


def test_a_filter_has_an_address_of_its_own(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    page.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("村级")
    head(page.find_element(By.TAG_NAME, "table"), "金额")[0].click()
    shown, address = [row.text for row in page.find_elements(By.CSS_SELECTOR, "tr[data-row]")], report.current_url
    assert len(shown) == 6
    report.get("about:blank")
    report.get(address)
    page = WebDriverWait(report, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, "article.page.on:not(#overview)"))
    WebDriverWait(report, 5).until(lambda d: not page.find_elements(By.CSS_SELECTOR, ".waits"))
    assert [row.text for row in page.find_elements(By.CSS_SELECTOR, "tr[data-row]")] == shown
    assert page.find_element(By.CSS_SELECTOR, "input[type=search]").get_property("value") == "村级"


def test_a_report_without_its_rows_says_what_is_missing(
    browser: webdriver.Chrome, publication: Publication, tmp_path: Path
) -> None:
    alone = tmp_path / "report.html"
    shutil.copy(publication.reports[0], alone)
    browser.get(f"{alone.as_uri()}#cost_comparison")
    said = WebDriverWait(browser, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, "article.page.on .lost"))
    assert "报告数据" in said.text
    browser.get_log("browser")


def test_typing_filters_the_rows(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    page.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("白杨镇 村级")
    rows = [row for row in page.find_elements(By.CSS_SELECTOR, "tbody tr") if row.is_displayed()]
    assert len(rows) == 1 and rows[0].text.startswith("白杨镇")
    assert page.find_element(By.TAG_NAME, "output").text == "显示 1 / 12 行"


def test_only_striking_rows_on_demand(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    page.find_element(By.CSS_SELECTOR, "input[type=checkbox]").click()
    rows = [row.text for row in page.find_elements(By.CSS_SELECTOR, "tbody tr") if row.is_displayed()]
    assert len(rows) == 2 and all("明显偏高" in row for row in rows)


def test_the_search_by_keyboard_opens_a_townships_page(report: webdriver.Chrome) -> None:
    report.find_element(By.TAG_NAME, "body").send_keys("/")
    report.switch_to.active_element.send_keys("柳林", Keys.ENTER)
    WebDriverWait(report, 5).until(
        lambda d: d.find_element(By.CSS_SELECTOR, "article.page.on h1").text.find("柳林乡") >= 0
    )


def test_a_click_on_a_source_shows_the_outlined_cell(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    row = next(row for row in page.find_elements(By.CSS_SELECTOR, "tbody tr") if row.text.startswith("白杨镇"))
    quoted = row.find_elements(By.TAG_NAME, "td")[3].text
    link = row.find_element(By.CSS_SELECTOR, "a.src")
    link.click()
    dialog = report.find_element(By.TAG_NAME, "dialog")
    assert dialog.is_displayed() and "白杨镇2023年" in dialog.text
    report.switch_to.frame(dialog.find_element(By.TAG_NAME, "iframe"))
    cell = WebDriverWait(report, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, "td:target"))
    assert cell.text == quoted
    assert cell.value_of_css_property("outline-style") == "solid"
    report.switch_to.default_content()
    report.switch_to.active_element.send_keys(Keys.ESCAPE)
    WebDriverWait(report, 5).until(lambda d: not dialog.is_displayed())
    assert report.switch_to.active_element == link  # the reader is back where he was


def test_the_keyboard_alone_sorts_and_opens_a_source(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    button, number = head(page, "金额（元）")
    button.send_keys(Keys.ENTER)
    values = [float(text.replace(",", "")) for text in column(page, number)]
    assert values == sorted(values) and len(set(values)) > 1
    link = page.find_element(By.CSS_SELECTOR, "a.src")
    link.send_keys(Keys.ENTER)
    dialog = report.find_element(By.TAG_NAME, "dialog")
    assert dialog.is_displayed()
    report.switch_to.active_element.send_keys(Keys.ESCAPE)
    WebDriverWait(report, 5).until(lambda d: not dialog.is_displayed())


def test_a_cell_is_outlined_on_the_picture_of_its_page(browser: webdriver.Chrome, tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "a.pdf"
    path.parent.mkdir()
    draw_pdf(path)
    links, _ = publish_one(path, tmp_path / "new")
    (name,) = links.names.values()
    browser.get("about:blank")
    browser.get((tmp_path / "new" / "出处" / name).as_uri() + "#t1r3c2")
    cell = WebDriverWait(browser, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, ".cell:target"))
    picture = browser.find_element(By.CSS_SELECTOR, ".sheet img")
    assert cell.value_of_css_property("outline-style") == "solid"
    assert picture.rect["x"] < cell.rect["x"] < picture.rect["x"] + picture.rect["width"]
    share = (cell.rect["y"] - picture.rect["y"]) / picture.rect["height"]
    assert share == pytest.approx((TOP + 2 * ROW_HEIGHT) / A4[1], abs=0.01)
    assert browser.execute_script("return arguments[0].complete && arguments[0].naturalWidth > 0", picture)


def test_marks_of_a_drawing_lead_to_their_page(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    mark = page.find_element(By.CSS_SELECTOR, "figure svg a")
    anchor = str(mark.get_dom_attribute("href"))
    assert anchor.startswith("#i")
    report.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", mark)
    WebDriverWait(report, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, f"article.page.on{anchor}").is_displayed())


def test_the_heat_map_is_legible_on_a_small_screen(report: webdriver.Chrome) -> None:
    open_page(report, "指标值比较")
    report.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 500, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    try:
        for svg in report.find_elements(By.CSS_SELECTOR, "article.page.on .heat svg"):
            assert svg.rect["width"] == float(svg.get_dom_attribute("width") or 0)  # scrolled, not made smaller
        assert report.execute_script("return document.documentElement.scrollWidth") <= 500
    finally:
        report.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_long_text_does_not_stand_one_character_a_line(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    script = "return [...arguments[0].querySelectorAll('tbody td')].filter((cell) => cell.textContent.length > 14)"
    assert all(cell.rect["width"] >= 150 for cell in report.execute_script(script, page))


@pytest.mark.parametrize(("anchor", "outlined"), [("#t1r12c4", "td"), ("", "tr")])
def test_a_link_of_the_workbook_leads_to_the_cell_or_at_least_to_its_table(
    browser: webdriver.Chrome, publication: Publication, anchor: str, outlined: str
) -> None:
    jump = next(publication.folder.glob("出处/*/t1.html"))
    browser.get("about:blank")
    browser.get(jump.as_uri() + anchor)
    target = WebDriverWait(browser, 5).until(lambda d: d.find_element(By.CSS_SELECTOR, f"{outlined}:target"))
    assert target.get_attribute("id") == (anchor.removeprefix("#") or "t1r1")


def test_nothing_from_a_filing_runs(report: webdriver.Chrome) -> None:
    for title in ("成本比较", "预算比较", "列的含义"):
        open_page(report, title)
    assert [entry for entry in report.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []
    assert report.execute_script("return document.querySelectorAll('script').length") == 4  # head, two of data, end


def test_printing_shows_the_whole_page_without_tools(report: webdriver.Chrome) -> None:
    open_page(report, "指标值比较")
    report.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not report.find_element(By.TAG_NAME, "nav").is_displayed()
        wrap = report.find_element(By.CSS_SELECTOR, "article.page.on .wrap")
        assert wrap.value_of_css_property("max-height") == "none"
    finally:
        report.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
