"""mart.budget_comparison and schedule_comparison against pandas, and their rules one by one."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.warehouse.compared_frames import assert_close, plan_projects
from tests.warehouse.invented_county import TOWNSHIPS, County, Filed, build_home
from tests.warehouse.invented_filings import filing, project

VILLAGES = {name: 10 + 3 * number for number, name in enumerate(TOWNSHIPS)}


def score(values: pd.Series) -> pd.Series:
    """Give each of a group's values its distance from the median in robust standard deviations."""
    middle = values.median()
    scale = max(1.4826 * (values - middle).abs().median(), 0.05 * middle)
    return (values - middle) / scale if len(values) > 5 else values * np.nan


def wanted_budgets(county: County) -> pd.DataFrame:
    projects = plan_projects(county)
    carried = projects["carryover_yuan"].fillna(0).clip(upper=projects["budget_yuan"])
    carried = carried.where(~projects["is_carryover"], projects["budget_yuan"]).where(projects["budget_yuan"].notna())
    projects = projects.assign(carried=carried, new=projects["budget_yuan"] - carried)
    key = ["fiscal_year", "township", "project_category"]
    found = projects.groupby(key).agg(
        projects=("project_no", "size"),
        total=("budget_yuan", lambda amounts: amounts.sum(min_count=1)),
        current=("new", lambda amounts: amounts.sum(min_count=1)),
        carried=("carried", lambda amounts: amounts.sum(min_count=1)),
    )
    found = found.reset_index()
    found["villages"] = found["township"].map(VILLAGES)
    found["per_village"] = found["current"] / found["villages"]
    found["per_head"] = found["current"] / (800 * found["villages"])
    found["share"] = 100 * found["total"] / found.groupby(["fiscal_year", "township"])["total"].transform("sum")
    counted = found[found["current"] > 0].groupby(["fiscal_year", "project_category"])
    found["median"] = counted["current"].transform("median")
    found["village_median"] = counted["per_village"].transform("median")
    found["score"] = counted["per_village"].transform(score)
    found["rank"] = counted["current"].rank(method="min", ascending=False)
    for name in ("median", "village_median"):
        found[name] = found.groupby(["fiscal_year", "project_category"])[name].transform("max")
    found["ratio"] = found["current"] / found["median"]
    return found


def test_budgets_are_compared_as_pandas_compares_them(county: County) -> None:
    mart = county.mart("budget_comparison")
    assert_close(
        mart[mart["status"] == "filed"],
        wanted_budgets(county),
        ["fiscal_year", "township", "project_category"],
        {
            "projects": "projects",
            "total_yuan": "total",
            "current_yuan": "current",
            "carryover_yuan": "carried",
            "villages": "villages",
            "current_per_village_yuan": "per_village",
            "current_per_head_yuan": "per_head",
            "share_of_township_pct": "share",
            "county_median_yuan": "median",
            "county_median_per_village_yuan": "village_median",
            "ratio_to_median": "ratio",
            "rank_high": "rank",
        },
    )
    with_scores = mart[mart["status"] == "filed"].merge(
        wanted_budgets(county)[["fiscal_year", "township", "project_category", "score"]]
    )
    # The mart's village figures are rounded to the cent before they are scored.
    assert np.allclose(with_scores["robust_score"], with_scores["score"], atol=0.01, equal_nan=True)
    assert with_scores["score"].notna().any()


def test_categories_that_most_have_are_missed_where_they_are_not(county: County) -> None:
    projects = plan_projects(county)
    has = projects.groupby(["fiscal_year", "project_category"])["township"].agg(set)
    towns = projects.groupby("fiscal_year")["township"].agg(set)
    wanted = {
        (year, town, category)
        for (year, category), having in has.items()
        for town in towns[year] - having
        if 2 * len(having) > len(towns[year])
    }
    mart = county.mart("budget_comparison")
    missing = mart[mart["status"] == "missing"]
    assert wanted and wanted == set(
        missing[["fiscal_year", "township", "project_category"]].itertuples(index=False, name=None)
    )
    assert missing["total_yuan"].isna().all() and missing["filing_id"].isna().all() and missing["outlier"].isna().all()


def test_the_row_leads_to_its_largest_project(county: County) -> None:
    projects = plan_projects(county).sort_values(
        ["budget_yuan", "filing_id", "project_no"], ascending=[False, True, True]
    )
    first = projects.drop_duplicates(["fiscal_year", "township", "project_category"])
    mart = county.mart("budget_comparison")
    columns = {name: name for name in ("filing_id", "project_no", "file_name", "page", "table_no", "row_no")}
    assert_close(mart[mart["status"] == "filed"], first, ["fiscal_year", "township", "project_category"], columns)


def test_without_a_registry_budgets_are_compared_as_they_are(tmp_path: Path) -> None:
    filed: list[Filed] = [
        (f"{n}.docx", 0, filing(f"第{n}镇", [project("防汛经费", str(amount))]))
        for n, amount in enumerate([10_000] * 6 + [90_000])
    ]
    mart = build_home(tmp_path, filed).mart("budget_comparison").set_index("township")
    assert mart["villages"].isna().all() and mart["peers"].unique() == [6]
    assert mart["outlier"].to_dict() == {f"第{n}镇": "high" if n == 6 else "normal" for n in range(7)}


def test_money_carried_over_stands_apart(tmp_path: Path) -> None:
    projects = [
        project("防汛经费", "1000", carryover="300"),
        project("2022年防汛经费结转", "50"),
        project("防汛经费", None, carryover="9"),
    ]
    row = build_home(tmp_path, [("a.docx", 0, filing(projects=projects))]).mart("budget_comparison").iloc[0]
    assert (row["total_yuan"], row["current_yuan"], row["carryover_yuan"]) == (1050, 700, 350)
    assert (row["projects"], row["projects_without_amount"]) == (3, 1)


def wanted_curves(county: County) -> pd.DataFrame:
    """Spread every plan over all months of its year, standing still where it has no point."""
    projects = plan_projects(county).dropna(subset=["budget_yuan"])[
        ["filing_id", "project_no", "township", "fiscal_year", "budget_yuan"]
    ]
    points = county.table("spending_plan")[["filing_id", "project_no", "month", "cumulative_pct"]].merge(projects)
    parts = []
    for _, year in points.groupby("fiscal_year"):
        wide = year.pivot_table(index=["filing_id", "project_no"], columns="month", values="cumulative_pct")
        long = wide.ffill(axis=1).fillna(0).stack().rename("pct").reset_index()
        parts.append(
            long.merge(year[["filing_id", "project_no", "township", "fiscal_year", "budget_yuan"]].drop_duplicates())
        )
    found = pd.concat(parts)
    return found.assign(yuan=(found["budget_yuan"] * found["pct"] / 100).round(2))


@pytest.mark.parametrize("scope", ["township", "county"])
def test_totals_are_weighted_by_money(scope: str, county: County) -> None:
    key = ["fiscal_year", *(["township"] if scope == "township" else []), "month"]
    found = (
        wanted_curves(county)
        .groupby(key)
        .agg(yuan=("yuan", "sum"), budget=("budget_yuan", "sum"), projects=("pct", "size"))
    )
    found = found.reset_index().assign(pct=lambda frame: 100 * frame["yuan"] / frame["budget"])
    before_december = found[found["month"] < 12].assign(off=lambda frame: frame["pct"] - 100 * frame["month"] / 12)
    mart = county.mart("schedule_comparison")
    mart = mart[mart["scope"] == scope]
    columns = {"cumulative_yuan": "yuan", "budget_yuan": "budget", "projects": "projects", "cumulative_pct": "pct"}
    assert_close(mart, found, key, columns)
    loading = before_december.groupby(key[:-1])["off"].mean()
    assert mart.groupby(key[:-1])["loading_points"].first().to_dict() == pytest.approx(loading.to_dict(), abs=1e-3)


def test_project_curves_stand_beside_the_countys(county: County) -> None:
    curves = wanted_curves(county).groupby(["fiscal_year", "month"])[["yuan", "budget_yuan"]].sum()
    whole = (100 * curves["yuan"] / curves["budget_yuan"]).rename("whole").reset_index()
    plans = county.table("spending_plan").merge(plan_projects(county), on=["filing_id", "project_no"]).merge(whole)
    plans["off"] = plans["cumulative_pct"] - plans["whole"]
    lines = plans.sort_values("month").groupby(["filing_id", "project_no"])
    pattern = lines.apply(
        lambda rows: " ".join(f"{m}:{p:g}" for m, p in zip(rows["month"], rows["cumulative_pct"], strict=True))
    )
    plans = plans.merge(pattern.rename("pattern").reset_index())
    counts = (
        plans.drop_duplicates(["filing_id", "project_no"])
        .groupby(["fiscal_year", "pattern"])
        .agg(same_projects=("project_no", "size"), same_towns=("township", "nunique"))
    )
    plans = plans.merge(counts.reset_index(), on=["fiscal_year", "pattern"])
    mart = county.mart("schedule_comparison")
    assert_close(
        mart[mart["scope"] == "project"],
        plans,
        ["filing_id", "project_no", "month"],
        {
            "cumulative_pct": "cumulative_pct",
            "county_pct": "whole",
            "difference_points": "off",
            "plan_pattern": "pattern",
            "same_plan_projects": "same_projects",
            "same_plan_townships": "same_towns",
        },
    )


@pytest.mark.parametrize(
    ("plan", "pace"),
    [
        ([(3, "25"), (6, "50"), (10, "75"), (12, "100")], "even"),
        ([(6, "90"), (12, "100")], "front"),
        ([(6, "5"), (10, "20"), (12, "100")], "back"),
        ([(12, "100")], None),
    ],
)
def test_pace(plan: list[tuple[int, str]], pace: str | None, tmp_path: Path) -> None:
    mart = build_home(tmp_path, [("a.docx", 0, filing(projects=[project(plan=plan)]))]).mart("schedule_comparison")
    found = set(mart[mart["scope"] == "project"]["pace"])
    assert found == ({pace} if pace else found) and mart["pace"].isna().all() == (pace is None)


def test_a_plan_that_names_a_month_twice_does_not_stop_the_night(tmp_path: Path) -> None:
    plan = [(6, "50"), (6, "60"), (12, "100"), (9, "999999")]
    county = build_home(tmp_path, [("a.docx", 0, filing(projects=[project(plan=plan)]))])
    mart = county.mart("schedule_comparison")
    assert mart[mart["scope"] == "project"]["month"].tolist() == [6, 12]
    assert len(county.table("spending_plan")) == 4
