from pathlib import Path

from pipelines.service.rotation import LOG_BYTES, rotate


def test_a_long_log_begins_anew_under_whoever_writes_it(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"a" * LOG_BYTES)
        rotate(log)
        assert log.stat().st_size == LOG_BYTES, "not yet"
        writer.write(b"b")
        rotate(log)
        writer.write(b"c")
    assert log.read_bytes() == b"c"
    assert (tmp_path / "server.log.1").read_bytes() == b"a" * LOG_BYTES + b"b"
