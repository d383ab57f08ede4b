"""What follows from the program alone is remembered, and never trusted when it is damaged or of another program."""

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from warehouse.models.files import Model
from warehouse.models.lineage import trace_columns
from warehouse.models.remembered import remember


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def _kept_file(folder: Path) -> Path:
    return Path(cache_from_source(str(folder / "answer.py"))).with_suffix(".json")


def test_an_answer_is_made_once_a_key(tmp_path: Path) -> None:
    asked = []

    def ask(key: str) -> dict[str, list[str]]:
        return remember(tmp_path, "answer", key, lambda: asked.append(key) or {"一": [key]})

    assert [ask("a"), ask("a"), ask("b"), ask("b")] == [{"一": ["a"]}, {"一": ["a"]}, {"一": ["b"]}, {"一": ["b"]}]
    assert asked == ["a", "b"]


@pytest.mark.parametrize("damage", [lambda kept: kept[:-4] + b'9"]}', lambda kept: kept[:40], lambda kept: b""])
def test_a_damaged_answer_is_made_again(tmp_path: Path, damage) -> None:
    remember(tmp_path, "answer", "a", lambda: {"x": ["1"]})
    kept = _kept_file(tmp_path)
    kept.write_bytes(damage(kept.read_bytes()))
    assert remember(tmp_path, "answer", "a", lambda: {"x": ["2"]}) == {"x": ["2"]}
    assert remember(tmp_path, "answer", "a", lambda: {"x": ["3"]}) == {"x": ["2"]}


def test_a_place_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("not a folder")
    assert remember(tmp_path, "answer", "a", lambda: {"x": ["1"]}) == {"x": ["1"]}
    assert remember(tmp_path, "answer", "a", lambda: {"x": ["2"]}) == {"x": ["2"]}


def test_another_text_of_a_model_or_other_columns_are_another_lineage(tmp_path: Path) -> None:
    def trace(text: str, columns: list[str]) -> dict[tuple[str, str], frozenset[str]]:
        return trace_columns([Model("mart.x", Path("x.sql"), text)], {"core.y": columns}, tmp_path)

    assert trace("select a as z from core.y", ["a", "b"]) == {("mart.x", "z"): {"core.y.a"}}
    assert trace("select b as z from core.y", ["a", "b"]) == {("mart.x", "z"): {"core.y.b"}}
    assert set(trace("select * from core.y", ["a", "b"])) == {("mart.x", "a"), ("mart.x", "b")}
    assert set(trace("select * from core.y", ["a"])) == {("mart.x", "a")}
