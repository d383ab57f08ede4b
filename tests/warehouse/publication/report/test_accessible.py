"""Each kind of page as axe sees it: headings, contrast, names, landmarks, the keyboard."""

from importlib.resources import files
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.warehouse.publication.report.opened import open_page
from warehouse.publication.publish import Publication

pytestmark = pytest.mark.needs_browser

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = """
    const done = arguments[0];
    axe.run(document, { iframes: false, resultTypes: ['violations'] }).then((found) => done(found.violations.map(
        (one) => `${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`)));
"""


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Run axe on what is open: given by the browser's own tools, since the pages' policy lets no script in."""
    browser.set_script_timeout(120)
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
    found: list[str] = browser.execute_async_script(RUN)
    return found


def test_the_first_page_is_accessible(report: webdriver.Chrome) -> None:
    assert complaints(report) == []


@pytest.mark.parametrize("title", ["审核问题", "成本比较", "指标值比较", "白杨镇", "列的含义"])
def test_tables_and_a_townships_page_are_accessible(report: webdriver.Chrome, title: str) -> None:
    open_page(report, title)
    assert complaints(report) == []


def test_a_sheet_of_evidence_is_accessible(report: webdriver.Chrome) -> None:
    open_page(report, "成本比较").find_element(By.LINK_TEXT, "证据").click()
    WebDriverWait(report, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#sheet tr[data-row]"))
    assert complaints(report) == []


@pytest.mark.parametrize("pattern", ["乡镇/*.html", "出处/*.html", "数据/*.html"])
def test_the_pages_beside_the_report_are_accessible(
    browser: webdriver.Chrome, publication: Publication, pattern: str
) -> None:
    page: Path = sorted(publication.folder.glob(pattern))[0]
    browser.get("about:blank")
    browser.get(page.as_uri())
    assert complaints(browser) == []
