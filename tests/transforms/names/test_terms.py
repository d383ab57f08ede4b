"""The county's terms: kept in a file that people edit, refused where it contradicts itself."""

from pathlib import Path

import pytest

from tests.transforms.names.decisions import accept, reject, rename
from transforms.names.categories import name_project
from transforms.names.terms import NO_TERMS, Term, Terms, decide
from warehouse.county.files import CountyFileError
from warehouse.county.terms_file import load_terms, save_terms

HEADER = "kind,raw,level2_group,unit_family,canonical,decision,note\n"


def _write(path: Path, lines: str, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes((HEADER + lines).encode(encoding))
    return path


def test_the_narrowest_decision_counts() -> None:
    terms = rename(rename(NO_TERMS, "购买办公用品", "办公用品"), "购买办公用品", "办公用品次数", "数量", "count:次")
    narrow, wide = terms.find("购买 办公用品", "数量", "count:次"), terms.find("购买办公用品", "成本", "money")
    assert narrow is not None and narrow.canonical == "办公用品次数"
    assert wide is not None and wide.canonical == "办公用品"
    assert terms.find("采购次数", "数量", None) is None


def test_a_new_decision_takes_the_place_of_the_old_one_and_keeps_its_note() -> None:
    terms = decide(NO_TERMS, Term("甲", "乙", "accept", note="局里商定"))
    terms = reject(accept(terms, "丙", "丁"), "甲", "乙")
    assert [(term.raw, term.decision, term.note) for term in terms.terms] == [
        ("甲", "reject", "局里商定"),
        ("丙", "accept", ""),
    ]


def test_a_name_is_what_the_name_that_it_was_given_is_called_later() -> None:
    terms = rename(accept(accept(NO_TERMS, "甲", "乙", "数量"), "乙", "丙", "数量"), "丙", "丙", "数量")
    found = terms.find("甲", "数量", None)
    assert found is not None
    assert (found.raw, found.canonical) == ("甲", "丙")
    in_a_ring = accept(accept(NO_TERMS, "甲", "乙"), "乙", "甲")
    assert in_a_ring.find("甲", None, None) is not None
    apart = reject(accept(NO_TERMS, "甲", "乙"), "乙", "丙")
    assert (found := apart.find("甲", None, None)) is not None
    assert found.canonical == "乙"


@pytest.mark.parametrize(("raw", "canonical"), [("", "乙"), ("甲", " ")])
def test_empty_names_are_refused(raw: str, canonical: str) -> None:
    with pytest.raises(ValueError, match="不能为空"):
        rename(NO_TERMS, raw, canonical)


def test_written_and_read_again_they_are_the_same(tmp_path: Path) -> None:
    terms = reject(rename(accept(NO_TERMS, "甲", "乙", "数量"), "丙,丁", "戊", "成本", "money/村"), "己")
    file = tmp_path / "config" / "terms.csv"
    save_terms(file, terms)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert load_terms(file) == terms
    assert load_terms(file).version == terms.version
    assert load_terms(tmp_path / "missing.csv") == NO_TERMS


def test_the_version_follows_the_decisions_and_not_their_order_or_notes() -> None:
    one, other = Term("甲", "乙", "accept"), Term("丙", "丁", "rename")
    assert Terms((one, other)).version == Terms((other, one)).version
    assert Terms((one,)).version == Terms((Term("甲", "乙", "accept", note="注"),)).version
    assert Terms((one,)).version != Terms((Term("甲", "乙", "reject"),)).version


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-8", "gb18030"):
        file = _write(tmp_path / "terms.csv", "indicator,甲,数量,,乙,accept,\n,,,,,,\n", encoding)
        assert [term.canonical for term in load_terms(file).terms] == ["乙"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("indicator,甲,,,乙,accept,\nindicator,甲 ,,,丙,rename,\n", "第3行.*甲.*第2行"),
        ("indicator,甲,,,,accept,\n", "第2行.*canonical"),
        ("indicator,,,,乙,accept,\n", "第2行.*raw"),
        ("indicator,甲,,,乙,同意,\n", "第2行.*同意"),
        ("town,甲,,,乙,accept,\n", "第2行.*town"),
        ("indicator,甲,,,乙,accept,,多\n", "第2行.*列数"),
    ],
)
def test_mistakes_are_refused_with_their_line(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(CountyFileError, match=message):
        load_terms(_write(tmp_path / "terms.csv", lines))


def test_every_mistake_is_named_at_once_with_line_and_column(tmp_path: Path) -> None:
    lines = "town,甲,,,,perhaps,\nindicator,乙,,,丙,accept,\nproject,,,,丁,accept,\nindicator,乙,,,戊,accept,\n"
    with pytest.raises(CountyFileError) as found:
        load_terms(_write(tmp_path / "terms.csv", lines))
    places = [said.split("：")[0] for said in str(found.value).splitlines()]
    assert places == [
        *(f"terms.csv 第2行 {column}列" for column in ("kind", "decision", "canonical")),
        "terms.csv 第4行 raw列",
        "terms.csv 第5行 raw列",
    ]


def test_a_project_s_term_is_about_its_category_in_any_wording() -> None:
    terms = decide(Terms(), Term("环卫保洁", "农村人居环境整治", "accept", kind="project"))
    for name in ("2023年环卫清洁服务费", "石臼镇环境卫生保洁经费", "环卫保洁经费（结转）"):
        assert name_project(name, "青禾县", "石臼镇", terms) == "农村人居环境整治"
    refused = decide(terms, Term("环卫保洁", "", "reject", kind="project"))
    assert name_project("2023年环卫清洁服务费", None, None, refused) == "环卫保洁"


def test_terms_of_indicators_and_of_projects_never_meet() -> None:
    terms = decide(Terms(), Term("培训", "学习", "accept", kind="project"))
    assert terms.find("培训", None, None) is None
    both = decide(terms, Term("培训", "讲座", "accept"))
    assert (both.find_project("培训"), both.find("培训", None, None).canonical) == ("学习", "讲座")  # type: ignore[union-attr]
    assert both.version != terms.version
