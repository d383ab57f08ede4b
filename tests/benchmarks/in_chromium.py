"""What a reader waits for: opens a published report in headless Chromium and times what he does there."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--window-size=1440,1000",
)
PATIENCE = 120

_FIRST_ROW = "article.page.on section[data-table] tbody tr[data-row]"
_SPENT = """
    const [view, act] = arguments, started = performance.now();
    act === 'sort' ? view.querySelector('th.n button').click() : (() => {
        const find = view.querySelector('input[type=search]');
        find.value = '第2批 ' + view.querySelector('tbody tr[data-row] td').textContent.trim().slice(0, 2);
        find.dispatchEvent(new Event('input', { bubbles: true }));
    })();
    document.body.offsetHeight;
    return performance.now() - started;
"""


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """Start a browser without a window and end it."""
    options = webdriver.ChromeOptions()
    options.binary_location = next(path for name in ("chromium", "google-chrome") if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


def time_reader(report: Path) -> None:
    """Print bytes, nodes and seconds of the first view and of the longest tables."""
    rows = report.parent / "报告数据"
    scripts = [path.stat().st_size for path in rows.rglob("*.js")]
    print(
        f"  {report.stat().st_size / 1e6:6.2f} MB page, {sum(scripts) / 1e6:.2f} MB rows, largest file {max(scripts) / 1e6:.2f} MB"
    )
    with chromium() as browser:
        browser.get("about:blank")
        browser.get(report.as_uri())
        seconds = browser.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
        print(f"  {seconds:6.2f} s  first view, {_nodes(browser):,} nodes")
        for mart in ("target_comparison", "review_findings", "cost_comparison"):
            _time_table(browser, mart)


def _time_table(browser: webdriver.Chrome, mart: str) -> None:
    started = time.perf_counter()
    browser.execute_script("location.hash = arguments[0]", f"#{mart}")
    WebDriverWait(browser, PATIENCE, 0.02).until(lambda b: b.find_elements(By.CSS_SELECTOR, _FIRST_ROW))
    opened = time.perf_counter() - started
    view = browser.find_element(By.CSS_SELECTOR, "article.page.on section[data-table]")
    count = browser.execute_script(
        "return +arguments[0].querySelector('table').getAttribute('aria-rowcount') - 1", view
    )
    spent = []
    for act in ("sort", "filter"):
        if act == "filter" or view.find_elements(By.CSS_SELECTOR, "th.n button"):
            spent.append(f"{act} {browser.execute_script(_SPENT, view, act) / 1000:.2f} s")
    print(f"  {opened:6.2f} s  open {mart} ({count:,} rows), {', '.join(spent)}, {_nodes(browser):,} nodes")


def _nodes(browser: webdriver.Chrome) -> int:
    return int(browser.execute_script("return document.getElementsByTagName('*').length"))
