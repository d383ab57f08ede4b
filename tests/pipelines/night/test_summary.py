"""The summary of a run: what cannot be opened is named, and no file name breaks a line."""

from extractors.rejection import Reason
from pipelines.night.summary import Rejection, RunSummary, summary_lines, summary_markdown

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
