"""What a disk that fails says to the clerk: which place, and that nothing is lost."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from pipelines.night.run import run_night
from pipelines.night.space import find_disk_error
from pipelines.terminal.errors import CommandError
from warehouse.home import Home


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EIO, os.strerror(errno.EIO), "parquet/a"), "磁盘读写出错（设备出错）：parquet/a"),
        (duckdb.IOException("Could not write file: Input/output error"), "磁盘读写出错（设备出错）"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "磁盘变为只读"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "磁盘已满"),
        (duckdb.IOException("Could not write file: No space left on device"), "磁盘已满"),
    ],
)
def test_a_failing_disk_is_told_as_such(tmp_path: Path, error: Exception, words: str) -> None:
    told = find_disk_error(Home(tmp_path), error)
    assert told is not None and words in told.message
    assert "上一次的完整版本" in told.advice


def test_other_faults_are_not_the_disks(tmp_path: Path) -> None:
    assert find_disk_error(Home(tmp_path), ValueError("x")) is None
    assert find_disk_error(Home(tmp_path), OSError("no number")) is None


def test_a_disk_that_is_full_before_the_night_has_a_record_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pipelines.night.run.begin_record", full)
    with pytest.raises(CommandError, match="磁盘已满"):
        run_night(Home(tmp_path), None)
