"""Which tests are left out on a machine that lacks a program; in CI nothing is left out."""

import os
import shutil
import signal
import threading
from collections.abc import Generator
from importlib.util import find_spec

import pytest
from hypothesis import settings

from tests.made_once import made_once
from tests.places import ROOT
from tests.samples.scans import chinese_font
from tests.warehouse.invented_county import CONFIG, ONE, County, build_home, draw_county

NEEDS = {
    "needs_libreoffice": ([("soffice", "libreoffice")], "LibreOffice (soffice) is not installed"),
    "needs_browser": (
        [("chromium", "chromium-browser", "google-chrome"), ("chromedriver",)],
        "Chromium and its chromedriver are not installed",
    ),
    "needs_compiler": ([("cc", "gcc", "clang")], "a C compiler is not installed"),
}
"""Marker: the programs that a test drives, each under any of its names, and why the test is left out without."""


OCR_REASON = "the extra ocr, or a Chinese font to draw scans with, is missing"
OCR_PACKAGES = ("cv2", "openvino", "rapidocr")
WHOLE = (
    *("tests/accuracy", "tests/pipelines", "tests/sql/marts", "tests/warehouse/models", "tests/warehouse/publication"),
    *("tests/faults", "tests/warehouse/store", "tests/extractors/docx/test_hostile_packages.py"),
    *(
        "tests/warehouse/county/test_found_townships.py",
        "tests/warehouse/test_analysts.py",
        "tests/extractors/pdf/test_readers.py",
    ),
    *(
        "tests/extractors/scan",
        "tests/extractors/guard",
        "tests/extractors/pdf/test_hostile.py",
        "tests/sql/test_rules_real_filing.py",
    ),
)
"""Where tests build whole counties, start the command, or wait for hostile files: ``make quick`` leaves them to ``make test``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what cannot run here, and put first what waits, then what is long: the end is left to what is short."""
    has_ocr = all(find_spec(package) for package in OCR_PACKAGES) and chinese_font() is not None
    for item in items:
        if item.get_closest_marker("needs_ocr") and not has_ocr:
            item.add_marker(pytest.mark.skip(reason=OCR_REASON))
        if item.path.relative_to(ROOT).as_posix().startswith(WHOLE):
            item.add_marker("whole")
        for marker, (programs, reason) in NEEDS.items():
            if item.get_closest_marker(marker) and not all(any(map(shutil.which, names)) for names in programs):
                item.add_marker(pytest.mark.skip(reason=reason))
    items.sort(key=lambda item: (not item.get_closest_marker("waits"), not item.get_closest_marker("whole")))


def _lacks_a_program(report: pytest.TestReport) -> bool:
    """Tell whether a test is left out for want of a program, and not of files that lie beside the project."""
    return any(reason in str(report.longrepr) for reason in (*(reason for _, reason in NEEDS.values()), OCR_REASON))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, a test that is left out for want of a program fails."""
    report = yield
    needs = [marker.name for marker in item.iter_markers() if marker.name.startswith("needs_")]
    if report.skipped and _lacks_a_program(report) and needs and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"left out in CI although it {', '.join(needs)}"
    return report


settings.register_profile("any machine", deadline=None)  # how busy it is must fail no test
settings.load_profile("any machine")


def pytest_configure() -> None:
    """Let interrupts through: a shell's background job ignores SIGINT, and so would every command under test."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> County:
    """The invented county of two years and eight townships, with its own files; nobody changes it."""
    return County(
        made_once(tmp_path_factory, worker_id, "county", lambda home: build_home(home, draw_county(), CONFIG))
    )


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> County:
    """A county of one filing with one project; nobody changes it."""
    return County(made_once(tmp_path_factory, worker_id, "small_county", lambda home: build_home(home, ONE)))
