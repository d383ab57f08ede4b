"""mart.cost_comparison against a computation of its own in pandas, and its rules one by one."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.compared_frames import KEY, assert_close, plan_indicators
from tests.warehouse.invented_county import County, Filed, store_home
from tests.warehouse.invented_filings import Goal, filing, project
from transforms.records import FilingRecords


def wanted_costs(county: County) -> pd.DataFrame:
    """Score every price inside its project category (all of one meaning here) against one figure a township."""
    costs = plan_indicators(county)
    costs = costs[costs["target_kind"] == "money"]
    # 每村补助标准 is set by policy: its cap and its fixed price promise the same.
    assert set(costs["indicator_raw"]) == {"每村补助标准"}
    costs = costs.assign(value=costs["value_high"].fillna(costs["value_low"]))
    by = ["fiscal_year", "indicator", "family", "is_carryover", "project_category"]
    towns = costs.groupby([*by, "township"], as_index=False)["value"].quantile(0.5, interpolation="lower")
    towns["rank"] = towns.groupby(by)["value"].rank(method="min", ascending=False)

    def describe(values: pd.Series) -> pd.Series:
        middle = values.median()
        return pd.Series(
            {
                "peers": len(values) - 1,
                "median": middle,
                "q1": values.quantile(0.25),
                "q3": values.quantile(0.75),
                "min": values.min(),
                "max": values.max(),
                "mad": (values - middle).abs().median(),
            }
        )

    spread = towns.groupby(by)["value"].apply(describe).unstack().reset_index()
    found = costs.merge(spread, on=by).merge(towns.rename(columns={"value": "town"}), on=[*by, "township"])
    found = found[found["peers"] >= 5]
    scale = pd.concat([1.4826 * found["mad"], 0.05 * found["median"]], axis=1).max(axis=1)
    found["ratio"] = found["value"] / found["median"]
    found["distance"] = found["value"] - found["median"]
    found["score"] = found["distance"] / scale
    found["detectable"] = (1 + 3.5 * scale / found["median"]).clip(lower=1.3)
    found["flag"] = "normal"
    found.loc[(found["score"] > 3.5) & (found["ratio"] >= 1.3), "flag"] = "high"
    found.loc[(found["score"] < -3.5) & (found["ratio"] * 1.3 <= 1), "flag"] = "low"
    return found


def test_prices_are_compared_as_pandas_compares_them(county: County) -> None:
    wanted = wanted_costs(county)
    mart = county.mart("cost_comparison")
    same = mart.merge(wanted[KEY], on=KEY)
    assert len(same) > 20 and set(same["compared_within"]) == {"category"}
    assert_close(
        same,
        wanted,
        KEY,
        {
            "value_yuan": "value",
            "peers": "peers",
            "township_value_yuan": "town",
            "county_median_yuan": "median",
            "county_q1_yuan": "q1",
            "county_q3_yuan": "q3",
            "county_min_yuan": "min",
            "county_max_yuan": "max",
            "ratio_to_median": "ratio",
            "difference_yuan": "distance",
            "rank_high": "rank",
            "mad_yuan": "mad",
            "robust_score": "score",
            "detectable_ratio": "detectable",
            "outlier": "flag",
            "file_name": "file_name",
            "row_no": "row_no",
        },
    )


def test_last_years_price_is_the_townships_own_of_the_same_category(tmp_path: Path) -> None:
    def filed(year: int, price: str) -> FilingRecords:
        carried = project(f"{year - 1}年防汛经费结转", goals=cost("≤1元/村"), year=year)
        return filing("甲镇", [project("防汛经费", goals=cost(price), year=year), carried], year=year)

    mart = store_home(tmp_path, [("a.docx", 0, filed(2022, "≤7500元/村")), ("b.docx", 1, filed(2023, "≤9000元/村"))])
    this = mart.mart("cost_comparison").set_index(["fiscal_year", "project_name"])
    assert this.loc[(2023, "防汛经费"), ["last_year_yuan", "change_pct"]].tolist() == [7500, 20]
    assert this.loc[(2023, "2022年防汛经费结转"), "last_year_yuan"] == 1


def prices(texts: dict[str, list[Goal]]) -> list[Filed]:
    return [(f"{name}.docx", 0, filing(name, [project(goals=goals)])) for name, goals in texts.items()]


def cost(text: str, name: str = "每村补助标准") -> list[Goal]:
    return [("成本指标", name, text)]


def test_a_price_per_village_meets_whether_unit_or_name_says_so(tmp_path: Path) -> None:
    texts = {"甲镇": cost("≤7500元"), "乙镇": cost("不超过0.75万元/村"), "丙镇": cost("≤8000元", "补助标准")}
    mart = store_home(tmp_path, prices(texts)).mart("cost_comparison").set_index("township")
    assert mart["per_what"].fillna("").to_dict() == {"甲镇": "村", "乙镇": "村", "丙镇": ""}
    assert mart["unit_family"].to_dict() == {"甲镇": "money/村", "乙镇": "money/村", "丙镇": "money"}


def test_caps_and_fixed_prices_meet_only_where_policy_sets_them(tmp_path: Path) -> None:
    texts = {
        "甲镇": [*cost("≤7500元/村"), *cost("≤30元/本", "印制单价")],
        "乙镇": [*cost("7500元/村"), *cost("30元/本", "印制单价")],
        "丙镇": [("数量指标", "每村补助标准", "≥5个")],
    }
    mart = store_home(tmp_path, prices(texts)).mart("cost_comparison").set_index(["township", "indicator_no"])
    assert mart["price_kind"].sort_index().tolist() == ["fixed", "fixed", "cap", "cap"]
    assert mart["peers"].to_dict() == {("甲镇", 1): 1, ("甲镇", 2): 0, ("乙镇", 1): 1, ("乙镇", 2): 0}


def test_a_price_of_a_month_meets_that_of_a_year_and_a_total_meets_none(tmp_path: Path) -> None:
    texts = {
        "甲镇": [*cost("≤50元/人·月", "人均津贴标准"), *cost("≤200000元", "项目总成本")],
        "乙镇": [*cost("≤600元/人·年", "人均津贴标准"), *cost("≤300000元", "项目总成本")],
    }
    mart = store_home(tmp_path, prices(texts)).mart("cost_comparison")
    monthly = mart[mart["indicator_raw"] == "人均津贴标准"].set_index("township")
    assert monthly["compared_yuan"].to_dict() == {"甲镇": 600, "乙镇": 600} and set(monthly["peers"]) == {1}
    totals = mart[mart["indicator_raw"] == "项目总成本"]
    assert set(totals["polarity"]) == {"size"} and set(totals["outlier"]) == {"not_comparable"}


def test_counties_are_not_mixed(tmp_path: Path) -> None:
    filed = [
        (f"{county}{n}.docx", 0, filing(f"{n}镇", [project(goals=cost(f"≤{price}元/村"))], county=county))
        for county, price in (("青禾县", 7500), ("白露县", 15000))
        for n in "甲乙丙丁戊己"
    ]
    moved = [
        (name, night, replace(records, filing=replace(records.filing, division_code="139902")))
        if records.filing.county == "白露县"
        else (name, night, records)
        for name, night, records in filed
    ]
    mart = store_home(tmp_path, moved).mart("cost_comparison")
    assert set(mart["outlier"]) == {"normal"} and set(mart["peers"]) == {5}
    assert mart.groupby("county")["county_median_yuan"].unique().str[0].to_dict() == {"青禾县": 7500, "白露县": 15000}


OUTLIERS = [
    (["7500"] * 7, "14500", "high"),
    (["7500"] * 7, "3000", "low"),
    (["7500"] * 7, "7600", "normal"),
    (["7500"] * 7, "9000", "normal"),  # 20 % off, whatever its score
    (["7400", "7500", "7600", "7700", "7300", "7450"], "7900", "normal"),
    (["7400", "7500", "7600", "7700", "7300", "7450"], "9900", "high"),
    (["7500"] * 4, "14500", "too_few_peers"),
    (["7500"] * 4, "22500", "few_high"),
    (["7500"] * 4, "2500", "few_low"),
    (["7500"] * 2, "22500", "too_few_peers"),
]


@pytest.fixture(scope="module")
def outliers(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    texts: dict[str, list[Goal]] = {}
    for number, (others, own, _) in enumerate(OUTLIERS):
        for town, value in enumerate([*others, own]):
            name = "本镇" if town == len(others) else f"第{town}镇"
            texts.setdefault(name, []).extend(cost(f"≤{value}元/村", f"第{number}类材料价格"))
    mart = store_home(tmp_path_factory.mktemp("outliers"), prices(texts)).mart("cost_comparison")
    return mart[mart["township"] == "本镇"].set_index("indicator_no")["outlier"]


@pytest.mark.parametrize("number", range(len(OUTLIERS)), ids=lambda number: "{1} {2} {0}".format(*OUTLIERS[number]))
def test_outliers(number: int, outliers: pd.Series) -> None:
    assert outliers[number + 1] == OUTLIERS[number][2]


def test_self_evaluations_count_only_without_a_plan(tmp_path: Path) -> None:
    plan, evaluation = filing("甲镇", [project(goals=cost("≤1元/村"))]), project(goals=cost("≤2元/村"))
    filed: list[Filed] = [
        ("甲镇.docx", 0, plan),
        ("甲镇自评.docx", 0, filing("甲镇", [evaluation], kind="self_evaluation")),
        ("乙镇自评.docx", 0, filing("乙镇", [evaluation], kind="self_evaluation")),
    ]
    mart = store_home(tmp_path, filed).mart("cost_comparison")
    assert mart.set_index("township")["value_yuan"].to_dict() == {"甲镇": 1, "乙镇": 2}


def test_a_project_filed_again_alone_counts_once(tmp_path: Path) -> None:
    whole = filing("甲镇", [project(name, goals=cost("≤1元/村")) for name in ("防汛经费", "文化经费", "办公经费")])
    filed: list[Filed] = [
        ("全.docx", 0, whole),
        ("补.docx", 1, filing("甲镇", [project("防汛经费", goals=cost("≤5元/村"))])),
    ]
    county = store_home(tmp_path, filed)
    assert county.table("filings")["is_current"].all()
    values = county.mart("cost_comparison").set_index("project_name")["value_yuan"].to_dict()
    assert values == {"防汛经费": 5, "文化经费": 1, "办公经费": 1}


def test_ones_own_price_is_not_the_middle_of_anything(tmp_path: Path) -> None:
    goals: list[Goal] = [("成本指标", "每盏路灯造价", "≤1500元/盏")]
    home = store_home(tmp_path, [("甲镇.docx", 1, filing("甲镇", [project(goals=goals)]))])
    row = home.mart("cost_comparison").iloc[0]
    assert row["peers"] == 0 and row["outlier"] == "too_few_peers"
    assert row[["county_median_yuan", "county_min_yuan", "ratio_to_median", "rank_high"]].isna().all()
