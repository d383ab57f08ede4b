"""The queue in a real browser, by keyboard alone."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.pipelines.review.doubted_home import build_doubted_home
from tests.places import ROOT
from warehouse.county.decisions import load_decisions

pytestmark = pytest.mark.needs_browser
SECONDS = 60


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,900"):
        options.add_argument(argument)
    options.binary_location = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield browser
    browser.quit()


def test_a_doubt_is_settled_by_keyboard_beside_its_cell(browser: webdriver.Chrome, tmp_path: Path) -> None:
    home, indicator = build_doubted_home(tmp_path)
    service = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "--home", str(home.path), "review", "--no-browser"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert service.stderr is not None
        found = re.search(r"http://\S+", service.stderr.readline())
        assert found is not None
        browser.get(found[0])
        wait = WebDriverWait(browser, SECONDS)
        wait.until(lambda page: page.find_element(By.ID, "read").text == indicator.target.raw)
        browser.switch_to.frame("source")
        outlined = wait.until(lambda page: page.find_element(By.CSS_SELECTOR, ":target"))
        assert outlined.text == indicator.target.raw
        browser.switch_to.default_content()
        keys = ActionChains(browser)
        keys.send_keys("e").send_keys("≥77%").send_keys(Keys.ENTER).perform()
        wait.until(lambda page: "已处理 1 处" in page.find_element(By.ID, "progress").text)
        (decision,) = load_decisions(home.config / "decisions.csv")
        assert (decision.decision, decision.value) == ("corrected", "≥77%")
        ActionChains(browser).send_keys("u").perform()
        wait.until(lambda page: "已处理 0 处" in page.find_element(By.ID, "progress").text)
        ActionChains(browser).send_keys(Keys.ENTER).perform()
        wait.until(lambda page: "已处理 1 处" in page.find_element(By.ID, "progress").text)
        (decision,) = load_decisions(home.config / "decisions.csv")
        assert decision.decision == "accepted"
        severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert severe == []
    finally:
        service.terminate()
        service.wait(SECONDS)
