"""Check, repair, backup, restore and rebuild, through the real command on one small home."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.test_cli import jixiao
from tests.places import SAMPLES
from warehouse.files import hash_file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("care") / "home"
    (home / "inbox").mkdir(parents=True)
    for path in sorted(SAMPLES.glob("*.docx"), key=lambda path: path.stat().st_size)[:2]:
        shutil.copy2(path, home / "inbox")
    assert jixiao("--home", str(home), "run").returncode == 0
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(made, tmp_path / "home", symlinks=True)
    yield tmp_path / "home"


def ask(home: Path, *words: str, code: int = 0) -> dict[str, Any]:
    answer = jixiao("--home", str(home), *words, "--json")
    assert answer.returncode == code, answer.stdout + answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def contents(home: Path) -> dict[str, str]:
    """Give every file's checksum, without what belongs to one machine or one run."""
    own = {"nights", "log", "journal"}
    return {
        path.relative_to(home).as_posix(): path.readlink().as_posix() if path.is_symlink() else hash_file(path)
        for path in home.rglob("*")
        if (path.is_file() or path.is_symlink()) and not own & set(path.parts) and path.name != ".run.lock"
    }


def test_a_whole_home_has_no_troubles(home: Path) -> None:
    assert ask(home, "check")["troubles"] == []


@pytest.mark.parametrize("damage", ["database", "part", "publication", "part gone"])
def test_damage_is_found_and_put_right(home: Path, damage: str) -> None:
    whole = contents(home)
    path = {
        "database": (home / "county.duckdb").resolve(),
        "publication": next((home / "published" / "latest").glob("*.xlsx")),
    }.get(damage) or next((home / "parquet" / "indicators").rglob("part-*.parquet"))
    if damage == "part gone":
        path = next((home / "parquet" / "filings").rglob("part-*.parquet"))
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 0xFF
        path.write_bytes(content)
    found = ask(home, "check", code=4)
    assert found["troubles"], damage
    mended = ask(home, "check", "--repair")
    assert mended["repaired"] and mended["ok"]
    now = contents(home)
    assert {name: now[name] for name in now if name.startswith("parquet/") and not name.endswith(".damaged")} == {
        name: whole[name] for name in whole if name.startswith("parquet/")
    }


def test_a_backup_restores_the_same_bytes(home: Path, tmp_path: Path) -> None:
    ask(home, "backup", str(tmp_path / "b.tar.gz"))
    told = ask(tmp_path / "again", "restore", str(tmp_path / "b.tar.gz"))
    assert told["files"] > 0
    assert contents(tmp_path / "again") == contents(home)
    assert ask(tmp_path / "again", "check")["ok"]


def test_a_damaged_backup_is_refused_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "b.tar"
    ask(home, "backup", str(archive))
    content = bytearray(archive.read_bytes())
    content[content.index((home / "inbox").iterdir().__next__().read_bytes()[:64]) + 40] ^= 0xFF
    archive.write_bytes(content)
    answer = jixiao("--home", str(tmp_path / "again"), "restore", str(archive))
    assert answer.returncode == 1 and "损坏" in answer.stderr
    assert not (tmp_path / "again").exists()


def test_restore_overwrites_nothing(home: Path, tmp_path: Path) -> None:
    ask(home, "backup", str(tmp_path / "b.tar"))
    answer = jixiao("--home", str(home), "restore", str(tmp_path / "b.tar"))
    assert answer.returncode == 2 and "不会覆盖" in answer.stderr


def test_everything_again_equals_what_is_there(home: Path) -> None:
    told = ask(home, "rebuild")
    assert told["equal"] and not told["differing"]
    assert not (home / ".rebuild").exists()


def test_a_filing_that_left_the_inbox_is_not_lost_by_a_rebuild(home: Path) -> None:
    next((home / "inbox").iterdir()).unlink()
    before = contents(home)
    told = ask(home, "rebuild", "--apply", code=4)
    assert len(told["not_in_inbox"]) == 1 and not told["applied"]
    assert contents(home) == before


def test_doctor_tells_all_at_once(home: Path) -> None:
    (home / "config" / "settings.toml").write_text("[mail]\nhots = 1\n", encoding="utf-8")
    shutil.rmtree(home / "inbox")
    told = ask(home, "doctor", code=1)
    assert {"settings", "no_inbox"} <= {trouble["code"] for trouble in told["troubles"]}
