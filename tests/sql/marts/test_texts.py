"""mart.text_reuse against comparing every text with every other."""

import re
import unicodedata
from pathlib import Path

import pandas as pd

from tests.warehouse.compared_frames import plan_projects
from tests.warehouse.invented_county import County, Filed, store_home
from tests.warehouse.invented_filings import filing, project

PURPOSE = "用于村级组织运转支出，包括办公用品购置、人员补贴和设备维护，资金使用严格执行财务制度规定"


def bare(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] not in "PSZC" and not char.isspace())


def likeness(one: str, other: str) -> float:
    """Give the share of three-character pieces that two texts have in common."""
    pieces = [{text[start : start + 3] for start in range(len(text) - 2)} for text in (one, other)]
    return len(pieces[0] & pieces[1]) / len(pieces[0] | pieces[1])


def test_every_copied_purpose_is_found_and_stands_with_one_like_it(county: County) -> None:
    places = plan_projects(county)[["filing_id", "project_no", "fiscal_year", "purpose"]]
    places["bare"] = places["purpose"].map(bare)
    mart = county.mart("text_reuse")
    mart = mart[mart["text_kind"] == "purpose"]
    groups = mart.set_index(["filing_id", "project_no"])["reuse_group"].to_dict()
    rows = [(row, groups.get((row.filing_id, row.project_no))) for row in places.itertuples(index=False)]
    alike = 0
    for row, group in rows:
        others = [pair for pair in rows if pair[0] is not row and pair[0].fiscal_year == row.fiscal_year]
        nearest = max(likeness(row.bare, other.bare) for other, _ in others)
        assert group is not None or nearest < 0.85, row.purpose
        alike += nearest >= 0.85
        for other, of_other in others:
            assert other.bare != row.bare or of_other == group
        mates = [likeness(row.bare, other.bare) for other, of_other in others if of_other == group]
        assert group is None or max(mates) >= 0.75, row.purpose
    assert alike > 50


def reuse(tmp_path: Path, *filed: Filed) -> pd.DataFrame:
    return store_home(tmp_path, filed).mart("text_reuse")


def purposes(*texts: str, townships: tuple[str, ...] = ("甲镇", "乙镇", "丙镇")) -> list[Filed]:
    return [
        (f"{n}.docx", 0, filing(town, [project(f"第{n}项经费", purpose=text)]))
        for n, (town, text) in enumerate(zip(townships, texts, strict=False))
    ]


def test_blanks_and_punctuation_do_not_hide_a_copy(tmp_path: Path) -> None:
    mart = reuse(tmp_path, *purposes(PURPOSE, re.sub("[，、]", "； ", PURPOSE)))
    assert mart["match"].tolist() == ["same", "same"] and set(mart["similarity"]) == {1.0}
    assert (mart["places"].unique(), mart["townships"].unique()) == ([2], [2])


def test_a_few_changed_words_do_not_hide_a_copy(tmp_path: Path) -> None:
    mart = reuse(tmp_path, *purposes(PURPOSE, PURPOSE, PURPOSE.replace("人员", "干部")))
    assert mart["match"].value_counts().to_dict() == {"same": 2, "nearly": 1}
    assert mart["shared_text"].unique().tolist() == [PURPOSE]
    near = mart[mart["match"] == "nearly"].iloc[0]
    assert near["similarity"] == round(likeness(bare(PURPOSE), bare(PURPOSE.replace("人员", "干部"))), 4)


def test_different_texts_and_short_ones_are_no_copies(tmp_path: Path) -> None:
    mart = reuse(
        tmp_path,
        *purposes(PURPOSE, "修建第五村至第七村之间的水泥路二公里并安装路灯护栏及排水设施", "办公经费"),
        *purposes("办公经费"),
    )
    assert len(mart) == 0


def test_years_and_self_evaluations_are_not_copies_of_each_other(tmp_path: Path) -> None:
    made = [project(purpose=PURPOSE)]
    filed: list[Filed] = [
        ("a.docx", 0, filing("甲镇", made, year=2022)),
        ("b.docx", 0, filing("甲镇", made, year=2023)),
        ("c.docx", 0, filing("甲镇", made, year=2023, kind="self_evaluation")),
    ]
    assert len(reuse(tmp_path, *filed)) == 0


def test_sets_of_indicators_and_texts_of_the_whole_filing_are_compared(tmp_path: Path) -> None:
    goals = [("数量指标", "培训次数", "≥5次"), ("质量指标", "合格率", "≥95%"), ("满意度指标", "群众满意度", "≥95%")]
    narrative = ["加强基层组织建设，开展主题教育活动不少于五次，党员全部参加。"]
    filed: list[Filed] = [
        (
            f"{town}.docx",
            0,
            filing(town, [project(f"{town}经费", goals=goals)], overall_goal=PURPOSE, narrative=narrative),
        )
        for town in ("甲镇", "乙镇")
    ]
    mart = reuse(tmp_path, *filed)
    assert mart.groupby("text_kind").size().to_dict() == {"indicator_set": 2, "overall_goal": 2, "narrative_goal": 2}
    assert mart[mart["text_kind"] == "narrative_goal"]["item_no"].tolist() == [1, 1]
    indicator_set = mart[mart["text_kind"] == "indicator_set"].iloc[0]
    assert indicator_set["text"] == "培训次数 ≥5次；合格率 ≥95%；群众满意度 ≥95%"
