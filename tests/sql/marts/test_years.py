"""mart.year_over_year against pandas, and its statuses one by one."""

from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.compared_frames import assert_close, plan_projects
from tests.warehouse.invented_county import County, Filed, store_home
from tests.warehouse.invented_filings import Goal, filing, project

THING = ["fiscal_year", "township", "project_category"]


def pair_years(items: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Put this year's items beside last year's, for townships that filed in both."""
    filed = set(items[["fiscal_year", "township"]].itertuples(index=False, name=None))
    later = items.assign(fiscal_year=items["fiscal_year"] + 1)
    both = [(year, town) for year, town in filed if (year - 1, town) in filed]
    paired = items.merge(later, on=key, how="outer", suffixes=("", "_last"), indicator=True)
    return paired[[pair in both for pair in paired[["fiscal_year", "township"]].itertuples(index=False, name=None)]]


def test_budgets_of_two_years_are_paired_as_pandas_pairs_them(county: County) -> None:
    totals = plan_projects(county).groupby(THING, as_index=False)["budget_yuan"].sum(min_count=1)
    wanted = pair_years(totals, THING)
    wanted["change"] = wanted["budget_yuan"] - wanted["budget_yuan_last"]
    wanted["status"] = wanted["change"].map(lambda d: "raised" if d > 0 else "lowered" if d < 0 else "same")
    wanted.loc[wanted["_merge"] == "left_only", "status"] = "new"
    wanted.loc[wanted["_merge"] == "right_only", "status"] = "gone"
    one_sided = (wanted["_merge"] == "both") & wanted["change"].isna()
    wanted.loc[one_sided, "status"] = "not_comparable"
    mart = county.mart("year_over_year")
    assert {"new", "gone", "raised", "lowered"} <= set(wanted["status"])
    columns = {"this_value": "budget_yuan", "last_value": "budget_yuan_last", "change": "change", "status": "status"}
    assert_close(mart[mart["item"] == "budget"], wanted, THING, columns)


def two_years(last: list[Goal], this: list[Goal]) -> list[Filed]:
    """File one project in two years with these goals; another project keeps both years filed."""
    other = project("其他经费", goals=[("质量指标", "合格率", "≥90%")])
    return [
        (f"{year}.docx", 0, filing("甲镇", [other, *([project(goals=goals)] if goals else [])], year=year))
        for year, goals in ((2022, last), (2023, this))
    ]


@pytest.mark.parametrize(
    ("last", "this", "status", "strictness"),
    [
        ("≥90%", "≥95%", "raised", "stricter"),
        ("≤5%", "≤3%", "lowered", "stricter"),
        ("≥95%", "≥90%", "lowered", "looser"),
        ("≥90%", "大于等于90%", "same", "same"),
        ("优", "优", "same", None),
        ("优", "明显提升", "changed", None),
        ("{last}年11月底前", "{this}年11月底前", "same", None),
        ("{last}年11月底前", "{this}年12月底前", "changed", None),
        ("≥24个", "≥90%", "not_comparable", None),
        (None, "≥90%", "new", None),
        ("≥90%", None, "gone", None),
    ],
)
def test_statuses(last: str | None, this: str | None, status: str, strictness: str | None, tmp_path: Path) -> None:
    texts = [text and text.format(last=2022, this=2023) for text in (last, this)]
    goals: list[list[Goal]] = [[("质量指标", "某项工作", text)] if text else [] for text in texts]
    mart = store_home(tmp_path, two_years(*goals)).mart("year_over_year")
    row = mart[(mart["item"] == "indicator") & (mart["project_category"] == "村级运转经费")].iloc[0]
    assert (row["status"], row["strictness"] if strictness else None) == (status, strictness)
    assert (row["filing_id"] == row["last_filing_id"]) == (status == "gone")  # what is gone leads to last year's cell
    assert pd.notna(row["filing_id"]) and pd.isna(row["last_filing_id"]) == (status == "new")


def test_a_cost_and_a_count_of_one_name_are_not_paired(tmp_path: Path) -> None:
    goals: list[list[Goal]] = [[("数量指标", "购买办公用品", "≥5次")], [("数量指标", "购买办公用品", "≤5000元")]]
    mart = store_home(tmp_path, two_years(*goals)).mart("year_over_year")
    rows = mart[(mart["item"] == "indicator") & (mart["project_category"] == "村级运转经费")]
    assert sorted(rows["status"]) == ["gone", "new"]


def test_a_township_with_one_year_has_no_changes(tmp_path: Path) -> None:
    filed: list[Filed] = [
        ("a.docx", 0, filing("甲镇", [project()], year=2022)),
        ("b.docx", 0, filing("乙镇", [project()], year=2023)),
    ]
    assert len(store_home(tmp_path, filed).mart("year_over_year")) == 0


def test_schedules_are_compared_at_mid_year(tmp_path: Path) -> None:
    filed: list[Filed] = [
        (f"{year}.docx", 0, filing("甲镇", [project(plan=[(6, half), (12, "100")])], year=year))
        for year, half in ((2022, "50"), (2023, "30"))
    ]
    mart = store_home(tmp_path, filed).mart("year_over_year")
    row = mart[mart["item"] == "schedule"].iloc[0]
    assert (row["last_value"], row["this_value"], row["change"], row["unit"]) == (50, 30, -20, "%")
    assert (row["this_raw"], row["status"]) == ("6:30 12:100", "lowered")
