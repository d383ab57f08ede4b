import zipfile
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.limits import MEGABYTE, Limits
from extractors.reading import Source, open_sources, read_filing, read_source, run_guarded
from extractors.rejection import Reason, RejectedFile
from tests.extractors.docx.word_files import paragraph, write_docx


def read_one(source: Source) -> Document:
    """Read one source; runs in a worker."""
    return read_source(source)


def write_gbk_zip(path: Path, names: tuple[str, ...], data: bytes) -> Path:
    """Write a zip as Chinese Windows does: names in GBK, without the mark for UTF-8."""
    raws = {chr(number) * len(raw): raw for number, raw in enumerate((n.encode("gb18030") for n in names), ord("!"))}
    with zipfile.ZipFile(path, "w") as archive:
        for place in raws:
            archive.writestr(place, data)
    written = path.read_bytes()
    for place, raw in raws.items():
        written = written.replace(place.encode(), raw)
    path.write_bytes(written)
    return path


def test_plain_files_are_sources_of_themselves(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "甲.docx", paragraph("甲"))
    with open_sources([path]) as opened:
        assert opened.sources == (Source(path, "甲.docx", path),)
        assert opened.rejected == ()


def test_members_of_a_zip_are_sources(tmp_path: Path) -> None:
    filing = write_docx(tmp_path / "甲.docx", paragraph("甲")).read_bytes()
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("乡镇/甲.docx", filing)
        archive.writestr("乡镇/~$甲.docx", b"lock")
        archive.writestr("__MACOSX/._甲.docx", b"junk")
        archive.writestr("乡镇/空.docx", b"")
    with open_sources([path]) as opened:
        assert [source.file_name for source in opened.sources] == ["包.zip/乡镇/甲.docx", "包.zip/乡镇/空.docx"]
        results = {source.file_name: result for source, result in run_guarded(read_one, opened.sources, workers=1)}
        folders = {source.path.parent for source in opened.sources}
    read, empty = results["包.zip/乡镇/甲.docx"], results["包.zip/乡镇/空.docx"]
    assert isinstance(read, Document)
    assert read.file_name == "包.zip/乡镇/甲.docx"
    assert read.sha256 == read_filing(tmp_path / "甲.docx").sha256
    assert isinstance(empty, RejectedFile)
    assert empty.reason is Reason.EMPTY_FILE
    assert not any(folder.exists() for folder in folders)


def test_member_names_in_gbk(tmp_path: Path) -> None:
    path = write_gbk_zip(tmp_path / "包.zip", ("李钊庄镇.txt",), "一级\t二级\n".encode())
    with open_sources([path]) as opened:
        assert [source.file_name for source in opened.sources] == ["包.zip/李钊庄镇.txt"]


def test_members_of_like_names_are_all_sources(tmp_path: Path) -> None:
    """Names of a package's parts ignore case; to such eyes, 堡 and 饱 in GBK read as CP437 are one name."""
    path = write_gbk_zip(tmp_path / "包.zip", ("堡镇.txt", "饱镇.txt"), "绩效目标".encode())
    with open_sources([path]) as opened:
        assert [source.file_name for source in opened.sources] == ["包.zip/堡镇.txt", "包.zip/饱镇.txt"]


def test_members_of_one_name_are_all_sources(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("甲.txt", "绩效目标")
        archive.writestr("甲.txt", "绩效")
    with open_sources([path]) as opened:
        assert [source.file_name for source in opened.sources] == ["包.zip/甲.txt", "包.zip/甲（同名2）.txt"]


@pytest.mark.parametrize("name", ["../../出去.txt", "/绝对.txt", "C:\\盘.txt"])
def test_member_names_do_not_say_where_to_write(tmp_path: Path, name: str) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "正文")
    before = set(tmp_path.rglob("*"))
    with open_sources([path]) as opened:
        (source,) = opened.sources
        assert source.path.name == "000000"
        assert set(tmp_path.rglob("*")) == before


def refused(path: Path, limits: Limits) -> RejectedFile:
    with open_sources([path], limits=limits) as opened:
        assert opened.sources == ()
        ((received, rejected),) = opened.rejected
        assert received == path
        return rejected


def test_zip_inside_a_zip(tmp_path: Path) -> None:
    inner, outer = tmp_path / "内.zip", tmp_path / "外.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("甲.txt", "甲")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "内.zip")
        archive.writestr("乙.txt", "乙镇绩效目标")
    with open_sources([outer]) as opened:
        nested, beside = opened.sources
        assert read_source(beside).file_name == "外.zip/乙.txt"
        with pytest.raises(RejectedFile) as caught:
            read_source(nested)
    assert caught.value.reason is Reason.UNSUPPORTED_FORMAT
    assert "压缩包" in caught.value.detail


def test_zip_that_is_not_to_be_unpacked_is_one_source(tmp_path: Path) -> None:
    path = tmp_path / "其实是压缩包.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲.txt", "甲")
        archive.writestr("乙.txt", "乙")
    with open_sources([path], unpack=False) as opened:
        (source,) = opened.sources
        assert source.path == path
        with pytest.raises(RejectedFile) as caught:
            read_source(source)
    assert caught.value.reason is Reason.UNSUPPORTED_FORMAT


def test_zip_that_expands_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲.txt", b"x" * 3 * MEGABYTE)
    limits = Limits(expanded_bytes=2 * MEGABYTE)
    with open_sources([path], limits=limits) as opened, pytest.raises(RejectedFile) as caught:
        read_source(opened.sources[0], limits)
    assert caught.value.reason is Reason.TOO_LARGE


def test_zip_without_files(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(".DS_Store", b"x")
    assert refused(path, Limits()).reason is Reason.EMPTY_FILE


def test_file_that_vanished_is_left_to_the_reading(tmp_path: Path) -> None:
    with open_sources([tmp_path / "没有.docx"]) as opened:
        assert len(opened.sources) == 1
