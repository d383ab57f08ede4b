"""mart.budget_comparison and schedule_comparison against pandas, and their rules one by one."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.warehouse.compared_frames import assert_close, plan_projects
from tests.warehouse.invented_county import TOWNSHIPS, County, Filed, store_home
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
            "ratio_to_median": "ratio",
            "rank_high": "rank",
        },
    )
    scored = mart[mart["outlier"].isin(["high", "low", "normal"])]
    assert len(scored) > 10 and set(scored["denominator"]) <= {"总量", "村", "人"}
    flagged = scored["robust_score"].abs() > 3.5
    far = (scored["ratio_compared"] >= 1.3) | (scored["ratio_compared"] * 1.3 <= 1)
    assert ((scored["outlier"] != "normal") == (flagged & far)).all()


def test_budgets_are_compared_per_what_leaves_them_closest(tmp_path: Path) -> None:
    towns = {f"{n}镇": villages for n, villages in zip("甲乙丙丁戊己庚", (8, 12, 16, 20, 24, 28, 32), strict=True)}
    registry = "township,villages,population\n" + "".join(f"{name},{v},20000\n" for name, v in towns.items())
    filed: list[Filed] = [
        (
            f"{name}.docx",
            0,
            filing(
                name,
                [
                    project("村级经费", str(10_000 * villages * (3 if name == "庚镇" else 1))),
                    project("财政所经费", str(20_000 + villages)),
                    project("2022年财政所经费", "90000"),
                ],
            ),
        )
        for name, villages in towns.items()
    ]
    mart = store_home(tmp_path, filed, {"townships.csv": registry}).mart("budget_comparison")
    mart = mart.set_index(["project_category", "township"]).sort_index()
    assert set(mart.loc["村级经费", "denominator"]) == {"村"} and set(mart.loc["财政所经费", "denominator"]) == {"总量"}
    assert mart["outlier"][mart["outlier"] != "normal"].to_dict() == {("村级经费", "庚镇"): "high"}
    assert set(mart.loc["财政所经费", "carryover_yuan"]) == {90_000}


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
    mart = store_home(tmp_path, filed).mart("budget_comparison").set_index("township")
    assert mart["villages"].isna().all() and mart["peers"].unique() == [6]
    assert mart["outlier"].to_dict() == {f"第{n}镇": "high" if n == 6 else "normal" for n in range(7)}


def test_money_carried_over_stands_apart(tmp_path: Path) -> None:
    projects = [
        project("防汛经费", "1000", carryover="300"),
        project("2022年防汛经费结转", "50"),
        project("防汛经费", None, carryover="9"),
    ]
    row = store_home(tmp_path, [("a.docx", 0, filing(projects=projects))]).mart("budget_comparison").iloc[0]
    assert (row["total_yuan"], row["current_yuan"], row["carryover_yuan"]) == (1050, 700, 350)
    assert (row["projects"], row["projects_without_amount"]) == (3, 1)


def test_a_township_has_its_own_months_only_and_the_county_its_coverage(tmp_path: Path) -> None:
    even, other = [(3, "25"), (6, "50"), (10, "83"), (12, "100")], [(2, "17"), (5, "42"), (8, "67"), (12, "100")]
    filed: list[Filed] = [
        ("a.docx", 0, filing("甲镇", [project(plan=even)])),
        ("b.docx", 0, filing("乙镇", [project(plan=other)])),
        ("c.docx", 0, filing("丙镇", [project(plan=even)])),
        ("d.docx", 0, filing("丁镇", [project(budget="700000")])),
    ]
    mart = store_home(tmp_path, filed).mart("schedule_comparison")
    towns = mart[mart["scope"] == "township"]
    assert towns[towns["township"] == "甲镇"]["month"].tolist() == [3, 6, 10, 12]
    assert towns[towns["township"] == "乙镇"]["month"].tolist() == [2, 5, 8, 12]
    assert set(towns["pace"]) == {"even"} and towns["loading_points"].abs().max() < 1
    county = mart[mart["scope"] == "county"]
    # The months that most plans name; 乙镇 is read between its own points.
    assert county["month"].tolist() == [3, 6, 10, 12]
    assert county["cumulative_pct"].round(2).tolist() == [25.11, 50.11, 83.17, 100]
    assert set(county["scope_name"]) == {"有计划的3个乡镇合计（占预算30%）"}


def test_the_county_is_called_so_where_all_of_it_has_plans(tmp_path: Path) -> None:
    filed: list[Filed] = [(f"{n}.docx", 0, filing(f"{n}镇", [project(plan=[(6, "50"), (12, "100")])])) for n in "甲乙"]
    mart = store_home(tmp_path, filed).mart("schedule_comparison")
    assert set(mart[mart["scope"] == "county"]["scope_name"]) == {"全县合计"}


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
    mart = store_home(tmp_path, [("a.docx", 0, filing(projects=[project(plan=plan)]))]).mart("schedule_comparison")
    found = set(mart[mart["scope"] == "project"]["pace"])
    assert found == ({pace} if pace else found) and mart["pace"].isna().all() == (pace is None)


def test_a_plan_that_names_a_month_twice_does_not_stop_the_night(tmp_path: Path) -> None:
    plan = [(6, "50"), (6, "60"), (12, "100"), (9, "999999")]
    county = store_home(tmp_path, [("a.docx", 0, filing(projects=[project(plan=plan)]))])
    mart = county.mart("schedule_comparison")
    assert mart[mart["scope"] == "project"]["month"].tolist() == [6, 12]
    assert len(county.table("spending_plan")) == 4
