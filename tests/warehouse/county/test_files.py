"""The county's own files: one that was not written to its end is an error that names it, never half of the truth."""

from pathlib import Path

import pytest

from warehouse.county.files import CountyFileError, read_county_rows, write_county_rows

COLUMNS = ("indicator", "standard", "note")
ROWS = [
    {"indicator": "验收合格率", "standard": "≥95%", "note": ""},
    {"indicator": "补助标准", "standard": "≤7500元/村", "note": "含“甲”,乙\n两类"},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_county_rows(tmp_path / "standards.csv", COLUMNS, ROWS)
    return tmp_path / "standards.csv"


def test_a_whole_file_is_read(path: Path) -> None:
    assert [row for _, row in read_county_rows(path, COLUMNS)] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_that_ends_anywhere_but_at_a_lines_end_is_refused_by_name(path: Path, encoding: str) -> None:
    whole = path.read_bytes().decode("utf-8-sig").encode(encoding)
    ends = {at for at in range(1, len(whole)) if whole[:at].endswith((b"\r\n", b"\r"))}
    for at in set(range(1, len(whole))) - ends:
        path.write_bytes(whole[:at])
        with pytest.raises(CountyFileError, match=r"standards\.csv"):
            read_county_rows(path, COLUMNS)


def test_a_quote_that_is_not_closed_is_refused_by_line(path: Path) -> None:
    path.write_text('indicator,standard,note\r\n"甲"乙,1,\r\n', encoding="utf-8")
    with pytest.raises(CountyFileError, match=r"standards\.csv 第2行：引号"):
        read_county_rows(path, COLUMNS)


def test_rows_that_a_spreadsheet_left_short_are_whole(path: Path) -> None:
    path.write_text("indicator,standard,note\r\n甲,≥1\r\n", encoding="utf-8")
    assert [row for _, row in read_county_rows(path, COLUMNS)] == [{"indicator": "甲", "standard": "≥1", "note": ""}]
