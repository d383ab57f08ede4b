"""What became of findings is kept in a file, and mistakes in it are named by line."""

from pathlib import Path

import pytest

from warehouse.county.files import CountyFileError
from warehouse.county.finding_states import FindingState, load_finding_states, record_finding_states

KEY = "0123456789abcdef"


def test_states_are_kept_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "finding_states.csv"
    assert load_finding_states(path) == ()
    record_finding_states(path, [FindingState(KEY, "answered", "已来函说明", "2024-03-01", "科员甲")])
    record_finding_states(path, [FindingState("f" * 16, "open"), FindingState(KEY, "waived", "按县里的口径")])
    assert {one.finding_key: one.state for one in load_finding_states(path)} == {KEY: "waived", "f" * 16: "open"}
    record_finding_states(path, [FindingState(KEY, "new")])
    assert [one.finding_key for one in load_finding_states(path)] == ["f" * 16]


def test_mistakes_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "finding_states.csv"
    path.write_text(f"finding_key,state,reason\n1.23457E+15,open,\n{KEY},done,\n{KEY},waived,\n", encoding="utf-8-sig")
    with pytest.raises(CountyFileError) as refused:
        load_finding_states(path)
    message = str(refused.value)
    for part in ("第2行", "1.23457E+15", "第3行", "done", "第4行", "理由"):
        assert part in message
