"""A published report, and a browser without a window that opens it."""

import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.publish import Publication, publish

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1400,1200"),
)


@pytest.fixture(scope="package")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    home = tmp_path_factory.mktemp("home")
    (home / "inbox").mkdir()
    database = build_county(home / "county.duckdb", inbox=home / "inbox")
    return publish(database, home / "published", inbox=home / "inbox")


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    names = ("chromium", "chromium-browser", "google-chrome")
    options.binary_location = next(path for name in names if (path := shutil.which(name)))
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture
def report(browser: webdriver.Chrome, publication: Publication) -> webdriver.Chrome:
    browser.get("about:blank")
    browser.get(publication.reports[0].as_uri())
    return browser
