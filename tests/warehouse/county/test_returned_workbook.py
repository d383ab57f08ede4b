"""A workbook that the bureau filled in is read back into the state of findings, or its mistakes are named."""

import csv
import os
from pathlib import Path

import openpyxl
import pytest

from tests.places import ROOT
from warehouse.county.files import CountyFileError
from warehouse.county.finding_states import FindingState, load_finding_states, record_finding_states
from warehouse.county.returned_workbook import STATE_NAMES, take_back_states

HEADS = ("年度", "乡镇", "项目名称", "问题", "整改状态", "处理意见", "处理状态", "处理说明", "问题编号")
KEY, OTHER = "0123456789abcdef", "fedcba9876543210"
SAVED = 1_764_200_000


def _save(
    config: Path, *rows: tuple[str, str, str, str, str], saved: int = SAVED, name: str = "绩效目标对比表.xlsx"
) -> None:
    """Save a workbook with findings: state and note as filled in, as published, and the key."""
    config.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "审核问题"
    sheet.append(["审核问题"])
    sheet.append(["说明"])
    sheet.append(HEADS)
    for state, note, was, had, key in rows:
        sheet.append([2023, "甲镇", "防汛经费", "权重合计 95 分", state, note or None, was, had or None, key])
    book.save(config / name)
    os.utime(config / name, (saved, saved))


def _states(config: Path) -> dict[str, tuple[str, str]]:
    return {one.finding_key: (one.state, one.reason) for one in load_finding_states(config / "finding_states.csv")}


def test_what_was_filled_in_becomes_the_state_of_the_finding(tmp_path: Path) -> None:
    rows = [
        ("已解决", "乡镇已更正", "新发现", "", KEY),
        ("新发现", "", "新发现", "", OTHER),
        ("新发现", "请乡镇说明", "新发现", "", "a" * 16),
    ]
    _save(tmp_path, *rows)
    assert take_back_states(tmp_path) == 2
    assert _states(tmp_path) == {KEY: ("settled", "乡镇已更正"), "a" * 16: ("open", "请乡镇说明")}
    assert take_back_states(tmp_path) == 0


def test_a_later_word_stands_and_an_earlier_one_gives_way(tmp_path: Path) -> None:
    _save(tmp_path, ("已解决", "", "新发现", "", KEY), ("已答复", "来函", "新发现", "", OTHER))
    states = [
        FindingState(KEY, "waived", "县里口径", "2099-01-01 08:00"),
        FindingState(OTHER, "open", "", "2020-01-01 08:00"),
    ]
    record_finding_states(tmp_path / "finding_states.csv", states)
    assert take_back_states(tmp_path) == 1
    assert _states(tmp_path) == {KEY: ("waived", "县里口径"), OTHER: ("answered", "来函")}


def test_of_two_workbooks_the_one_saved_later_counts(tmp_path: Path) -> None:
    _save(tmp_path, ("已答复", "", "新发现", "", KEY), saved=SAVED, name="一.xlsx")
    _save(tmp_path, ("已解决", "", "新发现", "", KEY), saved=SAVED + 3600, name="二.xlsx")
    take_back_states(tmp_path)
    assert _states(tmp_path)[KEY][0] == "settled"


def test_every_mistake_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    rows = [
        ("办结", "", "新发现", "", KEY),
        ("不再追究", "", "新发现", "", OTHER),
        ("已解决", "", "新发现", "", "1.2E+15"),
        ("已解决", "", "新发现", "", "b" * 16),
    ]
    _save(tmp_path, *rows)
    with pytest.raises(CountyFileError) as refused:
        take_back_states(tmp_path)
    for part in ("第4行", "办结", "第5行", "处理意见", "第6行", "1.2E+15"):
        assert part in str(refused.value)
    assert _states(tmp_path) == {}


def test_a_workbook_that_does_not_open_is_named(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(CountyFileError, match=r"坏\.xlsx"):
        take_back_states(tmp_path)


def test_other_workbooks_and_excels_own_locks_are_left_alone(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    (tmp_path / "~$绩效目标对比表.xlsx").write_bytes(b"x")
    assert take_back_states(tmp_path) == 0


def test_states_are_called_as_the_workbook_calls_them() -> None:
    with (ROOT / "sql" / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["code"]: row["label"] for row in csv.DictReader(file) if row["column"] == "state"}
    assert labels == STATE_NAMES
