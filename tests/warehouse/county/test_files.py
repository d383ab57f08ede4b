"""The county's own files: one that was not written to its end is an error that names it, never half of the truth."""

from pathlib import Path

import pytest

from warehouse.county.files import DISK_BLOCK, CountyFileError, read_county_rows, write_county_rows

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
def test_a_file_cut_anywhere_is_refused_by_name_unless_its_last_row_has_all_its_values(
    path: Path, encoding: str
) -> None:
    whole = path.read_bytes().decode("utf-8-sig").encode(encoding)
    accepted = 0
    for at in range(1, len(whole)):
        path.write_bytes(whole[:at])
        try:
            rows = [row for _, row in read_county_rows(path, COLUMNS)]
        except CountyFileError as error:
            assert "standards.csv" in str(error)
            continue
        accepted += 1
        for row, filed in zip(rows, ROWS, strict=False):
            assert {**row, "note": ""} == {**filed, "note": ""}, f"cut at {at}"
            assert filed["note"].startswith(row["note"]), f"cut at {at}: at most the end of the last value is missing"
    assert accepted < 10, "ends of lines, and of rows that have all their values"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("indicator,standard,note\n甲,≥1,核对过", id="a last value"),
        pytest.param("indicator,standard,note\n甲,≥1,", id="an empty last value"),
        pytest.param('indicator,standard,note\n甲,≥1,"核对,过"', id="a quoted last value"),
        pytest.param("indicator,standard\n甲,≥1", id="columns left out"),
        pytest.param("indicator,standard,note\n甲,≥1,\n  ", id="blanks"),
    ],
)
def test_a_whole_last_row_needs_no_line_end(path: Path, written: str) -> None:
    path.write_text(written, encoding="utf-8")
    (row,) = [row for _, row in read_county_rows(path, COLUMNS)]
    assert (row["indicator"], row["standard"]) == ("甲", "≥1")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("indicator,standard,note", id="a heading that may have lost all lines"),
        pytest.param("indicator,standard,note\n甲,≥1", id="a value too few"),
        pytest.param('indicator,standard,note\n甲,≥1,"核对', id="an open quote"),
        pytest.param("indicator\n甲", id="one column, whose value may be half"),
    ],
)
def test_a_last_row_that_may_be_half_is_refused(path: Path, written: str) -> None:
    path.write_text(written, encoding="utf-8")
    with pytest.raises(CountyFileError, match=r"standards\.csv 第\d行：文件到这里中断"):
        read_county_rows(path, COLUMNS)


@pytest.mark.parametrize("spare", [0, 1])
def test_a_row_that_ends_where_a_block_of_the_disk_ends_may_be_half(path: Path, spare: int) -> None:
    begun = b"indicator,standard,note\na,1,"
    path.write_bytes(begun + b"x" * (2 * DISK_BLOCK - len(begun) + spare))
    if spare:
        assert len(read_county_rows(path, COLUMNS)) == 1
    else:
        with pytest.raises(CountyFileError, match="中断"):
            read_county_rows(path, COLUMNS)


def test_a_quote_that_is_not_closed_is_refused_by_line(path: Path) -> None:
    path.write_text('indicator,standard,note\r\n"甲"乙,1,\r\n', encoding="utf-8")
    with pytest.raises(CountyFileError, match=r"standards\.csv 第2行：引号"):
        read_county_rows(path, COLUMNS)


def test_rows_that_a_spreadsheet_left_short_are_whole(path: Path) -> None:
    path.write_text("indicator,standard,note\r\n甲,≥1\r\n", encoding="utf-8")
    assert [row for _, row in read_county_rows(path, COLUMNS)] == [{"indicator": "甲", "standard": "≥1", "note": ""}]
