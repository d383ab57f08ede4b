"""mart.target_comparison, deadline_comparison and target_versus_actual against pandas, and their rules one by one."""

from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.compared_frames import KEY, assert_close, plan_indicators
from tests.warehouse.invented_county import STANDARDS, County, Filed, build_home
from tests.warehouse.invented_filings import Goal, filing, project


def with_directions(indicators: pd.DataFrame) -> pd.DataFrame:
    """Give each indicator with a figure its direction: its own sign, else most signs filed, else the group's habit."""
    own = indicators["comparator"].map({">=": "higher", ">": "higher", "<=": "lower", "<": "lower"})
    key = ["level2_group", "indicator", "family"]
    votes = indicators.assign(vote=own.map({"higher": 1, "lower": -1}).fillna(0)).groupby(key)["vote"].transform("sum")
    most = votes.map(lambda vote: "higher" if vote > 0 else "lower" if vote < 0 else None)
    habit = indicators["level2_group"].map(lambda group: "lower" if group == "成本" else "higher")
    low = indicators["base_value_low"].fillna(indicators["value_low"])
    high = indicators["base_value_high"].fillna(indicators["value_high"])
    direction = own.fillna(most).fillna(habit).where(low.notna() | high.notna())
    value = low.fillna(high).where(direction == "higher", high.fillna(low)).where(direction.notna())
    return indicators.assign(direction=direction, value=value)


def test_targets_are_compared_as_pandas_compares_them(county: County) -> None:
    targets = with_directions(plan_indicators(county))
    group = ["fiscal_year", "level2_group", "indicator", "family", "direction"]
    towns = targets.dropna(subset=["value"]).groupby([*group, "township"], as_index=False)["value"].median()
    spread = towns.groupby(group)["value"].agg(["median", "min", "max", "size"]).reset_index()
    towns["strict"] = towns["value"].where(towns["direction"] == "higher", -towns["value"])
    towns["rank"] = towns.groupby(group)["strict"].rank(method="min", ascending=False)
    found = targets.merge(spread, on=group, how="left").merge(
        towns[[*group, "township", "rank"]], on=[*group, "township"], how="left"
    )
    sign = found["direction"].map({"higher": 1, "lower": -1})
    found["distance"] = sign * (found["value"] - found["median"])
    found["strictness"] = found["distance"].map(lambda d: "stricter" if d > 0 else "looser" if d < 0 else "same")
    found.loc[found["size"] == 1, "strictness"] = "alone"
    found.loc[found["value"].isna(), "strictness"] = "not_comparable"
    found["peers"] = found["size"] - 1
    qualitative = found["target_kind"].isin(["grade", "text"])
    found["share"] = 100 * qualitative.groupby([found["fiscal_year"], found["township"]]).transform("mean")
    assert {"stricter", "looser", "same", "not_comparable"} <= set(found["strictness"])
    assert_close(
        county.mart("target_comparison"),
        found,
        KEY,
        {
            "direction": "direction",
            "value": "value",
            "peers": "peers",
            "county_median": "median",
            "county_min": "min",
            "county_max": "max",
            "strictness_distance": "distance",
            "strictness": "strictness",
            "strictness_rank": "rank",
            "township_qualitative_pct": "share",
        },
    )


def test_the_commonest_target_is_that_of_most_townships(county: County) -> None:
    targets = plan_indicators(county)
    group = ["fiscal_year", "level2_group", "indicator"]
    counted = targets.groupby([*group, "target_raw"])["township"].nunique().reset_index()
    counted = counted.sort_values([*group, "township", "target_raw"], ascending=[True] * 3 + [False, True])
    first = counted.drop_duplicates(group).rename(columns={"target_raw": "common", "township": "townships"})
    found = targets.merge(first, on=group)
    columns = {"common_target": "common", "common_target_townships": "townships"}
    assert_close(county.mart("target_comparison"), found, KEY, columns)


def plans(**texts: list[Goal]) -> list[Filed]:
    return [(f"{name}.docx", 0, filing(name, [project(goals=goals)])) for name, goals in texts.items()]


@pytest.mark.parametrize(
    ("mild", "strict", "level2"),
    [("≥90%", "≥95%", "质量指标"), ("≤5%", "≤3%", "质量指标"), ("≤8000元", "≤7500元", "成本指标")],
)
def test_strictness_knows_the_direction(mild: str, strict: str, level2: str, tmp_path: Path) -> None:
    county = build_home(tmp_path, plans(甲镇=[(level2, "某项工作", mild)], 乙镇=[(level2, "某项工作", strict)]))
    mart = county.mart("target_comparison").set_index("township")
    assert mart["strictness"].to_dict() == {"甲镇": "looser", "乙镇": "stricter"}
    assert mart["strictness_rank"].to_dict() == {"甲镇": 2, "乙镇": 1}


def test_a_bare_figure_takes_the_direction_of_its_peers(tmp_path: Path) -> None:
    goals = {name: [("质量指标", "返工率", "≤3%")] for name in ("甲镇", "乙镇")}
    mart = build_home(tmp_path, plans(**goals, 丙镇=[("质量指标", "返工率", "5%")])).mart("target_comparison")
    bare = mart.set_index("township").loc["丙镇"]
    assert (bare["direction"], bare["direction_source"], bare["strictness"]) == ("lower", "peers", "looser")


def test_lengths_are_compared_in_one_unit(tmp_path: Path) -> None:
    goals = {"甲镇": [("数量指标", "修路长度", "≥2公里")], "乙镇": [("数量指标", "修路长度", "≥1500米")]}
    mart = build_home(tmp_path, plans(**goals)).mart("target_comparison").set_index("township")
    assert mart["value"].to_dict() == {"甲镇": 2000, "乙镇": 1500}
    assert mart["strictness"]["甲镇"] == "stricter"


def test_county_standards_are_met_or_not(tmp_path: Path) -> None:
    goals = {f"{rate}镇": [("满意度指标", "群众满意度", f"≥{rate}%")] for rate in (85, 90, 95)}
    county = build_home(tmp_path, plans(**goals), {"standards.csv": STANDARDS})
    mart = county.mart("target_comparison").set_index("township")
    assert mart["meets_standard"].to_dict() == {"85镇": False, "90镇": True, "95镇": True}
    assert mart["distance_to_standard"].to_dict() == {"85镇": -5, "90镇": 0, "95镇": 5}
    assert set(mart["standard_source"]) == {"县财〔2023〕1号"}


def test_deadlines_are_compared_as_pandas_compares_them(county: County) -> None:
    dates = plan_indicators(county).dropna(subset=["due_date"])
    group = ["fiscal_year", "project_category", "level2_group", "indicator"]
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


def test_evaluations_are_judged_as_pandas_judges_them(county: County) -> None:
    filings = county.table("filings")
    evaluations = filings[filings["is_current"] & (filings["doc_kind"] == "self_evaluation")]["filing_id"]
    rows = county.table("indicators")
    rows = with_directions(rows.assign(family=rows["unit_family"].fillna(rows["target_kind"])))
    rows = rows[rows["filing_id"].isin(evaluations)]
    reached = rows["actual_value_low"].fillna(rows["actual_value_high"])
    wanted = rows["value_low"].fillna(rows["value_high"])
    met = (reached >= wanted).where(rows["direction"] == "higher", reached <= wanted)
    met = met.where(reached.notna() & wanted.notna(), rows["actual_due_date"] <= rows["due_date"])
    met |= rows["actual_raw"].fillna("").str.contains("达到")
    rows["outcome"] = met.map({True: "met", False: "not_met"})
    rows["rate"] = 100 * (reached / wanted).where(rows["direction"] == "higher", wanted / reached)
    far = (rows["outcome"] == "met") & (rows["rate"] > 130) & (rows["direction"] == "higher")
    rows.loc[far, "outcome"] = "far_exceeded"
    rows.loc[rows["actual_raw"].isna(), "outcome"] = "no_actual"
    rows["fit"] = "fits"
    full = rows["score"] == rows["weight"]
    rows.loc[(rows["outcome"] == "not_met") & full, "fit"] = "full_score_but_not_met"
    rows.loc[rows["outcome"].isin(["met", "far_exceeded"]) & (rows["score"] < rows["weight"]), "fit"] = (
        "points_lost_but_met"
    )
    rows.loc[rows["score"].isna(), "fit"] = "unclear"
    rows.loc[rows["score"] > rows["weight"], "fit"] = "score_over_weight"
    assert {"met", "not_met", "far_exceeded", "no_actual"} == set(rows["outcome"])
    columns = {"outcome": "outcome", "achieved_pct": "rate", "score_fit": "fit"}
    assert_close(county.mart("target_versus_actual"), rows, KEY, columns)


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
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    goals: list[Goal] = [("数量指标", f"第{number}项工作", target) for number, (target, _, _) in enumerate(OUTCOMES)]
    made = project(goals=goals, actuals=[(actual, "10", "10") for _, actual, _ in OUTCOMES])
    county = build_home(
        tmp_path_factory.mktemp("outcomes"), [("a.docx", 0, filing("甲镇", [made], kind="self_evaluation"))]
    )
    return county.mart("target_versus_actual").set_index("indicator_no")["outcome"]


@pytest.mark.parametrize("number", range(len(OUTCOMES)), ids=lambda number: "{} {}".format(*OUTCOMES[number]))
def test_outcomes(number: int, outcomes: pd.Series) -> None:
    assert outcomes[number + 1] == OUTCOMES[number][2]


def test_a_target_that_the_evaluation_changed_is_seen(tmp_path: Path) -> None:
    goals: list[Goal] = [("数量指标", "培训人数", "≥100人"), ("数量指标", "培训次数", "≥5次")]
    lowered: list[Goal] = [("数量指标", "培训人数", "≥80人"), ("数量指标", "培训次数", "不少于5次")]
    evaluated = project(goals=lowered, actuals=[("80人", None, None), ("5次", None, None)])
    filed: list[Filed] = [
        ("a.docx", 0, filing("甲镇", [project(goals=goals)])),
        ("b.docx", 1, filing("甲镇", [evaluated], kind="self_evaluation")),
    ]
    mart = build_home(tmp_path, filed).mart("target_versus_actual").sort_values("indicator_no")
    assert mart["plan_target_raw"].tolist() == ["≥100人", "≥5次"]
    assert mart["target_changed"].tolist() == [True, False]
