"""mart.cost_comparison against a computation of its own in pandas, and its rules one by one."""

from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.compared_frames import KEY, assert_close, plan_indicators
from tests.warehouse.invented_county import County, Filed, build_home
from tests.warehouse.invented_filings import Goal, filing, project


def wanted_costs(county: County, by: list[str]) -> pd.DataFrame:
    """Score every price against one figure a township, the median of its own prices."""
    costs = plan_indicators(county)
    costs = costs[costs["target_kind"] == "money"]
    kinds = {"<=": "cap", "<": "cap", ">=": "floor", ">": "floor", "between": "range", "=": "fixed"}
    costs = costs.assign(
        value=costs["value_high"].fillna(costs["value_low"]), price_kind=costs["comparator"].map(kinds)
    )
    towns = costs.groupby([*by, "township"], as_index=False)["value"].median()
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
    scale = pd.concat([1.4826 * found["mad"], 0.05 * found["median"]], axis=1).max(axis=1)
    score = (found["value"] - found["median"]) / scale
    found["score"] = score.where(found["peers"] >= 5)
    found["flag"] = "normal"
    found.loc[score > 3.5, "flag"] = "high"
    found.loc[score < -3.5, "flag"] = "low"
    found.loc[found["peers"] < 5, "flag"] = "too_few_peers"
    found["ratio"] = found["value"] / found["median"]
    found["distance"] = found["value"] - found["median"]
    return found


GROUP = ["fiscal_year", "level2_group", "indicator", "family", "price_kind"]


def test_prices_are_compared_as_pandas_compares_them(county: County) -> None:
    assert_close(
        county.mart("cost_comparison"),
        wanted_costs(county, GROUP),
        KEY,
        {
            "value_yuan": "value",
            "price_kind": "price_kind",
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
            "outlier": "flag",
            "file_name": "file_name",
            "row_no": "row_no",
        },
    )


def test_prices_are_compared_within_project_categories_too(county: County) -> None:
    assert_close(
        county.mart("cost_comparison"),
        wanted_costs(county, [*GROUP, "project_category"]),
        KEY,
        {"category_peers": "peers", "category_median_yuan": "median", "category_outlier": "flag"},
    )


def test_last_years_price_is_the_townships_own(county: County) -> None:
    costs = wanted_costs(county, GROUP)
    same = ["township", "project_category", *GROUP[1:]]
    last = costs.groupby(["fiscal_year", *same], as_index=False)["value"].median()
    last = last.assign(fiscal_year=last["fiscal_year"] + 1).rename(columns={"value": "last"})
    found = costs.merge(last, on=["fiscal_year", *same], how="left")
    found["change"] = 100 * (found["value"] - found["last"]) / found["last"]
    assert found["last"].notna().any()
    columns = {"last_year_yuan": "last", "change_pct": "change"}
    assert_close(county.mart("cost_comparison"), found, KEY, columns)


def prices(texts: dict[str, list[Goal]]) -> list[Filed]:
    return [(f"{name}.docx", 0, filing(name, [project(goals=goals)])) for name, goals in texts.items()]


def cost(text: str, name: str = "每村补助标准") -> list[Goal]:
    return [("成本指标", name, text)]


def test_a_price_per_village_meets_whether_unit_or_name_says_so(tmp_path: Path) -> None:
    texts = {"甲镇": cost("≤7500元"), "乙镇": cost("不超过0.75万元/村"), "丙镇": cost("≤8000元", "补助标准")}
    mart = build_home(tmp_path, prices(texts)).mart("cost_comparison").set_index("township")
    assert mart["per_what"].fillna("").to_dict() == {"甲镇": "村", "乙镇": "村", "丙镇": ""}
    assert mart["unit_family"].to_dict() == {"甲镇": "money/村", "乙镇": "money/村", "丙镇": "money"}


def test_caps_and_fixed_prices_are_not_mixed_nor_counts_with_costs(tmp_path: Path) -> None:
    texts = {"甲镇": cost("≤7500元/村"), "乙镇": cost("7500元/村"), "丙镇": [("数量指标", "每村补助标准", "≥5个")]}
    mart = build_home(tmp_path, prices(texts)).mart("cost_comparison").set_index("township")
    assert mart["price_kind"].to_dict() == {"甲镇": "cap", "乙镇": "fixed"}
    assert set(mart["peers"]) == {0}


OUTLIERS = [
    (["7500"] * 7, "14500", "high"),
    (["7500"] * 7, "3000", "low"),
    (["7500"] * 7, "7600", "normal"),
    (["7400", "7500", "7600", "7700", "7300", "7450"], "7900", "normal"),
    (["7400", "7500", "7600", "7700", "7300", "7450"], "9900", "high"),
    (["7500"] * 4, "14500", "too_few_peers"),
]


@pytest.fixture(scope="module")
def outliers(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    texts: dict[str, list[Goal]] = {}
    for number, (others, own, _) in enumerate(OUTLIERS):
        for town, value in enumerate([*others, own]):
            name = "本镇" if town == len(others) else f"第{town}镇"
            texts.setdefault(name, []).extend(cost(f"≤{value}元/村", f"第{number}类材料价格"))
    mart = build_home(tmp_path_factory.mktemp("outliers"), prices(texts)).mart("cost_comparison")
    return mart[mart["township"] == "本镇"].set_index("indicator_no")["outlier"]


@pytest.mark.parametrize("number", range(len(OUTLIERS)), ids=lambda number: "{1} {2}".format(*OUTLIERS[number]))
def test_outliers(number: int, outliers: pd.Series) -> None:
    assert outliers[number + 1] == OUTLIERS[number][2]


def test_self_evaluations_count_only_without_a_plan(tmp_path: Path) -> None:
    plan, evaluation = filing("甲镇", [project(goals=cost("≤1元/村"))]), project(goals=cost("≤2元/村"))
    filed: list[Filed] = [
        ("甲镇.docx", 0, plan),
        ("甲镇自评.docx", 0, filing("甲镇", [evaluation], kind="self_evaluation")),
        ("乙镇自评.docx", 0, filing("乙镇", [evaluation], kind="self_evaluation")),
    ]
    mart = build_home(tmp_path, filed).mart("cost_comparison")
    assert mart.set_index("township")["value_yuan"].to_dict() == {"甲镇": 1, "乙镇": 2}


def test_a_project_filed_again_alone_counts_once(tmp_path: Path) -> None:
    whole = filing("甲镇", [project(name, goals=cost("≤1元/村")) for name in ("防汛经费", "文化经费", "办公经费")])
    filed: list[Filed] = [
        ("全.docx", 0, whole),
        ("补.docx", 1, filing("甲镇", [project("防汛经费", goals=cost("≤5元/村"))])),
    ]
    county = build_home(tmp_path, filed)
    assert county.table("filings")["is_current"].all()
    values = county.mart("cost_comparison").set_index("project_name")["value_yuan"].to_dict()
    assert values == {"防汛经费": 5, "文化经费": 1, "办公经费": 1}
