"""The county's registry: hand-edited, checked, found again by any name."""

from pathlib import Path

import pytest

from warehouse.county.files import CountyFileError
from warehouse.county.registry import (
    FOUND_NOTE,
    Registry,
    Township,
    add_found,
    find_village_count,
    load_registry,
    write_registry,
)

HEADER = "township,aliases,division_code,unit_codes,villages,population,expected_kinds\n"


def _write(path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_names_match_through_aliases_and_codes(tmp_path: Path) -> None:
    file = _write(tmp_path / "townships.csv", HEADER + '石臼镇,"石臼、旧石臼乡",139901102,487461,24,"31,500",targets\n')
    registry = load_registry(file)
    for name in ("石臼镇", "青禾县石臼镇人民政府", "石臼", "旧石臼乡", " 石臼 镇 "):
        found = registry.find(name)
        assert found is not None, name
        assert (found.township, found.villages, found.population) == ("石臼镇", 24, 31500)
    assert registry.find(None, "487461") == registry.townships[0]
    assert registry.find("枣园乡", "487462") is None


def test_a_file_saved_in_the_spreadsheets_own_encoding_is_read(tmp_path: Path) -> None:
    file = _write(tmp_path / "townships.csv", HEADER + "石臼镇,,,,,,\n", encoding="gb18030")
    assert [township.township for township in load_registry(file).townships] == ["石臼镇"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("石臼镇,,,,,,\n枣园乡,石臼镇人民政府,,,,,\n", "第3行.*石臼镇.*第2行"),
        ("石臼镇,,,487461,,,\n枣园乡,,,487461,,,\n", "第3行.*487461.*第2行"),
        ("石臼镇,,1399,,,,\n", "第2行.*1399"),
        ("石臼镇,,,4.87E+05,,,\n", "第2行.*4.87E"),
        ("石臼镇,,,,很多,,\n", "第2行.*很多"),
        ("石臼镇,,,,,,预算\n", "第2行.*预算"),
        (",别名,,,,,\n", "第2行.*不能为空"),
        ("石臼镇,,,,,,,,多\n", "第2行.*列数"),
    ],
)
def test_mistakes_are_refused_with_their_line(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(CountyFileError, match=message):
        load_registry(_write(tmp_path / "townships.csv", HEADER + lines))


def test_wrong_headings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CountyFileError, match="第1行"):
        load_registry(_write(tmp_path / "townships.csv", "乡镇,别名\n石臼镇,\n"))


def test_written_and_read_again_it_is_the_same(tmp_path: Path) -> None:
    registry = Registry(
        (Township("石臼镇", ("石臼",), "139901102", ("487461",), 24, None, ("targets", "self_evaluation"), "注"),)
    )
    write_registry(tmp_path / "config" / "townships.csv", registry)
    assert (tmp_path / "config" / "townships.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert load_registry(tmp_path / "config" / "townships.csv") == registry
    assert load_registry(tmp_path / "missing.csv") == Registry()


def test_found_facts_fill_gaps_and_never_overwrite() -> None:
    registry = Registry((Township("石臼镇", villages=20),))
    filled = add_found(
        registry, [Township("石臼镇", unit_codes=("487461",), villages=24), Township("枣园乡", villages=9)]
    )
    known, new = filled.townships
    assert (known.villages, known.unit_codes, known.note) == (20, ("487461",), FOUND_NOTE)
    assert (new.township, new.villages, new.note) == ("枣园乡", 9, FOUND_NOTE)
    assert add_found(filled, [Township("枣园乡", villages=9)]) == filled


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (["讨论全镇24个村人居环境", "指导24个村民委员会民主选举", "确保全镇24个村工作"], 24),
        (["下辖19个行政村"], 19),
        (["全镇24个村", "全镇25个村"], None),
        (["建设3个村民小组路灯", "15件实事"], None),
        ([], None),
    ],
)
def test_village_count_in_texts(texts: list[str], count: int | None) -> None:
    assert find_village_count(texts) == count


def test_every_mistake_is_named_at_once_with_line_and_column(tmp_path: Path) -> None:
    lines = "榆树乡,,13,,十二,,targets\n,,,48a,,,\n苇塘镇,榆树乡,,,,-3,表\n柏井镇,,,,,,,多\n"
    with pytest.raises(CountyFileError) as found:
        load_registry(_write(tmp_path / "townships.csv", HEADER + lines))
    said = str(found.value).splitlines()
    assert len(said) == 8
    for place in (
        "第2行 division_code列",
        "第2行 villages列",
        "第3行 township列",
        "第3行 unit_codes列",
        "第4行 aliases列",
        "第4行 population列",
        "第4行 expected_kinds列",
        "第5行：列数",
    ):
        assert sum(place in one for one in said) == 1, place
