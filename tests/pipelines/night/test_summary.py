"""The summary of a run: what cannot be opened is named, and no file name breaks a line."""

from dataclasses import replace

from extractors.rejection import Reason
from pipelines.night.summary import GROUPED_ABOVE, Rejection, RunSummary, gather_alike, summary_lines, summary_markdown

SUMMARY = RunSummary(
    home="county",
    inbox="inbox",
    new=0,
    changed=0,
    unchanged=0,
    growing=(),
    unreadable=("锁住\n的.docx",),
    duplicates=(),
    rejected=(Rejection("换\x1b[2J行\u2028.docx", Reason.DAMAGED, "坏\r了"),),
    findings={},
    unread_cells=0,
    rebuilt=False,
    database="county.duckdb",
    published="published",
    is_demo=False,
    seconds=0.1,
)


def test_names_stay_on_their_line() -> None:
    lines = list(summary_lines(SUMMARY))
    assert not any(mark in line for line in lines for mark in "\n\r\x1b\u2028")
    assert any("换␣[2J行␣.docx" in line.replace("\\", "") and "坏␣了" in line for line in lines)


def test_what_cannot_be_opened_is_named() -> None:
    assert any("锁住␣的.docx" in line and "权限" in line for line in summary_lines(SUMMARY))
    assert "- 锁住 的.docx：打不开" in summary_markdown(SUMMARY)


def test_many_files_of_a_zip_that_are_rejected_alike_are_told_as_one() -> None:
    inside = [Rejection(f"包.ZIP/a/{number}.docx", Reason.DAMAGED, "坏了", is_news=False) for number in range(4000)]
    few = [Rejection(f"小.zip/{number}.docx", Reason.DAMAGED, "坏了") for number in range(GROUPED_ABOVE)]
    other = Rejection("包.ZIP/说明.txt", Reason.UNSUPPORTED_FORMAT, "文本")
    told = gather_alike([*inside, *few, other])
    assert len(told) == 1 + len(few) + 1
    (whole,) = (one for one in told if one.file_name == "包.ZIP")
    assert whole.files == 4000 and "4000 份" in whole.detail and "a/0.docx" in whole.detail and not whole.is_news
    assert "未入库 4021 份" in replace(SUMMARY, rejected=told).headline
    assert len([line for line in summary_lines(replace(SUMMARY, rejected=told)) if "✗" in line]) <= len(told) + 1
