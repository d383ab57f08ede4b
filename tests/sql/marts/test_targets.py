"""mart.target_comparison, deadline_comparison and target_versus_actual against pandas, and their rules one by one."""

from pathlib import Path

import pandas as pd
import pytest

from tests.places import ROOT
from tests.warehouse.compared_frames import KEY, assert_close, plan_indicators
from tests.warehouse.invented_county import STANDARDS, County, Filed, store_home
from tests.warehouse.invented_filings import Goal, filing, project
from warehouse.county.mistakes import Mistakes
from warehouse.county.polarity import read_polarities

TOWNS = [f"{n}镇" for n in "甲乙丙丁戊己庚"]

CASES: list[tuple[str, str, list[str], str, str]] = [
    # level 2, name, what six townships file, what the seventh files, verdict on the seventh
    ("质量指标", "验收合格率", ["≥95%"] * 6, "≥94%", "normal"),
    ("质量指标", "工程合格率", ["≥95%"] * 6, "≥85%", "looser"),
    ("质量指标", "抽检合格率", ["≥90%", "≥95%", "≥85%", "≥98%", "≥92%", "≥88%"], "≥82%", "normal"),
    ("质量指标", "返工率", ["≤3%"] * 6, "8%", "looser"),
    ("质量指标", "漏报率", ["≤3%"] * 6, "≥8%", "contradictory"),
    ("社会效益指标", "因灾死亡人数", ["0人"] * 6, "3人", "looser"),
    ("时效指标", "办结时限", ["3个工作日"] * 6, "10个工作日", "looser"),
    ("质量指标", "某项情况", ["95%"] * 6, "50%", "not_comparable"),
    ("社会效益指标", "社会影响力", ["优"] * 6, "良", "looser"),
    ("社会效益指标", "改善情况", ["优"] * 6, "优良", "normal"),
    ("社会效益指标", "提升情况", ["明显提升"] * 6, "有所提升", "not_comparable"),
    ("成本指标", "人均补助标准", ["≤600元/人"] * 6, "≤900元/人", "deviates"),
    ("成本指标", "单位造价", ["≤600元/米"] * 6, "≤610元/米", "normal"),
    ("成本指标", "材料单价", ["≤600元/米"] * 6, "≤900元/米", "looser"),
    ("成本指标", "项目总成本", ["≤60000元"] * 6, "≤900元", "not_comparable"),
    ("数量指标", "保洁员人数", ["≥20人", "≥40人", "≥60人", "≥80人", "≥100人", "≥120人"], "≥140人", "normal"),
    ("数量指标", "护林员人数", ["≥20人", "≥40人", "≥60人", "≥80人", "≥100人", "≥120人"], "≥28人", "less"),
    ("数量指标", "宣传次数", ["≥12次"] * 6, "≥13次", "normal"),
]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Seven townships with 10, 20 … 70 villages, which file the same indicators."""
    texts = {
        town: [(level2, name, [*others, own][number]) for level2, name, others, own, _ in CASES]
        for number, town in enumerate(TOWNS)
    }
    registry = "township,villages\n" + "".join(f"{town},{10 * n}\n" for n, town in enumerate(TOWNS, 1))
    home = tmp_path_factory.mktemp("judged")
    mart = store_home(home, plans(**texts), {"townships.csv": registry}).mart("target_comparison")
    return mart.set_index(["township", "indicator_raw"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_verdicts(case: tuple[str, str, list[str], str, str], judged: pd.DataFrame) -> None:
    _, name, _, _, verdict = case
    assert judged.loc[("庚镇", name), "strictness"] == verdict
    others = {judged.loc[(town, name), "strictness"] for town in TOWNS[:6]}
    assert not others & {"looser", "stricter", "more", "less", "deviates"}


def test_what_a_count_is_compared_per_is_shown(judged: pd.DataFrame) -> None:
    row = judged.loc[("庚镇", "保洁员人数")]
    assert (row["denominator"], row["compared_value"], row["county_median"]) == ("村", 2, 2)
    assert judged.loc[("庚镇", "宣传次数"), "denominator"] == "总量"


def test_polarity_names_its_source(judged: pd.DataFrame) -> None:
    sources = judged.loc["庚镇", ["polarity", "polarity_source"]]
    assert sources.loc["因灾死亡人数"].tolist() == ["lower", "list"]
    assert sources.loc["某项情况", "polarity"] == "unknown" and pd.isna(sources.loc["某项情况", "polarity_source"])


def test_the_county_decides_over_the_list_and_the_denominator(tmp_path: Path) -> None:
    goals: dict[str, list[Goal]] = {
        town: [("质量指标", "某项情况", "95%"), ("数量指标", "保洁员人数", f"≥{10 * n}人")]
        for n, town in enumerate(TOWNS, 1)
    }
    goals["庚镇"][0] = ("质量指标", "某项情况", "50%")
    config = {
        "townships.csv": "township,villages\n" + "".join(f"{town},{10 * n}\n" for n, town in enumerate(TOWNS, 1)),
        "polarity.csv": "indicator,polarity,note\n某项情况,higher,\n",
        "denominators.csv": "name,measure,note\n保洁员人数,总量,\n",
    }
    mart = store_home(tmp_path, plans(**goals), config).mart("target_comparison").set_index("indicator_raw")
    assert set(mart.loc["某项情况", "polarity_source"]) == {"county"}
    assert mart.loc["某项情况"].set_index("township").loc["庚镇", "strictness"] == "looser"
    assert set(mart.loc["保洁员人数", "denominator"]) == {"总量"}
    assert set(mart.loc["保洁员人数", "strictness"]) == {"too_spread"}


def test_a_change_is_no_level(tmp_path: Path) -> None:
    """提高3个百分点 says nothing of where the rate then stands; a growth rate is one by its name."""
    goals: dict[str, list[Goal]] = {
        town: [("质量指标", "验收合格率", "≥95%"), ("经济效益指标", "产值增长率", "≥5%")] for town in TOWNS[:6]
    }
    goals["庚镇"] = [("质量指标", "验收合格率", "较上年提高3个百分点"), ("经济效益指标", "产值增长率", "增长1%")]
    mart = store_home(tmp_path, plans(**goals)).mart("target_comparison").set_index(["township", "indicator_raw"])
    assert mart.loc[("庚镇", "验收合格率"), "strictness"] == "not_comparable"
    assert mart.loc[("甲镇", "验收合格率"), "peers"] == 5
    assert mart.loc[("庚镇", "产值增长率"), "strictness"] == "looser"


def test_the_spellings_of_one_indicator_have_one_polarity(tmp_path: Path) -> None:
    """The county's word comes before the form's; signs that differ for one name tell nothing."""
    goals: dict[str, list[Goal]] = {
        "甲镇": [("成本指标", "每村分配金额", "≤7500元/村"), ("质量指标", "某项情况", "≥95%")],
        "乙镇": [("成本指标", "村均运转经费", "≤7500元/村"), ("质量指标", "某项情况", "≤50%")],
    }
    mart = store_home(tmp_path, plans(**goals)).mart("target_comparison")
    costs = mart[mart["level2_group"] == "成本"]
    assert (costs["indicator"].nunique(), costs["polarity"].nunique()) == (1, 1)
    assert set(mart.loc[mart["indicator_raw"] == "某项情况", "polarity"]) == {"unknown"}


@pytest.mark.parametrize(("canonical", "polarity"), [("安全事故起数量", "lower"), ("培训人数量", "size")])
def test_a_canonical_name_does_not_hide_what_is_certain_of_its_spelling(canonical: str, polarity: str) -> None:
    folder = ROOT / "sql" / "polarity"
    names = [(canonical.removesuffix("量"), canonical, "quantity")]
    found = read_polarities(folder, ROOT / "no such folder", names, Mistakes()).to_pylist()
    assert [row["polarity"] for row in found] == [polarity]


def test_satisfaction_is_not_pooled_over_categories_and_four_peers_say_nothing(tmp_path: Path) -> None:
    filed: list[Filed] = [
        (
            f"{town}.docx",
            0,
            filing(
                town,
                [
                    project("防汛经费", goals=[("满意度指标", "群众满意度", "≥95%")]),
                    *([project("环卫经费", goals=[("满意度指标", "群众满意度", "≥80%")])] if n < 5 else []),
                ],
            ),
        )
        for n, town in enumerate(TOWNS)
    ]
    mart = store_home(tmp_path, filed).mart("target_comparison")
    assert mart.groupby("project_name")["strictness"].unique().str.join("").to_dict() == {
        "防汛经费": "normal",
        "环卫经费": "too_few_peers",
    }


def test_a_rate_with_few_peers_in_its_category_meets_the_other_categories(tmp_path: Path) -> None:
    filed: list[Filed] = [
        (f"{town}.docx", 0, filing(town, [project(f"{town}经费", goals=[("质量指标", "验收合格率", rate)])]))
        for town, rate in zip(TOWNS, ["≥95%"] * 6 + ["≥70%"], strict=True)
    ]
    mart = store_home(tmp_path, filed).mart("target_comparison").set_index("township")
    assert set(mart["compared_within"]) == {"county"} and mart.loc["庚镇", "strictness"] == "looser"


def test_earlier_years_money_stands_apart(tmp_path: Path) -> None:
    filed: list[Filed] = [
        (
            f"{town}.docx",
            0,
            filing(
                town,
                [
                    project("村级经费", goals=[("质量指标", "验收合格率", "≥95%")]),
                    *(
                        [project("2022年村级经费", goals=[("质量指标", "验收合格率", "≥60%")])]
                        if town == "庚镇"
                        else []
                    ),
                ],
            ),
        )
        for town in TOWNS
    ]
    mart = store_home(tmp_path, filed).mart("target_comparison").set_index("project_name")
    assert mart.loc["2022年村级经费", "strictness"] == "alone"
    assert set(mart.loc["村级经费", "peers"]) == {6}


def test_the_commonest_target_is_that_of_most_townships_or_none(tmp_path: Path) -> None:
    goals: dict[str, list[Goal]] = {
        town: [("质量指标", "验收合格率", "≥95%" if n < 4 else f"≥{n}0%"), ("质量指标", "合格品率", f"≥{n}1%")]
        for n, town in enumerate(TOWNS)
    }
    mart = store_home(tmp_path, plans(**goals)).mart("target_comparison")
    found = mart.groupby("indicator_raw")[["common_target", "common_target_townships"]].first()
    assert found.loc["验收合格率"].tolist() == ["≥95%", 4]
    assert found.loc["合格品率"].isna().all()


def plans(**texts: list[Goal]) -> list[Filed]:
    return [(f"{name}.docx", 0, filing(name, [project(goals=goals)])) for name, goals in texts.items()]


def test_lengths_are_compared_in_one_unit(tmp_path: Path) -> None:
    goals = {"甲镇": [("数量指标", "修路长度", "≥2公里")], "乙镇": [("数量指标", "修路长度", "≥1500米")]}
    mart = store_home(tmp_path, plans(**goals)).mart("target_comparison").set_index("township")
    assert mart["value"].to_dict() == {"甲镇": 2000, "乙镇": 1500}


def test_county_standards_are_met_or_not(tmp_path: Path) -> None:
    goals = {f"{rate}镇": [("满意度指标", "群众满意度", f"≥{rate}%")] for rate in (85, 90, 95)}
    county = store_home(tmp_path, plans(**goals), {"standards.csv": STANDARDS})
    mart = county.mart("target_comparison").set_index("township")
    assert mart["meets_standard"].to_dict() == {"85镇": False, "90镇": True, "95镇": True}
    assert mart["distance_to_standard"].to_dict() == {"85镇": -5, "90镇": 0, "95镇": 5}
    assert set(mart["standard_source"]) == {"县财〔2023〕1号"}


def test_deadlines_are_compared_as_pandas_compares_them(county: County) -> None:
    dates = plan_indicators(county).dropna(subset=["due_date"])
    group = ["fiscal_year", "project_category", "is_carryover", "level2_group", "indicator"]
    towns = dates.groupby([*group, "township"], as_index=False)["due_date"].max()
    middle = towns.groupby(group)["due_date"].quantile(0.5, interpolation="lower").rename("middle")
    found = dates.merge(middle.reset_index(), on=group).merge(
        towns.groupby(group).size().rename("n").reset_index(), on=group
    )
    found["late"] = (found["due_date"] - found["middle"]).dt.days
    found["peers"] = found["n"] - 1
    assert_close(
        county.mart("deadline_comparison"),
        found,
        KEY,
        {"due_date": "due_date", "county_median_date": "middle", "days_after_median": "late", "peers": "peers"},
    )


OUTCOMES = [
    ("≥100人", "120人", "met"),
    ("≥100人", "≥100人", "met"),
    ("≥100人", "99人", "not_met"),
    ("≥100人", "200人", "far_exceeded"),
    ("≤5%", "6%", "not_met"),
    ("≤5%", "3%", "met"),
    ("85%-95%", "96%", "not_met"),
    ("≤7500元/村", "0.75万元", "met"),
    (">12件", "12件", "not_met"),
    ("2023年6月底前", "2023年7月1日", "not_met"),
    ("明显提升", "明显提升", "met"),
    ("明显提升", "未达到预期目标", "not_met"),
    ("明显提升", "部分达到预期目标", "not_met"),
    ("明显提升", "有所改善", "unclear"),
    ("≥100人", "3公里", "unclear"),
    ("≥100人", "", "no_actual"),
    (">20次", ">20次", "met"),
    ("不低于20次", "19次", "not_met"),
    ("95%", "90%", "unclear"),
]

NAMED_OUTCOMES = [
    ("事故起数", "0起", "2起", "not_met"),
    ("事故起数", "0起", "0起", "met"),
    ("事故起数", "0起", "未发生安全事故", "met"),
    ("安全事故", "无", "全年未发生安全事故", "met"),
    ("办结时限", "3个工作日", "2个工作日", "met"),
    ("办结时限", "3个工作日", "5个工作日", "not_met"),
    ("缺勤率", "2%", "1%", "met"),
    ("群众满意度", "95%", "96%", "met"),
    ("群众满意度", "95%", "90%", "not_met"),
    ("保障村数", "24个", "24个", "met"),
    ("每餐补助标准", "4元", "5元", "not_met"),
    ("改造项目", "按时完成", "未完成", "not_met"),
    ("改造项目", "按时完成", "已按时完成", "met"),
    ("改造项目", "按时完成", "本年未发生拖欠，正在推进", "unclear"),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    goals: list[Goal] = [("数量指标", f"第{number}项工作", target) for number, (target, _, _) in enumerate(OUTCOMES)]
    made = project(goals=goals, actuals=[(actual, "10", "10") for _, actual, _ in OUTCOMES])
    county = store_home(
        tmp_path_factory.mktemp("outcomes"), [("a.docx", 0, filing("甲镇", [made], kind="self_evaluation"))]
    )
    return county.mart("target_versus_actual").set_index("indicator_no")["outcome"]


@pytest.mark.parametrize("number", range(len(OUTCOMES)), ids=lambda number: "{} {}".format(*OUTCOMES[number]))
def test_outcomes(number: int, outcomes: pd.Series) -> None:
    assert outcomes[number + 1] == OUTCOMES[number][2]


def test_what_a_bare_figure_means_is_said_by_its_name(tmp_path: Path) -> None:
    goals: list[Goal] = [("社会效益指标", name, target) for name, target, _, _ in NAMED_OUTCOMES]
    made = project(goals=goals, actuals=[(actual, "10", "10") for _, _, actual, _ in NAMED_OUTCOMES])
    county = store_home(tmp_path, [("a.docx", 0, filing("甲镇", [made], kind="self_evaluation"))])
    mart = county.mart("target_versus_actual").sort_values("indicator_no")
    found = list(zip(mart["indicator_raw"], mart["target_raw"], mart["actual_raw"], mart["outcome"], strict=True))
    assert found == NAMED_OUTCOMES


def test_a_target_that_the_evaluation_changed_is_seen(tmp_path: Path) -> None:
    goals: list[Goal] = [("数量指标", "培训人数", "≥100人"), ("数量指标", "培训次数", "≥5次")]
    lowered: list[Goal] = [("数量指标", "培训人数", "≥80人"), ("数量指标", "培训次数", "不少于5次")]
    evaluated = project(goals=lowered, actuals=[("80人", None, None), ("5次", None, None)])
    filed: list[Filed] = [
        ("a.docx", 0, filing("甲镇", [project(goals=goals)])),
        ("b.docx", 1, filing("甲镇", [evaluated], kind="self_evaluation")),
    ]
    mart = store_home(tmp_path, filed).mart("target_versus_actual").sort_values("indicator_no")
    assert mart["plan_target_raw"].tolist() == ["≥100人", "≥5次"]
    assert mart["target_changed"].tolist() == [True, False]
