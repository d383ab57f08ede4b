"""Which filing counts: twins, corrections, parts of a whole."""

from dataclasses import replace

import pyarrow as pa
import pytest

from tests.warehouse.invented_filings import filing, project, received
from transforms.records import FilingRecords
from warehouse.store.received import ReceivedFile
from warehouse.store.rows import InboxFact, records_to_tables
from warehouse.store.versions import find_correction_rank, mark_versions

Versions = dict[str, tuple[bool, str | None, str | None, str | None]]
"""File name → (is current, supersedes, replaced by, reason), filings by file name."""


def mark(*filed: tuple[ReceivedFile, FilingRecords]) -> dict[str, dict[str, object]]:
    """Give the marked filings by file name, with file names for filing_ids."""
    tables = [
        records_to_tables(
            InboxFact(file.sha256, file.file_name, file.file_name.rpartition(".")[2], None, file.received_at), records
        )
        for file, records in filed
    ]
    names = {file.sha256: file.file_name for file, _ in filed}
    marked = mark_versions(
        pa.concat_tables(table["filings"] for table in tables),
        pa.concat_tables(table["projects"] for table in tables).select(
            ["filing_id", "project_no", "project_code", "project_name"]
        ),
    )
    by_id = ("supersedes", "replaced_by", "replaced_in_part_by")
    return {names[row["filing_id"]]: row | {name: names.get(row[name]) for name in by_id} for row in marked.to_pylist()}


def decide(*filed: tuple[ReceivedFile, FilingRecords]) -> Versions:
    said = ("is_current", "supersedes", "replaced_by", "version_reason")
    return {name: tuple(row[column] for column in said) for name, row in mark(*filed).items()}  # type: ignore[misc]


def in_part(*filed: tuple[ReceivedFile, FilingRecords]) -> dict[str, tuple[object, object]]:
    """File name → the projects that a later filing holds, and that filing."""
    return {name: (row["projects_replaced"], row["replaced_in_part_by"]) for name, row in mark(*filed).items()}


CURRENT = (True, None, None, None)
PLAN = filing(projects=[project("村级运转经费"), project("防汛经费")])
CORRECTED = filing(projects=[project("村级运转经费", "90000"), project("防汛经费")])


def test_one_filing_counts() -> None:
    assert decide((received("a.docx", "a"), PLAN)) == {"a.docx": CURRENT}


def test_twins_count_once_and_the_docx_is_the_one() -> None:
    versions = decide((received("a.pdf", "1"), PLAN), (received("a.docx", "2"), PLAN), (received("a.txt", "0"), PLAN))
    assert versions == {
        "a.docx": CURRENT,
        "a.pdf": (False, None, "a.docx", "twin"),
        "a.txt": (False, None, "a.docx", "twin"),
    }


def test_twins_by_name_that_differ_are_marked() -> None:
    versions = decide((received("a.pdf", "1"), CORRECTED), (received("a.docx", "2"), PLAN))
    assert versions["a.pdf"] == (False, None, "a.docx", "twin_differs")


def test_a_later_filing_replaces_an_earlier_one() -> None:
    versions = decide((received("新.docx", "1", night=2), CORRECTED), (received("旧.docx", "2", night=1), PLAN))
    assert versions == {"新.docx": (True, "旧.docx", None, None), "旧.docx": (False, None, "新.docx", "newer")}


@pytest.mark.parametrize(
    ("night", "reason"), [(1, "marked"), (0, "marked"), (-3, "mark_against_date")], ids=["later", "same", "earlier"]
)
def test_a_name_that_says_correction_decides(night: int, reason: str) -> None:
    versions = decide(
        (received("绩效目标（更正）.docx", "1", night), CORRECTED), (received("绩效目标.docx", "2"), PLAN)
    )
    assert versions["绩效目标.docx"] == (False, None, "绩效目标（更正）.docx", reason)


def test_filings_of_the_same_moment_are_a_tie() -> None:
    versions = decide((received("一.docx", "1"), PLAN), (received("二.docx", "2"), CORRECTED))
    assert sorted(version[3] or "" for version in versions.values()) == ["", "same_time"]


def test_the_twin_of_an_old_version_does_not_come_back() -> None:
    versions = decide(
        (received("旧.docx", "1", night=1), PLAN),
        (received("新.docx", "2", night=2), CORRECTED),
        (received("旧版扫描.pdf", "3", night=3), PLAN),
    )
    assert versions["新.docx"] == (True, "旧.docx", None, None)
    assert versions["旧版扫描.pdf"] == (False, None, "旧.docx", "twin")


def test_a_chain_of_corrections_leaves_the_last() -> None:
    texts = [filing(projects=[project("防汛经费", str(amount))]) for amount in (1, 2, 3)]
    files = [received(f"{n}.docx", str(n), night=n) for n in range(3)]
    versions = decide(*zip(files, texts, strict=True))
    assert [versions[f"{n}.docx"][2] for n in range(3)] == ["1.docx", "2.docx", None]
    assert [versions[f"{n}.docx"][1] for n in range(3)] == [None, "0.docx", "1.docx"]


@pytest.mark.parametrize(
    "other",
    [
        filing(projects=[project("文化活动经费")]),
        filing(projects=[project("村级运转经费"), project("防汛经费")], year=2024),
        filing(projects=[project("村级运转经费"), project("防汛经费")], kind="self_evaluation"),
        filing("乙乡", [project("村级运转经费"), project("防汛经费")]),
        filing(projects=[project("村级运转经费"), project("防汛经费")], county="别县"),
    ],
    ids=["other project", "other year", "other kind", "other township", "other county"],
)
def test_filings_of_different_things_both_count(other: FilingRecords) -> None:
    versions = decide((received("a.docx", "1"), PLAN), (received("b.docx", "2", night=1), other))
    assert versions == {"a.docx": CURRENT, "b.docx": CURRENT}


def test_units_of_one_township_are_told_apart_by_code() -> None:
    one, other = (filing(projects=[project("办公经费")], unit_code=code) for code in ("482001", "482002"))
    assert decide((received("a.docx", "1"), one), (received("b.docx", "2"), other))["a.docx"] == CURRENT
    without = filing(projects=[project("办公经费", "7")])
    assert decide((received("a.docx", "1"), one), (received("b.docx", "2", night=1), without))["a.docx"][3] == "newer"


WHOLE = filing(projects=[project(name) for name in ("村级运转经费", "防汛经费", "文化活动经费")])


@pytest.mark.parametrize(
    ("held", "replaced"),
    [(["防汛经费"], "2"), (["防汛经费", "文化活动经费"], "2 3"), (["防汛经费", "文化活动经费", "新项目"], "2 3")],
    ids=["one of three", "two of three", "two of three and a new one"],
)
def test_a_later_filing_takes_the_place_of_those_projects_only_that_it_holds(held: list[str], replaced: str) -> None:
    part = filing(projects=[project(name, "7") for name in held])
    filed = (received("全.docx", "1"), WHOLE), (received("补.docx", "2", night=1), part)
    assert decide(*filed) == {"全.docx": CURRENT, "补.docx": CURRENT}
    assert in_part(*filed) == {"全.docx": (replaced, "补.docx"), "补.docx": (None, None)}


def test_several_parts_together_replace_a_whole() -> None:
    parts = [filing(projects=[project(one.project_name, "7")]) for one in WHOLE.projects]
    filed = [(received(f"补{n}.docx", str(n), night=n), part) for n, part in enumerate(parts, start=1)]
    assert decide((received("全.docx", "9"), WHOLE), *filed)["全.docx"] == (False, None, "补3.docx", "newer")


def test_a_twin_with_more_projects_is_no_twin() -> None:
    less = filing(projects=[project("村级运转经费"), project("防汛经费")])
    versions = decide((received("a.docx", "1"), less), (received("a.pdf", "2"), WHOLE))
    assert versions["a.pdf"] == (True, "a.docx", None, None)


def test_a_text_without_projects_takes_no_filing_s_place_but_a_text_s() -> None:
    text, other = filing(narrative=["保障运转"]), filing(narrative=["保障防汛"])
    assert decide((received("a.docx", "1"), text), (received("b.docx", "2", night=1), PLAN))["a.docx"] == CURRENT
    assert decide((received("a.docx", "1"), text), (received("b.docx", "2", night=1), other))["a.docx"][3] == "newer"


def test_projects_are_the_same_by_code_though_renamed() -> None:
    code = "13020823P00001210006X"
    old = filing(projects=[project("防汛经费", code=code)])
    new = filing(projects=[project("防汛抗旱经费", code=code)])
    assert decide((received("a.docx", "1"), old), (received("b.docx", "2", night=1), new))["a.docx"][3] == "newer"


def test_without_a_year_only_equal_content_is_a_version() -> None:
    undated, other = (replace(x, filing=replace(x.filing, fiscal_year=None)) for x in (PLAN, CORRECTED))
    assert decide((received("a.docx", "1"), undated), (received("b.docx", "2", night=1), other))["a.docx"] == CURRENT
    assert decide((received("a.docx", "1"), undated), (received("b.pdf", "2"), undated))["b.pdf"][3] == "twin"


@pytest.mark.parametrize(
    ("stem", "rank"),
    [
        ("石臼镇2023年绩效目标", 0),
        ("石臼镇2023年绩效目标更正", 1),
        ("石臼镇绩效目标（修订稿）", 1),
        ("石臼镇绩效目标第三次报送", 3),
        ("石臼镇绩效目标 (2)", 2),
        ("石臼镇绩效目标（4）", 4),
        ("石臼镇绩效目标v3", 3),
        ("第二季度绩效目标", 0),
        ("预算调整绩效目标", 0),
    ],
)
def test_correction_rank(stem: str, rank: int) -> None:
    assert find_correction_rank(stem) == rank
