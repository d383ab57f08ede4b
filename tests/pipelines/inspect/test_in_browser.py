"""The page of ``jixiao inspect --html`` in a real browser: outlines, hover, keyboard, no script and no network."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from pipelines.inspect.filing import inspect_filing
from pipelines.inspect.page import inspection_html
from tests.pipelines.inspect.test_inspect import PDF, REAL

pytestmark = pytest.mark.needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900"):
        options.add_argument(argument)
    options.binary_location = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    yield browser
    browser.quit()


def open_page(browser: webdriver.Chrome, filing: Path, folder: Path) -> None:
    page = folder / "page.html"
    page.write_text(inspection_html(inspect_filing(filing)), encoding="utf-8")
    browser.get(page.as_uri())


def tip_of(cell: WebElement) -> WebElement:
    return cell.find_element(By.CLASS_NAME, "tip")


def test_hovering_over_an_outlined_cell_of_a_pdf_says_what_it_means(browser: webdriver.Chrome, tmp_path: Path) -> None:
    open_page(browser, PDF, tmp_path)
    picture = browser.find_element(By.CSS_SELECTOR, ".page img")
    assert picture.get_property("naturalWidth") > 500
    cells = browser.find_elements(By.CSS_SELECTOR, ".outline.used")
    cell = next(cell for cell in cells if "指标值 →" in (cell.get_attribute("textContent") or ""))
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", cell)
    assert not tip_of(cell).is_displayed()
    ActionChains(browser).move_to_element(cell).perform()
    assert tip_of(cell).is_displayed()
    box, frame = cell.rect, cell.find_element(By.XPATH, "..").rect
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def test_a_format_without_pages_is_drawn_as_tables_that_the_keyboard_reaches(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    open_page(browser, REAL, tmp_path)
    cells = browser.find_elements(By.CSS_SELECTOR, "td.cell.used")
    cell = next(cell for cell in cells if (cell.get_attribute("textContent") or "").startswith("≤7500元"))
    browser.execute_script("arguments[0].focus()", cell)
    assert tip_of(cell).is_displayed()
    assert "金额 <= 7500 元" in tip_of(cell).text
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
