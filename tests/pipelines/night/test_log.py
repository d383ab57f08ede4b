"""The log of nights: a JSON object a line, with run and file, rotated, and of no weight where it cannot be written."""

import json
import logging
from pathlib import Path

import pytest

from pipelines.night import log
from pipelines.night.log import LOGS_KEPT, logged
from warehouse.home import Home


def lines(home: Home) -> list[dict[str, str]]:
    return [json.loads(line) for line in (home.log / "jixiao.jsonl").read_text(encoding="utf-8").splitlines()]


def test_each_line_names_its_run_and_its_file(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with logged(home, "run-1"):
        logging.getLogger("jixiao.files").info("已读取", extra={"file": "甲镇\n.docx"})
        logging.getLogger("jixiao").warning("磁盘")
    with logged(home, "run-2"):
        logging.getLogger("jixiao").warning("第二次")
    found = lines(home)
    assert [(one["run"], one["level"], one["event"], one.get("file")) for one in found] == [
        ("run-1", "info", "已读取", "甲镇\n.docx"),
        ("run-1", "warning", "磁盘", None),
        ("run-2", "warning", "第二次", None),
    ]
    assert all(one["time"].endswith("+00:00") for one in found)


def test_a_long_log_is_rotated_and_does_not_grow_without_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LOG_BYTES", 1000)
    home = Home(tmp_path)
    with logged(home, "run"):
        for number in range(200):
            logging.getLogger("jixiao").warning("%s", number)
    kept = sorted(path.name for path in home.log.iterdir())
    assert kept == ["jixiao.jsonl", *(f"jixiao.jsonl.{number}" for number in range(1, LOGS_KEPT + 1))]
    assert sum(path.stat().st_size for path in home.log.iterdir()) <= 1000 * (LOGS_KEPT + 1)
    assert lines(home)[-1]["event"] == "199"


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file stands where the folder should be")
    with logged(Home(tmp_path), "run"):
        logging.getLogger("jixiao").warning("x")


def test_a_disk_that_fails_meanwhile_says_nothing_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "jixiao.jsonl").symlink_to("/dev/full")
    with logged(Home(tmp_path), "run"):
        logging.getLogger("jixiao").warning("x")
    assert "Traceback" not in capsys.readouterr().err
