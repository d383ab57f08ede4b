from pathlib import Path

import pytest

from transforms.forms.taught import NO_HEADINGS
from warehouse.county.files import CountyFileError
from warehouse.county.headings_file import load_headings


def write(folder: Path, *lines: str) -> Path:
    path = folder / "headings.csv"
    path.write_text("\n".join(("heading,means,note", *lines, "")), encoding="utf-8-sig")
    return path


def test_a_heading_is_taught_by_one_that_is_known_or_by_its_role(tmp_path: Path) -> None:
    taught = load_headings(write(tmp_path, "年终成效,实际完成值,自评表用", "核拨数,amount_total,"))
    assert taught.headers == {"年终成效": "actual"}
    assert taught.heads["核拨数"] == "amount_total"


def test_without_the_file_nothing_is_taught(tmp_path: Path) -> None:
    assert load_headings(tmp_path / "headings.csv") is NO_HEADINGS


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["年终成效,某某栏,"], "第2行 means列：“某某栏”应为已知的表头"),
        ([",指标值,"], "第2行 heading列：表头文字不能为空"),
        (["年终成效,实际完成值,", "年终 成效：,指标值,"], "第3行 heading列：“年终 成效：”与第2行重复"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(CountyFileError, match=said):
        load_headings(write(tmp_path, *lines))
