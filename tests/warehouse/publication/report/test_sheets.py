"""The sheets of evidence, opened in a browser."""

import base64

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.warehouse.publication.report.opened import head, open_page

pytestmark = pytest.mark.needs_browser


def test_a_click_on_a_median_shows_the_cells_that_it_is_made_of(report: webdriver.Chrome) -> None:
    page = open_page(report, "成本比较")
    table = page.find_element(By.TAG_NAME, "table")
    _, number = head(table, "中位数")
    table.find_element(By.CSS_SELECTOR, f"tbody tr[data-row] td:nth-child({number}) a").send_keys(Keys.ENTER)
    wait = WebDriverWait(report, 10)
    sheet = wait.until(lambda d: d.find_element(By.CSS_SELECTOR, "#sheet.on"))
    wait.until(lambda d: sheet.find_elements(By.CSS_SELECTOR, "tr[data-row]"))
    rows = sheet.find_elements(By.CSS_SELECTOR, "tr[data-row]")
    assert len(rows) == 6 and "here" in str(rows[0].get_attribute("class"))  # one of each township, its own first
    assert "6 个乡镇由低到高" in sheet.text and "财预〔2015〕88号" in sheet.text and "÷ 中位数" in sheet.text
    sheet.find_element(By.CSS_SELECTOR, ".cells summary").click()
    frames = wait.until(lambda d: sheet.find_elements(By.CSS_SELECTOR, ".cells iframe"))
    assert len(frames) == 6
    for frame in [sheet.find_element(By.CSS_SELECTOR, "iframe"), frames[5]]:
        report.switch_to.frame(frame)
        cell = WebDriverWait(report, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, "td:target"))
        assert cell.text.startswith("≤") and cell.value_of_css_property("outline-style") == "solid"
        report.switch_to.default_content()


def test_a_finding_has_a_sheet_that_is_one_page(report: webdriver.Chrome) -> None:
    page = open_page(report, "审核问题")
    page.find_element(By.LINK_TEXT, "证据").click()
    wait = WebDriverWait(report, 10)
    sheet = wait.until(lambda d: d.find_element(By.CSS_SELECTOR, "#sheet.on"))
    wait.until(lambda d: sheet.find_elements(By.CSS_SELECTOR, ".reasons"))
    assert "审核规则" in sheet.text and "法规依据" in sheet.text
    printed = report.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    pages = PdfDocument(base64.b64decode(printed["data"]))
    assert len(pages) == 1 and pages[0].get_width() == pytest.approx(A4[0], abs=1)


def test_a_sheet_of_a_row_that_is_gone_says_so(report: webdriver.Chrome) -> None:
    report.execute_script("location.hash = '#sheet?of=cost_comparison&id=nothing'")
    WebDriverWait(report, 10).until(lambda d: "没有找到" in d.find_element(By.ID, "sheet").text)
    report.execute_script("location.hash = '#sheet?of=<b>&id='")
    WebDriverWait(report, 10).until(lambda d: "没有找到" in d.find_element(By.ID, "sheet").text)
