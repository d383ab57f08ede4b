from datetime import datetime
from pathlib import Path

import pytest

from transforms.decisions import Decision
from warehouse.county.decisions import COLUMNS, forget_decision, load_decisions, record_decisions
from warehouse.county.files import CountyFileError

ONE = Decision(
    "ab" * 32,
    2,
    5,
    4,
    "target_raw",
    "=1\n2",
    "corrected",
    "≥80",
    datetime(2026, 11, 27, 9, 5),
    "张",
    "甲.pdf",
    "看原件",
)


def test_what_is_recorded_is_read_again_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "config" / "decisions.csv"
    assert load_decisions(path) == ()
    record_decisions(path, [ONE])
    accepted = Decision("cd" * 32, 0, 0, 0, "fiscal_year", "2023", "accepted")
    record_decisions(path, [accepted])
    assert load_decisions(path) == (ONE, accepted)
    second = Decision(*ONE.key[:4], "target_raw", "=1\n2", "excluded")
    record_decisions(path, [second])
    assert set(load_decisions(path)) == {second, accepted}
    assert forget_decision(path, second)
    assert not forget_decision(path, second)
    assert load_decisions(path) == (accepted,)


def test_what_a_spreadsheet_does_to_dates_and_numbers_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    record_decisions(path, [ONE])
    text = (
        path.read_text(encoding="utf-8-sig")
        .replace("2026-11-27 09:05:00", "2026/11/27 9:05")
        .replace(",2,5,4,", ",2.0,5,4,")
    )
    path.write_bytes(text.encode("gb18030"))
    assert load_decisions(path) == (ONE,)


@pytest.mark.parametrize(
    ("read", "value", "made"),
    [
        ("3-5%", "≥80", "3月5日"),
        ("007", "7", "7"),
        ("23个", "3-5", "2026/3/5"),
        ("=1+1", "2", "2"),
        ("95%", "0.30", "0.3"),
    ],
)
def test_a_text_that_a_spreadsheet_changed_is_named_with_its_line(
    tmp_path: Path, read: str, value: str, made: str
) -> None:
    path = tmp_path / "decisions.csv"
    record_decisions(path, [ONE, Decision("cd" * 32, 1, 2, 3, "target_raw", read, "corrected", value)])
    changed = (value if value in ("3-5", "0.30") else read, made)
    text = path.read_text(encoding="utf-8-sig").replace(f",{changed[0]},", f",{made},", 1)
    path.write_bytes(text.encode("gb18030"))
    with pytest.raises(CountyFileError, match=r"第4行：text_read.*表格软件"):
        load_decisions(path)
    lines = text.splitlines()
    lines[-1] = lines[-1].rpartition(",")[0] + ","
    path.write_text("\r\n".join([*lines, ""]), encoding="utf-8")
    assert len(load_decisions(path)) == 2, "changed on purpose: the check is emptied"


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    rows = [
        "1.2E+63,1,1,1,target_raw,a,accepted,",
        f"{'ab' * 32},一,1,1,target_raw,a,corrected,",
        f"{'ab' * 32},1,1,1,,a,maybe,",
        f"{'ab' * 32},0,0,0,fiscal_year,2023,corrected,24",
    ]
    path.write_text("\n".join([",".join(COLUMNS[:8]), *rows, ""]), encoding="utf-8")
    with pytest.raises(CountyFileError) as refused:
        load_decisions(path)
    for expected in (
        "第2行：sha256",
        "第3行：table_no",
        "第3行：decision 为 corrected",
        "第4行：field",
        "第4行：decision“maybe”",
        "第5行：value“24”",
    ):
        assert expected in str(refused.value)
