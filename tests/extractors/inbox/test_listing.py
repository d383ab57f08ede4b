import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extractors.inbox import listing as inbox_module
from extractors.inbox.listing import find_inbox_files, skip_reason


def make_old(path: Path) -> None:
    os.utime(path, (1_700_000_000, 1_700_000_000))


def put(folder: Path, name: str, data: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    make_old(path)
    return path


def test_files_of_all_folders_sorted_by_name(tmp_path: Path) -> None:
    for name in ("乙镇/2023.docx", "甲镇.pdf", "乙镇/附件/表.txt", "a.doc"):
        put(tmp_path, name, b"12345")
    found = find_inbox_files(tmp_path)
    assert [file.name for file in found.files] == ["a.doc", "乙镇/2023.docx", "乙镇/附件/表.txt", "甲镇.pdf"]
    assert {file.size for file in found.files} == {5}
    assert found.files[0].mtime_ns == 1_700_000_000_000_000_000
    assert found.skipped == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("~$绩效目标.docx", "lock_file"),
        (".~lock.绩效目标.docx#", "lock_file"),
        ("Thumbs.db", "system_file"),
        (".DS_Store", "system_file"),
        ("绩效.docx.crdownload", "unfinished_download"),
        ("绩效.docx.tmp", "unfinished_download"),
        ("._绩效.docx", "hidden_file"),
        ("绩效目标.docx", None),
        ("没有后缀", None),
    ],
)
def test_names_that_are_never_filings(tmp_path: Path, name: str, reason: str | None) -> None:
    put(tmp_path, name)
    found = find_inbox_files(tmp_path)
    assert skip_reason(name) == reason
    assert [one.reason for one in found.skipped] == ([reason] if reason else [])
    assert [one.name for one in found.files] == ([] if reason else [name])


def test_links_are_not_followed(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere", "secret.docx")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "file.docx").symlink_to(elsewhere)
    (inbox / "folder").symlink_to(elsewhere.parent)
    found = find_inbox_files(inbox)
    assert found.files == ()
    assert [(one.name, one.reason) for one in found.skipped] == [("file.docx", "link"), ("folder", "link")]


def test_file_that_is_still_growing_is_left_for_the_next_run(tmp_path: Path) -> None:
    put(tmp_path, "完整.docx")
    growing = tmp_path / "还在复制.docx"
    growing.write_bytes(b"x")
    stop = threading.Event()

    def copy_on() -> None:
        while not stop.wait(0.02):
            with growing.open("ab") as stream:
                stream.write(b"x")

    copying = threading.Thread(target=copy_on)
    copying.start()
    try:
        found = find_inbox_files(tmp_path)
    finally:
        stop.set()
        copying.join()
    assert [file.name for file in found.files] == ["完整.docx"]
    assert [(one.name, one.reason) for one in found.skipped] == [("还在复制.docx", "still_growing")]


def test_fresh_file_that_rests_is_taken(tmp_path: Path) -> None:
    (tmp_path / "新.docx").write_bytes(b"x")
    assert [file.name for file in find_inbox_files(tmp_path).files] == ["新.docx"]


def test_nothing_waits_where_all_files_are_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "旧.docx")
    future = put(tmp_path, "未来.docx")
    os.utime(future, (time.time() + 9999, time.time() + 9999))

    def refuse(_: float) -> None:
        raise AssertionError("waited for nothing")

    monkeypatch.setattr(inbox_module.time, "sleep", refuse)
    assert len(find_inbox_files(tmp_path).files) == 2


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Give up the administrator's right to open everything for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_cannot_be_opened_is_left_and_named() -> None:
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder)
        inbox.chmod(0o755)
        for name in ("好.docx", "锁住.docx", "锁住的目录/里面.docx"):
            put(inbox, name)
        (inbox / "锁住.docx").chmod(0)
        (inbox / "锁住的目录").chmod(0)
        with ordinary_user():
            found = find_inbox_files(inbox)
        (inbox / "锁住的目录").chmod(0o700)
    assert [file.name for file in found.files] == ["好.docx"]
    assert [(one.name, one.reason) for one in found.skipped] == [
        ("锁住.docx", "unreadable"),
        ("锁住的目录", "unreadable"),
    ]


def test_names_that_are_no_utf8_become_text(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("甲镇".encode("gbk"))
    put(folder, os.fsdecode("绩效目标.docx".encode("gbk")))
    (file,) = find_inbox_files(tmp_path).files
    assert file.name == "甲镇/绩效目标.docx"
    assert file.path.read_bytes() == b"x"
